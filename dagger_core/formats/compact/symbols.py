"""The symbols of a compact text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dagger_core.numerals.read import Number
from dagger_core.numerals.show import fraction_text, plain

#: Constants a problem may need without naming them: days, months, minutes, percent, halves, …
CONSTANTS = (
    "1", "2", "3", "4", "5", "6", "7", "8", "10", "12", "16", "20", "24", "30", "31", "36", "50",
    "52", "60", "90", "100", "180", "360", "365", "366", "1000", "3600", "0.01", "0.25", "0.5",
)  # fmt: skip

_SYMBOL = re.compile(
    r"\[(?P<mention>\d{1,4})\](?::(?P<reading>\d))?"
    r"|\{(?P<step>\d{1,4})\}"
    r"|\#(?P<constant>-?\d[\d./]{0,40})"
    r"|(?P<word>[a-z_]+)"
    r"|(?P<mark>[=&!])"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_KINDS = ("mention", "step", "constant", "word", "mark", "other")


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol.

    Args:
        kind: mention, step, constant, word (an operation), mark, or other (no symbol at all).
        text: as it stands in the text.
        body: what is inside the brackets or behind the `#`.
        reading: which reading of a mention, from 1.
        start: where it stands.
    """

    kind: str
    text: str
    body: str
    reading: int
    start: int

    @property
    def starts_part(self) -> bool:
        """Whether it begins something new: an operation, or what follows a mark."""
        return self.kind in ("word", "mark")


def symbols(text: str) -> Iterator[Symbol]:
    """The symbols of a text in order, without the spaces."""
    for found in _SYMBOL.finditer(text):
        kind = next((name for name in _KINDS if found[name] is not None), None)
        if kind:
            reading = int(found["reading"] or 1)
            yield Symbol(kind, found[0], found[kind], reading, found.start())


def number_text(value: Number) -> str:
    """A number as it stands behind `#`: an integer, a decimal, or `a/b` if no decimal is exact."""
    return fraction_text(value) or plain(value)


def mention_id(number: int, reading: int) -> str:
    """The id of the node of a mention."""
    return f"n{number}" if reading == 1 else f"n{number}_{reading}"
