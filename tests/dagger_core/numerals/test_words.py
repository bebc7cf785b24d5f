from __future__ import annotations

import pytest

from dagger_core.numerals import mentions
from dagger_core.numerals.fold import fold
from dagger_core.numerals.words import (
    BANGLA_CARDINALS,
    BANGLA_SCALES,
    BANGLA_WEAK,
    LEXICON,
)


def test_bangla_has_a_word_for_every_number_to_99() -> None:
    assert set(range(100)) <= {*BANGLA_CARDINALS.values(), *BANGLA_WEAK.values()}


@pytest.mark.parametrize(
    ("word", "value"),
    [("উনিশ", 19), ("পঁয়ত্রিশ", 35), ("উনপঞ্চাশ", 49), ("ঊনআশি", 79), ("নিরানব্বই", 99), ("কুড়ি", 20)],
)
def test_spot_checks(word: str, value: int) -> None:
    assert BANGLA_CARDINALS[word] == value


def test_no_spelling_has_two_values() -> None:
    values: dict[str, object] = {}
    for spelling, value in [*BANGLA_CARDINALS.items(), *BANGLA_WEAK.items()]:
        assert values.setdefault(fold(spelling)[0], value) == value


def test_spellings_of_the_lexicon_are_folded() -> None:
    assert [word for word in LEXICON if fold(word)[0] != word] == []


@pytest.mark.parametrize("number", [n for n in BANGLA_CARDINALS if BANGLA_CARDINALS[n] != 1])
def test_every_cardinal_is_found_with_a_classifier_and_before_a_scale(number: str) -> None:
    value = BANGLA_CARDINALS[number]
    assert [m.value for m in mentions(f"{number}টি বই")] == [value]
    if value:
        assert [m.value for m in mentions(f"{number} হাজার টাকা")] == [value * 1000]


@pytest.mark.parametrize("scale", BANGLA_SCALES)
def test_every_scale_multiplies(scale: str) -> None:
    assert [m.value for m in mentions(f"তিন {scale} টাকা")] == [3 * BANGLA_SCALES[scale]]


@pytest.mark.parametrize("word", [w for w, (role, _) in LEXICON.items() if role == "group"])
def test_groups_stand_alone(word: str) -> None:
    assert [(m.value, m.kind) for m in mentions(f"৩ {word}")] == [
        (3, "digit"),
        (LEXICON[word].value, "group"),
    ]
