"""Fractions made of several words: two and a half, two thirds, পাঁচ ভাগের তিন ভাগ."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from dagger_core.numerals.cardinals import AND, CARDINAL
from dagger_core.numerals.fold import fold
from dagger_core.numerals.phrase import ORDINALS, Phrase, counted, part, single
from dagger_core.numerals.scan import Tokens, simple

# What follows "a third" when it is a share; in "a third friend" it is an ordinal.
_SHARE_OF = re.compile(
    r"[ ]?(?:(?:of|as|the|that|than|this|more|less|fewer|his|her|their|its|my|your|full)(?![a-z])"
    r"|[.,;?!)]|$)"
)
_OF = re.compile(r"[ ]of(?![a-z])")
_SHARE_BN = re.compile(fold("[ ]?(?:ভাগ|অংশ)")[0])
#: Roles of words that are a fraction by themselves.
PARTS = ("part", "half", "quarter")


def mixed(tokens: Tokens, whole: Phrase) -> Phrase | None:
    """The mixed number whose whole part is given: two and a half, 2 and 3/4."""
    i = whole.next
    if tokens.gap(i) not in AND or whole.value % 1 or tokens[i - 1].role == "article":
        return None
    read = _FRACTIONS.get(tokens[i].role)
    rest = read(tokens, i) if read else None
    if rest is None or rest.kind != "fraction" or not 0 < rest.value < 1:
        return None
    if tokens[i].role in PARTS and _OF.match(tokens.text, rest.end):
        return None  # "5 and half of the rest"
    value, parts = whole.value + rest.value, (whole.value, *rest.parts)
    return Phrase(value, whole.start, rest.end, rest.next, "fraction", parts)


def _numerator(tokens: Tokens, i: int) -> Phrase | None:
    phrase = counted(tokens, i)
    return phrase and share(tokens, phrase)


def share(tokens: Tokens, over: Phrase) -> Phrase | None:
    """The fraction whose numerator is `over`: two thirds, a quarter, এক-তৃতীয়াংশ."""
    i = over.next
    role = tokens.joined(i)
    if role == "parts_of":
        return _parts_of(tokens, over)
    if over.value % 1 or (role not in _IS_DENOMINATOR and role not in ORDINALS):
        return None
    if role == "ordinal" or not _IS_DENOMINATOR[role](tokens, over):
        # "twenty third" is an ordinal; in "two third graders" two is a number.
        ordinal = role in ORDINALS and over.kind == "word" and over.value % 10 == 0
        return replace(over, next=i + 1, lone=True) if ordinal else None
    value = simple(Fraction(over.value) / tokens[i].value)
    parts = (over.value, tokens[i].value)
    return Phrase(value, over.start, tokens[i].end, i + 1, "fraction", parts)


def _is_singular(tokens: Tokens, over: Phrase) -> bool:
    """one third, a third of; not "a third friend"."""
    after_article = tokens[over.next - 1].role == "article"
    end = tokens[over.next].end
    return over.value == 1 and (not after_article or bool(_SHARE_OF.match(tokens.text, end)))


def _is_quarter(tokens: Tokens, over: Phrase) -> bool:
    """three-quarters, 3 quarters of; not "3 quarters", which are coins."""
    counted = tokens.gap(over.next) == "-" or _OF.match(tokens.text, tokens[over.next].end)
    return over.value == 1 or bool(counted)


_IS_DENOMINATOR: dict[str, Callable[[Tokens, Phrase], bool]] = {
    "denominator": _is_singular,
    "denominators": lambda tokens, over: True,
    "part": lambda tokens, over: True,
    "half": lambda tokens, over: over.value == 1,
    "quarter": _is_quarter,
}


def _parts_of(tokens: Tokens, under: Phrase) -> Phrase | None:
    """পাঁচ ভাগের তিন ভাগ = 3/5."""
    i = under.next + 1
    over = counted(tokens, i) if tokens.joined(i) in CARDINAL else None
    if over is None or not under.value:
        return None
    share = _SHARE_BN.match(tokens.text, over.end)
    end = share.end() if share else over.end
    value = simple(Fraction(over.value) / under.value)
    return Phrase(value, under.start, end, over.next, "fraction", (over.value, under.value))


_FRACTIONS: dict[str, Callable[[Tokens, int], Phrase | None]] = {
    **dict.fromkeys(CARDINAL, _numerator),
    "fraction": single,
    **dict.fromkeys(PARTS, part),
}
