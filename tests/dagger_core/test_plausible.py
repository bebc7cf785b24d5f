"""Which values can be the answer to a question."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.asked import asked
from dagger_core.execute import execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number
from dagger_core.plausible import doubt
from tests.wild import GRAPHS

HALF = Fraction(5, 2)


def code(answer: Number, question: str) -> str | None:
    """What is doubted in a graph whose only step has this value."""
    nodes = [Node("n1", "const", str(answer)), Node(FINAL, "identity", args=("n1",))]
    found = doubt(execute(Graph(nodes)), question)
    return found.code if found else None


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        (3, "Ann has 5 pens and gives 2 away. How many are left?"),
        (0, "Ann eats 5 of 5 plums. How many are left?"),
        (HALF, "5 litres fill 2 jugs. How much is in each?"),
        (HALF, "She walks 5 km in 2 days. How many kilometres a day?"),
        (HALF, "What is the average of 2 and 3?"),
        (HALF, "Half of 5 cakes are gone. How many cakes are that?"),
        (HALF, "Eggs cost 1.25 each. How many of 2?"),
        (Fraction(7, 2), "১০টি পেয়ারার দাম ৩৫ টাকা। একটি পেয়ারার দাম কত?"),
        (HALF, "৫ লিটার দুধ ২ জন সমান ভাগে নিল। প্রত্যেকে কত লিটার পেল?"),
        (-5, "It was 3 degrees and got 8 degrees colder. What is it now?"),
        (-5, "তাপমাত্রা ৩ ডিগ্রি ছিল, ৮ ডিগ্রি কমল। এখন কত?"),
    ],
)
def test_what_can_be_the_answer(answer: Number, question: str) -> None:
    assert code(answer, question) is None


@pytest.mark.parametrize(
    ("answer", "question", "doubted"),
    [
        (-3, "Ann has 2 pens and gets 5. How many has she?", "below-zero"),
        (-3, "অনুর ২টি কলম ছিল, ৫টি পেল। এখন কয়টি?", "below-zero"),
        (HALF, "5 pens go to 2 girls. How many pens does each get?", "answer-in-parts"),
        (HALF, "৫টি কলম ২ জন পেল। প্রত্যেকে কয়টি কলম পেল?", "answer-in-parts"),
        (Fraction(7, 3), "7 litres fill 3 jugs. How much is in each?", "answer-in-parts"),
    ],
)
def test_what_can_hardly_be_the_answer(answer: Number, question: str, doubted: str) -> None:
    assert code(answer, question) == doubted


def test_the_sentence_that_asks() -> None:
    assert asked("How many has Ann? She has 5. Bob has 2.") == "How many has Ann?"
    assert asked("অনুর ৫টি কলম আছে। কয়টি বাকি বলো") == "কয়টি বাকি বলো"
    assert asked("") == ""


def test_a_step_below_zero_is_named() -> None:
    nodes = [
        Node("n1", "const", 3),
        Node("n2", "const", 8),
        Node("s1", "sub", args=("n1", "n2")),
        Node(FINAL, "mul", args=("s1", -2)),
        Node("idle", "sub", args=("n1", "n2")),
    ]
    found = doubt(execute(Graph(nodes)), "3 boys have 8 pens. How many pens are it twice?")
    assert found is not None
    assert (found.code, found.node) == ("below-zero", "s1")


def test_a_root_is_in_parts() -> None:
    nodes = [Node("n1", "const", 5), Node(FINAL, "sqrt", args=("n1",))]
    found = doubt(execute(Graph(nodes)), "A square room has 5 tiles. How many stand in a row?")
    assert found is not None
    assert found.code == "answer-in-parts"


@given(GRAPHS, st.text())
def test_any_graph_and_text(graph: Graph, question: str) -> None:
    found = doubt(execute(graph), question)
    assert found is None or found.code in ("below-zero", "answer-in-parts")
