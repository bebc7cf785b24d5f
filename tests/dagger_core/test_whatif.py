"""What-if: what a number moves and what it does not, and how fast."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import pytest

from dagger_core.diagnostics import EditError
from dagger_core.execute import execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number
from dagger_core.whatif import whatif

GRAPH = Graph(
    [
        Node("tickets", "const", 122195),
        Node("price", "const", "৪৫.৬"),
        Node("raju", "const", 12, distractor=True),
        Node("twice", "mul", None, ("raju", 2), distractor=True),
        Node("total", "mul", None, ("tickets", "price")),
        Node(FINAL, "identity", None, ("total",)),
    ]
)


def test_a_number_that_matters_moves_what_follows() -> None:
    outcome = whatif(GRAPH, {"price": Fraction(91, 2)})
    assert outcome.moved == {"price", "total", FINAL}
    assert outcome.same == {"tickets", "raju", "twice"}
    assert outcome.answer_moved
    assert outcome.before.answer == 5572092
    assert outcome.after.answer == 122195 * Fraction(91, 2)


def test_a_distractor_moves_nothing_on_the_way_to_the_answer() -> None:
    outcome = whatif(execute(GRAPH), {"raju": 1000})
    assert outcome.moved == {"raju", "twice"}
    assert not outcome.moved & GRAPH.live
    assert not outcome.answer_moved


def test_the_same_number_moves_nothing() -> None:
    assert not whatif(GRAPH, {"price": Fraction("45.6")}).moved


def test_failures_come_and_go() -> None:
    graph = Graph([Node("a", "const", 6), Node(FINAL, "div", None, (6, "a"))])
    broken = whatif(graph, {"a": 0})
    assert broken.answer_moved
    assert broken.after.answer is None
    assert whatif(broken.after, {"a": 0.5}).after.answer == 12


def test_the_new_graph_can_be_saved() -> None:
    graph = whatif(GRAPH, {"price": Fraction(1, 3), "raju": 0.5}).after.graph
    assert '"val": "1/3"' in graph.to_json()
    assert '"val": 0.5' in graph.to_json()


@pytest.mark.parametrize(
    ("node", "value", "part"),
    [
        ("nobody", 1, "nobody"),
        ("total", 1, "computed"),
        ("price", math.nan, "too large"),
        ("price", math.inf, "too large"),
        ("price", 10**400, "too large"),
    ],
)
def test_what_cannot_be(node: str, value: Number, part: str) -> None:
    with pytest.raises(EditError, match=part):
        whatif(GRAPH, {node: value})


def test_fast_enough_for_a_slider() -> None:
    consts = [Node(f"n{i}", "const", i + 1) for i in range(5)]
    steps = [Node(f"s{i}", "add", None, (f"n{i}", f"n{i + 1}")) for i in range(4)]
    graph = Graph([*consts, *steps, Node(FINAL, "sum", None, tuple(s.id for s in steps))])
    start = time.perf_counter()
    for value in range(100):
        assert whatif(graph, {"n0": value}).after.answer == 23 + value
    assert time.perf_counter() - start < 5  # 20 a second, on a busy machine
