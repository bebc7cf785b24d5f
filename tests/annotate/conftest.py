"""Stores to test with: every test that asks for `store` or `url` runs on both databases."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from annotate.store import Store
from dagger_core.graph import Graph


@pytest.fixture(scope="session")
def postgres_host() -> Iterator[str]:
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: install the package `postgresql`")
    with _server(programs) as host:
        yield host


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a blank database."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return _new_database(request.getfixturevalue("postgres_host"), "template0")


@pytest.fixture
def store(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, copied from one that was migrated once for all tests."""
    if backend == "sqlite":
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        opened = Store.open(path)
    else:
        host = request.getfixturevalue("postgres_host")
        migrated = request.getfixturevalue("migrated_database")
        opened = Store.open(_new_database(host, migrated))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "store.db"
    Store.open(path).close()
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres_host: str) -> str:
    url = _new_database(postgres_host, "template0")
    Store.open(url).close()
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def pens() -> Graph:
    """12 pens at 4.50 each, and 3 that do not matter: 54."""
    return Graph.from_obj(
        {
            "nodes": [
                {"id": "n1", "op": "const", "val": 12, "label": "কলম"},
                {"id": "n2", "op": "const", "val": 3, "distractor": True, "label": "বই"},
                {"id": "n3", "op": "const", "val": 4.5, "label": "দাম"},
                {"id": "cost", "op": "mul", "args": ["n1", "n3"], "label": "মোট"},
                {"id": "final_result", "op": "identity", "args": ["cost"], "label": "উত্তর"},
            ]
        }
    )


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl: on the PATH, or where Debian puts them."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return debian[-1].parent if debian else None


def _owner() -> str | None:
    """The user to run the server as: PostgreSQL refuses root. None for the current user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def _server(bin_dir: Path) -> Iterator[str]:
    """A running server; gives the `host` of its URLs."""
    user = _owner()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *args: str) -> None:
        subprocess.run(
            [bin_dir / program, "-D", folder / "data", *args],
            user=user,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield str(folder)
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _new_database(host: str, template: str) -> str:
    """The URL of a new copy of a database."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(host=host, user="postgres", autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
    return f"postgresql://postgres@/{name}?host={host}"
