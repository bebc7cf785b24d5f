"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.numerals.read import Number, read_number
from dagger_core.numerals.show import (
    digits,
    fraction_text,
    localized,
    plain,
    show,
    to_ascii_digits,
    to_bangla_digits,
    written,
)


@pytest.mark.parametrize(
    ("value", "en", "bn"),
    [
        (0, "0", "০"),
        (5_572_092, "5,572,092", "৫৫,৭২,০৯২"),
        (-1000, "−1,000", "−১,০০০"),
        (100, "100", "১০০"),
        (12_345_678_901, "12,345,678,901", "১২,৩৪,৫৬,৭৮,৯০১"),
        (Fraction(228, 5), "45.6", "৪৫.৬"),
        (Fraction(1, 3), "0.333333…", "০.৩৩৩৩৩৩…"),
        (Fraction(-2, 3), "−0.666666…", "−০.৬৬৬৬৬৬…"),
        (Fraction(1, 3000), "0.000333333…", "০.০০০৩৩৩৩৩৩…"),
        (Fraction(100_001, 3), "33,333.666666…", "৩৩,৩৩৩.৬৬৬৬৬৬…"),
        (1 - Fraction(1, 10**40), "0.999999…", "০.৯৯৯৯৯৯…"),
        (Fraction(1, 8), "0.125", "০.১২৫"),
        (2**0.5, "≈1.414213", "≈১.৪১৪২১৩"),
        (10**20, "1 × 10^20", "১ × ১০^২০"),
        (Fraction(1, 10**9), "1 × 10^-9".replace("-", "−"), "১ × ১০^−৯"),
        (Fraction(3, 1), "3", "৩"),
    ],
)
def test_show(value: Number, en: str, bn: str) -> None:
    assert show(value) == en
    assert show(value, "bn") == bn


def test_without_grouping() -> None:
    assert show(5_572_092, grouping=False) == "5572092"
    assert show(5_572_092, "bn", grouping=False) == "৫৫৭২০৯২"


def test_the_fraction_is_at_hand_where_no_decimal_is_exact() -> None:
    assert fraction_text(Fraction(1, 3)) == "1/3"
    assert fraction_text(Fraction(1, 8)) is fraction_text(7) is fraction_text(0.5) is None


@given(st.integers(-(10**14), 10**14) | st.decimals(-(10**6), 10**6, places=4).map(Fraction))
def test_what_is_shown_exactly_can_be_read_again(value: Number) -> None:
    for lang in ("en", "bn"):
        assert read_number(show(value, lang)) == value


@given(st.fractions() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_every_value_has_a_text(value: Number) -> None:
    assert to_ascii_digits(to_bangla_digits(show(value))) == show(value)
    assert float(plain(value)) == pytest.approx(float(value))
    assert isinstance(value, float) or read_number(written(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (Fraction(228, 5), "45.6"),
        (Fraction(1, 2**3000), None),
        (Fraction(1, 3), repr(1 / 3)),
        (10**40, "1" + "0" * 40),
    ],
)
def test_plain(value: Number, text: str | None) -> None:
    assert plain(value) == (text or plain(value))
    assert text is not None or Fraction(plain(value)) == value


def test_written_is_what_a_val_holds() -> None:
    assert written(Fraction(228, 5)) == Decimal("45.6")
    assert (written(7), written(Fraction(1, 3))) == (7, "1/3")


def test_digits_of_choice_within_a_block_and_not_after_it() -> None:
    with digits("ascii"):
        assert show(5_572_092, "bn") == "55,72,092"
        with digits("bangla"):
            assert localized("1 of 5", "en") == "১ of ৫"
        with digits(None):
            assert show(12, "bn") == "১২"
    assert show(12, "bn") == "১২"
    assert show(12, "en") == "12"
