"""Lessons: what is hidden, what a prediction is worth, and what a browser may send."""

from __future__ import annotations

from typing import Any

import pytest

from dagger_core.graph import Graph, Node
from demo.solution import Solution, new_key
from demo.teaching import board
from demo.teaching.lesson import HIDDEN_OP, MODES, Guess, Lesson, lesson, read_guess

QUESTION = (
    "Mina has 48 mangoes and two bags. Raju has 15. She packs 6 in a bag and sells 2. How many?"
)
GRAPH = Graph(
    [
        Node("n1", "const", 48, label="mangoes"),
        Node("n2", "const", 15, distractor=True),
        Node("n3", "const", 6),
        Node("n4", "const", 2, distractor=True),
        Node("s1", "div", args=("n1", "n3"), label="bags"),
        Node("s2", "sub", args=("s1", 1), label="subtract"),
        Node("final_result", "identity", args=("s2",)),
    ]
)
SOLUTION = Solution(QUESTION, history=(GRAPH,), key=new_key())


def at(mode: Any = "marks") -> Lesson:
    return lesson([SOLUTION, Solution("no graph"), SOLUTION], mode)


def written(lesson: Lesson) -> list[str]:
    problem = lesson.problems[0]
    return [problem.grounding.mentions[p].text for p in sorted(problem.idle)]


def test_only_numbers_in_digits_are_asked_for() -> None:
    problem = at().problems[0]
    assert written(at()) == ["15", "2"]
    assert [problem.grounding.mentions[p].text for p in problem.numbers] == ["48", "15", "6", "2"]
    assert len(at().problems) == 2


def test_score_of_marks() -> None:
    problem = at().problems[0]
    assert problem.score("marks", Guess(problem.idle)) == (4, 4)
    assert problem.score("marks", Guess()) == (2, 4)
    assert problem.score("marks", Guess(frozenset(problem.numbers))) == (2, 4)


@pytest.mark.parametrize(
    ("typed", "right"), [("7", 1), ("৭", 1), ("7.0", 1), ("8", 0), ("", 0), ("x", 0), ("9e999", 0)]
)
def test_score_of_an_answer(typed: str, right: int) -> None:
    assert at().problems[0].score("answer", Guess(answer=typed)) == (right, 1)


def test_operations_are_hidden_with_the_names_that_tell_them() -> None:
    problem = at().problems[0]
    hidden = problem.hidden("operations")
    assert hidden is not None
    assert [(n.op, n.label) for n in hidden if not n.is_const and n.id != "final_result"] == [
        (HIDDEN_OP, "bags"),
        (HIDDEN_OP, ""),
    ]
    assert problem.hidden("marks") is None
    assert problem.score("operations", Guess(operations={4: "div", 5: "add"})) == (1, 2)


def test_the_first_prediction_counts() -> None:
    begun = at().reveal(Guess())
    assert begun.total == (2, 4)
    assert begun.reveal(Guess(begun.problems[0].idle)).total == (2, 4)
    onward = begun.go(1)
    assert onward.guess is None
    assert onward.go(5).at == 1
    assert onward.go(-9).at == 0
    assert onward.hide("answer").reveal(Guess(answer="7")).total == (3, 5)


@pytest.mark.parametrize("mode", MODES)
def test_nothing_gives_it_away_before_the_reveal(mode: Any) -> None:
    before = board.document(at(mode), "bn")
    assert before is not None
    assert not any(mention["idle"] for mention in before["mentions"])
    assert all(row["right"] is None for row in before["rows"])
    assert before["verdict"] == ""
    after = board.document(at(mode).reveal(Guess()), "bn")
    assert after is not None
    assert "৭" in after["verdict"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"marks": "all", "operations": [], "answer": 5},
        {"marks": [True, "1", None, 10**30, *range(9999)], "operations": {"n": 1, "nx": "add"}},
        {"operations": {"n²": "add", "n99999999": "add", "n1": ["add"]}, "answer": "9" * 10_000},
    ],
)
def test_what_no_board_sends_is_no_prediction(data: Any) -> None:
    guess = read_guess(data)
    assert len(guess.marks) <= 200
    assert not guess.operations
    assert len(guess.answer) <= 200
    for mode in MODES:
        at().problems[0].score(mode, guess)
    assert board.read_doing({"action": "delete"}) is None
    assert board.read_doing(data) is None
