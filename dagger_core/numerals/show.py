"""Numbers as text for people: 45.6 and not 228/5; 0.333… with the fraction at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from typing import Literal

from dagger_core.numerals.read import Number

_ASCII = "0123456789"
_BANGLA = "০১২৩৪৫৬৭৮৯"
_TO_BANGLA = str.maketrans(_ASCII, _BANGLA)
_TO_ASCII = str.maketrans(_BANGLA, _ASCII)

Script = Literal["ascii", "bangla"]
_script: ContextVar[Script | None] = ContextVar("script", default=None)

_DIGITS = 6
_LONGEST = 15


def to_bangla_digits(text: str) -> str:
    """The text with ASCII digits turned into Bangla digits."""
    return text.translate(_TO_BANGLA)


def to_ascii_digits(text: str) -> str:
    """The text with Bangla digits turned into ASCII digits."""
    return text.translate(_TO_ASCII)


@contextmanager
def digits(script: Script | None) -> Iterator[None]:
    """Within it numbers are shown in these digits, whatever the language; None: in its own."""
    before = _script.set(script)
    try:
        yield
    finally:
        _script.reset(before)


def localized(text: str, lang: Literal["en", "bn"]) -> str:
    """The text with its ASCII digits in those of the language, or those that `digits` chose."""
    script = _script.get() or ("bangla" if lang == "bn" else "ascii")
    return to_bangla_digits(text) if script == "bangla" else text


def show(value: Number, lang: Literal["en", "bn"] = "en", *, grouping: bool = True) -> str:
    """A value as people write it.

    Terminating decimals are written out (45.6); others stop after six digits with "…"
    (0.333333…); inexact values begin with "≈". English groups by thousands (5,572,092),
    Bangla by lakh and crore in Bangla digits (৫৫,৭২,০৯২; see `digits`). Very large or small
    magnitudes use a power of ten.
    """
    if isinstance(value, float):
        text = "≈" + _decimal(_cut(Decimal(repr(value))), grouping, lang)
    else:
        text = _exact(Fraction(value), grouping, lang)
    text = text.replace("-", "−")
    return localized(text, lang)


def fraction_text(value: Number) -> str | None:
    """The exact fraction ("1/3") of a value that `show` cannot write out, else None."""
    if not isinstance(value, Fraction) or _terminates(value.denominator):
        return None
    return f"{value.numerator}/{value.denominator}"


def plain(value: Number) -> str:
    """A value for JSON and files: ASCII digits, no grouping, exact where a decimal can be."""
    if isinstance(value, Fraction):
        if _terminates(value.denominator):
            return format(_to_decimal(value), "f")
        return repr(float(value))
    return repr(value)


def written(value: Number) -> int | Decimal | str | float:
    """A value as the `val` of a node: an int or a decimal where one is exact, else "a/b"."""
    if not isinstance(value, Fraction):
        return value
    return fraction_text(value) or _to_decimal(value)


def _terminates(denominator: int) -> bool:
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _to_decimal(value: Fraction) -> Decimal:
    # A terminating decimal of 4096 bits has at most as many digits, so nothing is rounded.
    context = Context(prec=4100)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _exact(value: Fraction, grouping: bool, lang: str) -> str:
    if _terminates(value.denominator):
        number = _to_decimal(value)
        if len(number.as_tuple().digits) <= _LONGEST + _DIGITS:
            return _decimal(number, grouping, lang)
    number = _to_decimal(value)
    if abs(number) >= Decimal(10) ** _LONGEST or abs(number) < Decimal(10) ** -_DIGITS:
        return _decimal(number, grouping, lang)
    # Six digits behind the point, or from the first that is not zero.
    digits = _DIGITS - 1 - min(-1, number.adjusted())
    cut = number.quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)
    return _decimal(cut, grouping, lang) + "…"


def _cut(number: Decimal) -> Decimal:
    """A number without the digits after the sixth decimal, unless that leaves too little of it."""
    if abs(number) < Decimal("0.001") or abs(number) >= Decimal(10) ** _LONGEST:
        return number
    return number.quantize(Decimal(10) ** -_DIGITS, ROUND_DOWN)


def _decimal(number: Decimal, grouping: bool, lang: str) -> str:
    if not number:
        return "0"
    if abs(number) >= Decimal(10) ** _LONGEST or abs(number) < Decimal(10) ** -_DIGITS:
        mantissa, exponent = f"{number:.{_DIGITS}E}".split("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa} × 10^{int(exponent)}"
    text = f"{Context(prec=_LONGEST).plus(number):f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    if grouping:
        whole = _grouped(whole, lang)
    return f"{whole}.{part}" if part else whole


def _grouped(whole: str, lang: str) -> str:
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if lang != "bn":
        return sign + f"{int(digits):,}"
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, i - 2) : i] for i in range(len(head), 0, -2)][::-1]
    return sign + ",".join([*pairs, tail])
