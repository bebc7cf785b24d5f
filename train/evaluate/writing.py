"""A report as files: JSON and Markdown beside it, and as a table on a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

REPORTS = "reports"
Report = Mapping[str, Any]
_COLUMNS = {
    "count": "problems",
    "accuracy": "accuracy",
    "executed": "executed",
    "format": "format",
    "reward": "reward",
    "trace": "trace",
    "composite": "composite",
    "flag_f1": "flags F1",
    "tokens": "tokens",
    "seconds": "s",
    "p50_seconds": "p50 s",
}
_PERCENT = ("accuracy", "executed", "format", "flag_f1", "drop")


def save(report: Report, out: Path | None, runs: Path) -> Path:
    """Write a report with its Markdown beside it; without `out` into `reports` of the runs."""
    path = out or runs / REPORTS / f"{_name(report)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, "utf-8", "surrogatepass")
    partial.replace(path)
    return path


def _name(report: Report) -> str:
    parts = (report["model"], report["data"], report["at"][:19])
    return "_".join(re.sub(r"[^\w.+-]+", "-", str(part)).strip("-")[:60] for part in parts)


def printed(report: Report) -> str:
    """The table of the sets, in columns of one width."""
    rows = list(table(report))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def table(report: Report) -> Iterator[Sequence[str]]:
    """Header and rows: each set, and all together if there are several."""
    sets: dict[str, Report] = dict(report["sets"])
    if len(sets) != 1:
        sets["all"] = report
    names = [name for name in _COLUMNS if any(part[name] is not None for part in sets.values())]
    yield ["set", *(_COLUMNS[name] for name in names), "95%"]
    for name, part in sets.items():
        yield [name, *(cell(key, part[key]) for key in names), interval(part, "accuracy")]


def cell(name: str, value: float | None) -> str:
    """A figure as text: shares in percent."""
    if value is None:
        return "–"
    if name in _PERCENT:
        return f"{100 * value:.1f}"
    return f"{value}" if isinstance(value, int) else f"{value:.3g}"


def interval(part: Report, name: str) -> str:
    """The interval of a share, in percent."""
    found = part["intervals"].get(name)
    return "–" if found is None else f"{100 * found[0]:.1f}–{100 * found[1]:.1f}"
