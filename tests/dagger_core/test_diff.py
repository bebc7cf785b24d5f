"""Agreement and difference of graphs."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.diff import diff, distractor_flags, node_f1, same_graph
from dagger_core.graph import Graph, Node

BASE = Graph(
    [
        Node("n1", "const", 12),
        Node("n2", "const", 3, distractor=True),
        Node("n3", "const", Decimal("4.5"), label="price"),
        Node("cost", "mul", None, ("n1", "n3")),
        Node("more", "sub", None, ("cost", "n1")),
        Node("final_result", "identity", None, ("more",)),
    ]
)


def _with(**nodes: Node | None) -> Graph:
    """BASE with nodes replaced, or removed where None."""
    changed = (nodes.get(node.id, node) for node in BASE)
    return Graph(node for node in changed if node is not None)


RENAMED = Graph(
    [
        Node("b", "const", "৪.৫", label="price"),
        Node("x", "const", 3, distractor=True),
        Node("a", "constant", "12"),
        Node("s", "multiply", None, ("b", "a")),
        Node("t", "minus", None, ("s", "a")),
        Node("final_result", "identity", None, ("t",)),
    ]
)


def test_renaming_order_and_spelling_do_not_matter() -> None:
    assert same_graph(BASE, RENAMED)
    assert node_f1(BASE, RENAMED) == 1.0
    assert diff(BASE, RENAMED) == ()


def test_an_identity_on_the_way_does_not_matter() -> None:
    direct = Graph([*BASE.nodes[:4], Node("final_result", "sub", None, ("cost", "n1"))])
    assert same_graph(BASE, direct)


@pytest.mark.parametrize(
    "other",
    [
        _with(more=Node("more", "sub", None, ("n1", "cost"))),
        _with(more=Node("more", "add", None, ("cost", "n1"))),
        _with(n3=Node("n3", "const", 5)),
        _with(n2=None),
        _with(n2=Node("n2", "const", 3)),
        _with(final_result=Node("final_result", "identity", None, ("cost",))),
        Graph(),
    ],
)
def test_what_matters(other: Graph) -> None:
    assert not same_graph(BASE, other)
    assert not same_graph(other, BASE)
    assert diff(BASE, other)


def test_node_f1_counts_shared_meanings() -> None:
    other = _with(more=Node("more", "add", None, ("cost", "n1")))
    assert node_f1(BASE, other) == pytest.approx(2 * 4 / (5 + 5))
    assert node_f1(BASE, Graph()) == 0.0
    assert node_f1(Graph(), Graph()) == 1.0


def test_diff_names_only_what_was_edited() -> None:
    after = _with(
        n1=Node("n1", "const", 13),
        n2=Node("n2", "const", 3, label="books"),
        more=Node("left", "sub", None, ("cost", "n1")),
        final_result=Node("final_result", "identity", None, ("left",)),
    )
    changes = diff(BASE, after)
    assert [(c.after.id if c.after else None, c.fields) for c in changes] == [
        ("n1", ("val",)),
        ("n2", ("distractor", "label")),
    ]


def test_diff_shows_what_came_and_went() -> None:
    after = Graph([Node("new", "const", 99), *(n for n in BASE if n.id != "n2")])
    added, removed = diff(BASE, after)
    assert (added.before, added.after) == (None, after.nodes[0])
    assert (removed.before, removed.after) == (BASE.get("n2"), None)


def test_diff_of_one_argument() -> None:
    after = _with(cost=Node("cost", "mul", None, ("n1", "n2")))
    (change,) = diff(BASE, after)
    assert (change.before, change.fields) == (BASE.get("cost"), ("args",))


@given(st.randoms(use_true_random=False), st.integers(1, 30))
def test_any_shuffled_and_renamed_graph_is_the_same(rng: random.Random, size: int) -> None:
    nodes = [Node("n0", "const", 0)]
    for number in range(1, size):
        args = tuple(rng.choice(nodes).id for _ in range(2))
        op = rng.choice(["const", "add", "sub", "mul"])
        nodes.append(Node(f"n{number}", op, number % 3, () if op == "const" else args))
    graph = Graph(nodes)
    fresh = [f"m{number}" for number in range(size)]
    rng.shuffle(fresh)
    names = dict(zip((node.id for node in nodes), fresh, strict=True))
    twin = Graph(
        Node(
            names[n.id],
            n.op,
            n.val,
            tuple(names[a] for a in (n.args if n.op == "sub" else sorted(n.args, reverse=True))),
        )
        for n in nodes
    )
    assert same_graph(graph, twin)
    assert diff(graph, twin) == ()
    assert node_f1(graph, twin) == 1.0


@pytest.mark.parametrize(
    "graph",
    [
        Graph([Node("a", "add", None, ("a", "b")), Node("b", "add", None, ("a",))]),
        Graph([Node("", "", None), Node("", "?", [{}], ({}, None, "zzz", 1.5, True))]),
        Graph([Node("a", "const", "1e999"), Node("a", "const", {"x": [1]})]),
    ],
)
def test_broken_graphs_are_compared_too(graph: Graph) -> None:
    assert diff(graph, graph) == ()
    assert same_graph(graph, graph)
    assert 0 <= node_f1(graph, BASE) <= 1
    assert diff(graph, BASE)
    distractor_flags(graph)


def test_distractor_flags_tell_equal_numbers_apart() -> None:
    graph = Graph([Node("a", "const", 5), Node("b", "const", "5.0", distractor=True)])
    assert sorted(distractor_flags(graph).values()) == [False, True]
    assert distractor_flags(RENAMED) == distractor_flags(BASE)


def test_a_deep_dense_graph_takes_no_time() -> None:
    nodes = [Node("n0", "const", 1)]
    nodes += [Node(f"n{i}", "add", None, (f"n{i - 1}",) * 2) for i in range(1, 5000)]
    graph, start = Graph(nodes), time.perf_counter()
    assert same_graph(graph, Graph(nodes))
    assert diff(graph, Graph(nodes)) == ()
    assert time.perf_counter() - start < 2
