"""Canonical answers: one way to write each calculation, with the same value."""

from __future__ import annotations

import pytest

from dagger_core.execute import execute
from dagger_core.formats.compact import Compact
from train.canonical import canonical

QUESTION = "He had 20 apples and half of 30 pears, and got 25% of 12 figs in 3 of 5 boxes."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mul [3] [1] add {1} [4] ! [2]", "mul [1] [3] add {1} [4] ! [2]"),
        ("add [1] [3] div {1} [2]:2", "add [1] [3] mul {1} [2]"),
        ("sum [5] [1]", "add [1] [5]"),
        ("add [5] [3] [1]", "sum [1] [3] [5]"),
        ("mul [4] #0.01 mul {1} [5]", "div [4] #100 mul {1} [5]"),
        ("sub [6] [1] mul [3] [5] add {2} {1}", "sub [6] [1] mul [3] [5] add {1} {2}"),
        ("mul [3] [5] sub [6] [1] add {1} {2}", "sub [6] [1] mul [3] [5] add {1} {2}"),
        ("mul #2 [1]", "mul [1] #2"),
        ("sub [3] [1]", "sub [3] [1]"),
        ("add [1] [3] = sub {1} [5]", "add [1] [3] = sub {1} [5]"),
    ],
)
def test_canonical(text: str, wanted: str) -> None:
    assert canonical(text, QUESTION) == wanted
    answers = [execute(_graph(one)).answer for one in (text, wanted)]
    assert answers[0] == answers[1]


def _graph(text: str):  # type: ignore[no-untyped-def]
    graph = Compact().read(text, QUESTION).graph
    assert graph is not None
    return graph
