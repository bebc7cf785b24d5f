"""Samples and their variants keep the calculation."""

from __future__ import annotations

from random import Random

import pytest

from dagger_core.asked import sentences
from dagger_core.example import Example
from dagger_core.formats.compact import Compact
from train.augment import Augment, lexicon
from train.problems import generate
from train.samples import Sample, drop, insert, sample_of

QUESTION = "Ann had 26 red apples. Bob has 17 pears. She ate 9 apples. How many apples are left?"


def sample(question: str = QUESTION, answer: str = "sub [1] [3] ! [2]") -> Sample:
    graph = Compact().read(answer, question).graph
    found = sample_of(Example(question, graph, lang="en"))
    assert isinstance(found, Sample)
    return found


def test_prompt_is_what_the_format_asks() -> None:
    assert sample().prompt == Compact().messages(QUESTION)[0]["content"]


def test_reasons_to_leave_a_row_out() -> None:
    assert str(sample_of(Example(QUESTION))) == "It has no graph."
    strange = Compact().read("add [1] #77", QUESTION).graph
    assert "known constant" in str(sample_of(Example(QUESTION, strange)))
    twice = "Ann had 9 apples. Bob has 9 pears. How many apples has Ann?"
    graph = Compact().read("= [1] ! [2]", twice).graph
    assert "equal numbers" in str(sample_of(Example(twice, graph)))


def test_insert_renumbers() -> None:
    one = sample()
    new = insert(one, 2, "the hall has [1] doors and [2] windows.", (40, 50), sentences(one.text))
    assert new.answer == "sub [1] [5] ! [2] [3] [4]"
    assert new.values == (26, 17, 40, 50, 9)
    assert "ate [5] apples" in new.text
    assert "has [3] doors and [4] windows" in new.text


def test_drop_undoes_insert() -> None:
    one = sample()
    new = insert(one, 1, "the hall has [1] doors.", (40,), sentences(one.text))
    assert drop(new, 1, sentences(new.text)) == one


def test_drop_of_the_only_distractor_leaves_no_mark() -> None:
    one = sample()
    assert drop(one, 1, sentences(one.text)).answer == "sub [1] [2]"


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_variants_keep_operations_over_the_same_values(lang: str) -> None:
    rng = Random(3)
    problems = [generate(rng, lang) for _ in range(40)]  # type: ignore[arg-type]
    found = [sample_of(Example(p.question, p.graph, p.answer, p.lang)) for p in problems]
    samples = [one for one in found if isinstance(one, Sample)]
    assert len(samples) > 20
    vary = Augment(
        lexicon(samples, samples, [p.question for p in problems]), add=0.7, remove=0.5, noise=0.0
    )
    changed = 0
    for one in samples:
        new = vary(one, rng)
        changed += new != one
        assert _calculation(new) == _calculation(one)
        assert len(new.values) == new.text.count("[")
    assert changed > 10


def _calculation(one: Sample) -> str:
    """The answer with values in place of mentions, without the distractors."""
    steps = one.answer.partition("!")[0].strip()
    for number in range(len(one.values), 0, -1):
        steps = steps.replace(f"[{number}]", f"({one.values[number - 1]})")
    return steps
