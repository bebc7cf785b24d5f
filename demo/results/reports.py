"""The reports that the Results page shows: found in folders, and told in rows and words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dagger_core.diagnostics import Lang, SourceError
from dagger_core.formats import FORMATS
from dagger_core.generate.hub import Weights
from dagger_core.graph import Graph
from dagger_core.numerals import localized
from demo.services import Person
from demo.solution import Attempt, Solution, new_key
from demo.texts import words
from train.evaluate.command import read_report
from train.evaluate.published import published
from train.evaluate.writing import REPORTS, interval

Report = Mapping[str, Any]
Row = Mapping[str, Any]
#: The report that comes with a shipped model, in its folder.
SHIPPED = "report.json"
_COLUMNS = (
    "number", "model", "data", "count", "accuracy", "interval", "plain", "distracted", "drop",
    "executed", "format", "flags", "tokens", "seconds", "source",
)  # fmt: skip
WIDTHS = [50, 200, 190, 90, 90, 104, 100, 100, 74, 96, 84, 84, 80, 84, 280]
_TEXT = ("model", "data", "interval", "source")
_KEYS = {
    "plain": "plain_accuracy",
    "distracted": "distracted_accuracy",
    "flags": "flag_f1",
}
#: From here on, decimals say nothing.
_LARGE = 200
_WHOLE = ("number", "count")


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


def table(entries: Sequence[Entry], lang: Lang) -> dict[str, Any]:
    """The table of our reports and the published rows, sorted as numbers and shown as text."""
    lines = [*(_ours(entry, lang) for entry in entries), *_theirs(lang)]
    data, display = [], []
    for number, line in enumerate(lines, 1):
        values = {**line, "number": number}
        data.append([values.get(name, "" if name in _TEXT else None) for name in _COLUMNS])
        display.append([_shown(name, values.get(name), lang) for name in _COLUMNS])
    return {"headers": headers(lang), "data": data, "metadata": {"display_value": display}}


def headers(lang: Lang) -> list[str]:
    """The headers of the table."""
    return [getattr(words(lang), f"column_{name}") for name in _COLUMNS]


def kinds_of_columns() -> list[str]:
    """The data type of each column of the table."""
    return ["str" if name in _TEXT else "number" for name in _COLUMNS]


def _ours(entry: Entry, lang: Lang) -> dict[str, Any]:
    head, text = entry.head, words(lang)
    line: dict[str, Any] = {"model": head["title"], "data": head["data"], "count": head["count"]}
    for name in ("accuracy", "plain", "distracted", "drop", "executed", "format", "flags"):
        value = head[_KEYS.get(name, name)]
        line[name] = None if value is None else round(100 * value, 1)
    line["interval"] = interval(head, "accuracy")
    line["tokens"], line["seconds"] = head["tokens"], head["seconds"]
    notes = [str(head["at"])[:10]]
    if head["composite"] is not None:
        scores = {"trace": f"{head['trace']:.2f}", "composite": f"{head['composite']:.2f}"}
        notes.append(text.trace_scores.format(**scores))
    if not head["settings"].get("grammar", True):
        notes.append(text.without_grammar)
    if entry.stale:
        notes.append(text.stale_report)
    return {**line, "source": "; ".join(notes)}


def _theirs(lang: Lang) -> Iterator[dict[str, Any]]:
    text = words(lang)
    for row in published().models:
        slip = text.published_slip.format(values=", ".join(map(str, row.slips)))
        yield {
            "model": row.name,
            "data": text.all_four_sets,
            "count": sum(row.sizes.values()),
            "accuracy": row.average,
            "interval": "–",
            "plain": row.over(distracted=False),
            "distracted": row.over(distracted=True),
            "drop": row.drop,
            "tokens": row.tokens,
            "source": "; ".join([row.source.title, *([slip] if row.slips else [])]),
        }
    for trace in published().traces:
        if trace.accuracy is not None:
            scores = text.trace_scores.format(trace=trace.trace, composite=trace.composite)
            yield {
                "model": trace.name,
                "data": "gsm8k",
                "accuracy": trace.accuracy,
                "interval": "–",
                "format": trace.format,
                "source": f"{trace.source.title}; {scores}",
            }


def _shown(name: str, value: Any, lang: Lang) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return localized(value, lang) if name in ("interval", "source") else value
    digits = 0 if name in _WHOLE or value >= _LARGE else 3 if name == "seconds" else 1
    return localized(f"{value:.{digits}f}", lang)


def by_set(entries: Sequence[Entry], lang: Lang) -> dict[str, Any]:
    """The published table set by set, with our reports on the same sets above it."""
    text, sizes = words(lang), published().models[0].sizes
    lines: list[list[Any]] = []
    for entry in entries:
        parts = [entry.head["sets"].get(name, {}).get("accuracy") for name in sizes]
        if any(part is not None for part in parts):
            shares = [None if part is None else round(100 * part, 1) for part in parts]
            average = round(100 * entry.head["accuracy"], 1)
            lines.append([entry.head["title"], *shares, average, ""])
    for row in published().models:
        given = ", ".join(map(str, row.averages))
        lines.append([row.name, *row.accuracy.values(), row.average, given])
    columns = [text.column_model, *(name.upper() for name in sizes)]
    display = [
        [line[0], *(_shown("accuracy", value, lang) for value in line[1:-1]),
         localized(line[-1], lang) or "–"]
        for line in lines
    ]  # fmt: skip
    return {
        "headers": [*columns, text.average, text.average_published],
        "data": lines,
        "metadata": {"display_value": display},
    }


def solution(row: Row, report: Report) -> Solution:
    """What a model answered to a problem of a report, as the pages show it."""
    form = str(report["settings"].get("format", ""))
    known = FORMATS.get(form)
    parsed = known.read(row["text"], row["question"]) if known else None
    graph = parsed.graph if parsed else None
    attempt = Attempt(
        model=str(report["title"]),
        text=row["text"],
        graph=graph,
        notes=parsed.diagnostics if parsed else (),
        tokens=row["tokens"],
        seconds=row["seconds"],
        format=form,
    )
    return _solution(row, graph, attempt)


def gold_solution(row: Row) -> Solution:
    """The data set's own graph for a problem."""
    try:
        graph = Graph.from_obj(row["graph"]) if row.get("graph") else None
    except ValueError:
        graph = None
    return _solution(row, graph, None)


def _solution(row: Row, graph: Graph | None, attempt: Attempt | None) -> Solution:
    return Solution(
        question=row["question"],
        gold=row["gold"] or "",
        attempt=attempt,
        history=() if graph is None else (graph,),
        key=new_key(),
    )


def rows_csv(report: Report) -> str:
    """The problems of a report as CSV, for spreadsheets."""
    names = ("set", "id", "question", "gold", "answer", "correct", "failure", "detail", "text",
             "tokens", "seconds")  # fmt: skip
    file = io.StringIO()
    writer = csv.DictWriter(file, names, extrasaction="ignore")
    writer.writeheader()
    for row in report["rows"]:
        failed = row["failure"] or {}
        line = {**row, "failure": failed.get("kind", ""), "detail": failed.get("detail", "")}
        writer.writerow({name: _harmless(value) for name, value in line.items()})
    return file.getvalue()


def table_csv(entries: Sequence[Entry], lang: Lang) -> str:
    """The whole table as CSV."""
    shown = table(entries, lang)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(shown["headers"])
    writer.writerows([[_harmless(cell) for cell in row] for row in shown["data"]])
    return file.getvalue()


def _harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value
