"""The operations a node can have: one table, from which prompts, checks and docs are made.

Arithmetic is exact on ints and Fractions. A float marks a value that is not rational
(a square root, say); it is contagious, and rounding operations forgive its last digits.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import inf
from typing import Any

from dagger_core.numerals.read import Number, TooLarge, tame

Values = Sequence[Number]


class OpFailure(Exception):
    """An operation that has no value for these arguments; `code` is a diagnostic code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Op:
    """One operation.

    Args:
        name: the published name, written to graphs.
        symbol: for the picture.
        en, bn: its name in words.
        fn: values of the arguments -> value; raises OpFailure, TooLarge or ZeroDivisionError.
        least, most: how many arguments it takes; `most` is infinite for any number.
        aliases: other spellings that are read.
        ordered: whether swapping arguments changes the value.
        literals: whether an argument may be a bare number instead of a node.
    """

    name: str
    symbol: str
    en: str
    bn: str
    fn: Callable[[Values], Number]
    least: int
    most: float
    aliases: tuple[str, ...] = ()
    ordered: bool = False
    literals: bool = True

    def takes(self, count: int) -> bool:
        """Whether it accepts this many arguments."""
        return self.least <= count <= self.most


def _fold(step: Callable[[Any, Any], Number]) -> Callable[[Values], Number]:
    def folded(values: Values) -> Number:
        if len(values) == 2:
            return step(values[0], values[1])
        # Taming every step keeps a product of thousands of numbers from growing without bound.
        return reduce(lambda a, b: tame(step(a, b)), values)

    return folded


def _mean(values: Values) -> Number:
    return _div((OPS["sum"].fn(values), len(values)))


def _div(values: Values) -> Number:
    a, b = values
    if isinstance(a, float) or isinstance(b, float):
        return a / b
    # Most divisions of a word problem come out even, and ints are much faster than Fractions.
    return a // b if a % b == 0 else Fraction(a, b)


def _nearest(value: Number) -> Number:
    """An inexact value within its last digits of a whole number, as that number."""
    if isinstance(value, float) and abs(value - round(value)) <= 1e-9 * max(1.0, abs(value)):
        return round(value)
    return value


def _round(values: Values) -> Number:
    doubled = _nearest(values[0] * 2)
    whole = int((_size(doubled) + 1) // 2)
    return -whole if doubled < 0 else whole


def _size(value: Number) -> Number:
    return -value if value < 0 else value


def _whole(value: Number) -> int:
    value = _nearest(value)
    if value != int(value):
        raise OpFailure("not-integer")
    return int(value)


def _abs(values: Values) -> Number:
    return _size(values[0] - values[1] if len(values) == 2 else values[0])


def _root(value: int, degree: int) -> int | None:
    """The whole `degree`-th root of a whole number, or None if none is found."""
    if degree == 2:
        guess = math.isqrt(value)
    elif value.bit_length() > 1000:
        return None
    else:
        guess = round(float(value) ** (1 / degree))
    return guess if guess**degree == value else None


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, float) or isinstance(exponent, float):
        return _inexact_power(base, exponent)
    if exponent.denominator == 1:
        return _whole_power(base, int(exponent))
    if base < 0:
        raise OpFailure("complex")
    degree = exponent.denominator
    if degree <= 64:
        top, bottom = _root(base.numerator, degree), _root(base.denominator, degree)
        if top is not None and bottom:
            return _whole_power(Fraction(top, bottom), exponent.numerator)
    return _inexact_power(base, exponent)


def _whole_power(base: int | Fraction, exponent: int) -> Number:
    if base in (0, 1, -1):
        return Fraction(base) ** (exponent if base == 0 else exponent % 2)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * bits > 8192:
        return _inexact_power(base, exponent)
    return base**exponent if exponent >= 0 else Fraction(base) ** exponent


def _inexact_power(base: Number, exponent: Number) -> float:
    if base == 0 and exponent < 0:
        raise ZeroDivisionError
    if base < 0 and exponent != int(exponent):
        raise OpFailure("complex")
    power = math.pow(base, exponent)
    if not power and base:
        raise TooLarge
    return power


