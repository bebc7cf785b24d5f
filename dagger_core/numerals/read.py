"""Text and JSON values as exact numbers, and when two answers are the same one.

A number is an int or a Fraction where it is exact, and a float where it is not rational.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Any

Number = int | Fraction | float

#: The largest magnitude that counts as a number (that of a double).
LARGEST = int(1.797e308)
_EXACT_BITS = 4096
_MAX_DIGITS = 1000
_MAX_EXPONENT = 400


class TooLarge(ArithmeticError):
    """A number beyond 1.797e308, or too long to handle in a bounded time."""


def tame(value: Number) -> Number:
    """The value in its simplest type, bounded in size.

    Whole Fractions become ints; a Fraction with more than 4096 bits becomes a float.
    Raises TooLarge for infinities, NaN and anything beyond 1.797e308.
    """
    if isinstance(value, Fraction):
        if value.denominator == 1:
            value = value.numerator
        elif value.numerator.bit_length() + value.denominator.bit_length() > _EXACT_BITS:
            value = _quotient(value)
    if -LARGEST <= value <= LARGEST:  # NaN is not
        return value
    raise TooLarge


def _quotient(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        raise TooLarge from None


# Western grouping (1,234,567), Indian grouping (12,34,567), or none.
_NUMBER = re.compile(
    r"(?P<sign>[+\-−])?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d*)"
    r"(?:\.(?P<part>\d*))?"
    r"(?:[eE](?P<exp>[+\-]?\d{1,7})(?!\d))?"
    r"(?:\s*/\s*(?P<below>\d+(?:\.\d+)?))?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
# A trailing unit has no digits and does not continue the number: not 2k, 3:30, 1_000 or 0x10.
_UNIT = re.compile(r"(?:\s|(?=[^\W\d_])(?![a-zA-Z](?![a-zA-Z]))|(?=[%°$€£৳₹]))[^\d_:,.=+*/()]*\.?")
_NAMES_OF_NO_NUMBER = ("nan", "inf")


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _read(text: str) -> tuple[Number, str] | None:
    """The number a text begins with and what follows it."""
    found = _NUMBER.match(_ascii(text.strip()))
    if found is None:
        return None
    whole, part = found["whole"].replace(",", ""), found["part"] or ""
    if not whole and not part:
        return None
    value: Number = _from_decimal(Decimal(f"{whole or 0}.{part or 0}e{found['exp'] or 0}"))
    if found["below"]:
        if len(found["below"]) > _MAX_DIGITS:
            raise TooLarge
        below = Fraction(found["below"])
        if not below:
            return None
        value = tame(value / below)
    if found["sign"] in ("-", "−"):
        value = -value
    return value, found["rest"]


def plain_number(text: str) -> Number | None:
    """A number and nothing else, in digits of any script; None if the text is not one.

    Raises TooLarge beyond 1.797e308.
    """
    found = _read(text)
    return found[0] if found and not found[1].strip() else None


def read_number(value: Any) -> Number | None:
    """A JSON value or text as a number (policy P4), or None if it is not one.

    Text may have digits of any script, Western or Indian grouping, `a/b`, an exponent, and a
    trailing unit without digits ("12টি", "45.6 টাকা"). Not numbers: bool, "1_000", "0x1F",
    "3:30", "2k", NaN, infinities. Raises TooLarge beyond 1.797e308.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return tame(value)
    if isinstance(value, float):
        return tame(Fraction(repr(value))) if math.isfinite(value) else None
    if isinstance(value, Fraction):
        return tame(value)
    if isinstance(value, Decimal):
        return _from_decimal(value) if value.is_finite() else None
    if not isinstance(value, str):
        return None
    found = _read(value)
    if found is None:
        return None
    rest = found[1].rstrip()
    return found[0] if not rest or _UNIT.fullmatch(rest) else None


def _from_decimal(value: Decimal) -> int | Fraction:
    if not value:
        return 0
    if len(value.as_tuple().digits) > _MAX_DIGITS or abs(value.adjusted()) > _MAX_EXPONENT:
        raise TooLarge
    number = Fraction(value)
    if not -LARGEST <= number <= LARGEST:
        raise TooLarge
    return number.numerator if number.denominator == 1 else number


def json_number(value: Number) -> int | float:
    """A value as JSON has it: whole numbers exactly, others as the nearest double."""
    return float(value) if isinstance(value, Fraction) else value


def same_answer(value: Number | None, gold: Any) -> bool:
    """Whether a computed value is the gold answer (policy P6).

    A whole gold allows |p − g| ≤ 1e-6 + 1e-9·|g|; any other 1e-9 + 1e-6·|g|. The gold may be
    text, read as in `read_number`; a gold that cannot be read equals nothing.
    """
    if value is None:
        return False
    if type(gold) is int and value == gold:
        return True
    try:
        target = read_number(gold)
    except TooLarge:
        return False
    if target is None or value == target:
        return target is not None
    try:
        distance, size = abs(float(value - target)), abs(float(target))
    except OverflowError:
        return False
    if target == int(target):
        return distance <= 1e-6 + 1e-9 * size
    return distance <= 1e-9 + 1e-6 * size
