"""Taking one change of a diff back, and leaving the others."""

from __future__ import annotations

import pytest

from dagger_core.diff import diff, revert
from dagger_core.edit import Delete, Edit, Insert, Rename, Update, apply
from dagger_core.graph import Graph, Node

BEFORE = Graph(
    [
        Node("n1", "const", 4),
        Node("n2", "const", 6),
        Node("s", "sub", None, ("n1", "n2")),
        Node("final_result", "identity", None, ("s",)),
    ]
)


@pytest.mark.parametrize(
    "edit",
    [
        Update("n1", {"distractor": True}),
        Update("n2", {"val": 7, "label": "more"}),
        Update("s", {"op": "add"}),
        Insert(Node("n9", "const", 9)),
    ],
)
def test_each_kind_of_change_goes_back(edit: Edit) -> None:
    after = apply(edit, BEFORE)
    (change,) = diff(BEFORE, after)
    assert apply(revert(BEFORE, after, change), after) == BEFORE


def test_a_removed_node_comes_back_and_other_changes_stay() -> None:
    after = apply(Update("n1", {"distractor": True}), apply(Delete("n2"), BEFORE))
    gone = next(change for change in diff(BEFORE, after) if change.after is None)
    back = apply(revert(BEFORE, after, gone), after)
    assert back.get("n2") == BEFORE.get("n2")
    assert back.nodes[0].distractor


def test_arguments_keep_their_new_names() -> None:
    renamed = apply(Rename("n1", "pens"), BEFORE)
    after = apply(Update("s", {"op": "add", "args": ("n2",)}), renamed)
    (change,) = diff(BEFORE, after)
    back = apply(revert(BEFORE, after, change), after)
    assert back.get("s") == Node("s", "sub", None, ("pens", "n2"))
