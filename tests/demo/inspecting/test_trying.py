"""Trying other numbers: what is read, what moves, what is said."""

from __future__ import annotations

from typing import Any

import pytest

from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from demo.inspecting import trying
from demo.inspecting.whatif_view import read_trial
from demo.solution import Solution

GRAPH = Graph(
    [
        Node("n1", "const", 48, label="mangoes"),
        Node("n2", "const", 15, distractor=True),
        Node("n3", "const", "6"),
        Node("final_result", "div", args=("n1", "n3"), label="bags"),
    ]
)
SOLUTION = Solution("q", history=(GRAPH,), key="k")


def tried(values: dict[int, str], lang: Any = "en") -> dict[str, Any]:
    outcome, problems = trying.attempt(execute(GRAPH), values, lang)
    return trying.document(SOLUTION, lang, outcome, problems, ack=3)


def test_what_depends_on_a_number_moves() -> None:
    shown = tried({0: "৬০"})
    assert [(one["node"], one["before"], one["after"]) for one in shown["moved"]] == [
        ("n3", "8", "10")
    ]
    assert shown["verdict"] == "The answer moves from 8 to 10."
    assert [row["value"] for row in shown["rows"]] == ["48", "15", "6"]
    assert shown["ack"] == 3


def test_a_distractor_moves_nothing() -> None:
    shown = tried({1: "99999"}, "bn")
    assert shown["moved"] == []
    assert shown["verdict"].startswith("উত্তর এখনো ৮")
    assert [row["distractor"] for row in shown["rows"]] == [False, True, False]


@pytest.mark.parametrize("text", ["", "x", "1e999", "--1", "<b>", "nan"])
def test_what_is_no_number_is_said_beside_it(text: str) -> None:
    shown = tried({0: text, 2: "12"})
    assert shown["rows"][0]["problem"]
    assert shown["verdict"] == "The answer moves from 8 to 4."


def test_what_fails_is_said() -> None:
    shown = tried({2: "0"})
    assert shown["moved"][0]["after"] == "failed"


@pytest.mark.parametrize(
    ("value", "low", "high", "step"),
    [(6, 0, 12, 1), (0, 0, 10, 1), (-3, -10, 10, 1), (122195, 0, 244390, 1000)],
)
def test_sliders_reach_twice_the_number(value: int, low: float, high: float, step: float) -> None:
    assert trying.slider(value) == (low, high, step)


def test_sliders_of_decimals_step_by_their_last_digit() -> None:
    from fractions import Fraction

    assert trying.slider(Fraction(456, 10)) == (0, 91.2, 0.1)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "try",
        {"action": "try"},
        {"action": "drop", "values": {}, "seq": 1},
        {"action": "try", "values": [], "seq": 1},
        {"action": "try", "values": {"n1": 5}, "seq": 1},
        {"action": "try", "values": {"x1": "5"}, "seq": 1},
        {"action": "try", "values": {"n²": "5"}, "seq": 1},
        {"action": "try", "values": {"n1": "5" * 99}, "seq": 1},
        {"action": "try", "values": {f"n{i}": "5" for i in range(999)}, "seq": 1},
        {"action": "try", "values": {"n1": "5"}, "seq": "1"},
    ],
)
def test_what_no_view_sends_is_no_trial(data: Any) -> None:
    assert read_trial(data) is None


def test_a_trial_is_read() -> None:
    data = {"action": "try", "values": {"n1": "5", "n400": "6"}, "seq": 7, "theme": "dark"}
    assert read_trial(data) == ({1: "5", 400: "6"}, 7, "dark")
    # A place that is not there changes nothing.
    assert tried({400: "6"})["moved"] == []
