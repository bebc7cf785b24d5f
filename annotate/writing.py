"""Rows appended inside a transaction; every way into the record goes through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from annotate.records import STATUSES, Status, graph_text
from annotate.schema import Base, ProjectRow, QuestionRow, RevisionRow, SuggestionRow
from annotate.texts import QUESTION_LIMIT, clean, language, normalised, question_key
from dagger_core.diagnostics import StoreError
from dagger_core.graph import Graph
from dagger_core.numerals.read import Number, TooLarge, read_number

Answer: TypeAlias = Number | Decimal | str | None


def now() -> datetime:
    return datetime.now(timezone.utc)


def answer_text(answer: Answer) -> str | None:
    """An answer as it is stored: text as written, numbers exactly. Empty text is no answer.

    Raises `StoreError` for text that is not a number.
    """
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return None
    try:
        number = read_number(answer)
    except TooLarge as error:
        raise StoreError("answer-too-large") from error
    if number is None:
        raise StoreError("answer-not-a-number", answer=repr(str(answer)[:80]))
    if isinstance(answer, Decimal):
        return format(answer, "f")
    return clean(str(answer).strip(), "answer", 2_000)


def project_id(session: Session, name: str) -> int:
    """The id of a project, made if it is new."""
    clean(name, "project's name", 200)
    wanted = sa.select(ProjectRow.id).where(ProjectRow.name == name)
    found = session.scalar(wanted)
    if found is None:
        insert_new(session, ProjectRow, {"name": name, "at": now()})
        found = session.scalar(wanted)
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What a caller says about a question; the rest is worked out."""

    text: str
    answer: Answer = None
    lang: str = ""
    source: str = ""
    external_id: str = ""
    group: str = ""

    def values(self, project: int) -> dict[str, Any]:
        """The columns of its row. Raises `StoreError` for a question that cannot be kept."""
        text = clean(self.text, "question", QUESTION_LIMIT).strip()
        if not text:
            raise StoreError("question-empty")
        norm = normalised(text)
        key = question_key(norm)
        return {
            "project_id": project,
            "key": key,
            "norm": norm,
            "text": text,
            "answer": answer_text(self.answer),
            "lang": clean(self.lang, "language", 8) or language(text),
            "source": clean(self.source, "source", 1_000),
            "external_id": clean(self.external_id, "id", 1_000),
            "group": clean(self.group, "group", 1_000) or key[:12],
            "at": now(),
        }


def question_row(session: Session, project: int, new: NewQuestion) -> QuestionRow:
    """The question with the same normalised text, made if there is none; locked until commit."""
    values = new.values(project)
    insert_new(session, QuestionRow, values)
    return session.scalars(
        sa.select(QuestionRow)
        .where(QuestionRow.project_id == project, QuestionRow.key == values["key"])
        .with_for_update()
    ).one()


def locked_question(session: Session, question_id: int) -> QuestionRow:
    """A question that no other transaction can add to before this one ends."""
    row = session.get(QuestionRow, question_id, with_for_update=True)
    if row is None:
        raise StoreError(f"There is no question {question_id}.")
    return row


def locked_questions(session: Session, question_ids: Sequence[int]) -> list[QuestionRow]:
    """Questions that no other transaction can add to before this one ends, by id."""
    wanted = sa.select(QuestionRow).where(QuestionRow.id.in_(question_ids))
    return list(session.scalars(wanted.order_by(QuestionRow.id).with_for_update()))


def suggestion_row(
    session: Session,
    question_id: int,
    *,
    model: str,
    text: str,
    graph: Graph | None,
    settings: Mapping[str, Any] | None,
) -> SuggestionRow:
    """A suggestion; the row there is, if the same model has said the same before."""
    clean(model, "model's name", 1_000)
    clean(text, "model's text")
    same = session.scalars(
        sa.select(SuggestionRow).where(
            SuggestionRow.question_id == question_id,
            SuggestionRow.model == model,
            SuggestionRow.text == text,
        )
    ).first()
    if same is not None:
        return same
    row = SuggestionRow(
        question_id=question_id,
        model=model,
        text=text,
        graph=graph_text(graph),
        settings=clean(msgspec.json.encode(settings or {}).decode(), "settings"),
        at=now(),
    )
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class NewRevision:
    """What a caller says about a revision."""

    graph: Graph | None
    status: Status
    author: str
    answer: Answer = None
    reason: str = ""
    parent: int | None = None
    track: str = ""
    suggestion_id: int | None = None
    batch_id: int | None = None
    seconds: float | None = None


