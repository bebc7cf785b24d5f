"""A report as files: JSON, with Markdown and plots beside it; and as a table on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from train.evaluate import plots
from train.evaluate.failures import MEANINGS
from train.evaluate.published import published

REPORTS = "reports"
#: Failures of each kind that are shown, and characters of a text.
_EXAMPLES, _LONGEST = 3, 400
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


def save(report: Report, out: Path | None, runs: Path, *, only_json: bool = False) -> Path:
    """Write a report with its Markdown and plots beside it.

    Args:
        out: the file; without it one in `reports` of the folder of runs.
        only_json: no Markdown and no plots.
    """
    path = out or runs / REPORTS / f"{_name(report)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, _json(report))
    if only_json:
        return path
    names = []
    for name, spec in plots.files(report, MEANINGS):
        picture = path.with_name(f"{path.stem}-{name}.svg")
        _write(picture, plots.svg(spec))
        names.append(picture.name)
    _write(path.with_suffix(".md"), markdown(report, names))
    return path


def _json(report: Report) -> str:
    """The report with a line for each row; decimals as they were written, unlike `json`."""
    encode = msgspec.json.Encoder(decimal_format="number").encode
    head = {name: value for name, value in report.items() if name != "rows"}
    figures = msgspec.json.format(encode(head), indent=1).decode().removesuffix("\n}")
    rows = ",\n".join(encode(row).decode() for row in report["rows"])
    return f'{figures},\n "rows": [\n{rows}\n]}}\n'


def _write(path: Path, text: str) -> None:
    """The whole file or none of it; half a letter in a model's text becomes a question mark."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, "utf-8", "replace")
    partial.replace(path)


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


def markdown(report: Report, pictures: Sequence[str] = ()) -> str:
    """The report for reading, in Markdown."""
    parts = [
        f"# {_plain(report['title'])} on {_plain(report['data'])}",
        f"`{_plain(report['model'])}` · {report['at']} · {_settings(report['settings'])}",
        _table(list(table(report))),
        _drop(report),
        *(f"![{name}]({name})" for name in pictures),
        *_grouped(report),
        _failures(report),
        _beside(report),
        _troubles(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _settings(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_plain(str(value))}" for name, value in settings.items())


def _drop(report: Report) -> str:
    if report["drop"] is None:
        return ""
    plain, distracted = report["plain_accuracy"], report["distracted_accuracy"]
    lines = [
        f"Without distractors {cell('accuracy', plain)}, with them {cell('accuracy', distracted)}: "
        f"a drop of {cell('drop', report['drop'])} points ({interval(report, 'drop')})."
    ]
    for kind, drop in report["drops"].items():
        lines.append(f"- {_plain(kind)}: {cell('drop', drop['drop'])}")
    return "\n".join(lines)


def _grouped(report: Report) -> Iterator[str]:
    titles = {
        "by_kind": "By kind of distractor",
        "by_distractors": "By number of distractors",
        "by_operations": "By number of operations",
    }
    for key, title in titles.items():
        if report[key]:
            rows = [["", "problems", "accuracy", "95%", "flags F1"]]
            for name, part in report[key].items():
                right, flags = cell("accuracy", part["accuracy"]), cell("flag_f1", part["flag_f1"])
                rows.append([name, str(part["count"]), right, interval(part, "accuracy"), flags])
            yield f"## {title}\n\n{_table(rows)}"


def _failures(report: Report) -> str:
    if not report["failures"]:
        return ""
    lines = ["## Failures"]
    for kind, count in report["failures"].items():
        lines.append(f"### {MEANINGS.get(kind, kind)}: {count}")
        wrong = [row for row in report["rows"] if (row["failure"] or {}).get("kind") == kind]
        lines.append("\n".join(_example(row) for row in wrong[:_EXAMPLES]))
    return "\n\n".join(lines)


def _example(row: Mapping[str, Any]) -> str:
    text, detail = _plain(row["text"])[:_LONGEST], _plain(row["failure"]["detail"])
    return (
        f"- {_plain(row['question'])[:_LONGEST]}\n"
        f"  - {text or '(nothing)'} → {row['answer'] or '–'}, right: {row['gold'] or '–'}"
        f"{f' ({detail})' if detail else ''}"
    )


def _beside(report: Report) -> str:
    """The published rows for the sets of this report."""
    theirs = published().models
    shared = [name for name in report["sets"] if name in theirs[0].sizes]
    if not shared:
        return ""
    own = [cell("accuracy", report["sets"][name]["accuracy"]) for name in shared]
    average, tokens = cell("accuracy", report["accuracy"]), cell("tokens", report["tokens"])
    rows = [["", *shared, "average", "tokens"], [report["title"], *own, average, tokens]]
    for row in theirs:
        slip = f" (published as {', '.join(map(str, row.slips))})" if row.slips else ""
        parts = [f"{row.accuracy[name]:.1f}" for name in shared]
        rows.append([row.name, *parts, f"{row.average}{slip}", str(row.tokens or "–")])
    sources = ", ".join(dict.fromkeys(row.source.title for row in theirs))
    note = "Published averages are over all four sets, recomputed from their parts."
    return f"## Beside published results\n\n{_table(rows)}\n\n{note} Source: {sources}."


def _troubles(report: Report) -> str:
    lines = []
    for one in report["troubles"]:
        row = f", row {one['number']}" if one["number"] else ""
        lines.append(f"- {_plain(one['set'])}{row}: {_plain(one['text'])}")
    return "## Left out or incomplete\n\n" + "\n".join(lines) if lines else ""


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = ["| " + " | ".join(_plain(cell) for cell in row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def _plain(text: str) -> str:
    """A text on one line, that is no markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(str(text).split()))
