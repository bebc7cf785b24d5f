"""Exported LaTeX: a row for every node with its numbers, and no command of a label's making."""

from __future__ import annotations

import re

from hypothesis import given, settings

from dagger_core.codegen import to_latex
from dagger_core.codegen.latex import NOTATION
from dagger_core.execute import Execution, execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.ops import OPS
from tests.dagger_core.codegen.some_graphs import executions, hostile

ESCAPED = re.compile(r"\\(?:text(?:backslash|asciitilde|asciicircum)\{\}|[{}$&#_%])")
OURS = {
    *("begin", "end", "text", "times", "frac", "left", "right", "min", "max", "operatorname"),
    *("lfloor", "rfloor", "lceil", "rceil", "sqrt", "bmod", "gcd", "ldots", "approx"),
}

NODES = [
    Node("n1", "const", 122195, label="Tickets"),
    Node("n2", "const", "45.6", label="Price of 1 & 50%"),
    Node("n3", "const", 12, distractor=True, label="Raju_1"),
    Node("n4", "sub", None, ("n1", "-3"), label="More"),
    Node(FINAL, "mul", None, ("n1", "n2"), label="Total money"),
]


def test_every_operation_is_written() -> None:
    assert NOTATION.keys() == OPS.keys()


def test_english() -> None:
    lines = to_latex(execute(Graph(NODES))).splitlines()
    assert lines == [
        r"\begin{align*}",
        r"  \text{Tickets} &= 122{,}195 \\",
        r"  \text{Price of 1 \& 50\%} &= 45.6 \\",
        r"  \text{Total money} &= 122{,}195 \times 45.6 = 5{,}572{,}092 && \text{answer} \\",
        r"  \text{Raju\_1} &= 12 && \text{distractor} \\",
        r"  \text{More} &= 122{,}195 - \left(-3\right) = 122{,}198 && \text{not used}",
        r"\end{align*}",
    ]


def test_bangla() -> None:
    text = to_latex(execute(Graph(NODES)), "bn")
    assert r"= \text{১,২২,১৯৫} \times \text{৪৫.৬} = \text{৫৫,৭২,০৯২} && \text{উত্তর}" in text
    assert not re.search(r"[০-৯]", re.sub(r"\\text\{[^}]*\}", "", text))


def test_no_nodes() -> None:
    assert to_latex(execute(Graph())) == "% The graph has no answer.\n"


@given(executions(hostile))
@settings(max_examples=60, deadline=None)
def test_labels_are_text(execution: Execution) -> None:
    text = ESCAPED.sub("", to_latex(execution))
    lines = text.splitlines()
    assert len(lines) == len(execution.graph.index) + 2
    assert set(re.findall(r"\\([a-z]+)", text)) <= OURS
    assert set(re.findall(r"\\([^a-z])", text)) <= {"\\", "|", ","}
    assert not set("$#%~") & set(text)
    assert all(line.count("{") == line.count("}") for line in lines)
    assert all(line.count("&") in (1, 3) for line in lines[1:-1])
