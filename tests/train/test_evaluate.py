"""Evaluation: what counts as right, and whose flags agree."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from dagger_core.example import Example
from dagger_core.formats import FORMATS
from train.evaluate import evaluate

QUESTION = "Ann had 26 apples, Bob 17 and Eve 4. Ann ate 9. How many does Ann have?"
FORM = FORMATS["compact"]
GOLD = FORM.read("sub [1] [4] ! [2] [3]", QUESTION).graph


class Played:
    """A model that answers every question with the same text."""

    format = FORM

    def __init__(self, text: str) -> None:
        self.text = text

    def answers(self, questions: list[str]) -> list[tuple[str, int]]:
        return [(self.text, 5)] * len(questions)


@pytest.mark.parametrize(
    ("text", "accuracy", "executed", "valid", "f1"),
    [
        ("sub [1] [4] ! [2] [3]", 1, 1, 1, 1.0),
        ("sub [1] [4] ! [2]", 1, 1, 1, 0.6667),
        ("sub [1] [4]", 1, 1, 1, 0.0),
        ("add [1] [4] ! [2] [3]", 0, 1, 1, 1.0),
        ("sub [1] [1] div [2] {1} ! [2] [3]", 0, 0, 1, 1.0),
        ("sub [1] [9]", 0, 0, 0, 0.0),
        ("", 0, 0, 0, 0.0),
    ],
)
def test_figures(text: str, accuracy: int, executed: int, valid: int, f1: float) -> None:
    report = evaluate(Played(text), [Example(QUESTION, GOLD, 17)] * 2)  # type: ignore[arg-type]
    figures = [report[name] for name in ("accuracy", "executed", "valid", "flag_f1")]
    assert figures == [accuracy, executed, valid, f1]


def test_rows_without_graph_or_answer() -> None:
    report = evaluate(Played("sub [1] [4]"), [Example(QUESTION)])  # type: ignore[arg-type]
    assert (report["accuracy"], report["executed"], report["flag_f1"]) == (0.0, 1.0, None)
    assert evaluate(Played(""), [])["count"] == 0  # type: ignore[arg-type]
