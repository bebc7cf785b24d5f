"""Reports: what counts as right, whose flags agree, and in which groups."""

from __future__ import annotations

import pytest

from dagger_core.example import Example
from dagger_core.formats import FORMATS
from dagger_core.generate import ScriptedGenerator, Settings
from train.evaluate import Asker, EvaluationSet, evaluate
from train.evaluate.items import Item

QUESTION = "Ann had 26 apples, Bob 17 and Eve 4. Ann ate 9. How many does Ann have?"
GOLD = FORMATS["compact"].read("sub [1] [4] ! [2] [3]", QUESTION).graph


def report(text: str, *examples: Example, name: str = "set") -> dict[str, object]:
    """The report on examples that are all answered with the same text."""
    items = [Item(name, number, one) for number, one in enumerate(examples, 1)]
    script = ScriptedGenerator([text]) if text else ScriptedGenerator({QUESTION: ""})
    return evaluate(Asker(script, Settings(format="compact")), [EvaluationSet(name, items)])


@pytest.mark.parametrize(
    ("text", "accuracy", "executed", "valid", "f1", "reward", "failure"),
    [
        ("sub [1] [4] ! [2] [3]", 1, 1, 1, 1.0, 2.0, None),
        ("sub [1] [4] ! [2]", 1, 1, 1, 0.6667, 2.0, None),
        ("sub [1] [4]", 1, 1, 1, 0.0, 2.0, None),
        ("add [1] [4] ! [2] [3]", 0, 1, 1, 1.0, 1.0, "wrong_operation"),
        ("sub [4] [1] ! [2] [3]", 0, 1, 1, 1.0, 1.0, "wrong_order"),
        ("sub [1] [2] ! [3]", 0, 1, 1, 0.6667, 1.0, "distractor_used"),
        ("add [1] #7 ! [2] [3]", 0, 1, 1, 1.0, 1.0, "wrong_number"),
        ("= [1] ! [2] [3]", 0, 1, 1, 1.0, 1.0, "missing_number"),
        ("= const #17 ! [2] [3]", 0, 1, 1, 1.0, 1.0, "asserted"),
        ("sub [1] [1] div [2] {1} ! [2] [3]", 0, 0, 1, 1.0, 0.5, "not_executed"),
        ("sub [1] [9]", 0, 0, 0, 0.0, 0.0, "not_parsed"),
        ("", 0, 0, 0, 0.0, 0.0, "not_parsed"),
    ],
)
def test_figures(
    text: str,
    accuracy: int,
    executed: int,
    valid: int,
    f1: float,
    reward: float,
    failure: str | None,
) -> None:
    found = report(text, *[Example(QUESTION, GOLD, 17)] * 2)
    names = ("accuracy", "executed", "valid", "flag_f1", "reward")
    assert [found[name] for name in names] == [accuracy, executed, valid, f1, reward]
    assert found["failures"] == ({failure: 2} if failure else {})


def test_rows_without_graph_or_answer() -> None:
    found = report("sub [1] [4]", Example(QUESTION))
    assert (found["accuracy"], found["executed"], found["flag_f1"]) == (None, 1.0, None)
    assert report("x")["count"] == 0


def test_a_gold_graph_is_answer_enough() -> None:
    assert report("sub [1] [4]", Example(QUESTION, GOLD))["accuracy"] == 1


def test_an_answer_at_odds_with_its_own_graph_is_suspect() -> None:
    found = report("sub [1] [4] ! [2] [3]", Example(QUESTION, GOLD, 18))
    assert (found["accuracy"], found["failures"]) == (0, {"gold_suspect": 1})


def test_nearly_right_is_rounding() -> None:
    found = report("div [1] [4]", Example(QUESTION, answer=3))
    assert found["failures"] == {"rounding": 1}
