"""Opening: blank, old and too new databases, and what cannot be opened."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from annotate import Store
from annotate.database import Database
from annotate.filtering import Filter
from annotate.queue import count
from annotate.records import graph_text
from annotate.schema import Base
from dagger_core.diagnostics import DatabaseTooNew, StoreError
from dagger_core.graph import Graph


def test_migrations_make_what_the_code_sees(url: str) -> None:
    database = Database(url)
    # The index for searching has a shape of its own on each database.
    ours = {"include_object": lambda _, name, *__: "question_part" not in name}
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts=ours)
        differences = compare_metadata(context, Base.metadata)
    assert differences == []
    database.close()


def test_a_newer_database_is_refused_and_untouched(url: str) -> None:
    database = Database(url)
    with database.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DatabaseTooNew, match=r"newer version .*9999"):
        Store.open(url)


def test_the_oldest_database_migrates_with_what_is_in_it(url: str, pens: Graph) -> None:
    """A database as the first version made it, with one accepted and one untouched question."""
    oldest = Database(url, version="0001")
    with oldest.write() as session:
        for statement in (
            "INSERT INTO project VALUES (1, 'default', :at)",
            "INSERT INTO question VALUES (1, 1, 'k1', 'q', 'q', '54', 'en', '', '', 'g', :at)",
            "INSERT INTO question VALUES (2, 1, 'k2', 'r', 'r', NULL, 'en', '', '', 'g', :at)",
            "INSERT INTO revision VALUES (1, 1, NULL, NULL, NULL, NULL, '', 'accepted', :graph,"
            " NULL, 'asha', '', NULL, :at)",
        ):
            session.execute(
                sa.text(statement), {"at": "2026-01-02 03:04:05", "graph": graph_text(pens)}
            )
    oldest.close()
    store = Store.open(url)
    revision = store.latest(1)
    assert revision is not None
    assert (revision.graph, revision.author, revision.at.year) == (pens, "asha", 2026)
    assert count(store, Filter(right=True)) == 1
    assert count(store, Filter(statuses=("pending",))) == 1
    store.close()


def test_several_may_open_a_blank_database_at_once(url: str, pens: Graph) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(Store.open, [url] * 4))
    for number, store in enumerate(stores):
        store.save(question=f"q{number}", graph=pens, author="a", status="accepted")
    assert len(list(stores[0].examples())) == 4
    for store in stores:
        store.close()


def test_a_blank_file_may_be_locked_for_a_moment(tmp_path: Path) -> None:
    """Whoever opens it first switches it to WAL; SQLite has the others fail, not wait."""
    path = tmp_path / "store.db"
    first = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE t (a)")
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(Database, path)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.2)
        first.execute("ROLLBACK")
        opening.result(timeout=30).close()
    first.close()


def test_sqlite_commits_to_the_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "new folder" / "store.db")
    with database.read() as session:
        pragmas = {
            name: session.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }
    database.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u@h/db", "Use SQLite or PostgreSQL"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("://", "Not a database URL"),
        ("postgresql://nobody@/none?host=/nonexistent", "Cannot open the database"),
        ("/proc/no/such/store.db", "Cannot make the folder"),
    ],
)
def test_what_cannot_be_opened_says_so(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        Store.open(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(StoreError, match="Cannot open the database"):
        Store.open(path)
    assert path.read_bytes().startswith(b"not a database")
