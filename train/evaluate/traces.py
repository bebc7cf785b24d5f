"""Why an answer in words is wrong: its calculations, its unit, its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from dagger_core.formats.trace.quantity import quantity
from dagger_core.formats.trace.reading import read_trace
from dagger_core.formats.trace.reward import steps
from dagger_core.numerals import Number, TooLarge, read_number, same_answer, to_ascii_digits
from dagger_core.ops import OpFailure
from train.evaluate.items import Item
from train.problems.expression import evaluate, parse

Kind = Literal["calculation", "units", "premature", "verbose", "unexplained"]

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_EQUATION = re.compile(
    rf"(?<![\d.,+*/×÷−-])(?<![+*/×÷−-]\s)(?P<left>[(\s]{{0,9}}{_NUMBER}(?:[\s()$৳]*[-+*/×÷−x][\s()$৳]*{_NUMBER}){{1,20}}[\s)]*)"
    rf"=\s*[$৳]?\s*(?P<right>-?{_NUMBER})"
)
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "x": "*", "$": " ", "৳": " "})
_LONGEST = 120
#: What a unit is another of: minutes of hours, metres of kilometres, cents of dollars.
_FACTORS = (10, 12, 24, 60, 100, 365, 1000, 3600)
#: Steps beyond those the calculation needs, before a trace counts as wordy.
_SPARE_STEPS = 4


def failure(text: str, value: Number | None, item: Item) -> tuple[Kind, str]:
    """The kind of failure of a wrong answer in words, and what exactly."""
    wrong = next(wrong_calculations(text), "")
    if wrong:
        return "calculation", wrong
    unit = _unit(text, value, item)
    if unit:
        return "units", unit
    reasoning = read_trace(text).reasoning
    done = steps(text if reasoning is None else reasoning)
    needed = item.operations
    if len(done) < max(1, needed or 1):
        return "premature", f"{len(done)} steps, {needed or 1} needed"
    if needed is not None and len(done) > 2 * needed + _SPARE_STEPS:
        return "verbose", f"{len(done)} steps, {needed} needed"
    return "unexplained", ""


def wrong_calculations(text: str) -> Iterator[str]:
    """The equations of a text whose two sides differ: `3 × 4 = 13`; rounded ones are right."""
    for found in _EQUATION.finditer(to_ascii_digits(text)):
        left, right = found["left"].translate(_SIGNS), read_number(found["right"])
        value = _value(left)
        if value is None or right is None or same_answer(value, right):
            continue
        decimals = len(found["right"].partition(".")[2])
        if value == int(value) or abs(value - right) > 0.5 * 10**-decimals + 1e-12:
            yield " ".join(found[0].split())


def _value(left: str) -> Number | None:
    """The value of an expression over plain numbers, None if it is none."""
    left = left.strip()
    if left.count("(") != left.count(")"):
        left = left.strip("()")
    if len(left) > _LONGEST:
        return None
    values: dict[str, Number] = {}

    def name(found: re.Match[str]) -> str:
        key = f"n{len(values)}"
        values[key] = read_number(found[0]) or 0
        return key

    try:
        # Past its cache: texts of models are many and never the same.
        return evaluate(parse.__wrapped__(re.sub(_NUMBER, name, left)), values)
    except (ValueError, SyntaxError, KeyError, OpFailure, ArithmeticError, TooLarge):
        return None


def _unit(text: str, value: Number | None, item: Item) -> str:
    """What is wrong with the unit, if the number would be right in another one."""
    gold = item.gold
    if value is None or gold is None:
        return ""
    stated, wanted = quantity(read_trace(text).answer or ""), quantity(item.stated or "")
    if stated and wanted and stated.measure != wanted.measure and same_answer(value, gold):
        return f"{' per '.join(stated.measure) or '—'} for {' per '.join(wanted.measure) or '—'}"
    for factor in _FACTORS:
        if same_answer(value, gold * factor) or same_answer(value * factor, gold):
            return f"{factor} times off"
    return ""
