"""Contrast: groups of equal graphs, votes, differences in words, and whether a model was fooled."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from dagger_core.diagnostics import EditError
from dagger_core.edit import Update, apply
from dagger_core.graph import Graph, Node
from demo.inspecting import contrast
from demo.solution import Attempt, Solution
from train.problems import KINDS

QUESTION = "Mina has 48 mangoes. She packs them into bags of 6. How many bags does she fill?"
GRAPH = Graph(
    [
        Node("n1", "const", 48, label="mangoes"),
        Node("n3", "const", 6, label="in a bag"),
        Node("final_result", "div", args=("n1", "n3"), label="bags"),
    ]
)
RENAMED = Graph(
    [
        Node("b", "const", 6),
        Node("a", "const", 48),
        Node("final_result", "div", args=("a", "b")),
    ]
)
OTHER = apply(Update("final_result", {"op": "sub"}), GRAPH)


def answered(graph: Graph | None, model: str = "one") -> Solution:
    history = () if graph is None else (graph,)
    return Solution(QUESTION, history=history, attempt=Attempt(model))


def test_equal_graphs_are_one_group_and_the_answers_vote() -> None:
    given = [answered(OTHER), answered(GRAPH), answered(RENAMED, "two"), answered(None)]
    found = contrast.groups([*given, answered(None)])
    assert [len(group.solutions) for group in found] == [2, 2, 1]
    assert contrast.votes(found) == [(8, 2), (42, 1), (None, 2)]
    group = next(group for group in found if group.answer == 8)
    assert group.models == {"one": 1, "two": 1}


def test_differences_are_in_words_and_marked_on_both_sides() -> None:
    found = contrast.difference(GRAPH, OTHER, "en")
    assert found.sentences == (
        "Left: “bags” = mangoes ÷ in a bag. Right: “bags” = mangoes − in a bag.",
    )
    assert found.left == found.right == {"final_result"}
    marked = Graph([*GRAPH.nodes, Node("n9", "const", 5, distractor=True)])
    (sentence,) = contrast.difference(GRAPH, marked, "bn").sentences
    assert sentence.startswith("শুধু ডানে")
    assert "৫" in sentence
    assert contrast.difference(GRAPH, RENAMED, "en").sentences == ()
    assert contrast.difference(None, GRAPH, "en").sentences == ()


def test_a_result_that_is_another_node_is_told_plainly() -> None:
    result = Node("final_result", "identity", args=("n1",), label="bags")
    with_it = Graph([*GRAPH.nodes[:2], result])
    (sentence,) = contrast.difference(with_it, GRAPH, "en").sentences
    assert "“bags” = mangoes." in sentence


@pytest.mark.parametrize("kind", KINDS)
def test_verdicts(kind: str) -> None:
    trap = contrast.trap(answered(GRAPH), kind, 1, Random(3))  # type: ignore[arg-type]
    assert len(trap.added) == len(trap.spans) == 1
    assert trap.added[0] in trap.question
    (start, end), *_ = trap.spans
    number = trap.question[start:end]
    kept = replace(answered(GRAPH), question=trap.question)
    assert contrast.verdict(trap, kept, "en")[0] is False
    fallen = Graph([*GRAPH.nodes[:1], Node("x", "const", number, label="x")])
    fallen = Graph([*fallen, Node("final_result", "add", args=("n1", "x"))])
    fooled, said = contrast.verdict(trap, replace(kept, history=(fallen,)), "en")
    assert fooled is True
    assert number in said
    # The answer is right, but by way of a number that does not matter.
    beside = [
        Node("x", "const", number),
        Node("zero", "sub", args=("x", "x")),
        Node("more", "add", args=("n1", "zero")),
    ]
    used = Graph([*GRAPH.nodes[:2], *beside, Node("final_result", "div", args=("more", "n3"))])
    fooled, said = contrast.verdict(trap, replace(kept, history=(used,)), "en")
    assert (fooled, number in said) == (True, True)
    assert contrast.verdict(trap, answered(None), "bn")[0] is None


def test_a_trap_needs_a_graph() -> None:
    with pytest.raises(EditError):
        contrast.trap(Solution(QUESTION), "RED", 1, Random(1))
