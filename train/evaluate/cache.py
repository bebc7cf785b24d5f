"""Answers on disk, by model, prompt and settings: an SQLite file that any number of runs share."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

_TABLE = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)"
_SOME = 500  # keys in one query: SQLite's oldest limit is 999


class Cache:
    """Answers that were given before.

    Args:
        path: the file; None keeps nothing.
        fresh: keep new answers, and give none that were there.
    """

    def __init__(self, path: Path | None = None, *, fresh: bool = False) -> None:
        self._path, self._fresh = path, fresh

    @staticmethod
    def key(*parts: object) -> str:
        """The same for equal parts, which are plain JSON."""
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def load(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What is known of these keys."""
        if self._path is None or self._fresh or not self._path.exists():
            return {}
        wanted, found = list(keys), {}
        with closing(self._open()) as file:
            for start in range(0, len(wanted), _SOME):
                some = wanted[start : start + _SOME]
                marks = ",".join("?" * len(some))
                rows = file.execute(f"SELECT key, answer FROM answers WHERE key IN ({marks})", some)
                found.update({key: json.loads(answer) for key, answer in rows})
        return found

    def keep(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep answers; they are on disk when this returns."""
        if self._path is None or not answers:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as file, file:
            file.executemany(
                "INSERT OR REPLACE INTO answers VALUES (?, ?)",
                [(key, json.dumps(answer)) for key, answer in answers.items()],
            )

    def _open(self) -> sqlite3.Connection:
        assert self._path is not None
        file = sqlite3.connect(self._path, timeout=60)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute(_TABLE)
        return file
