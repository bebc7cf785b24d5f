"""The Hugging Face Hub: a dataset pushed as it is, and backups of the whole store.

Which account that is, and whether it may, the Hub's own token decides (HF_TOKEN or a log-in).
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annotate.database import Database
from annotate.store import Store
from annotate.writing import now
from dagger_core.diagnostics import StoreError

_NAME = re.compile(r"\w[\w.-]*/\w[\w.-]*", re.ASCII)
_MINUTES = 30


def push_folder(folder: Path, name: str, *, private: bool = True) -> str:
    """Upload a dataset folder to the Hub, where the repository is made if need be; its address.

    Raises:
        StoreError: no name of a dataset, or the Hub refused or could not be reached.
    """
    if not _NAME.fullmatch(name):
        raise StoreError("not-a-hub-name", name=name)
    from huggingface_hub import HfApi

    api = HfApi()
    try:
        made = api.create_repo(name, repo_type="dataset", private=private, exist_ok=True)
        api.upload_folder(
            repo_id=name,
            repo_type="dataset",
            folder_path=folder,
            commit_message="Accepted graphs from DAGGER Studio",
        )
    # What the Hub's client raises for names, rights and networks has no common root but these.
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError("hub-failed", problem=_first_line(error)) from error
    return str(made)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When a backup was last tried, and what went wrong, if anything."""

    at: datetime
    problem: str = ""


class Backup:
    """Copies the whole store to a dataset on the Hub, again and again, while the process lives.

    `huggingface_hub.CommitScheduler` commits the folder that each copy is written to; a copy is
    made with the database's own tools, so that it is consistent at any moment.

    Args:
        name: the dataset, "owner/name"; private, and made if need be.
        folder: where copies are put on this machine.
    """

    def __init__(self, store: Store, name: str, folder: Path, minutes: float = _MINUTES) -> None:
        self.name, self.last = name, None  # type: tuple[str, LastBackup | None]
        self._store, self._folder, self._minutes = store, folder, minutes
        self._stop, self._tried = threading.Event(), threading.Event()
        self._scheduler: object | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def wait(self, seconds: float = 60) -> None:
        """Until the first copy was tried."""
        self._tried.wait(seconds)

    def close(self) -> None:
        """Stop making copies."""
        self._stop.set()

    def _run(self) -> None:
        while True:
            try:
                self._once()
                self.last = LastBackup(now())
            # Whatever it is, the next try may work, and the page says what it was.
            except Exception as error:  # noqa: BLE001
                self.last = LastBackup(now(), _first_line(error))
            self._tried.set()
            if self._stop.wait(self._minutes * 60):
                return

    def _once(self) -> None:
        from huggingface_hub import CommitScheduler

        self._folder.mkdir(parents=True, exist_ok=True)
        if self._scheduler is None:
            self._scheduler = CommitScheduler(
                repo_id=self.name,
                repo_type="dataset",
                private=True,
                folder_path=self._folder,
                every=self._minutes,
                squash_history=True,
            )
        assert isinstance(self._scheduler, CommitScheduler)
        with self._scheduler.lock:
            copy(self._store.database, self._folder)
        self._scheduler.trigger().result()


def copy(database: Database, folder: Path) -> Path:
    """A consistent copy of a whole database in a folder, while others write to it.

    SQLite: a database file. PostgreSQL: a dump in the custom format, by `pg_dump`.

    Raises:
        StoreError: `pg_dump` is not there or failed.
    """
    if database.is_sqlite:
        target, part = folder / "store.sqlite3", folder / ".store.sqlite3.part"
        part.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(str(database.url.database))) as source,
            closing(sqlite3.connect(part)) as copied,
        ):
            source.backup(copied)
        part.replace(target)
        return target
    program, target = shutil.which("pg_dump"), folder / "store.dump"
    if program is None:
        raise StoreError("no-pg-dump")
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        [program, "--format=custom", f"--file={target}", f"--dbname={url}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StoreError("hub-failed", problem=done.stderr.strip()[:200])
    return target
