"""Two graphs beside each other, and what stands there when all answers are one graph."""

from __future__ import annotations

import gradio as gr

from demo.inspecting.side_by_side import Pair, SideBySide
from tests.demo.inspecting.test_contrast import GRAPH, OTHER, answered


def test_what_differs_is_marked_on_both_sides() -> None:
    with gr.Blocks():
        beside = SideBySide("en", "pair")
    shown = beside.show(Pair(("A", answered(GRAPH)), ("B", answered(OTHER))))
    assert [shown[part].marked for part in beside.pictures] == [("n2",), ("n2",)]
    assert "What differs" in shown[beside.said]


def test_one_graph_is_not_shown_twice() -> None:
    with gr.Blocks():
        beside = SideBySide("bn", "pair")
    shown = beside.show(Pair(("A", answered(GRAPH)), None))
    left, right = (shown[part] for part in beside.pictures)
    assert left.svg
    assert (right.state, right.svg) == ("empty", "")
    assert right.message == "সব উত্তরের গ্রাফ এই একটিই।"
    assert shown[beside.titles[1]] == shown[beside.said] == ""
