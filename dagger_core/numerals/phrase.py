"""A number put together from tokens, in its simplest forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from dagger_core.numerals.cardinals import cardinal
from dagger_core.numerals.scan import Tokens, simple
from dagger_core.numerals.words import Exact


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number of a folded text; `next` is the position of the token after it."""

    value: Exact
    start: int
    end: int
    next: int
    kind: str
    #: The numbers it was written with, where they are not its value.
    parts: tuple[Exact, ...] = ()
    #: An article, pronoun or ordinal (a, one, এক, twenty third): no number of its own.
    lone: bool = False


#: Roles of words that make an ordinal of the number before them (twenty *third*).
ORDINALS = ("denominator", "ordinal")
_DIGITS = ("small", "one", "number")
_FINEST = 10**9  # decimals written as words are cut behind the ninth


def single(tokens: Tokens, i: int) -> Phrase:
    """A token that is a number by itself: 3/4, 3:30, twice, ডজন."""
    token = tokens[i]
    return Phrase(token.value, token.start, token.end, i + 1, token.role, token.parts)


def part(tokens: Tokens, i: int) -> Phrase | None:
    """A fraction of one word: half, quarter, চতুর্থাংশ; in "the third quarter" it is no number."""
    token = tokens[i]
    if token.role == "quarter" and tokens.joined(i) and tokens[i - 1].role in ORDINALS:
        return None
    value = Fraction(1, int(token.value))
    return Phrase(value, token.start, token.end, i + 1, "fraction", (token.value,))


def counted(tokens: Tokens, i: int) -> Phrase | None:
    """The cardinal that begins at token i."""
    found = cardinal(tokens, i)
    if found is None:
        return None
    used = tokens[i : found.next]
    kind = "digit" if any(token.role == "number" for token in used) else "word"
    parts = used[0].parts if found.coefficient is None else (found.coefficient,)
    lone = len(used) == 1 and used[0].role in ("one", "article")
    return Phrase(found.value, used[0].start, used[-1].end, found.next, kind, parts, lone)


def decimal(tokens: Tokens, whole: Phrase) -> Phrase | None:
    """The decimal number whose whole part is given: তিন দশমিক পাঁচ; not "three point shots"."""
    i = whole.next + 1
    if whole.value % 1 or tokens.joined(whole.next) != "point":
        return None
    value, place = Fraction(whole.value), Fraction(1)
    while tokens.joined(i) in _DIGITS and 0 <= tokens[i].value < 10 and tokens[i].value % 1 == 0:
        place /= 10
        value += place * tokens[i].value
        i += 1
        if place.denominator > _FINEST:
            break
    if place == 1:
        return None
    return replace(whole, value=simple(value), end=tokens[i - 1].end, next=i, lone=False)
