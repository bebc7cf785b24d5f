"""Text and JSON values as numbers (policy P4), and when two answers are the same (P6)."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.numerals.read import (
    LARGEST,
    Number,
    TooLarge,
    json_number,
    plain_number,
    read_number,
    same_answer,
    tame,
)
from dagger_core.numerals.show import to_bangla_digits


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), (" -7 ", -7), ("+3", 3), ("−3", -3), ("- 3", -3),
        ("১২", 12), ("५", 5), ("۷", 7), ("１２", 12), ("1২", 12),
        ("1,234", 1234), ("1,234,567", 1_234_567), ("12,34,567", 1_234_567), ("১,২০,০০০", 120_000),
        ("45.6", Fraction(228, 5)), (".5", Fraction(1, 2)), ("5.", 5), ("0.10", Fraction(1, 10)),
        ("1/3", Fraction(1, 3)), ("-2 / 4", Fraction(-1, 2)), ("6/3", 2), ("1/0.5", 2),
        ("1e5", 100_000), ("2.5E-1", Fraction(1, 4)), ("1e+2", 100), ("0e9999999", 0),
        ("12টি", 12), ("45.6 টাকা", Fraction(228, 5)), ("5 apples", 5), ("5kg", 5), ("20%", 20),
        ("100°", 100), ("5 km.", 5), ("1/2 কাপ", Fraction(1, 2)), ("0" * 2000 + "7", 7),
    ],
)  # fmt: skip
def test_numbers(text: str, number: Number) -> None:
    assert read_number(text) == number
    assert type(read_number(text)) is type(number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", ".", "abc", "NaN", "inf", "-Infinity", "1_000", "0x1F", "3:30", "2k", "5m",
     "²", "½",
     "1.2.3", "1,23", "1,2345", "12,3456", "1,", "5/0", "5/", "/5", "1//2", "--5", "5-3", "5 + 3",
     "5 (five)", "5 6", "5 apples 6", "e5", "1e", "1e12345678", "$5", "x5", "5=5", "5\x00six7"],
)  # fmt: skip
def test_no_numbers(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "value",
    ["1e309", "-1e309", "9" * 310, "1e401", "1e-401", "9" * 1001, "1." + "1" * 1000,
     "1/" + "3" * 1001,
     10**309, Decimal("1e309"), Decimal("1e-2000"), Fraction(10**400, 3), "1" * 900 + "e399/7"],
)  # fmt: skip
def test_beyond_all_bounds(value: Any) -> None:
    with pytest.raises(TooLarge):
        read_number(value)


@pytest.mark.parametrize("value", [None, True, False, [], [5], {}, b"5", float("nan"), math.inf])
def test_values_that_are_no_numbers(value: Any) -> None:
    assert read_number(value) is None


def test_json_values() -> None:
    assert read_number(0.1) == Fraction(1, 10)
    assert read_number(Decimal("-0.0")) == 0
    assert read_number(Decimal("1e3")) == 1000
    assert read_number(LARGEST) == LARGEST
    assert read_number(Decimal("sNaN")) is None


def test_plain_numbers_have_no_unit() -> None:
    assert plain_number("১২") == 12
    assert plain_number(" 5 ") == 5
    assert plain_number("5 apples") is plain_number("12টি") is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4
    )
)
def test_the_same_number_in_every_script(number: Decimal) -> None:
    text = f"{number:f}"
    exact = Fraction(number)
    assert read_number(text) == read_number(number) == exact
    assert read_number(to_bangla_digits(text)) == exact
    assert read_number(f"{number:,f}") == exact
    assert read_number(f"{text} টাকা") == exact


@given(st.text() | st.text(alphabet="0123456789০৯.,/eE+- kট\n", max_size=30))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        number = read_number(text)
    except TooLarge:
        return
    assert number is None or tame(number) == number


@given(st.fractions() | st.floats() | st.integers())
def test_tamed_numbers_are_simple_and_bounded(value: Number) -> None:
    try:
        tamed = tame(value)
    except TooLarge:
        return
    assert tamed == value
    assert not isinstance(tamed, Fraction) or tamed.denominator > 1
    assert abs(tamed) <= LARGEST
    assert float(json_number(tamed)) == pytest.approx(float(tamed))


def test_long_fractions_become_inexact() -> None:
    assert isinstance(tame(Fraction(3**2000, 2**3000)), float)
    assert isinstance(tame(Fraction(3**20, 2**30)), Fraction)


@pytest.mark.parametrize(
    ("value", "gold", "same"),
    [
        (5, 5, True), (5, 5.0, True), (5, "৫", True), (5, "5টি", True), (5, Decimal("5.000"), True),
        (5, 6, False), (5, True, False), (1, True, False), (5, None, False), (5, "x", False),
        (5, math.nan, False), (5, "1e999", False), (5, [5], False), (None, 5, False),
        (None, None, False),
        (5.0000009, 5, True), (5.0000011, 5, False), (10**15 + 10**5, 10**15, True),
        (10**15 + 10**7, 10**15, False),
        (Fraction(1, 3), "0.333333333", True), (Fraction(1, 3), 0.3333, False),
        (Fraction(1, 3), "1/3", True), (2.5000024, 2.5, True), (2.5000027, 2.5, False),
        (0, 0, True), (1e-7, 0, True), (LARGEST, -LARGEST, False), (Fraction(1, 10), 0.1, True),
    ],
)  # fmt: skip
def test_same_answer(value: Number | None, gold: Any, same: bool) -> None:
    assert same_answer(value, gold) is same


@given(st.fractions() | st.integers(), st.fractions() | st.integers() | st.floats() | st.text())
def test_same_answer_never_raises_and_knows_itself(value: Number, gold: Any) -> None:
    assert same_answer(value, gold) in (True, False)
    assert same_answer(value, value)
