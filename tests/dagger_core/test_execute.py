"""Execution: every node gets its value or the reason why it has none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from dagger_core import execute as module
from dagger_core.diagnostics import Diagnostic
from dagger_core.execute import Execution, arity_text, execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number
from dagger_core.ops import OPS
from tests.wild import GRAPHS, sound


def const(key: str, value: Any) -> Node:
    return Node(key, "const", value)


def run(*nodes: Node) -> Execution:
    return execute(Graph(nodes))


def failing(*nodes: Node) -> dict[str, str]:
    return {str(d.node): d.code for d in run(*nodes).failures}


@given(GRAPHS)
def test_never_raises_and_leaves_no_node_out(graph: Graph) -> None:
    execution = execute(graph)
    assert set(execution.results) == set(graph.index)
    for key, result in execution.results.items():
        assert (execution.value(key) is None) == isinstance(result, Diagnostic)
        assert not isinstance(result, Diagnostic) or (result.node == key and result.text("bn"))
    assert set(execution.path) <= graph.live


@given(GRAPHS)
def test_the_quick_way_gives_what_the_careful_way_gives(graph: Graph) -> None:
    quick = module._quick(graph.nodes)
    if quick is not None:
        careful = module._careful(graph)
        assert quick == careful
        assert list(map(type, quick.values())) == list(map(type, careful.values()))


@given(sound())
def test_order_of_the_nodes_changes_no_value(graph: Graph) -> None:
    backwards = execute(Graph(reversed(graph.nodes)))
    for key, result in execute(graph).results.items():
        other = backwards.results[key]
        assert other == result or isinstance(other, Diagnostic) == isinstance(result, Diagnostic)


def test_an_ordinary_graph_takes_the_quick_way() -> None:
    nodes = [const("a", 12), const("b", 4), Node(FINAL, "div", None, ("a", "b"))]
    assert module._quick(nodes) == {"a": 12, "b": 4, FINAL: 3}
    assert module._quick([const("a", Decimal("1.5"))]) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7), ("১২টি", 12), (Decimal("0.1"), Fraction(1, 10)), ("1/3", Fraction(1, 3)),
        ("1,20,000", 120_000), (2.5, Fraction(5, 2)), (Decimal("1E+5"), 100_000),
    ],
)  # fmt: skip
def test_values_of_consts(value: Any, number: Number) -> None:
    execution = run(const(FINAL, value))
    assert execution.answer == number


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (Node("x", "const"), "missing-value"),
        (const("x", True), "bad-value"),
        (const("x", "NaN"), "bad-value"),
        (const("x", "2k"), "bad-value"),
        (const("x", [[[1]]]), "bad-value"),
        (const("x", Decimal("1e309")), "overflow"),
        (const("x", 10**5000), "overflow"),
        (Node("x", ""), "missing-op"),
        (Node("x", "frobnicate"), "unknown-op"),
        (Node("x", "sub", None, ("a",)), "arity"),
        (Node("x", "sqrt", None, ("a", "a")), "arity"),
        (Node("x", "sum", None, ()), "arity"),
        (Node("x", "add", None, ("a", "nowhere")), "dangling-arg"),
        (Node("x", "add", None, ("a", "3 apples")), "dangling-arg"),
        (Node("x", "add", None, ("a", True)), "bad-arg"),
        (Node("x", "add", None, ("a", None)), "bad-arg"),
        (Node("x", "add", None, ("a", {"id": "a"})), "bad-arg"),
        (Node("x", "add", None, ("a", 10**5000)), "overflow"),
        (Node("x", "add", None, ("a", "1e400")), "overflow"),
        (Node("x", "ratio_split", None, ("a", "a", 3)), "literal-arg"),
        (Node("x", "div", None, ("a", 0)), "zero-divisor"),
        (Node("x", "mod", None, ("a", "0")), "zero-divisor"),
        (Node("x", "pow", None, (0, -1)), "zero-divisor"),
        (Node("x", "pow", None, ("a", 5000)), "overflow"),
        (Node("x", "pow", None, ("1/3", 99_999)), "overflow"),
        (Node("x", "sqrt", None, (-4,)), "complex"),
        (Node("x", "pow", None, (-8, "1/3")), "complex"),
        (Node("x", "gcd", None, ("a", "1/2")), "not-integer"),
        (Node("x", "add", None, ("x", 1)), "cycle"),
    ],
)  # fmt: skip
def test_reasons(node: Node, code: str) -> None:
    assert failing(const("a", 6), node) == {"x": code}


def test_a_failure_goes_downstream_and_names_its_root() -> None:
    execution = run(
        Node("a", "div", None, (1, 0)), Node("b", "sum", None, ("a",)),
        Node("c", "sum", None, ("b",)), const("d", 4), Node(FINAL, "add", None, ("c", "d")),
    )  # fmt: skip
    assert [(d.node, d.code) for d in execution.failures] == [
        ("a", "zero-divisor"), ("b", "upstream"), ("c", "upstream"), (FINAL, "upstream"),
    ]  # fmt: skip
    assert {d.params.get("source") for d in execution.failures[1:]} == {"a"}
    assert execution.value("d") == 4


def test_ids_used_twice_fail_but_not_what_does_not_need_them() -> None:
    nodes = [const("a", 1), const(" a ", 2), const("b", 5), Node("c", "sum", None, ("a",))]
    assert failing(*nodes, Node(FINAL, "sum", None, ("b",))) == {
        "a": "duplicate-id", "c": "upstream",
    }  # fmt: skip
    assert run(*nodes, Node(FINAL, "sum", None, ("b",))).answer == 5


def test_a_twin_on_a_cycle_leaves_no_node_without_result() -> None:
    circle = [Node("a", "sum", None, ("b",)), Node("b", "sum", None, ("a",))]
    assert failing(*circle, const("a", 2)) == {"a": "duplicate-id", "b": "upstream"}


def test_cycles_are_told_apart() -> None:
    execution = run(
        Node("a", "sum", None, ("b",)), Node("b", "sum", None, ("a",)),
        Node("c", "sum", None, ("d",)), Node("d", "sum", None, ("c",)),
        Node("e", "sum", None, ("d",)), Node("f", "sum", None, ("b",)),
    )  # fmt: skip
    results = {d.node: (d.code, d.params) for d in execution.failures}
    assert results["a"] == ("cycle", {"path": "a → b → a"})
    assert results["d"][1] == {"path": "c → d → c"}
    assert results["e"] == ("upstream", {"source": "c"})
    assert results["f"] == ("upstream", {"source": "a"})


def test_references_forward_and_by_number() -> None:
    nodes = [Node(FINAL, "add", None, ("1", 2)), const("2", 30), const("1", 12)]
    assert run(*nodes).answer == 42
    assert run(Node(FINAL, "add", None, (1, "২"))).answer == 3


def test_path_holds_what_the_answer_needs_in_order() -> None:
    nodes = [const("z", 9), Node(FINAL, "sum", None, ("s",)), Node("s", "sum", None, ("a",))]
    assert run(*nodes, const("a", 4)).path == ("a", "s", FINAL)


def test_hints_name_the_nearest_word() -> None:
    execution = run(Node("n1", "const", 1), Node("x", "dvide", None, ("n1", "n1")))
    assert "(divide?)" in execution.failures[0].text()
    assert "(n1?)" in run(const("n1", 1), Node("x", "sum", None, ("n11",))).failures[0].text()


def test_arity_in_words() -> None:
    assert [arity_text(OPS[name]) for name in ("sqrt", "abs", "add", "sum")] == [
        "1", "1–2", "2+", "1+",
    ]  # fmt: skip


def test_no_power_tower_takes_time_or_memory() -> None:
    nodes = [const("n0", 9)]
    nodes += [Node(f"n{i + 1}", "pow", None, (f"n{i}", f"n{i}")) for i in range(50)]
    assert {d.code for d in run(*nodes).failures} == {"overflow", "upstream"}
    squares = [const("n0", "1/3")]
    squares += [Node(f"n{i + 1}", "mul", None, (f"n{i}", f"n{i}")) for i in range(50)]
    assert run(*squares).value("n3") == Fraction(1, 3**8)
