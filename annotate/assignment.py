"""Who works on which question: handed out so that nobody gets one that enough others have.

Assignments are rows that are only ever added. The newest of an annotator and a question counts:
it holds the question until its time is up, or, where that time is its own beginning, hands the
question back for good.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from annotate import records
from annotate.queue import ORDERS, Filter, Sort, conditions, project_number
from annotate.records import Question
from annotate.schema import AssignmentRow, QuestionRow, RevisionRow, StateRow
from annotate.store import DEFAULT_PROJECT, Store
from annotate.texts import clean
from annotate.writing import locked_question, now

HOLD = timedelta(minutes=30)
UNREVIEWED = Filter(statuses=("pending", "draft"))


def take(
    store: Store,
    annotator: str,
    chosen: Filter = UNREVIEWED,
    *,
    project: str = DEFAULT_PROJECT,
    sort: Sort = "oldest",
    overlap: int = 1,
    hold: timedelta = HOLD,
) -> Question | None:
    """The next question for an annotator, who holds it for a while; None if there is none.

    A question goes to at most `overlap` people, counting those who saved a revision of it and
    those who hold it now. Somebody who holds one already gets that one again; nobody gets one
    that they have saved or skipped. What somebody took back (an undo) or did by a bulk action
    is not counted. Safe for any number of callers at once.
    """
    clean(annotator, "annotator's name", 200)
    moment = now()
    with store.database.write() as session:
        number = project_number(session, project)
        store.database.lock(session, f"queue {number}")
        found = _first(session, chosen, number, sort, annotator, _held(annotator, moment))
        # One status after another: each is a walk along an index, all at once would be a sort.
        for status in chosen.statuses or (None,):
            if found is not None:
                break
            one = replace(chosen, statuses=(status,) if status else ())
            free = StateRow.annotators + _holders(moment) < overlap
            asked = (StateRow.annotators < overlap, free, ~_skipped(annotator))
            found = _first(session, one, number, sort, annotator, *asked)
        if found is None:
            return None
        session.add(
            AssignmentRow(question_id=found, annotator=annotator, at=moment, until=moment + hold)
        )
        return records.question(session.get_one(QuestionRow, found), project)


def _first(
    session: Session,
    chosen: Filter,
    project: int,
    sort: Sort,
    annotator: str,
    *asked: sa.ColumnElement[bool],
) -> int | None:
    """The first question of a filter that the annotator has not saved and that is as asked."""
    wanted = (*conditions(session, chosen, project), ~_saved(annotator), *asked)
    return session.scalar(
        sa.select(StateRow.question_id).where(*wanted).order_by(*ORDERS[sort]).limit(1)
    )


def skip(store: Store, question_id: int, annotator: str) -> None:
    """Hand a question back; this annotator does not get it again."""
    clean(annotator, "annotator's name", 200)
    moment = now()
    with store.database.write() as session:
        locked_question(session, question_id)
        session.add(
            AssignmentRow(question_id=question_id, annotator=annotator, at=moment, until=moment)
        )


def _saved(annotator: str) -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(
            RevisionRow.question_id == StateRow.question_id,
            RevisionRow.author == annotator,
            *_stands(RevisionRow),
        )
        .correlate(StateRow)
    )


def _stands(table: type[RevisionRow]) -> tuple[sa.ColumnElement[bool], ...]:
    """It was made by hand, and is not pending: its author's newest undid nothing."""
    newer = aliased(RevisionRow)
    outdated = (
        sa.exists()
        .where(
            newer.question_id == table.question_id,
            newer.author == table.author,
            newer.batch_id.is_(None),
            newer.id > table.id,
        )
        .correlate(table)
    )
    return table.batch_id.is_(None), table.status != "pending", ~outdated


def _skipped(annotator: str) -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(
            AssignmentRow.annotator == annotator,
            AssignmentRow.question_id == StateRow.question_id,
            AssignmentRow.until == AssignmentRow.at,
        )
        .correlate(StateRow)
    )


def _held(annotator: str, moment: datetime) -> sa.ColumnElement[bool]:
    # Asked from the annotator's own few assignments, not from the many questions.
    mine = sa.select(AssignmentRow.question_id).where(
        AssignmentRow.annotator == annotator, *_open(AssignmentRow, moment)
    )
    return StateRow.question_id.in_(mine)


def _holders(moment: datetime) -> sa.ScalarSelect[Any]:
    """How many people hold a question and have not saved a revision of it."""
    holder_saved = sa.exists().where(
        RevisionRow.question_id == AssignmentRow.question_id,
        RevisionRow.author == AssignmentRow.annotator,
        *_stands(RevisionRow),
    )
    return (
        sa.select(sa.func.count(sa.distinct(AssignmentRow.annotator)))
        .where(
            AssignmentRow.question_id == StateRow.question_id,
            *_open(AssignmentRow, moment),
            ~holder_saved,
        )
        .correlate(StateRow)
        .scalar_subquery()
    )


def _open(table: type[AssignmentRow], moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """It holds still, and its annotator has no newer one for the question."""
    newer = aliased(AssignmentRow)
    outdated = sa.exists().where(
        newer.question_id == table.question_id,
        newer.annotator == table.annotator,
        newer.id > table.id,
    )
    return table.until > moment, ~outdated
