"""Reports and their problems as tables: in rows for the page, and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from dagger_core.diagnostics import Lang
from dagger_core.numerals import localized
from demo.results.reports import Entry, Report
from demo.texts import words
from train.evaluate.published import published
from train.evaluate.writing import interval

_COLUMNS = (
    "number", "model", "data", "count", "accuracy", "interval", "plain", "distracted", "drop",
    "executed", "format", "flags", "tokens", "seconds", "source",
)  # fmt: skip
WIDTHS = [50, 200, 190, 90, 90, 104, 100, 100, 74, 96, 84, 84, 80, 84, 420]
_TEXT = ("model", "data", "interval", "source")
_KEYS = {
    "plain": "plain_accuracy",
    "distracted": "distracted_accuracy",
    "flags": "flag_f1",
}
#: From here on, decimals say nothing.
_LARGE = 200
_WHOLE = ("number", "count")


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
    notes = [localized(str(head["at"])[:10], lang)]
    if head["composite"] is not None:
        scores = {"trace": f"{head['trace']:.2f}", "composite": f"{head['composite']:.2f}"}
        notes.append(localized(text.trace_scores.format(**scores), lang))
    if not head["settings"].get("grammar", True):
        notes.append(text.without_grammar)
    if entry.stale:
        notes.append(text.stale_report)
    return {**line, "source": "; ".join(notes)}


def _theirs(lang: Lang) -> Iterator[dict[str, Any]]:
    text = words(lang)
    for row in published().models:
        slips = localized(", ".join(map(str, row.slips)), lang)
        slip = text.published_slip.format(values=slips)
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
            scores = localized(scores, lang)
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
        return localized(value, lang) if name == "interval" else value
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


def numbered(headers: Sequence[str], lines: Sequence[Sequence[Any]], lang: Lang) -> dict[str, Any]:
    """A table whose lines begin with their number, which is shown in the digits of a language."""
    data = [[number, *line] for number, line in enumerate(lines, 1)]
    display = [[localized(str(cell), lang) if not at else cell for at, cell in enumerate(line)]
               for line in data]  # fmt: skip
    return {"headers": list(headers), "data": data, "metadata": {"display_value": display}}


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
