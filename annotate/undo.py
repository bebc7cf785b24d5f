"""Undo of what was saved: a new revision that brings back the state before.

An undo is a revision like any other, so it can be undone as well; nothing is ever removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import records, state
from annotate.records import Revision
from annotate.schema import BatchRow, RevisionRow
from annotate.store import Store
from annotate.texts import clean
from annotate.writing import NewRevision, locked_questions, newest_rows, now, revision_rows
from dagger_core.diagnostics import StoreError

UNDONE_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class BatchUndone:
    """What came of undoing a bulk action.

    Args:
        id: of the batch that the undo is itself; undo it to do all again.
        revisions: how many were undone.
        kept: how many were left alone, because somebody has saved since.
    """

    id: int
    revisions: int
    kept: int


def undo(store: Store, revision_id: int, author: str) -> Revision:
    """Bring back the state before a revision: that of its parent, or pending.

    Raises:
        StoreError: it is not the newest revision of its question (`saved-since`).
    """
    with store.database.write() as session:
        row = session.get(RevisionRow, revision_id)
        if row is None:
            raise StoreError("no-such-revision", id=revision_id)
        restored = _restore(session, [row], author)
        if not restored:
            newest = newest_rows(session, [row.question_id], row.track)[row.question_id]
            raise StoreError("saved-since", id=row.question_id, author=newest.author)
        return records.revision(restored[0])


def undo_batch(store: Store, batch_id: int, author: str) -> BatchUndone:
    """Bring back the state before a bulk action, wherever nobody has saved since."""
    with store.database.write() as session:
        batch = session.get(BatchRow, batch_id)
        if batch is None:
            raise StoreError(f"There is no bulk action {batch_id}.")
        undoing = BatchRow(
            project_id=batch.project_id,
            action=f"undo of batch {batch_id}",
            author=clean(author, "author's name", 200),
            at=now(),
        )
        session.add(undoing)
        session.flush()
        undoing_id = undoing.id
    done, total, last = 0, 0, 0
    while True:
        with store.database.write() as session:
            rows = session.scalars(
                sa.select(RevisionRow)
                .where(RevisionRow.batch_id == batch_id, RevisionRow.id > last)
                .order_by(RevisionRow.id)
                .limit(UNDONE_AT_ONCE)
            ).all()
            if not rows:
                return BatchUndone(undoing_id, done, total - done)
            done += len(_restore(session, rows, author, undoing_id))
            total, last = total + len(rows), rows[-1].id


def _restore(
    session: Session, rows: Sequence[RevisionRow], author: str, batch_id: int | None = None
) -> list[RevisionRow]:
    """Append the state before each revision, all of one track, that is still the newest."""
    numbers = [row.question_id for row in rows]
    questions = {question.id: question for question in locked_questions(session, numbers)}
    heads = newest_rows(session, numbers, rows[0].track)
    parents = [row.parent_id for row in rows if row.parent_id]
    found = session.scalars(sa.select(RevisionRow).where(RevisionRow.id.in_(parents)))
    before = {row.id: row for row in found}
    new = {
        row.question_id: _as_before(row, before.get(row.parent_id or 0), author, batch_id)
        for row in rows
        if heads[row.question_id].id == row.id
    }
    added = revision_rows(session, new, heads)
    state.refresh(session, [questions[number] for number in new])
    return added


def _as_before(
    row: RevisionRow, before: RevisionRow | None, author: str, batch_id: int | None
) -> NewRevision:
    return NewRevision(
        graph=records.graph_of(before.graph) if before else None,
        status=before.status if before else "pending",  # type: ignore[arg-type]  # from a row
        author=author,
        answer=before.answer if before else None,
        reason=f"undo of revision {row.id}",
        parent=row.id,
        track=row.track,
        suggestion_id=before.suggestion_id if before else None,
        batch_id=batch_id,
    )
