"""The number tokens of a folded text: numerals and number words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from dagger_core.numerals.fold import fold
from dagger_core.numerals.patterns import TOKEN, WORD_GROUPS
from dagger_core.numerals.words import LEXICON, Exact


class Token(NamedTuple):
    """One numeral or number word; offsets into the folded text.

    Roles are those of `words`, and: number (a numeral), fraction (3/4), time (3:30).
    `parts` are the numerals it was written with, where they are not the value.
    """

    role: str
    value: Exact
    start: int
    end: int
    word: str
    parts: tuple[Exact, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether a classifier ends the word."""
        return 0 < len(self.word) < self.end - self.start


_RATIO = re.compile(fold("ratio|অনুপাত")[0])
_LONGEST = 200  # characters: with every scale after it, a numeral stays below 1.797e308
_GROUPING = re.compile("[, ]")
_Read = Callable[[re.Match[str]], Iterator[Token]]


def simple(value: Exact) -> Exact:
    """An int where the value is whole."""
    return value.numerator if value.denominator == 1 else value


def _number(found: re.Match[str]) -> Iterator[Token]:
    text, start = found[0], found.start()
    # "10 -5" and "10-5" are two numbers, not a negative one.
    if found["sign"] and found.string[max(0, start - 2) : start].rstrip().isdigit():
        text, start = text[1:], start + 1
    if len(text) <= _LONGEST:
        digits = _GROUPING.sub("", text)
        value = int(digits) if digits.isdecimal() else simple(Fraction(digits))
        yield Token("number", value, start, found.end(), "", (-value,) if value < 0 else ())


def _pair(names: tuple[str, str], found: re.Match[str]) -> Iterator[Token]:
    for name in names:
        yield Token("number", int(found[name]), *found.span(name), "")


def _time(found: re.Match[str]) -> Iterator[Token]:
    hour, minute = int(found["hour"]), int(found["minute"])
    value = simple(hour + Fraction(minute, 60))
    parts = (hour, minute) if minute else ()
    yield Token("time", value, found.start(), found.end("minute"), "", parts)


def _fraction(found: re.Match[str]) -> Iterator[Token]:
    top, bottom = int(found["top"]), int(found["bottom"])
    # What comes out even is a division that somebody asks for (24/6), and no part of anything.
    if not bottom or (bottom > 1 and top % bottom == 0):
        yield from _pair(("top", "bottom"), found)
        return
    value = simple(Fraction(top, bottom))
    yield Token("fraction", value, found.start(), found.end(), "", (top, bottom))


def _mixed(found: re.Match[str]) -> Iterator[Token]:
    whole, over, under = (int(found[name]) for name in ("whole", "over", "under"))
    if over < under:
        mixed = whole + Fraction(over, under)
        yield Token("fraction", mixed, found.start(), found.end(), "", (whole, over, under))
    else:
        yield Token("number", whole, *found.span("whole"), "")
        if under:
            value = simple(Fraction(over, under))
            yield Token("fraction", value, found.start("over"), found.end(), "", (over, under))


def _vulgar(found: re.Match[str]) -> Iterator[Token]:
    part = Fraction(unicodedata.numeric(found["glyph"])).limit_denominator(10)
    whole = int(found["before"] or 0)
    parts = (*([whole] if whole else []), part.numerator, part.denominator)
    yield Token("fraction", whole + part, found.start(), found.end(), "", parts)


def _word(name: str, found: re.Match[str]) -> Iterator[Token]:
    word = LEXICON[found[name]]
    yield Token(word.role, word.value, found.start(), found.end(), found[name])


_READERS: dict[str, _Read] = {
    "skip": lambda found: iter(()),
    "time": _time,
    "mixed": _mixed,
    "fraction": _fraction,
    "vulgar": _vulgar,
    "spaced": _number,
    "number": _number,
    **{name: partial(_word, name) for name in WORD_GROUPS},
}


_GAPS = frozenset({"", " ", "-", "  ", " - "})
_LONGEST_GAP = 6


class Tokens(list[Token]):
    """The number tokens of `text` (folded), in order."""

    def __init__(self, text: str, tokens: Iterable[Token]) -> None:
        super().__init__(tokens)
        self.text = text

    def gap(self, i: int) -> str:
        """What stands before token i, cut short; a line break where no token can join."""
        if not 0 < i < len(self):
            return "\n"
        start = self[i - 1].end
        return self.text[start : min(self[i].start, start + _LONGEST_GAP)]

    def joined(self, i: int) -> str:
        """The role of token i if it directly follows the token before it, else ''.

        Nothing follows a classifier: তিনটি হাজার টাকার নোট is not 3000.
        """
        if self.gap(i) not in _GAPS or self[i - 1].closed:
            return ""
        return self[i].role


def scan(folded: str) -> Tokens:
    """The number tokens of a folded text, in linear time."""
    readers = dict(_READERS)
    if _RATIO.search(folded):  # 3:20 is a ratio there and no time of day
        readers["time"] = partial(_pair, ("hour", "minute"))
    tokens = (
        token
        for found in TOKEN.finditer(folded)
        for token in readers[found.lastgroup or "skip"](found)
    )
    return Tokens(folded, tokens)
