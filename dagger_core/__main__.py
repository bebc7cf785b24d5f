"""`python -m dagger_core`: read, check, execute, score and draw graphs in files.

Input is a file or standard input: JSON lines, or one text that holds one graph. Each line has a
model's text (`completion`) or a graph (`graph`, or `nodes` itself). Output is JSON lines in the
same order; a line that cannot be read gets its diagnostic and stops no other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import msgspec
import typer

from dagger_core.check import check as check_graph
from dagger_core.diagnostics import DaggerError, Diagnostic, Lang
from dagger_core.execute import execute as execute_graph
from dagger_core.graph import Graph
from dagger_core.jsontext import JsonFault, loads, place
from dagger_core.numerals import Number, json_number
from dagger_core.parse import Parsed, document, lenient
from dagger_core.score import judge

app = typer.Typer(add_completion=False, help=__doc__, no_args_is_help=True)
Source = Annotated[
    typer.FileText,
    typer.Argument(help="A file, or - for standard input.", encoding="utf-8-sig", errors="replace"),
]
Row = dict[str, Any]
_KEYS = frozenset({"completion", "graph", "nodes"})


def _rows(source: TextIO) -> Iterator[Row | Diagnostic]:
    """The rows of JSON lines, or the whole text as one row; faults come as diagnostics.

    It is JSON lines if the first line is an object, or begins like one and the second is a row.
    """
    lines = ((number, line) for number, line in enumerate(source, 1) if line.strip())
    start = list(islice(lines, 2))
    rows = [_row(line, number) for number, line in start]
    broken = rows[1:] and start[0][1].startswith("{") and _KEYS.intersection(_keys(rows[1]))
    if not (rows and isinstance(rows[0], dict)) and not broken:
        yield {"completion": "".join(line for _, line in start) + source.read()}
        return
    yield from rows
    for number, line in lines:
        yield _row(line, number)


def _keys(row: Row | Diagnostic) -> Row:
    return row if isinstance(row, dict) else {}


def _row(line: str, number: int) -> Row | Diagnostic:
    try:
        row = loads(line)
    except JsonFault as fault:
        column = place(line, fault.at)["column"]
        return Diagnostic(fault.code, None, {"line": number, "column": column, **fault.params})
    if isinstance(row, dict):
        return row
    params = {"line": number, "column": 1, "detail": "a line must be an object"}
    return Diagnostic("bad-json", None, params)


def _read(row: Row) -> Parsed:
    """The graph a row holds, whichever way it holds it."""
    if "completion" in row:
        return lenient(str(row["completion"]))
    graph = row.get("graph", row)
    if isinstance(graph, str):
        return document(graph)
    try:
        return Parsed(Graph.from_obj(graph))
    except ValueError:
        return Parsed(None, (Diagnostic("not-a-graph"),))


def _each(source: TextIO, describe: Callable[[Row], Row]) -> None:
    for row in _rows(source):
        if isinstance(row, Diagnostic):
            result = {**describe({"completion": ""}), "diagnostics": [row.to_obj()]}
        else:
            result = describe(row)
        typer.echo(msgspec.json.encode(result).decode())


def _number(value: Number | None) -> int | float | None:
    return None if value is None else json_number(value)


def _objects(diagnostics: Any) -> list[Row]:
    return [diagnostic.to_obj() for diagnostic in diagnostics]


def _plain(graph: Graph | None) -> Any:
    return None if graph is None else msgspec.Raw(graph.to_line().encode())


def _found(graph: Graph, row: Row) -> list[Diagnostic]:
    question = row.get("question")
    return check_graph(graph, question=question if isinstance(question, str) else None)


@app.command()
def parse(source: Source) -> None:
    """Read each text leniently: graph (or null) and diagnostics."""

    def describe(row: Row) -> Row:
        parsed = _read(row)
        return {"graph": _plain(parsed.graph), "diagnostics": _objects(parsed.diagnostics)}

    _each(source, describe)


@app.command()
def check(source: Source) -> None:
    """Report all that is wrong with each graph: ok and diagnostics. Exits 1 if any is not ok."""
    bad = False

    def describe(row: Row) -> Row:
        parsed = _read(row)
        found = [*parsed.diagnostics, *(_found(parsed.graph, row) if parsed.graph else ())]
        nonlocal bad
        ok = all(diagnostic.severity != "error" for diagnostic in found)
        bad = bad or not ok
        return {"ok": ok, "diagnostics": _objects(found)}

    _each(source, describe)
    raise typer.Exit(1 if bad else 0)


@app.command()
def execute(source: Source) -> None:
    """Compute every node of each graph: answer, values, path and diagnostics."""

    def describe(row: Row) -> Row:
        parsed = _read(row)
        if parsed.graph is None:
            empty: Row = {"answer": None, "values": {}, "path": []}
            return {**empty, "diagnostics": _objects(parsed.diagnostics)}
        execution = execute_graph(parsed.graph)
        return {
            "answer": _number(execution.answer),
            "values": {key: _number(execution.value(key)) for key in parsed.graph.index},
            "path": list(execution.path),
            "diagnostics": _objects([*parsed.diagnostics, *execution.failures]),
        }

    _each(source, describe)


@app.command()
def score(source: Source) -> None:
    """Score each completion against its gold: parse_ok, executes, value, reward, diagnostics.

    The first three are the lenient reader's, the reward is the strict reader's.
    """

    def describe(row: Row) -> Row:
        return judge(str(row.get("completion", "")), row.get("gold"))

    _each(source, describe)


@app.command()
def render(
    source: Source,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="A file for one graph, a folder for several.")
    ],
    theme: Annotated[Literal["light", "dark"], typer.Option(help="Colours.")] = "light",
    lang: Annotated[Lang, typer.Option(help="Language of the words.")] = "en",
    form: Annotated[
        Literal["svg", "png", "pdf", "dot"], typer.Option("--format", help="Of the file.")
    ] = "svg",
) -> None:
    """Draw each graph, executed, to a file."""
    from dagger_core.render import render as draw
    from dagger_core.render import to_dot

    rows = list(_rows(source))
    failed = 0
    for number, row in enumerate(rows, 1):
        target = out if len(rows) == 1 and not out.is_dir() else out / f"{number:04d}.{form}"
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            graph = _graph(row, number)
            dot = to_dot(graph, execute_graph(graph), theme=theme, lang=lang)
            target.write_bytes(dot.encode() if form == "dot" else draw(dot, form))
            typer.echo(str(target))
        except DaggerError as error:
            failed += 1
            typer.echo(f"line {number}: {error}", err=True)
    raise typer.Exit(1 if failed else 0)


def _graph(row: Row | Diagnostic, number: int) -> Graph:
    parsed = Parsed(None, (row,)) if isinstance(row, Diagnostic) else _read(row)
    if parsed.graph is None:
        raise DaggerError(parsed.diagnostics[0].text())
    return parsed.graph


if __name__ == "__main__":
    sys.exit(app())
