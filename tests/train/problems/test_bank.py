"""The problem bank: every problem is right, grounded in its text, and written in its language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from random import Random

import pytest

from dagger_core.execute import execute
from dagger_core.numerals.mentions import mentions
from dagger_core.numerals.read import read_number
from train.problems import KINDS, Problem, generate, story, stream
from train.problems.assemble import IMPLICIT_LABEL
from train.problems.bank import finish
from train.problems.expression import parse
from train.problems.scene import Scene
from train.problems.story import MOST_STEPS, DeadEnd, _Chain, write_shape
from train.problems.tables import rows

BANGLA = re.compile("[\u0980-\u09ff]")
LATIN = re.compile("[A-Za-z]")
SAMPLE = list(islice(stream(20), 1200))


def assert_right(problem: Problem) -> None:
    graph = problem.graph
    assert execute(graph).answer == problem.answer, problem
    assert graph.is_sorted
    assert not graph.duplicates
    assert graph.nodes[-1].id == "final_result"
    assert all(node.distractor == (node.id not in graph.live) for node in graph), problem
    assert not re.search(r"[{}\[\]\ue000-\uefff]|  ", problem.question), problem.question
    foreign = LATIN if problem.lang == "bn" else BANGLA
    assert not foreign.search(problem.question), problem.question


def grounded(problem: Problem) -> Counter[Fraction]:
    """The values of the const nodes that stand in the text."""
    return Counter(
        Fraction(read_number(node.val))
        for node in problem.graph
        if node.is_const and node.label != IMPLICIT_LABEL[problem.lang]
    )


@pytest.mark.parametrize("domain", sorted({row.domain for row in rows() if row.role == "shape"}))
def test_every_shape_is_right_in_every_phrasing(domain):
    for row in rows():
        if row.role == "shape" and row.domain == domain:
            for lang, texts in row.texts.items():
                for seed in range(len(texts)):
                    assert_right(finish(write_shape(Random(seed), lang, row)))


def test_every_shape_comes_off_readily():
    """One whose numbers hardly ever fit costs time, and is told too seldom."""
    for row in rows():
        if row.role == "shape":
            rng, chain = Random(5), None
            for _ in range(250):
                chain = _Chain(rng, Scene.draw(rng, "en", row.needs, row.avoids).things[0])
                with suppress(DeadEnd):
                    chain.add(row)
                    break
            else:
                pytest.fail(f"{row.name}: its ranges and conditions hardly ever fit")


def test_a_shape_that_never_fits_is_passed_over(monkeypatch):
    impossible = replace(
        next(row for row in rows() if row.role == "shape"), where=(parse("0 - 1"),)
    )
    monkeypatch.setattr(story, "_shapes", lambda *_: (impossible,))
    with pytest.raises(DeadEnd, match="no sane numbers"):
        write_shape(Random(1), "en", impossible)
    for seed in range(3):
        assert impossible.name not in generate(Random(seed), "en", 2).template


def test_problems_are_right():
    for problem in SAMPLE:
        assert_right(problem)
        assert unicodedata.is_normalized("NFC", problem.question)


def test_numbers_of_the_text_are_the_const_nodes():
    for problem in SAMPLE:
        said = Counter(Fraction(found.value) for found in mentions(problem.question))
        assert said == grounded(problem), problem.question


def test_const_nodes_stand_in_text_order():
    for problem in SAMPLE:
        said = [Fraction(found.value) for found in mentions(problem.question)]
        nodes = [node for node in problem.graph if node.is_const][: len(said)]
        assert [Fraction(read_number(node.val)) for node in nodes] == said, problem.question


def test_labels_are_in_the_language_of_the_problem():
    for problem in SAMPLE:
        other = LATIN if problem.lang == "bn" else BANGLA
        assert not any(other.search(node.label) for node in problem.graph), problem.graph.to_json()
        assert all(node.label for node in problem.graph)


def test_same_seed_same_problems_and_other_seed_others():
    assert list(islice(stream(3), 20)) == list(islice(stream(3), 20))
    first = {problem.question for problem in islice(stream(3), 50)}
    assert not first & {problem.question for problem in islice(stream(4), 50)}


@pytest.mark.parametrize("steps", range(1, MOST_STEPS + 1))
@pytest.mark.parametrize("lang", ["en", "bn"])
def test_steps_and_language_are_as_asked(steps, lang):
    for problem in islice(stream(steps, lang, steps), 40):
        operations = [node for node in problem.graph if not node.is_const][:-1]
        assert problem.lang == lang
        assert problem.steps == len(operations) == steps


def test_neat_problems_are_typed_with_care():
    for lang in ("en", "bn"):
        for problem in islice(stream(6, lang, neat=True), 150):
            assert not re.search(r"\s[.,?!।]", problem.question), problem.question
            assert not problem.template.startswith("symbols"), problem.question
            assert lang == "bn" or not re.match(r"[a-z]", problem.question), problem.question


def test_every_school_operation_occurs():
    found = Counter(node.op for problem in islice(stream(1), 4000) for node in problem.graph)
    wanted = (
        "add sub mul div sum mean min max round floor ceil gcd lcm mod abs pow sqrt ratio_split"
    )
    assert all(found[op] >= 8 for op in wanted.split()), found


def test_there_are_many_templates_and_combinations():
    phrasings = [text for row in rows() for lang in ("en", "bn") for text in row.texts[lang]]
    assert len(set(phrasings)) >= 20_000
    assert len({problem.template for problem in SAMPLE}) >= len(SAMPLE) / 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "bn"])
def test_distractors_are_inserted_as_asked(kind, lang):
    for seed in range(60):
        problem = generate(Random(seed), lang, distractors=(kind,))
        inserted = [one for one in problem.distractors if one.kind == kind]
        assert inserted
        assert_right(problem)
        values = Counter(Fraction(one.value) for one in problem.distractors)
        marked = Counter(
            Fraction(read_number(node.val)) for node in problem.graph if node.distractor
        )
        assert not values - marked, problem


def test_no_distractors_are_inserted_when_none_are_wanted():
    problem = generate(Random(0), "en", 1, distractors=0)
    assert all(one.kind == "RED" for one in problem.distractors)


def test_bangla_is_written_in_both_digits_and_words():
    text = " ".join(problem.question for problem in SAMPLE if problem.lang == "bn")
    assert re.search("[০-৯]", text)
    assert re.search("[0-9]", text)
    assert re.search("(দুই|তিন|চার|পাঁচ)টি", text)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"steps": 0}, "1 to 6 steps"),
        ({"steps": 7}, "1 to 6 steps"),
        ({"distractors": -1}, "negative"),
        ({"distractors": ("ODD",)}, "ODD"),
    ],
)
def test_arguments_out_of_range_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        generate(Random(0), **wrong)
