"""Filters of the queue, and what they ask of the database."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate.records import Status
from annotate.schema import QuestionRow, StateRow, TagRow
from annotate.texts import clean, normalised

#: The least an index of trigrams can find.
TRIGRAM = 3
#: So many hits of a search are looked up one by one.
FEW = 5_000
_PART = sa.table("question_part", sa.column("rowid"), sa.column("question_part"))


@dataclass(frozen=True, slots=True)
class Filter:
    """What questions to show; a field that is None or empty does not matter.

    Args:
        right: whether the graph gives the gold answer.
        distractors: the least and the greatest number of distractors.
        op, code: an operation, or the code of a diagnostic, of the present graph.
        model: whose suggestion is the newest.
        annotator: who saved the newest revision.
        text: a part of the question, in any case and script of digits.
    """

    statuses: tuple[Status, ...] = ()
    lang: str = ""
    source: str = ""
    right: bool | None = None
    distractors: tuple[int, int] | None = None
    op: str = ""
    code: str = ""
    model: str = ""
    annotator: str = ""
    text: str = ""


def conditions(session: Session, chosen: Filter, project_id: int) -> list[sa.ColumnElement[bool]]:
    """What a filter asks of `StateRow`."""
    wanted: list[sa.ColumnElement[bool]] = [StateRow.project_id == project_id]
    if chosen.statuses:
        wanted.append(StateRow.status.in_(chosen.statuses))
    equal = {
        StateRow.lang: chosen.lang,
        StateRow.source: chosen.source,
        StateRow.model: chosen.model,
        StateRow.author: chosen.annotator,
    }
    wanted += [column == clean(value, "filter") for column, value in equal.items() if value]
    if chosen.right is not None:
        wanted.append(StateRow.right.is_(chosen.right))
    if chosen.distractors is not None:
        wanted.append(StateRow.distractors.between(*chosen.distractors))
    if chosen.op:
        wanted.append(_has_op(clean(chosen.op, "filter")))
    if chosen.code:
        wanted.append(_has_code(clean(chosen.code, "filter")))
    if chosen.text.strip():
        wanted.append(_contains(session, chosen.text))
    return wanted


# How a condition is put decides how long a page of 100,000 questions takes (bench/store.py).


def _has_op(op: str) -> sa.ColumnElement[bool]:
    # Most questions have a common operation: ask one after another until the page is full.
    return (
        sa.exists()
        .where(TagRow.tag == f"op:{op}", TagRow.question_id == StateRow.question_id)
        .correlate(StateRow)
    )


def _has_code(code: str) -> sa.ColumnElement[bool]:
    # Few questions have a diagnostic: begin with them.
    return StateRow.question_id.in_(
        sa.select(TagRow.question_id).where(TagRow.tag == f"code:{code}")
    )


def _contains(session: Session, text: str) -> sa.ColumnElement[bool]:
    """Questions that have a part of text; found by an index of trigrams where there is one."""
    part = normalised(clean(text, "search"))
    found = QuestionRow.norm.contains(part, autoescape=True)
    every = StateRow.question_id.in_(sa.select(QuestionRow.id).where(found))
    if len(part) < TRIGRAM or not _has_parts(session):
        return every
    phrase = '"' + part.replace('"', '""') + '"'
    hits = sa.select(_PART.c.rowid).where(_PART.c.question_part.op("MATCH")(phrase))
    counted = sa.select(sa.func.count()).select_from(hits.limit(FEW + 1).subquery())
    if session.execute(counted).scalar_one() <= FEW:
        return StateRow.question_id.in_(hits)
    # Most questions have it: ask one after another until the page is full.
    return sa.exists().where(QuestionRow.id == StateRow.question_id, found).correlate(StateRow)


def _has_parts(session: Session) -> bool:
    connection = session.connection()
    return connection.dialect.name == "sqlite" and sa.inspect(connection).has_table("question_part")
