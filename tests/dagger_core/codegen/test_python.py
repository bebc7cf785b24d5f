"""Exported programs: they print the answer of `execute`, and nothing in them is foreign."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from dagger_core.codegen import runtime, to_python
from dagger_core.codegen.python import NOTATION
from dagger_core.execute import Execution, execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number, read_number, same_answer
from dagger_core.ops import OPS
from tests.dagger_core.codegen.some_graphs import executions, hostile, oracle

HELPERS = dict(inspect.getmembers(runtime, inspect.isfunction))
ORACLE = oracle()
CALLS = {"Fraction", "abs", "max", "min", "print", "sum", "SystemExit", "math.prod", *HELPERS}


def run(program: str) -> str:
    """What a program prints, run here after a look at what it does."""
    innocent(program)
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.suppress(SystemExit):
        exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})
    return output.getvalue().strip()


def innocent(program: str) -> None:
    """Assert that a program does arithmetic and nothing else."""
    for statement in ast.parse(program.encode("utf-8")).body:
        if isinstance(statement, ast.FunctionDef):
            source = ast.parse(inspect.getsource(HELPERS[statement.name]))
            assert ast.dump(statement) == ast.dump(source.body[0])
            continue
        assert isinstance(
            statement, ast.Import | ast.ImportFrom | ast.Assign | ast.Expr | ast.Raise
        )
        for part in ast.walk(statement):
            if isinstance(part, ast.Import | ast.ImportFrom):
                assert ast.unparse(part) in ("import math", "from fractions import Fraction")
            if isinstance(part, ast.Call):
                assert ast.unparse(part.func) in CALLS


def matches(printed: str, answer: Number) -> bool:
    value = read_number(printed)
    return value == answer or (isinstance(answer, float) and same_answer(value, answer))


def test_every_operation_is_written() -> None:
    assert NOTATION.keys() == OPS.keys()


@pytest.mark.parametrize("name", sorted(ORACLE))
def test_oracle(name: str) -> None:
    execution = ORACLE[name]
    printed = run(to_python(execution))
    if execution.answer is None:
        assert printed == ""
    else:
        assert matches(printed, execution.answer)


@given(executions())
@settings(max_examples=60, deadline=None)
def test_random(execution: Execution) -> None:
    printed = run(to_python(execution, "bn"))
    assert printed == "" if execution.answer is None else matches(printed, execution.answer)


@given(executions(hostile))
@settings(max_examples=60, deadline=None)
def test_hostile_text_stays_in_comments(execution: Execution) -> None:
    program = to_python(execution)
    innocent(program)
    assigned = [s for s in ast.parse(program).body if isinstance(s, ast.Assign)]
    assert len(assigned) == sum(execution.value(key) is not None for key in execution.graph.index)
    assert len({ast.unparse(s.targets[0]) for s in assigned}) == len(assigned)


def test_as_a_file(tmp_path: Path) -> None:
    nodes = [
        Node("a", "const", 122195, label="coding: utf-7"),
        Node("print", "const", "45.6", label="দাম"),
        Node("raju", "const", 12, distractor=True),
        Node(FINAL, "mul", None, ("a", "print"), label="মোট টাকা"),
    ]
    path = tmp_path / "program.py"
    path.write_text(to_python(execute(Graph(nodes)), "bn"), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", str(path)], capture_output=True, text=True, check=True
    )
    assert ended.stdout == "5572092\n"
    assert "# মোট টাকা; উত্তর" in path.read_text(encoding="utf-8")


def test_without_an_answer_it_says_why(tmp_path: Path) -> None:
    graph = Graph([Node("a", "const", 0), Node(FINAL, "div", None, ("a", "a"))])
    path = tmp_path / "program.py"
    path.write_text(to_python(execute(graph)), encoding="utf-8")
    ended = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "division by zero" in ended.stderr


def test_many_operands() -> None:
    nodes = [Node("a", "const", 2), Node(FINAL, "add", None, ("a",) * 5_000)]
    assert run(to_python(execute(Graph(nodes)))) == "10000"
