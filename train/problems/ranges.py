"""Where a number of a table row comes from, read from a short text.

2..40          a whole number from 2 to 40; bounds may be expressions of earlier numbers
2..40~         the same, and now and then ten or a hundred times as large
2..12 * k      a multiple of k
15..95 / 10    tenths (a bound that divides is written without spaces: 2..q/2)
divisor(q)     a number from 2 to 25 that divides q
10 | 20 | 1/2  one of these
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random

from dagger_core.numerals.read import Number
from train.problems.expression import Expression, evaluate, parse

_RANGE = re.compile(r"(?P<low>.+?)\.\.(?P<high>.+?)(?P<wide>~?)(?:\s(?P<sign>[*/])\s(?P<by>.+))?")
_DIVISOR = re.compile(r"divisor\((.+)\)")
_LARGEST_DIVISOR = 25
_WIDE_SHARE = 0.15


class NoSuchNumber(ValueError):
    """No number fits the range with the numbers drawn so far."""


@dataclass(frozen=True, slots=True)
class Between:
    """Whole numbers from `low` to `high`, times or divided by `by`."""

    low: Expression
    high: Expression
    wide: bool
    sign: str
    by: Expression

    def draw(self, rng: Random, known: Mapping[str, Number]) -> Number:
        """A number of the range; raises NoSuchNumber if it is empty."""
        low, high = int(evaluate(self.low, known)), int(evaluate(self.high, known))
        if low > high:
            raise NoSuchNumber
        if self.wide and rng.random() < _WIDE_SHARE:
            high *= rng.choice((10, 100))
        value = rng.randint(low, high)
        by = Fraction(evaluate(self.by, known))
        return _tidy(value * by if self.sign == "*" else value / by)


@dataclass(frozen=True, slots=True)
class Divisor:
    """Divisors of a number, from 2 to 25 and smaller than it."""

    of: Expression

    def draw(self, rng: Random, known: Mapping[str, Number]) -> Number:
        """A divisor; raises NoSuchNumber if there is none."""
        whole = evaluate(self.of, known)
        if whole != int(whole):
            raise NoSuchNumber
        fits = [k for k in range(2, min(_LARGEST_DIVISOR, int(whole) - 1) + 1) if whole % k == 0]
        if not fits:
            raise NoSuchNumber
        return rng.choice(fits)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Some fixed numbers."""

    values: tuple[Number, ...]

    def draw(self, rng: Random, known: Mapping[str, Number]) -> Number:
        """One of them."""
        return rng.choice(self.values)


Range = Between | Divisor | OneOf


def _tidy(value: Fraction) -> Number:
    return int(value) if value.denominator == 1 else value


@cache
def read_range(text: str | int) -> Range:
    """The range that the text stands for; raises ValueError for another form."""
    text = str(text)
    if found := _DIVISOR.fullmatch(text.strip()):
        return Divisor(parse(found[1]))
    if found := _RANGE.fullmatch(text.strip()):
        return Between(
            parse(found["low"]),
            parse(found["high"]),
            bool(found["wide"]),
            found["sign"] or "*",
            parse(found["by"] or "1"),
        )
    return OneOf(tuple(_tidy(Fraction(part.strip())) for part in text.split("|")))
