"""The queue: which questions are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import records
from annotate.filtering import Filter, conditions
from annotate.records import Status
from annotate.schema import ProjectRow, QuestionRow, StateRow
from annotate.store import DEFAULT_PROJECT, Store

Sort = Literal["oldest", "newest", "uncertain"]
SORTS: tuple[Sort, ...] = get_args(Sort)

OFFERED = 200

ORDERS: Mapping[Sort, tuple[sa.ColumnElement[Any], ...]] = {
    "oldest": (StateRow.question_id.asc(),),
    "newest": (StateRow.question_id.desc(),),
    "uncertain": (StateRow.uncertainty.desc(), StateRow.question_id.desc()),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the queue."""

    question_id: int
    text: str
    answer: str | None
    lang: str
    source: str
    status: Status
    right: bool | None
    distractors: int
    uncertainty: float
    model: str
    author: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the queue, and whether there are more."""

    items: tuple[Item, ...]
    more: bool


def project_number(session: Session, name: str) -> int:
    """The id of a project, or 0, which none has."""
    return session.scalar(sa.select(ProjectRow.id).where(ProjectRow.name == name)) or 0


def beyond(session: Session, sort: Sort, question_id: int) -> sa.ColumnElement[bool]:
    """What `StateRow`s come after a question in the order of the queue."""
    if sort == "oldest":
        return StateRow.question_id > question_id
    if sort == "newest":
        return StateRow.question_id < question_id
    state = session.get(StateRow, question_id)
    if state is None:
        return sa.true()
    place = sa.tuple_(StateRow.uncertainty, StateRow.question_id)
    return place < sa.tuple_(sa.literal(state.uncertainty), sa.literal(question_id))


def place(
    store: Store,
    chosen: Filter,
    question_id: int,
    *,
    project: str = DEFAULT_PROJECT,
    sort: Sort = "oldest",
) -> int | None:
    """How many questions come before one in the order of the queue; None if it is not in it."""
    with store.database.read() as session:
        wanted = conditions(session, chosen, project_number(session, project))
        counted = sa.select(sa.func.count()).select_from(StateRow)
        if not session.scalar(counted.where(*wanted, StateRow.question_id == question_id)):
            return None
        later = beyond(session, sort, question_id)
        others = StateRow.question_id != question_id
        return session.scalar(counted.where(*wanted, others, ~later))


def following(
    store: Store,
    chosen: Filter,
    question_id: int,
    *,
    project: str = DEFAULT_PROJECT,
    sort: Sort = "oldest",
) -> int | None:
    """The id of the next question after one in the order of the queue, which begins again."""
    with store.database.read() as session:
        wanted = conditions(session, chosen, project_number(session, project))
        for place in ([beyond(session, sort, question_id)], []):
            found = items(session, [*wanted, *place], sort=sort, limit=1)
            if found:
                return found[0].question_id
    return None


def page(
    store: Store,
    chosen: Filter | None = None,
    *,
    project: str = DEFAULT_PROJECT,
    sort: Sort = "oldest",
    start: int = 0,
    limit: int = 50,
) -> Page:
    """The lines from `start` on that a filter lets through."""
    with store.database.read() as session:
        wanted = conditions(session, chosen or Filter(), project_number(session, project))
        found = items(session, wanted, sort=sort, start=start, limit=limit + 1)
        return Page(found[:limit], len(found) > limit)


def count(store: Store, chosen: Filter | None = None, *, project: str = DEFAULT_PROJECT) -> int:
    """How many questions a filter lets through; slower than a page of them."""
    with store.database.read() as session:
        wanted = conditions(session, chosen or Filter(), project_number(session, project))
        counted = sa.select(sa.func.count()).select_from(StateRow).where(*wanted)
        return session.scalar(counted) or 0


def items(
    session: Session,
    wanted: Sequence[sa.ColumnElement[bool]],
    *,
    sort: Sort = "oldest",
    start: int = 0,
    limit: int,
) -> tuple[Item, ...]:
    """The lines of the queue that satisfy conditions on `StateRow`."""
    ids = (
        sa.select(StateRow.question_id)
        .where(*wanted)
        .order_by(*ORDERS[sort])
        .offset(start)
        .limit(limit)
    )
    rows = session.execute(
        sa.select(StateRow, QuestionRow)
        .join(QuestionRow, QuestionRow.id == StateRow.question_id)
        .where(StateRow.question_id.in_(ids))
        .order_by(*ORDERS[sort])
    )
    return tuple(_item(*row) for row in rows.tuples())


def _item(state: StateRow, question: QuestionRow) -> Item:
    return Item(
        question.id,
        question.text,
        question.answer,
        question.lang,
        question.source,
        state.status,  # type: ignore[arg-type]  # copied from a revision
        state.right,
        state.distractors,
        state.uncertainty,
        state.model,
        state.author,
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the questions of a project can be filtered by, each in order of name."""

    sources: tuple[str, ...]
    models: tuple[str, ...]
    annotators: tuple[str, ...]


def choices(store: Store, project: str = DEFAULT_PROJECT) -> Choices:
    """The sources, models and annotators that a project has; at most `OFFERED` of each."""
    columns = (StateRow.source, StateRow.model, StateRow.author)
    with store.database.read() as session:
        number = project_number(session, project)
        found = (
            session.scalars(
                sa.select(column)
                .where(StateRow.project_id == number, column != "")
                .distinct()
                .order_by(column)
                .limit(OFFERED)
            ).all()
            for column in columns
        )
        return Choices(*map(tuple, found))


def progress(store: Store, project: str = DEFAULT_PROJECT) -> dict[Status, int]:
    """How many questions of a project have each status."""
    with store.database.read() as session:
        counted = session.execute(
            sa.select(StateRow.status, sa.func.count())
            .where(StateRow.project_id == project_number(session, project))
            .group_by(StateRow.status)
        )
        counts = dict(counted.tuples().all())
    return {status: counts.get(status, 0) for status in records.STATUSES}
