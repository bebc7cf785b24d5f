"""Who works on which question: handed out so that nobody gets one that enough others have.

Assignments are rows that are only ever added. The newest of an annotator and a question counts:
it holds the question until its time is up. Where that time is its own beginning, it hands the
question back for good; where it is earlier still, for now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from annotate import records
from annotate.filtering import Filter, conditions
from annotate.queue import ORDERS, Sort, beyond, project_number
from annotate.records import UNDECIDED, Question
from annotate.schema import AssignmentRow, QuestionRow, RevisionRow, StateRow, UtcDateTime
from annotate.store import DEFAULT_PROJECT, Store
from annotate.texts import clean
from annotate.writing import locked_question, now

HOLD = timedelta(minutes=30)
UNREVIEWED = Filter(statuses=UNDECIDED)
_MOMENT = timedelta(microseconds=1)


def take(
    store: Store,
    annotator: str,
    chosen: Filter = UNREVIEWED,
    *,
    project: str = DEFAULT_PROJECT,
    sort: Sort = "oldest",
    overlap: int = 1,
    hold: timedelta = HOLD,
    after: int = 0,
) -> Question | None:
    """The next question for an annotator, who holds it for a while; None if there is none.

    A question goes to at most `overlap` people, counting those who saved a revision of it and
    those who hold it now. Nobody gets one that they have saved or skipped, unless they chose it
    again since. What somebody took back (an undo) or did by a bulk action is not counted. Safe
    for any number of callers at once.

    Args:
        after: the question that the annotator leaves, and hands back if it was not saved. The
            next one is the next in the order of the queue, which begins again after its end.
            Without it, somebody who holds a question gets that one again.
    """
    clean(annotator, "annotator's name", 200)
    moment = now()
    known = {"annotator": annotator, "now": moment, "overlap": overlap}
    with store.database.write() as session:
        number = project_number(session, project)
        store.database.lock(session, f"queue {number}")
        if after:
            _let_go(session, after, known)
        found = _next(session, chosen, number, sort, after, known)
        if found is None:
            return None
        session.add(
            AssignmentRow(question_id=found, annotator=annotator, at=moment, until=moment + hold)
        )
        return records.question(session.get_one(QuestionRow, found), project)


def _next(
    session: Session,
    chosen: Filter,
    project: int,
    sort: Sort,
    after: int,
    known: Mapping[str, Any],
) -> int | None:
    wanted = conditions(session, replace(chosen, statuses=()), project)
    # One status after another: each is a walk along an index, all at once would be a sort.
    statuses = [[StateRow.status == status] for status in chosen.statuses] or [[]]
    if after:
        places = [[beyond(session, sort, after), *_FREE], _FREE]
    else:
        places = [[_HELD], _FREE]
    for place in places:
        for status in statuses:
            asked = sa.select(StateRow.question_id).where(*wanted, *status, ~_SAVED, *place)
            found = session.scalar(asked.order_by(*ORDERS[sort]).limit(1), known)
            if found is not None:
                return found
    return None


def hold(
    store: Store,
    question_id: int,
    annotator: str,
    *,
    leaving: int = 0,
    time: timedelta = HOLD,
) -> None:
    """Hold a question that somebody chose, whoever else does; hand back the one they leave."""
    clean(annotator, "annotator's name", 200)
    moment = now()
    with store.database.write() as session:
        locked_question(session, question_id)
        if leaving and leaving != question_id:
            _let_go(session, leaving, {"annotator": annotator, "now": moment})
        session.add(
            AssignmentRow(
                question_id=question_id, annotator=annotator, at=moment, until=moment + time
            )
        )


def holders(store: Store, question_id: int) -> Sequence[str]:
    """Who holds a question now, by name."""
    wanted = sa.select(AssignmentRow.annotator).where(
        AssignmentRow.question_id == question_id, *_HOLDS
    )
    with store.database.read() as session:
        return session.scalars(wanted.order_by(AssignmentRow.annotator), {"now": now()}).all()


def skip(store: Store, question_id: int, annotator: str) -> None:
    """Hand a question back; this annotator does not get it again."""
    clean(annotator, "annotator's name", 200)
    moment = now()
    with store.database.write() as session:
        locked_question(session, question_id)
        session.add(
            AssignmentRow(question_id=question_id, annotator=annotator, at=moment, until=moment)
        )


def give_back(store: Store, question_id: int, annotator: str) -> None:
    """Hand a question back for now, if the annotator holds it: others can take it at once."""
    with store.database.write() as session:
        locked_question(session, question_id)
        _let_go(session, question_id, {"annotator": annotator, "now": now()})


def _let_go(session: Session, question_id: int, known: Mapping[str, Any]) -> None:
    """Hand a question back for now, if the annotator holds it."""
    mine = sa.select(AssignmentRow.id).where(
        AssignmentRow.question_id == question_id, AssignmentRow.annotator == _ANNOTATOR, *_HOLDS
    )
    if session.scalar(mine, known) is not None:
        moment = known["now"]
        session.add(
            AssignmentRow(
                question_id=question_id,
                annotator=known["annotator"],
                at=moment,
                until=moment - _MOMENT,
            )
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


def _newest() -> sa.ColumnElement[bool]:
    """An assignment is the newest of its annotator and question."""
    newer = aliased(AssignmentRow)
    outdated = sa.exists().where(
        newer.question_id == AssignmentRow.question_id,
        newer.annotator == AssignmentRow.annotator,
        newer.id > AssignmentRow.id,
    )
    return ~outdated.correlate(AssignmentRow)


def _open() -> tuple[sa.ColumnElement[bool], ...]:
    """An assignment holds still, and its annotator has saved no revision."""
    saved = sa.exists().where(
        RevisionRow.question_id == AssignmentRow.question_id,
        RevisionRow.author == AssignmentRow.annotator,
        *_stands(RevisionRow),
    )
    return AssignmentRow.until > _NOW, _newest(), ~saved


# Made once: putting these together takes longer than the database takes to answer.
_ANNOTATOR = sa.bindparam("annotator", type_=sa.Text)
_NOW = sa.bindparam("now", type_=UtcDateTime)
_HOLDS = _open()
_SAVED = (
    sa.exists()
    .where(
        RevisionRow.question_id == StateRow.question_id,
        RevisionRow.author == _ANNOTATOR,
        *_stands(RevisionRow),
    )
    .correlate(StateRow)
)
# Asked from the annotator's own few assignments, not from the many questions.
_HELD = StateRow.question_id.in_(
    sa.select(AssignmentRow.question_id).where(AssignmentRow.annotator == _ANNOTATOR, *_HOLDS)
)
_SKIPPED = (
    sa.exists()
    .where(
        AssignmentRow.annotator == _ANNOTATOR,
        AssignmentRow.question_id == StateRow.question_id,
        AssignmentRow.until == AssignmentRow.at,
        _newest(),
    )
    .correlate(StateRow)
)
_OTHER_HOLDERS = (
    sa.select(sa.func.count(sa.distinct(AssignmentRow.annotator)))
    .where(
        AssignmentRow.question_id == StateRow.question_id,
        AssignmentRow.annotator != _ANNOTATOR,
        *_HOLDS,
    )
    .correlate(StateRow)
    .scalar_subquery()
)
_OVERLAP = sa.bindparam("overlap", type_=sa.Integer)
_FREE: tuple[sa.ColumnElement[bool], ...] = (
    StateRow.annotators < _OVERLAP,
    StateRow.annotators + _OTHER_HOLDERS < _OVERLAP,
    ~_SKIPPED,
)
