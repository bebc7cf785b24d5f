"""Edits and the way back: every edit of every kind leads exactly back to the graph before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.diagnostics import EditError
from dagger_core.edit import (
    Connect,
    Delete,
    Disconnect,
    Edit,
    Insert,
    Rename,
    Reorder,
    Replace,
    Sequence,
    Update,
    apply,
    free_id,
    sort_nodes,
)
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.undo import inverse
from tests.wild import ARGS, GRAPHS, IDS, JSON, NAMES, NODES

KEYS = st.sampled_from([*IDS, "new", "7"])
PLACES = st.none() | st.integers(-1, 4)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "op": NAMES,
        "val": JSON,
        "args": ARGS,
        "distractor": st.booleans(),
        "label": st.text(),
    },
)
STEPS = st.one_of(
    st.builds(Update, KEYS, FIELDS),
    st.builds(Rename, KEYS, KEYS),
    st.builds(Insert, NODES, PLACES),
    st.builds(Delete, KEYS),
    st.builds(Connect, KEYS, KEYS, PLACES),
    st.builds(Disconnect, KEYS, st.integers(-1, 4)),
    st.builds(Reorder, st.permutations(range(3)).map(tuple)),
    st.builds(Replace, GRAPHS),
)
EDITS = st.one_of(STEPS, st.builds(Sequence, st.lists(STEPS, max_size=4).map(tuple)))

A = Node("a", "const", 1)
B = Node("b", "const", 2)
END = Node(FINAL, "add", None, ("a", "b"))
GRAPH = Graph([A, B, END])


@given(GRAPHS, EDITS)
def test_an_edit_and_its_inverse(graph: Graph, edit: Edit) -> None:
    before = graph.to_json()
    try:
        edited = apply(edit, graph)
    except EditError:
        return
    assert apply(inverse(edit, graph), edited).to_json() == before
    assert graph.to_json() == before


@pytest.mark.parametrize(
    "edit",
    [
        Update("a", {"val": 5, "label": "x"}),
        Rename("a", "c"),
        Insert(Node("c", "const", 3)),
        Connect("a", FINAL),
        Connect("b", FINAL, 0),
        Disconnect(FINAL, 1),
        Reorder((2, 0, 1)),
        Sequence((Rename("a", "c"), Delete("b"))),
    ],
)
def test_inverses_are_as_small_as_the_edits(edit: Edit) -> None:
    back = inverse(edit, GRAPH)
    assert apply(back, apply(edit, GRAPH)) == GRAPH
    assert not isinstance(back, Replace)


@pytest.mark.parametrize("edit", [Delete("a"), Replace(Graph())])
def test_some_inverses_keep_the_graph(edit: Edit) -> None:
    assert inverse(edit, GRAPH) == Replace(GRAPH)


def test_what_edits_do() -> None:
    assert apply(Delete("a"), GRAPH).get(FINAL) == Node(FINAL, "add", None, ("b",))
    assert apply(Rename("a", " c "), GRAPH).nodes[2].args == ("c", "b")
    assert apply(Insert(Node("c", "const", 3)), GRAPH).ids == ["a", "b", "c", FINAL]
    assert apply(Insert(Node("c", "const", 3), 0), GRAPH).ids == ["c", "a", "b", FINAL]
    assert apply(Connect("a", FINAL, 1), GRAPH)[FINAL].args == ("a", "a", "b")
    assert apply(Update(FINAL, {"args": "a"}), GRAPH)[FINAL].args == ("a",)
    assert apply(Update("a", {"distractor": "false"}), GRAPH)["a"].distractor is False


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Delete("x"), "no node called x"),
        (Update("a", {"color": 1}), "no field color"),
        (Update("a", {"label": "x" * 20_000}), "longer than"),
        (Rename("a", "  "), "cannot be empty"),
        (Rename("a", "b"), "called b already"),
        (Insert(A), "called a already"),
        (Insert(Node("")), "needs an id"),
        (Insert(Node("c"), 9), "no position 9"),
        (Insert(Node("c"), -1), "no position -1"),
        (Connect("b", "a"), "takes arguments"),
        (Connect("a", FINAL, 7), "no position 7"),
        (Disconnect(FINAL, 2), "no argument number 3"),
        (Disconnect(FINAL, -1), "no argument number 0"),
        (Reorder((0, 1)), "every node once"),
        (Reorder((0, 1, 1)), "every node once"),
        (Edit(), "not an edit"),
    ],
)
def test_edits_that_do_not_fit(edit: Edit, words: str) -> None:
    with pytest.raises(EditError, match=words):
        apply(edit, GRAPH)


def test_a_new_id_never_captures_a_bare_number() -> None:
    graph = Graph([A, Node(FINAL, "add", None, ("a", "5", 7))])
    for taken in ("5", "7"):
        with pytest.raises(EditError, match="bare number"):
            apply(Rename("a", taken), graph)
    assert apply(Rename("a", "6"), graph)[FINAL].args == ("6", "5", 7)


def test_renaming_mends_a_dangling_argument_and_comes_back() -> None:
    graph = Graph([A, Node(FINAL, "add", None, ("a", "x"))])
    edit = Rename("a", "x")
    assert apply(edit, graph)[FINAL].args == ("x", "x")
    assert apply(inverse(edit, graph), apply(edit, graph)) == graph


@given(GRAPHS)
def test_sorting(graph: Graph) -> None:
    done = apply(sort_nodes(graph), graph)
    if len(graph.order) == len(graph) and not graph.duplicates:
        assert done.is_sorted
    assert free_id(graph) not in graph.index


def test_half_characters_become_question_marks() -> None:
    values: dict[str, Any] = {"label": "\ud800x"}
    assert apply(Update("a", values), GRAPH)["a"].label == "?x"
    apply(Update("a", values), GRAPH).to_json()


def test_a_graph_has_room_for_2000_nodes() -> None:
    full = Graph(Node(f"n{i}", "const", i) for i in range(2000))
    with pytest.raises(EditError, match="2000"):
        apply(Insert(Node("x")), full)
