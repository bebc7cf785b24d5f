"""Undo of what was saved: a new revision that brings back the state before.

An undo is a revision like any other, so it can be undone as well; nothing is ever removed.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import records, state
from annotate.records import Revision
from annotate.schema import BatchRow, RevisionRow
from annotate.store import Store
from annotate.texts import clean
from annotate.writing import NewRevision, locked_question, newest_row, now, revision_row
from dagger_core.diagnostics import StoreError

UNDONE_AT_ONCE = 100


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
        StoreError: it is not the newest revision of its question.
    """
    with store.database.write() as session:
        row = session.get(RevisionRow, revision_id)
        if row is None:
            raise StoreError(f"There is no revision {revision_id}.")
        locked_question(session, row.question_id)
        if not _is_newest(session, row):
            raise StoreError(
                f"Revision {revision_id} is not the newest of its question, so it cannot be "
                "undone. Open the question's history and take up the state you want."
            )
        return records.revision(_restore(session, row, author))


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
            for row in rows:
                locked_question(session, row.question_id)
                if _is_newest(session, row):
                    _restore(session, row, author, undoing_id)
                    done += 1
            total, last = total + len(rows), rows[-1].id


def _is_newest(session: Session, row: RevisionRow) -> bool:
    newest = newest_row(session, row.question_id, row.track)
    return newest is not None and newest.id == row.id


def _restore(
    session: Session, row: RevisionRow, author: str, batch_id: int | None = None
) -> RevisionRow:
    before = session.get(RevisionRow, row.parent_id) if row.parent_id else None
    restored = NewRevision(
        graph=records.graph_of(before.graph) if before else None,
        status=records.revision(before).status if before else "pending",
        author=author,
        answer=before.answer if before else None,
        reason=f"undo of revision {row.id}",
        parent=row.id,
        track=row.track,
        suggestion_id=before.suggestion_id if before else None,
        batch_id=batch_id,
    )
    added = revision_row(session, locked_question(session, row.question_id), restored)
    state.refresh(session, [row.question_id])
    return added
