"""The numbers a text mentions: value, place, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dagger_core.numerals.fold import fold
from dagger_core.numerals.phrase import Phrase
from dagger_core.numerals.phrases import phrases
from dagger_core.numerals.scan import simple
from dagger_core.numerals.words import Exact


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of a text: `text[start:end]` of the original says `value`.

    `kind` is one of:

    - digit: a numeral (12, ১,২০,০০০, 2.5 million, $5); what is glued to it is not in the span
    - word: number words (twenty-five, দুই হাজার পাঁচ শত, দেড়); a Bangla classifier is in the span
    - percent: the value is the number before the sign: 20 for 20%, as graphs write it
    - fraction: 3/4, 2 1/2, half, two thirds, এক-তৃতীয়াংশ, পাঁচ ভাগের তিন ভাগ; what comes out
      even (24/6) is a division of two numbers
    - ordinal: a numeral with an ordinal ending (3rd, ৫ম)
    - multiplier: twice, triple, দ্বিগুণ, তিনগুণ, ৫ গুণ
    - group: dozen, pair, ডজন, হালি; a number before it is a mention of its own
    - time: 3:30 is 3 1/2 hours

    `readings` are the values a graph may hold for it, `value` first: 20 and 1/5 for 20%;
    2/3, 2 and 3 for two thirds; 1/2 and 2 for half.
    """

    value: Exact
    start: int
    end: int
    kind: str
    text: str
    readings: tuple[Exact, ...]


def mentions(text: str) -> list[Mention]:
    """The numbers a text mentions, in order and without overlap; never raises, linear time.

    "one", "a", এক and একটি alone are articles and pronouns, and "first", প্রথম name a place: they
    are no mentions (1 is a known constant, see `constants`). Nor are names (A4, mp3), dates
    and what is not a number by policy P4 (2k).
    """
    folded, offsets = fold(text)
    found = []
    for phrase in phrases(folded):
        start, end = offsets[phrase.start], offsets[phrase.end]
        found.append(
            Mention(phrase.value, start, end, phrase.kind, text[start:end], _readings(phrase))
        )
    return found


def _readings(phrase: Phrase) -> tuple[Exact, ...]:
    percent = (simple(Fraction(phrase.value) / 100),) if phrase.kind == "percent" else ()
    return tuple(dict.fromkeys((phrase.value, *percent, *phrase.parts)))
