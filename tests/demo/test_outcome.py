"""What is said of an answer: its value, whether it is right, what it earns, and what it took."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dagger_core.formats import FORMATS
from dagger_core.graph import Graph, Node
from demo import outcome
from demo.solution import Attempt, Solution
from tests.demo.test_view import GRAPH, QUESTION, SOLUTION


def test_answer_with_fraction_and_reward() -> None:
    shown = outcome.answer(replace(SOLUTION, gold="7/3"), "en")
    assert "Answer: 2.333" in shown
    assert "exactly 7/3" in shown
    assert "matches the right answer" in shown
    assert "Reward **2** = format 0.5 + executes 0.5 + correct 1" in shown


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ("9", "the right answer is 9"),
        ("nine hundred?", "is not a number"),
        ("9" * 900, "not a num"),
    ],
)
def test_answer_against_another_gold(gold: str, said: str) -> None:
    assert said in outcome.answer(replace(SOLUTION, gold=gold), "en")


def test_asserted_answer() -> None:
    bare = Graph([Node("a", "const", 1), Node("b", "const", 2), Node("final_result", "const", 3)])
    shown = outcome.answer(Solution(gold="3", history=(bare,)), "en")
    assert "only asserted" in shown
    assert "Reward **1**" in shown


def test_bangla_has_bangla_digits() -> None:
    shown = outcome.answer(replace(SOLUTION, gold="5"), "bn")
    assert "২.৩৩৩" in shown
    assert not re.search(r"[0-9](?!_)", shown.replace("## ", ""))


@pytest.mark.parametrize(
    ("reason", "said"),
    [("stop", None), ("length", "cut off"), ("cancelled", "stopped")],
)
def test_effort_says_how_an_answer_ended(reason: str, said: str | None) -> None:
    attempt = Attempt("m", "t", GRAPH, tokens=12, seconds=1.5, finish_reason=reason)
    shown = outcome.effort(Solution().answered(attempt), "en")
    assert "m · 12 tokens · 1.50 s" in shown
    assert said is None or said in shown
    edited = Solution().answered(attempt).step(Graph(GRAPH.nodes[:2]))
    assert outcome.effort(edited, "en").endswith("edited")


def test_reasoning_in_words_shows_what_its_own_reward_pays() -> None:
    form = FORMATS["trace"]
    text = form.write(GRAPH, QUESTION)
    read = form.read(text, QUESTION)
    attempt = Attempt("m", text, read.graph, read.diagnostics, format="trace")
    told = Solution(QUESTION, "7/3").answered(attempt)
    shown = outcome.answer(told, "en")
    assert "**0.9865** = steps 0.25 + correct 0.6 + confidence 0.1365" in shown
    assert "reward" in shown.lower()
    unchecked = outcome.answer(replace(told, gold=""), "en")
    assert "**0.25** = steps 0.25" in unchecked
    wrong = outcome.answer(replace(told, gold="5"), "bn")
    assert "সঠিক ০ + আস্থা" in wrong
    # A graph that somebody edited is paid as a graph again.
    edited = told.step(GRAPH)
    assert edited.trace_score is None
    assert "executes" in outcome.answer(edited, "en")
