"""Independent annotation: what everybody decided on their own, and where they do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import records
from annotate.queue import project_number
from annotate.records import DECIDED, UNDECIDED, Revision, Status
from annotate.schema import RevisionRow, StateRow
from annotate.store import DEFAULT_PROJECT, Store
from dagger_core.diff import same_graph
from dagger_core.numerals import same_answer
from dagger_core.numerals.read import read_number

#: By annotator, what each decided on their own.
Decisions = Mapping[str, Revision]
_AT_ONCE = 500


def decisions(store: Store, question_id: int) -> Decisions:
    """The newest decision of everybody who worked on a question independently."""
    with store.database.read() as session:
        return _newest(session, [question_id]).get(question_id, {})


def own_statuses(store: Store, annotator: str, question_ids: Sequence[int]) -> dict[int, Status]:
    """What somebody decided on their own about some questions, by question."""
    newest = _newest_of(annotator).where(RevisionRow.question_id.in_(question_ids))
    wanted = sa.select(RevisionRow.question_id, RevisionRow.status)
    with store.database.read() as session:
        found = session.execute(wanted.where(RevisionRow.id.in_(newest))).tuples()
        return {number: status for number, status in found if status in DECIDED}


def own_progress(store: Store, annotator: str, project: str = DEFAULT_PROJECT) -> int:
    """How many questions of a project somebody decided on their own."""
    with store.database.read() as session:
        counted = (
            sa.select(sa.func.count())
            .select_from(RevisionRow)
            .join(StateRow, StateRow.question_id == RevisionRow.question_id)
            .where(
                StateRow.project_id == project_number(session, project),
                RevisionRow.id.in_(_newest_of(annotator)),
                RevisionRow.status.in_(DECIDED),
            )
        )
        return session.scalar(counted) or 0


def _newest_of(annotator: str) -> sa.Select[int]:
    """The ids of somebody's newest revision of each question they worked on independently."""
    return (
        sa.select(sa.func.max(RevisionRow.id))
        .where(RevisionRow.track == annotator)
        .group_by(RevisionRow.question_id)
    )


def agree(one: Revision, other: Revision) -> bool:
    """Whether two decisions say the same.

    Accepted graphs are compared up to renaming and swapped arguments, flags by the answer that
    they propose; a discarded item has no graph to differ in.
    """
    if one.status != other.status:
        return False
    if one.status == "discarded":
        return True
    if one.status == "flagged":
        return one.answer == other.answer or same_answer(read_number(one.answer), other.answer)
    if one.graph is None or other.graph is None:
        return one.graph is other.graph
    return same_graph(one.graph, other.graph)


def unanimous(found: Decisions) -> bool:
    """Whether all decisions say the same."""
    first, *others = found.values()
    return all(agree(first, other) for other in others)


def disagreements(store: Store, project: str = DEFAULT_PROJECT, limit: int = 200) -> list[int]:
    """The ids of questions that people decided differently and nobody has settled, oldest first."""
    found: list[int] = []
    last = 0
    with store.database.read() as session:
        several = (
            sa.select(RevisionRow.question_id)
            .where(RevisionRow.track != "")
            .group_by(RevisionRow.question_id)
            .having(sa.func.count(sa.distinct(RevisionRow.track)) > 1)
        )
        unsettled = (
            sa.select(StateRow.question_id)
            .where(
                StateRow.project_id == project_number(session, project),
                StateRow.status.in_(UNDECIDED),
                StateRow.question_id.in_(several),
            )
            .order_by(StateRow.question_id)
            .limit(_AT_ONCE)
        )
        while len(found) < limit:
            numbers = session.scalars(unsettled.where(StateRow.question_id > last)).all()
            if not numbers:
                break
            newest = _newest(session, numbers)
            found += [n for n in numbers if len(newest.get(n, {})) > 1 and not unanimous(newest[n])]
            last = numbers[-1]
    return found[:limit]


def _newest(session: Session, question_ids: Sequence[int]) -> dict[int, dict[str, Revision]]:
    newest = (
        sa.select(sa.func.max(RevisionRow.id))
        .where(RevisionRow.question_id.in_(question_ids), RevisionRow.track != "")
        .group_by(RevisionRow.question_id, RevisionRow.track)
    )
    found: dict[int, dict[str, Revision]] = defaultdict(dict)
    rows = sa.select(RevisionRow).where(RevisionRow.id.in_(newest), RevisionRow.status != "pending")
    for row in session.scalars(rows.order_by(RevisionRow.id)):
        found[row.question_id][row.track] = records.revision(row)
    return found
