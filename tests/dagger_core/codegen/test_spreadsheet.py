"""Exported sheets: a spreadsheet engine computes the answer of `execute`, and text stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import formulas
import openpyxl
import pytest
from hypothesis import given, settings

from dagger_core.codegen import to_csv, to_xlsx
from dagger_core.codegen.spreadsheet import NOTATION, rows
from dagger_core.execute import Execution, execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number
from dagger_core.ops import OPS
from tests.dagger_core.codegen.some_graphs import executions, hostile, oracle

ORACLE = oracle()
#: What a double can hold; beyond it, sheets and exact numbers part ways.
LARGEST = 1e12


CELL = re.compile(r"\bC\d+\b")


@cache
def compiled(formula: str) -> Any:
    return formulas.Parser().ast(formula)[1].compile()


def evaluate(formula: str, cells: Mapping[str, float]) -> float:
    """A formula's value by the engine; cells get names by order, as compiling is what is slow."""
    names: dict[str, str] = {}
    renamed = CELL.sub(lambda cell: names.setdefault(cell[0], f"A{len(names) + 1}"), formula)
    function = compiled(renamed)
    values = {name: cells[cell] for cell, name in names.items()}
    return float(function(*[values[name] for name in function.inputs]))


def calculated(execution: Execution) -> dict[str, float]:
    """The values of all cells that have one, as an engine computes them."""
    graph, sheet, cells = execution.graph, rows(execution), {}
    for position in graph.order:
        formula = sheet[position].formula
        if formula == "=NA()":
            continue
        is_formula = formula.startswith("=")
        value = evaluate(formula, cells) if is_formula else float(formula)
        cells[f"C{position + 2}"] = value
    return cells


def agrees(execution: Execution) -> bool:
    graph, cells = execution.graph, calculated(execution)
    for position, key in enumerate(graph.ids):
        value = execution.value(key)
        if value is not None and not close(cells[f"C{position + 2}"], value):
            return False
    return True


def close(cell: float, value: Number) -> bool:
    return abs(cell - float(value)) <= 1e-6 * max(1.0, abs(float(value)))


def is_small(execution: Execution) -> bool:
    values = [execution.value(key) for key in execution.graph.index]
    return all(v is None or v == 0 or 1 / LARGEST < abs(v) < LARGEST for v in values)


def test_every_operation_is_written() -> None:
    assert NOTATION.keys() == OPS.keys()


def test_oracle() -> None:
    small = [e for e in ORACLE.values() if is_small(e) and len(e.graph) < 100]
    unlike = {tuple(row.formula for row in rows(e)): e for e in small}
    assert len(unlike) > 100
    assert [sheet for sheet, execution in unlike.items() if not agrees(execution)] == []


@given(executions())
@settings(max_examples=60, deadline=None)
def test_random(execution: Execution) -> None:
    if is_small(execution):
        assert agrees(execution)


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("floor", ("0.29", 100)),
        ("round", ("-2.5", 1)),
        ("round", ("0.285", 100)),
        ("ceil", ("1.1", 10)),
        ("mod", ("0.3", "0.1")),
        ("mod", ("-7", 3)),
        ("pow", (0, 0)),
        ("pow", (-2, 3)),
        ("gcd", (-12, 18)),
        ("lcm", (-4, 6)),
    ],
)
def test_where_sheets_have_ways_of_their_own(op: str, args: tuple[Any, Any]) -> None:
    nodes = [Node("a", "const", args[0]), Node("b", "const", args[1])]
    if OPS[op].most == 1:
        nodes.append(Node("c", "mul", None, ("a", "b")))
    known = ("a", "b") if OPS[op].most > 1 else ("c",)
    execution = execute(Graph([*nodes, Node(FINAL, op, None, known)]))
    assert execution.answer is not None
    assert agrees(execution)


@given(executions(hostile))
@settings(max_examples=60, deadline=None)
def test_only_formulas_of_ours_are_formulas(execution: Execution) -> None:
    expected = [row.formula for row in rows(execution)]
    lines = list(csv.reader(io.StringIO(to_csv(execution).removeprefix("\ufeff"))))
    assert [line[2] for line in lines[1:]] == expected
    for line in lines[1:]:
        assert len(line) == 4
        for text in (line[0], line[1], line[3]):
            assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_workbook() -> None:
    nodes = [
        Node("=1+1", "const", 122195, label="=HYPERLINK(1)"),
        Node("n2", "const", "45.6", label="https://example.org"),
        Node("n3", "const", "12", distractor=True, label="রাজুর মার্বেল"),
        Node("n4", "div", None, ("n3", 0)),
        Node(FINAL, "mul", None, ("=1+1", "n2"), label="মোট টাকা"),
    ]
    execution = execute(Graph(nodes))
    data = to_xlsx(execution, "bn")
    assert data == to_xlsx(execution, "bn")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Graph"]
    cells = list(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in cells[0]][:3] == ["s", "s", "n"]
    assert cells[0][1].value == "=HYPERLINK(1)"
    assert cells[1][1].hyperlink is None
    assert cells[2][3].value == "অপ্রয়োজনীয়"
    assert [cell.value for cell in cells[4]][:4] == [FINAL, "মোট টাকা", "=C2*C3", "উত্তর"]
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Graph"]
    assert cached["C6"].value == 5572092
    assert cached["C5"].value == "#N/A"


def test_more_operands_than_a_function_takes() -> None:
    execution = execute(Graph([Node("a", "const", 2), Node(FINAL, "sum", None, ("a",) * 300)]))
    assert rows(execution)[1].formula == "600"
