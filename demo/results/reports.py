"""The reports that the Results page shows, found in folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dagger_core.diagnostics import SourceError
from dagger_core.generate.hub import Weights
from demo.services import Person
from train.evaluate.command import read_report
from train.evaluate.writing import REPORTS

Report = Mapping[str, Any]
Row = Mapping[str, Any]
#: The report that comes with a shipped model, in its folder.
SHIPPED = "report.json"


@dataclass(frozen=True)
class Entry:
    """One report of ours.

    Args:
        key: names it in requests.
        head: the report without its rows.
        shipped: whether it comes with the project, so that anybody may read its rows.
        stale: whether the model has other weights now.
    """

    key: str
    path: Path
    head: Report
    shipped: bool = False
    stale: bool = False

    @property
    def title(self) -> str:
        """What it is called in lists."""
        at = str(self.head["at"])[:19].replace("T", " ")
        return f"{self.head['title']} · {self.head['data']} · {at}"

    def rows_for(self, person: Person) -> list[Row] | None:
        """Its problems, if a person may see them: data sets have owners."""
        if not (self.shipped or person.curator):
            return None
        return list(_read(self.path, self.path.stat().st_mtime_ns)["rows"])

    @property
    def whole(self) -> Report:
        """The report with its rows."""
        return _read(self.path, self.path.stat().st_mtime_ns)


@dataclass(frozen=True)
class Reports:
    """All reports there are.

    Args:
        runs: the folder of runs; its folder `reports` has a file for each.
        models: the folder of shipped models, which may bring one each.
    """

    runs: Path
    models: Path

    @property
    def folder(self) -> Path:
        """Where new reports go."""
        return self.runs / REPORTS

    def entries(self) -> tuple[list[Entry], list[str]]:
        """Our reports, the newest first, and the names of files that are none."""
        found, broken = [], []
        for path, shipped in self._files():
            try:
                head = _head(path, path.stat().st_mtime_ns)
            except (SourceError, OSError):
                broken.append(path.name)
                continue
            key = f"models/{path.parent.name}" if shipped else path.stem
            stale = shipped and head["identity"].split()[0] != _fingerprint(path.parent)
            found.append(Entry(key, path, head, shipped, stale))
        found.sort(key=lambda entry: str(entry.head["at"]), reverse=True)
        return found, broken

    def find(self, key: object) -> Entry | None:
        """The report of a key, if there is one."""
        return next((entry for entry in self.entries()[0] if entry.key == key), None)

    def comparable(self) -> tuple[Entry, Entry] | None:
        """The newest two on the same problems, the older one first."""
        newest: dict[str, Entry] = {}
        for entry in self.entries()[0]:
            later = newest.setdefault(str(entry.head["data"]), entry)
            if later is not entry:
                return entry, later
        return None

    def _files(self) -> Iterator[tuple[Path, bool]]:
        yield from ((path, True) for path in sorted(self.models.glob(f"*/{SHIPPED}")))
        yield from ((path, False) for path in sorted(self.folder.glob("*.json")))


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int) -> Report:
    """A whole report; `stamp` tells versions of a file apart."""
    return read_report(path)


@lru_cache(maxsize=512)
def _head(path: Path, stamp: int) -> Report:
    return {key: value for key, value in read_report(path).items() if key != "rows"}


def _fingerprint(folder: Path) -> str:
    return Weights(str(folder)).fingerprint()
