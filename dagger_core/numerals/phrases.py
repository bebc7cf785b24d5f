"""The number phrases of a text: cardinals and fractions with their percent sign or ending."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from dagger_core.numerals.cardinals import CARDINAL
from dagger_core.numerals.fold import fold
from dagger_core.numerals.patterns import BANGLA
from dagger_core.numerals.phrase import Phrase, counted, decimal, part, single
from dagger_core.numerals.scan import Tokens, scan
from dagger_core.numerals.shares import PARTS, mixed, share

_AFTER = re.compile(
    rf"""
    (?P<percent>[ ]?(?:%|(?:percent|per[ ]cent)(?![a-z])|{fold("শতাংশ|পারসেন্ট|পার্সেন্ট")[0]}))
  | (?P<ordinal>(?:st|nd|rd|th)(?![a-z])|(?:{fold("ম|য়|র্থ|ষ্ঠ|তম|লা|রা|ঠা|শে|ই")[0]})(?!{BANGLA}))
  | (?P<multiplier>[ ]?(?:{fold("গুণ|গুন")[0]}))
    """,
    re.VERBOSE,
)
_MODIFIABLE = frozenset({"digit", "word", "fraction"})


def phrases(folded: str) -> Iterator[Phrase]:
    """The number phrases of a folded text, in order and without overlap."""
    tokens = scan(folded)
    i = 0
    while i < len(tokens):
        read = _BY_ROLE.get(tokens[i].role)
        phrase = read(tokens, i) if read else None
        if phrase is None:
            i += 1
            continue
        phrase = _modified(tokens, phrase)
        if not phrase.lone:
            yield phrase
        i = phrase.next


def _modified(tokens: Tokens, phrase: Phrase) -> Phrase:
    """The phrase with the percent sign, ordinal ending or গুণ after it."""
    found = _AFTER.match(tokens.text, phrase.end)
    last = tokens[phrase.next - 1].role
    if found is None or phrase.kind not in _MODIFIABLE or (phrase.lone and last != "one"):
        return phrase
    kind = str(found.lastgroup)
    if kind == "ordinal" and last != "number":
        return phrase
    return replace(phrase, end=found.end(), kind=kind, lone=False)


def _per_hundred(tokens: Tokens, i: int) -> Phrase | None:
    """শতকরা ২০ is 20%."""
    phrase = counted(tokens, i + 1) if tokens.joined(i + 1) in CARDINAL else None
    return phrase and replace(phrase, kind="percent", lone=False)


def _number(tokens: Tokens, i: int) -> Phrase | None:
    """A cardinal, with the fraction that it is part of."""
    phrase = counted(tokens, i)
    if phrase is None:
        return None
    reads = (mixed, share, decimal)
    return next(filter(None, (read(tokens, phrase) for read in reads)), phrase)


_BY_ROLE: dict[str, Callable[[Tokens, int], Phrase | None]] = {
    **dict.fromkeys(CARDINAL, _number),
    **dict.fromkeys(("fraction", "time", "multiplier", "group"), single),
    **dict.fromkeys(PARTS, part),
    "per_hundred": _per_hundred,
}
