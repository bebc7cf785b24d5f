"""The tables themselves: every phrase can be filled, and says all that its row counts with."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random

import pytest

from train.problems.expression import evaluate, names, parse, steps, substitute
from train.problems.inflect import genitive, locative
from train.problems.ranges import NoSuchNumber, read_range
from train.problems.scene import Scene
from train.problems.tables import Row, lexicon, rows, rows_of

NUMBER = re.compile(r"\{[#=@$%*/](\w)")
CHOICE = re.compile(r"\[([^\[\]]*)\]")
ROWS = rows()
DOMAINS = sorted({row.domain for row in ROWS})


def of(domain: str) -> list[Row]:
    return [row for row in ROWS if row.domain == domain]


def variants(text: str) -> list[str]:
    found = CHOICE.search(text)
    if not found:
        return [text]
    return [
        rest
        for choice in found[1].split("|")
        for rest in variants(text[: found.start()] + choice + text[found.end() :])
    ]


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_phrase_says_the_numbers_of_its_row_once(domain):
    for row in of(domain):
        assert_says_its_numbers(row)


def assert_says_its_numbers(row):
    known = {key for key, _ in row.ranges}
    needed = names(row.value) & known
    for lang in ("en", "bn"):
        assert row.texts[lang], row.name
        for text in row.texts[lang]:
            for variant in variants(text):
                said = NUMBER.findall(variant)
                assert len(said) == len(set(said)), variant
                assert set(said) <= known, variant
                spoken = needed if _is_said(row, needed) else needed & set(said)
                assert row.domain == "distractor" or spoken <= set(said), variant


def _is_said(row, needed) -> bool:
    return all(any(f"{key}" in NUMBER.findall(text) for text in row.texts["en"]) for key in needed)


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_phrase_can_be_filled(domain):
    for row in of(domain):
        assert_can_be_filled(row)


def assert_can_be_filled(row):
    values = dict.fromkeys((key for key, _ in row.ranges), Fraction(1, 2))
    for lang in ("en", "bn"):
        for seed, text in enumerate(row.texts[lang]):
            scene = Scene.draw(Random(seed), lang, row.needs, row.avoids)
            filled = scene.say(text, values, "x.")
            assert not re.search(r"[{}\[\]|]", filled), filled
            ends = ".?" if lang == "en" else "।?"
            formula = re.search(r"\}\s?[+×÷*-]\s?\{", text)
            assert text[-1] in ends or text[-1] == "]" or formula, text


def test_a_year_is_never_grouped():
    for seed in range(20):
        scene = Scene.draw(Random(seed), "en")
        scene.say("In {@a}.", {"a": 1975}, "x.")
        assert scene.written[-1].text == "1975"


def test_every_domain_that_a_row_leads_to_has_questions():
    for row in ROWS:
        if row.role in ("opener", "event"):
            assert rows_of(row.to.rstrip("0123456789"), "ask"), row.name


def test_things_have_families_to_be_confused_with():
    things = lexicon()["thing"]
    for thing in things:
        alike = [one for one in things if one.family == thing.family]
        assert len([one for one in alike if "large" not in one.tags]) >= 3 or "large" in thing.tags
        assert len(alike) >= 3


def test_expressions_are_read_flattened_and_counted():
    assert steps(parse("a + b + c")) == 1
    assert steps(parse("(a + b) * (a + b)")) == 2
    assert evaluate(parse("floor(a / b) + a % b"), {"a": 17, "b": 5}) == 5
    joined = substitute(parse("mean(every)"), {"every": ("x", "y")})
    assert evaluate(joined, {"x": 3, "y": 4}) == Fraction(7, 2)


def test_a_body_with_questions_is_a_row_for_each_question():
    found = {row.name: row for row in rows_of("daily", "shape") if ".pair_" in row.name}
    total, gap = found["daily.shape.pair_sum"], found["daily.shape.pair_diff"]
    assert (total.value, gap.value) == (parse("a + b"), parse("a - b"))
    assert (total.where, gap.where) == ((), (parse("a - b"),))
    bodies = {text.split(".")[0] for text in total.texts["en"]}
    assert bodies == {text.split(".")[0] for text in gap.texts["en"]}
    assert not set(total.texts["en"]) & set(gap.texts["en"])
    # A question may bring a number of its own.
    assert [key for key, _ in found["daily.shape.pair_need"].ranges] == ["a", "b", "d"]


@pytest.mark.parametrize("text", ["a.b", "1.5", "nothing(a)", "a if b else c"])
def test_other_code_is_no_expression(text):
    with pytest.raises(ValueError, match="not an expression"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2..5", {2, 3, 4, 5}),
        ("2..3 * k", {20, 30}),
        ("1..2 / 4", {Fraction(1, 4), Fraction(1, 2)}),
        ("divisor(k)", {2, 5}),
        ("1/3 | 7", {Fraction(1, 3), 7}),
        ("k-1..k", {9, 10}),
    ],
)
def test_ranges_give_what_they_say(text, allowed):
    drawn = {read_range(text).draw(Random(seed), {"k": 10}) for seed in range(80)}
    assert drawn == allowed


@pytest.mark.parametrize("text", ["5..k", "divisor(k)"])
def test_an_empty_range_says_so(text):
    with pytest.raises(NoSuchNumber):
        read_range(text).draw(Random(0), {"k": 3})


@pytest.mark.parametrize(
    ("word", "of", "at"),
    [
        ("আম", "আমের", "আমে"),
        ("কলা", "কলার", "কলায়"),
        ("বই", "বইয়ের", "বইতে"),
        ("রেডিও", "রেডিওর", "রেডিওতে"),
        ("ঝুড়ি", "ঝুড়ির", "ঝুড়িতে"),
        ("মা", "মায়ের", "মায়"),
    ],
)
def test_bangla_cases(word, of, at):
    assert (genitive(word), locative(word)) == (of, at)
