"""The reward: what a completion earns, and how it is told."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.score import Score, judge, score, score_graph
from tests.wild import JSON, plain, sound

A, B = Node("a", "const", 6), Node("b", "const", 4)
GRAPH = Graph([A, B, Node(FINAL, "div", args=("a", "b"))])
WRITE = FORMATS["dagger_json"].write


@pytest.mark.parametrize(
    ("graph", "gold", "total"),
    [
        (GRAPH, 1.5, 2.0),
        (GRAPH, "১.৫", 2.0),
        (GRAPH, "3/2", 2.0),
        (GRAPH, 2, 1.0),
        (GRAPH, None, 1.0),
        (GRAPH, "many", 1.0),
        (GRAPH, True, 1.0),
        (GRAPH, [1.5], 1.0),
        (GRAPH, float("nan"), 1.0),
        (GRAPH, 10**400, 1.0),
        (Graph([A, B, Node(FINAL, "const", 9)]), 9, 1.0),
        (Graph([A, B, Node(FINAL, "div", args=("a", 0))]), 9, 0.5),
        (Graph([A, Node(FINAL, "sum", args=("a",))]), 6, 0.0),
    ],
)
def test_rewards(graph: Graph, gold: Any, total: float) -> None:
    assert score(WRITE(graph, ""), gold).total == total


def test_a_text_out_of_format_earns_nothing() -> None:
    assert score(f"So: {WRITE(GRAPH, '')}", 1.5) == Score(False, False, False)
    assert score_graph(GRAPH, 1.5, format=False) == Score(False, True, True, Fraction(3, 2))


@given(sound())
def test_the_editor_sees_what_the_trainer_pays(graph: Graph) -> None:
    value = execute(graph).answer
    text = WRITE(graph, "")
    line = judge(text, plain(value))
    assert line["reward"] == score(text, value).total
    assert score(text, value) == score_graph(graph, value)
    assert (score(text, value).total == 2.0) == (value is not None)


@given(st.text(), JSON)
def test_nothing_raises(text: str, gold: Any) -> None:
    assert score(text, gold).total == 0
    json.dumps(judge(text, gold))
    assert isinstance(score_graph(GRAPH, gold).total, float)


def test_the_parts_add_up() -> None:
    assert [Score(*bits).total for bits in ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1))] == [
        0, 0.5, 1, 2,
    ]  # fmt: skip


def test_a_line_says_what_is_wrong() -> None:
    line = judge(f"Hm. {WRITE(GRAPH, '')}", 1.5)
    assert (line["parse_ok"], line["executes"], line["value"], line["reward"]) == (
        True,
        True,
        1.5,
        0,
    )
    assert [d["code"] for d in line["diagnostics"]] == ["not-fenced"]
