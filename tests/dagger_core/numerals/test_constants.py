from __future__ import annotations

from fractions import Fraction

import pytest

from dagger_core.numerals import KNOWN_CONSTANTS, implicit_constants


def values(text: str) -> list[int | Fraction]:
    return [constant.value for constant in implicit_constants(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("How many eggs in a week?", 7),
        ("দুই সপ্তাহে কত দিন?", 7),
        ("It takes 3 hours", 60),
        ("৩ ঘণ্টায়", 60),
        ("ঘন্টা", 60),
        ("her yearly pay", 12),
        ("৫ বছরে", 12),
        ("২ কেজি", 1000),
        ("5 km", 1000),
        ("4 nickels", Fraction(1, 20)),
    ],
)
def test_words_call_for_constants(text: str, value: int | Fraction) -> None:
    assert value in values(text)


def test_every_text_has_the_general_ones_first() -> None:
    assert values("") == [1, 2, 100]
    assert values("a week")[:3] == [1, 2, 100]


def test_no_cue_no_constant() -> None:
    assert values("Rina has 5 apples and 3 mangoes.") == [1, 2, 100]


def test_each_value_once_and_known() -> None:
    text = "days weeks months years hours kilograms feet ounces dozen decades dimes nickels"
    found = values(text)
    assert len(found) == len(set(found))
    assert set(found) <= KNOWN_CONSTANTS
