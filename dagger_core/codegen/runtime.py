"""Functions that an exported program brings along, copied there as they stand here.

They compute what the operations of the same kind in `dagger_core.ops` do, and need nothing but
`math` and `fractions`. A Fraction is exact; a float stands for a value that is not rational.
"""

from __future__ import annotations

import math
from fractions import Fraction


def nearest(value: Fraction | float) -> Fraction | float:
    """A float within its last digits of a whole number, as that number."""
    if isinstance(value, float) and abs(value - round(value)) <= 1e-9 * max(1.0, abs(value)):
        return Fraction(round(value))
    return value


def round_half_up(value: Fraction | float) -> Fraction:
    """The nearest whole number; halves go away from zero."""
    doubled = nearest(2 * value)
    if doubled < 0:
        return -Fraction((1 - doubled) // 2)
    return Fraction((1 + doubled) // 2)


def round_down(value: Fraction | float) -> Fraction:
    """The largest whole number that is not above the value."""
    return Fraction(math.floor(nearest(value)))


def round_up(value: Fraction | float) -> Fraction:
    """The smallest whole number that is not below the value."""
    return Fraction(math.ceil(nearest(value)))


def whole_root(value: int, degree: int) -> int | None:
    """The whole root of a whole number, or None if it has none."""
    guess = math.isqrt(value) if degree == 2 else round(float(value) ** (1 / degree))
    return guess if guess**degree == value else None


def power(base: Fraction | float, exponent: Fraction | float) -> Fraction | float:
    """The power: exact where it is rational and easily found, else a float."""
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        if exponent.denominator == 1:
            return base**exponent.numerator
        if exponent.denominator <= 64:
            above = whole_root(base.numerator, exponent.denominator)
            below = whole_root(base.denominator, exponent.denominator)
            if above is not None and below:
                return Fraction(above, below) ** exponent.numerator
    return math.pow(base, exponent)


def common_divisor(*values: Fraction | float) -> Fraction:
    """The greatest common divisor of whole numbers."""
    return Fraction(math.gcd(*map(int, values)))


def common_multiple(*values: Fraction | float) -> Fraction:
    """The least common multiple of whole numbers."""
    return Fraction(math.lcm(*map(int, values)))
