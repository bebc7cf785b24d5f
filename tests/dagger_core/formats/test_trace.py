"""The trace format: what is read, what is written, and every rule of its reward at its edges."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.formats.trace import NoAnswer, Weights, score_trace
from dagger_core.formats.trace.quantity import Quantity, quantity, same_quantity
from dagger_core.formats.trace.reading import read_trace
from dagger_core.formats.trace.reward import (
    certainty,
    conclusion,
    confidence,
    correctness,
    markers,
    steps,
    structure,
)
from dagger_core.graph import Graph, Node
from dagger_core.numerals import same_answer
from train.problems import stream

FORM = FORMATS["trace"]
#: The sample output of the document.
PUBLISHED = """<reasoning>
Step 1: Convert 1 hour 30 minutes to hours → 1.5 hours.
Step 2: Average speed = distance / time = 60 / 1.5.
Step 3: 60 ÷ 1.5 = 40.
Therefore, the average speed is 40 km/h.
</reasoning>
<answer>40 km/h</answer>"""


def completion(answer: str, reasoning: str = "Step 1: 2 + 3 = 5.\nStep 2: So the sum is 5.") -> str:
    return f"<reasoning>{reasoning}</reasoning><answer>{answer}</answer>"


def test_prompt_asks_for_the_published_tags() -> None:
    (turn,) = FORM.messages(" How many? ")
    assert "<reasoning>step-by-step thinking</reasoning>" in turn["content"]
    assert turn["content"].endswith("Q: How many?\nA:")


def test_published_sample_has_every_part() -> None:
    score = score_trace(PUBLISHED, 40)
    assert score[:4] == (True, 1.0, 1.0, pytest.approx(0.91))
    assert score.total == pytest.approx(0.6 + 0.25 + 0.15 * 0.91)
    assert score.parts["structure"] == 1.0


def test_ablation_pays_nothing_for_structure() -> None:
    weights = Weights(structure=0.0)
    good, bare = (
        score_trace(PUBLISHED, 40, weights),
        score_trace(completion("40", "40"), 40, weights),
    )
    assert good.total == bare.total
    assert good.structure > bare.structure


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        (PUBLISHED, True),
        (f"  {PUBLISHED}\n", True),
        (PUBLISHED + " Done.", False),
        ("Sure!\n" + PUBLISHED, False),
        (PUBLISHED.replace("</answer>", ""), False),
        (PUBLISHED + "<answer>41</answer>", False),
        ("<answer>4</answer><reasoning>two and two</reasoning>", False),
        ("<reasoning></reasoning><answer>4</answer>", False),
        ("<reasoning>a b c</reasoning><answer> </answer>", False),
        ("</reasoning><reasoning><answer>4</answer>", False),
        ("", False),
    ],
)
def test_format_is_one_reasoning_and_one_answer(text: str, exact: bool) -> None:
    assert read_trace(text).exact is exact


def test_reading_asserts_the_answer() -> None:
    parsed = FORM.read(PUBLISHED, "")
    assert parsed.graph is not None
    (node,) = parsed.graph
    assert (node.op, node.val, node.label) == ("const", 40, "40 km/h")
    assert execute(parsed.graph).answer == 40
    assert [finding.code for finding in parsed.diagnostics] == ["trace-asserts"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I think it is 4", "no-trace-answer"),
        ("<answer>4", "no-trace-answer"),
        ("<answer>many</answer>", "trace-answer-unread"),
        ("<answer>3 or 4</answer>", "trace-answer-unread"),
        (f"<answer>{'9' * 5000}</answer>", "trace-answer-unread"),
    ],
)
def test_reading_says_why_there_is_no_answer(text: str, code: str) -> None:
    parsed = FORM.read(text, "")
    assert parsed.graph is None
    assert [finding.code for finding in parsed.diagnostics] == [code]
    assert parsed.diagnostics[0].text("bn") != parsed.diagnostics[0].text("en")


def test_answer_appears_when_it_is_complete() -> None:
    assert FORM.partial(PUBLISHED[:-4], "") == ()
    assert len(FORM.partial(PUBLISHED, "")) == 1


def test_what_is_written_is_read_and_earns_nearly_all() -> None:
    for problem in itertools.islice(stream(7), 60):
        text = FORM.write(problem.graph, problem.question)
        read = FORM.read(text, problem.question).graph
        assert read is not None
        assert same_answer(execute(read).answer, problem.answer)
        score = score_trace(text, problem.answer)
        assert score.format
        assert (score.correctness, score.structure) == (1.0, 1.0)


def test_answer_that_no_decimal_is_survives_writing() -> None:
    thirds = Graph(
        (
            Node("a", "const", 1000),
            Node("b", "const", 3),
            Node("final_result", "div", args=("a", "b")),
        )
    )
    text = FORM.write(thirds, "?")
    assert correctness(text, Fraction(1000, 3)) == 1.0


def test_graph_without_answer_cannot_be_written() -> None:
    with pytest.raises(NoAnswer):
        FORM.write(Graph((Node("final_result", "div", args=(1, 0)),)), "?")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40", 40),
        ("x = 40", 40),
        ("60 / 1.5 = 40 km/h", 40),
        ("৪০ টাকা", 40),
        ("$40.", 40),
        ("−৳৫", -5),
        ("- 5 km", -5),
        ("**1,20,000**", 120000),
        ("twelve apples", 12),
        ("দেড় ঘণ্টা", Fraction(3, 2)),
        ("5 (five)", 5),
        ("1/3", Fraction(1, 3)),
        ("20%", 20),
        (40.5, Fraction(81, 2)),
        ("3 hours 30 minutes", None),
        ("no idea", None),
        ("", None),
        ("4" * 201, None),
        (None, None),
        (True, None),
    ],
)
def test_quantity_of_an_answer(text: object, value: object) -> None:
    read = quantity(text)
    assert (None if read is None else read.value) == value


@pytest.mark.parametrize(
    ("answer", "gold", "same"),
    [
        ("40", 40, True),
        ("40 km/h", 40, True),  # a gold without a unit takes any
        ("40", "40 km/h", True),  # and so does an answer without one
        ("40 apples", "40 pens", True),  # units nobody knows do not count
        ("40 km/h", "40 km/h", True),
        ("40 km per hour", "40 কিমি/ঘণ্টা", True),
        ("40 m/s", "40 km/h", False),
        ("90 minutes", "1.5 hours", True),
        ("90 মিনিট", "1.5 h", True),
        ("90 km", "1.5 hours", False),
        ("1500 g", "1.5 kg", True),
        ("1500 kg", "1.5 kg", False),
        ("$40", "40 taka", False),
        ("33.33", Fraction(100, 3), True),
        ("33.3", Fraction(100, 3), False),  # one decimal is a guess
        ("33.34", Fraction(100, 3), False),
        ("33", Fraction(100, 3), False),
        ("40.001", 40, False),  # a whole number is never rounded
        ("40.0000005", 40, True),
    ],
)
def test_same_quantity(answer: str, gold: object, same: bool) -> None:
    read, wanted = quantity(answer), quantity(gold)
    assert read is not None
    assert wanted is not None
    assert same_quantity(read, wanted) is same


def test_two_answers_are_none() -> None:
    text = completion("4") + "<answer>5</answer>"
    assert correctness(text, 5) == 0.0
    assert confidence(text, 0.0) == 0.0


@pytest.mark.parametrize("gold", [None, "", "many", float("nan"), True])
def test_gold_that_is_no_number_pays_nothing(gold: object) -> None:
    assert correctness(completion("5"), gold) == 0.0


@pytest.mark.parametrize(
    ("reasoning", "count"),
    [
        ("", 0),
        ("hm", 0),
        ("5", 1),
        ("first we add the numbers", 1),
        ("2 + 2 = 4\n4 + 1 = 5", 2),
        ("2 + 2 = 4\n2 + 2 = 4\n2 + 2 = 4", 1),  # saying it again is no step
        ("Step 1: 2 + 2 = 4\nStep 2: 2 + 2 = 4", 1),
        ("We have 2. We add 3.5 to it. That is 5.5.", 3),
        ("আছে ২টি। যোগ ৩টি। মোট ৫টি।", 3),
    ],
)
def test_steps(reasoning: str, count: int) -> None:
    assert len(steps(reasoning)) == count


@pytest.mark.parametrize(
    ("reasoning", "count"),
    [
        ("Step 1: a\nStep 2: b\nStep 3: c", 3),
        ("1. a\n2) b\n(3) c", 3),
        ("ধাপ ১: ক\nধাপ ২: খ", 2),
        ("১। ক\n২। খ", 2),
        ("Step 1: a\nStep 3: c", 1),  # a gap ends the count
        ("Step 2: b", 0),
        ("Step 1: a\nStep 1: a", 1),
        ("1.5 litres", 0),  # a number, not a mark
        ("100 apples", 0),
    ],
)
def test_markers(reasoning: str, count: int) -> None:
    assert markers(reasoning) == count


@pytest.mark.parametrize(
    ("last", "worth"),
    [
        ("Therefore, the answer is 5.", 1.0),
        ("Step 3: So we get five.", 1.0),
        ("অতএব, উত্তর ৫।", 1.0),
        ("Therefore, it is done.", 0.5),
        ("2 + 3 = 5", 0.5),
        ("Sofia has 7 left", 0.0),  # "so" is not in Sofia
    ],
)
def test_conclusion(last: str, worth: float) -> None:
    assert conclusion(last, Quantity(5)) == worth


def test_structure_is_a_mean_of_four() -> None:
    assert structure("", None) == 0.0
    assert structure("5", Quantity(5)) == pytest.approx(0.5 / 4)
    assert structure("Because 2 + 3 = 5", Quantity(7)) == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("It is 5.", 0.7),
        ("It is obviously 5.", 1.0),
        ("It is probably 5.", 0.3),
        ("Obviously it is probably 5.", 0.3),  # doubt outweighs
        ("I'm not sure.", 0.3),
        ("Confidence: 85%", 0.85),
        ("আস্থা: ৮৫%", 0.85),
        ("Confidence: 300%", 1.0),
        ("উত্তর অবশ্যই ৫।", 1.0),
        ("উত্তর সম্ভবত ৫।", 0.3),
        ("উত্তর ৫।", 0.7),
    ],
)
def test_certainty(text: str, sure: float) -> None:
    assert certainty(text) == pytest.approx(sure)


def test_overconfident_wrong_answers_pay() -> None:
    sure, plain, unsure = (
        score_trace(completion("5", f"so 2 + 3 is {word} 5"), 6).total
        for word in ("obviously", "exactly", "probably")
    )
    assert sure < plain < unsure < 0.6
    right = score_trace(completion("5", "2 + 3 is obviously 5"), 5)
    assert right.confidence == 1.0


PIECES = [*"<>/ 1২.\n", "<reasoning>", "</reasoning>", "<answer>", "</answer>", "Step 1:", "so "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_anything_has_a_score(text: str) -> None:
    score = score_trace(text, 5)
    assert 0.0 <= score.total <= 1.0
    assert all(0.0 <= part <= 1.0 for part in score.parts.values())
    FORM.read(text, "")
