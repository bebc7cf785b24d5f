"""Questions with their state, now or at a past moment, read in pages so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from annotate.database import Database
from annotate.records import Status, graph_of
from annotate.schema import ProjectRow, QuestionRow, RevisionRow
from dagger_core.example import Example
from dagger_core.numerals.read import read_number

PAGE = 500


def newest_id(
    *, track: str = "", bound: int | None = None, at: datetime | None = None
) -> sa.ScalarSelect[Any]:
    """Of the enclosing query's question: the id of the revision that is its state."""
    rival = aliased(RevisionRow)
    wanted = sa.select(sa.func.max(rival.id)).where(
        rival.question_id == QuestionRow.id,
        rival.track == track,
        rival.conflicts_with.is_(None),
    )
    if bound is not None:
        wanted = wanted.where(rival.id <= bound)
    if at is not None:
        wanted = wanted.where(rival.at <= at)
    return wanted.correlate(QuestionRow).scalar_subquery()


def examples(
    database: Database, status: Status, project: str | None = None, at: datetime | None = None
) -> Iterator[Example]:
    """The questions whose state has this status, by id, as they were when the reading began."""
    with database.read() as session:
        bound = session.scalar(sa.select(sa.func.coalesce(sa.func.max(RevisionRow.id), 0)))
    wanted = (
        sa.select(QuestionRow, RevisionRow)
        .join(RevisionRow, RevisionRow.id == newest_id(bound=bound, at=at))
        .where(RevisionRow.status == status)
    )
    for question, revision in in_pages(database, wanted, QuestionRow.id, project):
        yield example(question, revision)


def in_pages(
    database: Database,
    wanted: Any,
    number: InstrumentedAttribute[int],
    project: str | None,
) -> Iterator[Any]:
    """The rows of a query over questions, of one project or of all.

    Args:
        wanted: a `Select`; SQLAlchemy 2.0 and 2.1 write its type in two ways.
        number: the id of what each row begins with, and which no two have in common.
    """
    wanted = wanted.order_by(number).limit(PAGE)
    if project is not None:
        wanted = wanted.join(ProjectRow, ProjectRow.id == QuestionRow.project_id).where(
            ProjectRow.name == project
        )
    last = 0
    while True:
        with database.read() as session:
            page = session.execute(wanted.where(number > last)).all()
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1][0].id


def example(question: QuestionRow, revision: RevisionRow) -> Example:
    """A question in the state of a revision, whose answer stands before the question's own."""
    answer = revision.answer if revision.answer is not None else question.answer
    return Example(
        question=question.text,
        graph=graph_of(revision.graph),
        answer=read_number(answer),
        lang=question.lang,
        source=question.source,
        id=question.external_id or f"q{question.id}",
        group=question.group,
    )
