"""Chain of thought: the last number of a text is its answer."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dagger_core.execute import execute
from dagger_core.formats import FORMATS

FORM = FORMATS["chain_of_thought"]
QUESTION = "Ann had 26 apples. She ate 9. How many does she have?"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("26 - 9 = 17\n\nAnswer: 17", 17),
        ("ধাপ ১: ২৬ − ৯ = ১৭।\nউত্তর: ১৭টি", 17),
        ("It costs $1,200.", 1200),
        ("Answer: **-3**", -3),
        ("Answer: 5 - 3", 3),
        ("Answer: 2.5", Fraction(5, 2)),
        ("the answer is twelve", 12),
        ("I do not know.", None),
        ("", None),
    ],
)
def test_the_last_number_is_the_answer(text: str, answer: int | None) -> None:
    graph = FORM.read(text, QUESTION).graph
    assert (None if graph is None else execute(graph).answer) == answer


def test_what_is_written_is_read_again() -> None:
    graph = FORMATS["compact"].read("sub [1] [2]", QUESTION).graph
    assert graph is not None
    text = FORM.write(graph, QUESTION)
    assert text.endswith("Answer: 17")
    again = FORM.read(text, QUESTION).graph
    assert again is not None
    assert execute(again).answer == 17
    assert QUESTION in FORM.messages(QUESTION)[0]["content"]
    assert FORM.grammar(QUESTION) is None