def revision_row(session: Session, question: QuestionRow, new: NewRevision) -> RevisionRow:
    """Append a revision to a locked question.

    Its parent should be the newest revision of the track. If it is not, the row is appended all
    the same, with `conflicts_with` naming the newest, which stays the newest.
    """
    head = newest_row(session, question.id, new.track)
    _check_parent(session, question.id, new)
    row = _row(question.id, new, head)
    session.add(row)
    session.flush()
    return row


def revision_rows(
    session: Session, new: Mapping[int, NewRevision], heads: Mapping[int, RevisionRow]
) -> list[RevisionRow]:
    """Append a revision to each of many locked questions, whose newest ones are `heads`."""
    rows = [_row(number, one, heads.get(number)) for number, one in new.items()]
    session.add_all(rows)
    session.flush()
    return rows


def _row(question_id: int, new: NewRevision, head: RevisionRow | None) -> RevisionRow:
    if new.status not in STATUSES:
        raise StoreError(f"There is no status {new.status!r}; use one of {', '.join(STATUSES)}.")
    return RevisionRow(
        question_id=question_id,
        parent_id=new.parent,
        conflicts_with=head.id if head and head.id != new.parent else None,
        suggestion_id=new.suggestion_id,
        batch_id=new.batch_id,
        track=clean(new.track, "track", 200),
        status=new.status,
        graph=graph_text(new.graph),
        answer=answer_text(new.answer),
        author=clean(new.author, "author's name", 200),
        reason=clean(new.reason, "reason", 10_000),
        seconds=new.seconds,
        at=now(),
    )


def newest_row(
    session: Session, question_id: int, track: str = "", at: datetime | None = None
) -> RevisionRow | None:
    """The newest revision of a track, now or at a past moment; losers of a race never count."""
    wanted = _NEWEST if at is None else _NEWEST.where(RevisionRow.at <= at)
    return session.scalars(wanted, {"question": question_id, "track": track}).first()


def newest_rows(
    session: Session, question_ids: Sequence[int], track: str = ""
) -> dict[int, RevisionRow]:
    """The newest revision of a track of each question that has one."""
    rows = session.scalars(_NEWEST_OF_MANY, {"ids": question_ids, "track": track})
    return {row.question_id: row for row in rows}


# Made once: putting a statement together takes longer than the database takes to answer it.
_STANDS = (RevisionRow.track == sa.bindparam("track"), RevisionRow.conflicts_with.is_(None))
_NEWEST = (
    sa.select(RevisionRow)
    .where(RevisionRow.question_id == sa.bindparam("question"), *_STANDS)
    .order_by(RevisionRow.id.desc())
    .limit(1)
)
_NEWEST_OF_MANY = sa.select(RevisionRow).where(
    RevisionRow.id.in_(
        sa.select(sa.func.max(RevisionRow.id))
        .where(RevisionRow.question_id.in_(sa.bindparam("ids", expanding=True)), *_STANDS)
        .group_by(RevisionRow.question_id)
    )
)


def _check_parent(session: Session, question_id: int, new: NewRevision) -> None:
    if new.parent is None:
        return
    parent = session.get(RevisionRow, new.parent)
    if parent is None or (parent.question_id, parent.track) != (question_id, new.track):
        raise StoreError(f"Revision {new.parent} is not a revision of question {question_id}.")


def insert_new(
    session: Session, table: type[Base], rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, but for those a unique index has already, whoever put them there."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(insert(table).on_conflict_do_nothing(), rows)