def _sqrt(values: Values) -> Number:
    if values[0] < 0:
        raise OpFailure("complex")
    return _power(values[0], Fraction(1, 2))


def _ratio_split(values: Values) -> Number:
    # The published prompt names it and no published executor has it. It takes nodes only: it
    # shares out numbers of the problem, and all-literal calls never executed anywhere.
    total, part, *others = values
    whole = OPS["sum"].fn([part, *others])
    return _div((total * part, whole))


_TABLE = (
    Op("add", "+", "add", "যোগ", _fold(operator.add), 2, inf, ("addition", "plus")),
    Op("sub", "−", "subtract", "বিয়োগ", lambda v: v[0] - v[1], 2, 2,
       ("subtract", "subtraction", "minus"), ordered=True),
    Op("mul", "×", "multiply", "গুণ", _fold(operator.mul), 2, inf,
       ("multiply", "multiplication", "mult", "times", "product")),
    Op("div", "÷", "divide", "ভাগ", _div, 2, 2, ("divide", "division"), ordered=True),
    Op("abs", "|x|", "absolute difference", "পরম পার্থক্য", _abs, 1, 2,
       ("absolute", "abs_diff", "absolute_difference")),
    Op("sum", "Σ", "sum", "সমষ্টি", _fold(operator.add), 1, inf, ("total", "summation")),
    Op("mean", "x̄", "mean", "গড়", _mean, 1, inf, ("avg", "average")),
    Op("min", "min", "smallest", "সবচেয়ে ছোট", min, 1, inf, ("minimum",)),
    Op("max", "max", "largest", "সবচেয়ে বড়", max, 1, inf, ("maximum",)),
    Op("round", "≈", "round", "আসন্ন পূর্ণ সংখ্যা", _round, 1, 1, ("rounding", "nearest")),
    Op("floor", "⌊x⌋", "round down", "নিচের পূর্ণ সংখ্যা",
       lambda v: math.floor(_nearest(v[0])), 1, 1, ("round_down",)),
    Op("ceil", "⌈x⌉", "round up", "ওপরের পূর্ণ সংখ্যা",
       lambda v: math.ceil(_nearest(v[0])), 1, 1, ("ceiling", "round_up")),
    Op("sqrt", "√", "square root", "বর্গমূল", _sqrt, 1, 1, ("square_root", "squareroot", "root")),
    Op("pow", "xʸ", "power", "ঘাত", lambda v: _power(v[0], v[1]), 2, 2,
       ("power", "exponent", "exp"), ordered=True),
    Op("mod", "mod", "remainder", "ভাগশেষ", lambda v: v[0] % v[1], 2, 2,
       ("modulo", "modulus", "remainder"), ordered=True),
    Op("gcd", "gcd", "greatest common divisor", "গ.সা.গু.",
       lambda v: math.gcd(*map(_whole, v)), 2, inf, ("hcf", "gcf", "greatest_common_divisor")),
    Op("lcm", "lcm", "least common multiple", "ল.সা.গু.",
       _fold(lambda a, b: math.lcm(_whole(a), _whole(b))), 2, inf, ("least_common_multiple",)),
    Op("ratio_split", "a:b", "share by ratio", "অনুপাতে ভাগ", _ratio_split, 2, inf, (),
       ordered=True, literals=False),
    Op("identity", "=", "is", "সমান", lambda v: v[0], 1, 1, ("id",)),
)  # fmt: skip

#: Every operation by its published name, in the order of the published prompt.
OPS: dict[str, Op] = {op.name: op for op in _TABLE}

#: The name of an input node, which has a value and no function.
CONST = "const"
_CONST_NAMES = frozenset({CONST, "constant", "number", "input"})

#: Every operation by each of its names, in lower case.
NAMES: dict[str, Op] = {name: op for op in _TABLE for name in (op.name, *op.aliases)}


def find_op(name: object) -> Op | None:
    """The operation with this name or alias in any case, or None."""
    if not isinstance(name, str):
        return None
    return NAMES.get(name) or NAMES.get(name.strip().lower())


def is_const(name: object) -> bool:
    """Whether this op name marks an input node."""
    return name == CONST or (isinstance(name, str) and name.strip().lower() in _CONST_NAMES)
