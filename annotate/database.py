"""A connection to SQLite or PostgreSQL, migrated to the tables this version knows.

SQLite is opened in WAL mode with synchronous=FULL: a commit that returned is on the disk.
Writers take the database's write lock when they begin (`BEGIN IMMEDIATE`), so that no
transaction fails half-way because another one wrote first.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from annotate.schema import Base
from annotate.turns import Turns
from dagger_core.diagnostics import DatabaseTooNew, StoreError

BUSY_SECONDS = 30
#: So many write to PostgreSQL at once; as many connections are left for those who read.
WRITERS = 5
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """An open database, at the newest version of the schema or at a given one. Thread-safe.

    Raises `DatabaseTooNew` if a newer version of this program has migrated it, and
    `StoreError` if it cannot be opened.
    """

    def __init__(self, url: str | Path, *, version: str = "head") -> None:
        self.url = _url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # SQLite has one writer at a time. Neither its busy handler nor a pool of connections asks
        # who has waited longest, so writers queue before they come to either.
        self._turns = Turns(1 if self.is_sqlite else WRITERS)
        self.engine = _engine(self.url)
        self._writing = self.engine.execution_options(begin="IMMEDIATE")
        try:
            self._migrate(version)
        except DBAPIError as error:
            self.engine.dispose()
            raise StoreError(f"Cannot open the database {self.url}: {error.orig}") from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state and writes nothing.

        Raises `StoreError` for whatever the database cannot do.
        """
        with self._in_words(), Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back if it raises.

        Raises `StoreError` for whatever the database cannot do: nothing was written then.
        """
        with self._in_words(), self._turns, Session(self._writing) as session, session.begin():
            yield session

    def lock(self, connection: Session | sa.Connection, name: str) -> None:
        """Until the transaction ends, keep others out of what goes by this name.

        On SQLite, where there is one writer at a time, that is so already.
        """
        if not self.is_sqlite:
            number = zlib.crc32(name.encode())
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def analyze(self, connection: Session | sa.Connection, turn: int) -> None:
        """Have PostgreSQL count its rows anew, with those of this transaction.

        It does so by itself a minute later; until then a table that was blank when somebody
        began to fill it is read from end to end for every row looked up.

        Args:
            turn: how many loads of rows there were; it counts when they have doubled.
        """
        if not self.is_sqlite and turn.bit_count() == 1:
            connection.execute(sa.text(f"ANALYZE {', '.join(Base.metadata.tables)}"))

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"The database {self.url} failed: {error.orig}") from error

    def _migrate(self, version: str) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        scripts = ScriptDirectory.from_config(config)
        with self._turns, self._writing.begin() as connection:
            self.lock(connection, "migration")
            current = MigrationContext.configure(connection).get_current_revision()
            if current == scripts.get_current_head():
                return
            if current is not None and current not in {
                s.revision for s in scripts.walk_revisions()
            }:
                raise DatabaseTooNew(
                    f"The database {self.url} was written by a newer version of this program "
                    f"(its schema is {current}; this version knows up to "
                    f"{scripts.get_current_head()}). Update the program, or give another database."
                )
            config.attributes["connection"] = connection
            command.upgrade(config, version)


def _url(url: str | Path) -> sa.URL:
    """A path is a SQLite file; `postgres://` and `postgresql://` use psycopg."""
    text = str(url)
    if "://" not in text:
        path = Path(text).expanduser()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"Cannot make the folder {path.parent}: {error.strerror}") from error
        return sa.URL.create("sqlite", database=str(path))
    try:
        made = sa.make_url(text)
    except sa.exc.ArgumentError as error:
        raise StoreError(f"Not a database URL: {error}") from error
    if made.drivername in ("postgres", "postgresql"):
        made = made.set(drivername="postgresql+psycopg")
    if made.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"Use SQLite or PostgreSQL; {made.drivername} is not supported.")
    if made.get_backend_name() == "sqlite" and made.database in (None, "", ":memory:"):
        raise StoreError("A SQLite database needs a file, for example sqlite:///data/store.db")
    return made


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        return sa.create_engine(url, pool_pre_ping=True, pool_size=2 * WRITERS)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own implicit BEGIN is switched off; _begin_sqlite says it.
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    # The one pragma that writes: the first to open a blank file switches it over, and SQLite
    # tells the others at once that it is locked, without asking its busy handler.
    last = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > last:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: sa.Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
