"""Graph: what follows from its shape, and JSON without loss."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.graph import FINAL, Graph, Node
from dagger_core.parse import document
from tests.wild import GRAPHS, OBJECTS, sound


def graph(**needs: str) -> Graph:
    """A graph of sums: graph(a="", b="a") has b = sum(a)."""
    return Graph(Node(key, "sum", None, tuple(value.split())) for key, value in needs.items())


@given(GRAPHS)
def test_json_is_lossless(some: Graph) -> None:
    back = document(some.to_json()).graph
    assert (back or Graph()) == some
    assert (document(some.to_line()).graph or Graph()) == some
    assert "\n" not in some.to_line()


@given(GRAPHS)
def test_order_is_topological(some: Graph) -> None:
    place = {position: rank for rank, position in enumerate(some.order)}
    assert len(place) == len(some.order)
    ranks: dict[str, list[int]] = {}
    for position, rank in place.items():
        ranks.setdefault(some.ids[position], []).append(rank)
    for position, rank in place.items():
        for parent in some.parents(some.nodes[position]):
            assert min(ranks[parent]) < rank
    if some.is_sorted:
        assert some.order == tuple(range(len(some)))


@given(GRAPHS)
def test_what_is_left_out_of_the_order_is_on_or_after_a_cycle(some: Graph) -> None:
    if some.duplicates:
        return
    cyclic = {key for key in some.index if key in some.ancestors(key)}
    after = {key for key in some.index if some.ancestors(key) & cyclic}
    ordered = {some.ids[position] for position in some.order}
    assert ordered == set(some.index) - cyclic - after


@given(GRAPHS)
def test_ancestors_descendants_and_live_agree(some: Graph) -> None:
    for key in some.index:
        assert all(key in some.descendants(other) for other in some.ancestors(key))
    if some.final is None:
        assert some.live == frozenset()
    elif not some.duplicates:
        final = some.final.id
        assert some.live == {k for k in some.index if k == final or final in some.descendants(k)}


@given(OBJECTS)
def test_any_object_is_a_graph_or_a_value_error(obj: Any) -> None:
    try:
        made = Graph.from_obj(obj)
    except ValueError:
        return
    assert all(key == key.strip() for key in made.ids)


@given(sound())
def test_nodes_out_of_order_keep_their_order_where_they_can(some: Graph) -> None:
    backwards = Graph(reversed(some.nodes))
    sorted_nodes = Graph(backwards.nodes[position] for position in backwards.order)
    assert sorted_nodes.is_sorted
    assert set(sorted_nodes.nodes) == set(some.nodes)


def test_published_layout() -> None:
    nodes = [
        Node("a", "const", Decimal("0.10"), label='x: "1, 2"'),
        Node(FINAL, "add", None, ("a", 5), True),
    ]
    assert Graph(nodes).to_json().splitlines() == [
        "{",
        '  "nodes": [',
        '    {"id": "a", "op": "const", "val": 0.10, "distractor": false,'
        ' "label": "x: \\"1, 2\\""},',
        '    {"id": "final_result", "op": "add", "args": ["a", 5], "distractor": true,'
        ' "label": ""}',
        "  ]",
        "}",
    ]


@pytest.mark.parametrize(
    ("written", "node"),
    [
        ({"id": 5, "op": "const", "val": 3}, Node("5", "const", 3)),
        ({"id": " a ", "op": None, "label": None}, Node("a")),
        ({"id": True, "args": "n1"}, Node("", args=("n1",))),
        ({"args": 7}, Node(args=(7,))),
        ({"args": None, "distractor": "True"}, Node(distractor=True)),
        ({"distractor": "no", "label": 5, "extra": []}, Node(label="5")),
    ],
)
def test_fields_of_other_types(written: dict[str, Any], node: Node) -> None:
    assert Node.from_obj(written) == node
    read = document(json.dumps({"nodes": [written]})).graph
    assert read is not None
    assert read.nodes == (node,)


def test_ids_are_compared_stripped_and_integers_are_ids() -> None:
    some = Graph([Node(" 1 ", "const", 4), Node("b", "add", None, (1, " 1 ", "1", True, 1.0))])
    assert some.ids == ["1", "b"]
    assert some.parents(some["b"]) == ["1", "1", "1"]


@pytest.mark.parametrize(
    ("ids", "final"),
    [
        (["a", FINAL, "b"], FINAL),
        (["result", "Final_Result"], "Final_Result"),
        (["a", "ANSWER", "b"], "ANSWER"),
        (["a", "b"], "b"),
        ([], None),
    ],
)
def test_the_node_of_the_answer(ids: list[str], final: str | None) -> None:
    found = Graph(Node(key, "const", 1) for key in ids).final
    assert (found.id if found else None) == final


def test_without_a_name_the_last_unused_node_that_is_no_distractor_answers() -> None:
    some = Graph(
        [Node("a", "const", 1), Node("b", "sum", None, ("a",)), Node("c", "const", 2, (), True)]
    )
    assert some.final == some["b"]
    assert graph(a="b", b="a").final is None


def test_a_graph_does_not_change() -> None:
    with pytest.raises(AttributeError, match="does not change"):
        graph(a="").nodes = ()  # type: ignore[misc]
    assert len({graph(a="", b="a"), graph(a="", b="a"), graph(b="")}) == 2


def test_a_diamond() -> None:
    some = graph(a="", b="a", c="a a", final_result="b c")
    assert some.ancestors(FINAL) == {"a", "b", "c"}
    assert some.descendants("a") == {"b", "c", FINAL}
    assert some.children["a"] == ("b", "c")
    assert some.live == set(some.ids)


def test_long_chains_do_not_recurse() -> None:
    some = Graph(Node(f"n{i}", "sum", None, (f"n{i - 1}",)) for i in range(20_000))
    assert len(some.ancestors("n19999")) == 19_999
    assert len(some.order) == 20_000


@given(st.lists(st.sampled_from(["a", "b", " a"]), max_size=5))
def test_look_ups_give_the_first_of_several(ids: list[str]) -> None:
    some = Graph(Node(key, "const", place) for place, key in enumerate(ids))
    for key in some.index:
        first = next(node for node in some if node.id == key)
        assert some.get(key) == some[key] == first
    assert some.duplicates == {key for key in some.ids if some.ids.count(key) > 1}
