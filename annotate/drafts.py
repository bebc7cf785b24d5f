"""Unfinished edits, kept until they are saved or forgotten.

A draft is nobody's statement yet, so it is no part of the append-only record. Each save of a
draft is a new row, so a save that is cut short leaves the one before it whole; only the newest
`KEPT` rows of a key stay, and any draft older than `FORGOTTEN_AFTER` is removed.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate.database import Database
from annotate.records import Draft
from annotate.schema import DraftRow
from annotate.texts import clean

KEPT = 3
FORGOTTEN_AFTER = timedelta(days=30)
KEY_LIMIT = 128


class Drafts:
    """Drafts of a database, by the random key that a browser keeps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, key: str, document: str) -> Draft:
        """Keep a document under a key, in front of what the key held before."""
        clean(key, "draft's key", KEY_LIMIT)
        clean(document, "draft")
        row = DraftRow(key=key, document=document, at=datetime.now(timezone.utc))
        with self._database.write() as session:
            session.add(row)
            session.flush()
            _prune(session, row)
            return Draft(row.key, row.document, row.at)

    def load(self, key: str) -> Draft | None:
        """The newest draft of a key."""
        newest = sa.select(DraftRow).where(DraftRow.key == key).order_by(DraftRow.id.desc())
        with self._database.read() as session:
            row = session.scalars(newest.limit(1)).first()
            return Draft(row.key, row.document, row.at) if row else None

    def drop(self, key: str) -> None:
        """Forget a key, because its edit was saved or thrown away."""
        with self._database.write() as session:
            session.execute(sa.delete(DraftRow).where(DraftRow.key == key))


def _prune(session: Session, newest: DraftRow) -> None:
    kept = (
        sa.select(DraftRow.id)
        .where(DraftRow.key == newest.key)
        .order_by(DraftRow.id.desc())
        .limit(KEPT)
    )
    old = sa.and_(DraftRow.key == newest.key, DraftRow.id.not_in(kept))
    forgotten = DraftRow.at < newest.at - FORGOTTEN_AFTER
    session.execute(sa.delete(DraftRow).where(sa.or_(old, forgotten)))
