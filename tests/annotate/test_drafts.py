"""Drafts survive, stay few, and are forgotten in the end."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from annotate import Store
from annotate.drafts import FORGOTTEN_AFTER, KEPT
from annotate.schema import DraftRow
from dagger_core.diagnostics import StoreError


def _count(store: Store) -> int:
    with store.database.read() as session:
        return session.scalar(sa.select(sa.func.count(DraftRow.id))) or 0


def test_the_newest_draft_of_a_key_is_loaded(store: Store) -> None:
    for number in range(KEPT + 5):
        store.drafts.save("mine", f'{{"n": {number}}}')
    store.drafts.save("other", "{}")
    draft = store.drafts.load("mine")
    assert draft is not None
    assert draft.document == f'{{"n": {KEPT + 4}}}'
    assert _count(store) == KEPT + 1
    assert store.drafts.load("nobody's") is None


def test_a_dropped_draft_is_gone(store: Store) -> None:
    store.drafts.save("mine", "{}")
    store.drafts.drop("mine")
    assert store.drafts.load("mine") is None


def test_old_drafts_are_forgotten(store: Store) -> None:
    store.drafts.save("old", "{}")
    with store.database.write() as session:
        session.execute(
            sa.update(DraftRow).values(at=store.drafts.load("old").at - FORGOTTEN_AFTER * 1.1)
        )
    store.drafts.save("new", "{}")
    assert store.drafts.load("old") is None


@pytest.mark.parametrize(
    ("key", "document", "words"),
    [
        ("k" * 129, "{}", "limit is 128"),
        ("k", "x" * 1_000_001, "draft has 1,000,001 characters"),
        ("k", "\0", "NUL"),
    ],
)
def test_what_a_browser_may_not_keep(store: Store, key: str, document: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        store.drafts.save(key, document)
