"""Answers as quantities: a number and, where it is known, its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from dagger_core.formats.trace.words import UNITS
from dagger_core.numerals import Number, TooLarge, mentions, read_number, same_answer
from dagger_core.numerals.read import tame

#: An answer of more characters is prose and no quantity.
_LONGEST = 200
_PER = re.compile(r"\s*(?:/|\bper\b|প্রতি)\s*")
_MINUS = re.compile(r"(?:^|[\s(=$৳₹])[-−]\s*[$৳₹]?\s*$")
_EDGES = " \t\n.,;:।()[]{}*`\"'"
_DECIMALS = re.compile(r"\.(\d{2,})\D*$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Args:
        value: the number as written.
        measure: what the unit measures, as ("length",) or ("length", "time") for a speed; () if
            there is no unit, or none that is known.
        factor: how many base units the unit is.
        decimals: digits behind the point as written; 0 where it was not written as a decimal.
    """

    value: Number
    measure: tuple[str, ...] = ()
    factor: Fraction = Fraction(1)
    decimals: int = 0


def quantity(text: Any) -> Quantity | None:
    """The quantity that an answer states, or None if it states none or several.

    Of an equation (`60 / 1.5 = 40 km/h`) what follows the last `=` counts. Numbers in words are
    read, too; if several numbers are mentioned they must be equal ("5 (five)"). JSON numbers
    are taken as they are.
    """
    if not isinstance(text, str):
        value = _number(text)
        return None if value is None else Quantity(value)
    stated = text.rpartition("=")[2].strip(_EDGES)
    if not stated or len(stated) > _LONGEST:
        return None
    found = mentions(stated)
    value = _number(stated)
    if value is None and found and len({mention.value for mention in found}) == 1:
        value = found[0].value
        value = -value if _MINUS.search(stated[: found[0].start]) else value
    if value is None:
        return None
    before, after = (stated[: found[0].start], stated[found[0].end :]) if found else ("", "")
    if found and found[0].kind == "percent":
        after = "%"
    measure, factor = _unit(after) or _unit(before) or ((), Fraction(1))
    digits = _DECIMALS.search(stated)
    return Quantity(value, measure, factor, len(digits[1]) if digits else 0)


def same_quantity(answer: Quantity, gold: Quantity) -> bool:
    """Whether an answer is right.

    - Numbers are compared as graphs are (policy P6); besides, a gold that is not whole may be
      rounded, to two decimals or more: 33.33 for 100/3.
    - A unit counts only if both have one that is known. Units of one kind are converted: 90 min
      is 1.5 h, and 40 m/s is not 40 km/h. Units of different kinds are never the same.
    """
    if not answer.measure or not gold.measure:
        return _same(answer.value, gold.value, answer.decimals)
    if answer.measure != gold.measure:
        return False
    if answer.factor == gold.factor:
        return _same(answer.value, gold.value, answer.decimals)
    try:
        return same_answer(_scaled(answer), _scaled(gold))
    except (TooLarge, OverflowError):
        return False


def _scaled(of: Quantity) -> Number:
    return tame(of.value * of.factor)


def _same(value: Number, gold: Number, decimals: int) -> bool:
    if same_answer(value, gold):
        return True
    if not decimals or gold == int(gold):
        return False
    try:
        return abs(Decimal(float(value - gold))) <= Decimal(1).scaleb(-decimals) / 2
    except (OverflowError, InvalidOperation):
        return False


def _number(value: Any) -> Number | None:
    try:
        return read_number(value)
    except TooLarge:
        return None


def _unit(text: str) -> tuple[tuple[str, ...], Fraction] | None:
    """The unit that a text begins with, single or one per another."""
    parts = [part.strip(_EDGES).lower() for part in _PER.split(text.strip(_EDGES), maxsplit=1)]
    words = [part.split()[:1] if part else [] for part in parts]
    known = [UNITS.get(word[0].strip(_EDGES)) if word else None for word in words]
    if known[0] is None:
        return None
    measure, factor = known[0]
    if len(known) == 1:
        return (measure,), factor
    if known[1] is None:
        return None
    return (measure, known[1][0]), factor / known[1][1]
