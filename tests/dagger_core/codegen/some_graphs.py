"""Graphs for the tests of exports: all the oracle's, random ones, and hostile ones."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

from dagger_core.execute import Execution, execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.ops import OPS
from dagger_core.parse import lenient

_CASES = Path(__file__).parents[2] / "cases" / "oracle.jsonl"


def oracle() -> dict[str, Execution]:
    """The executions of all of the oracle's completions that hold a graph, by name."""
    rows = [json.loads(line) for line in _CASES.open(encoding="utf-8")]
    graphs = {row["name"]: lenient(row["completion"]).graph for row in rows}
    return {name: execute(graph) for name, graph in graphs.items() if graph is not None}


NUMBERS = (0, 1, -3, 7, 12, 50, 122195, "45.6", "-0.25", "1/3", "১২.৫", "৯৯", "1e6")

#: What somebody may write to get out of quotes, comments, cells and commands.
HOSTILE = (
    "\nimport os",
    "\r\x0b\x0c\x1c\x85\u2028x = 1",
    "# -*- coding: utf-7 -*-",
    '"""',
    "'); print('x",
    "=HYPERLINK(1)",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "}\\input{x}$$",
    "%\\end{align*}",
    '"]; click n0 call x()',
    "`**x**` <b>#35; &amp; style:x#a;",
    "1. end",
    "{0} {name} {{",
    "print",
    "math",
    "power",
    "v3",
    "class",
    "\ud800",
    "\x00",
    "",
)

hostile = st.sampled_from(HOSTILE) | st.text(max_size=30) | st.text("a=\n\r\\{}$\"'#`;", max_size=9)
numbers = st.sampled_from(NUMBERS)


@st.composite
def executions(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> Execution:
    """A random graph of all operations, executed; ids and labels from `texts`, if given."""
    count = draw(st.integers(1, 4))
    ids = [f"n{position}" for position in range(count)]
    if texts is not None:
        ids = draw(st.lists(texts, min_size=count, max_size=count, unique_by=str.strip))
    labels = st.just("label") if texts is None else texts
    nodes = [
        Node(key, "const", draw(numbers), (), draw(st.booleans()), draw(labels)) for key in ids
    ]
    for step in range(draw(st.integers(1, 5))):
        op = draw(st.sampled_from(list(OPS.values())))
        size = draw(st.integers(op.least, int(min(op.most, op.least + 2))))
        known = [node.id for node in nodes]
        pool = st.sampled_from(known) | (numbers if op.literals else st.nothing())
        args = tuple(draw(pool) for _ in range(size))
        nodes.append(Node(f"s{step}", op.name, None, args, False, draw(labels)))
    nodes[-1] = Node(FINAL, *[getattr(nodes[-1], name) for name in Node.__struct_fields__[1:]])
    return execute(Graph(nodes))
