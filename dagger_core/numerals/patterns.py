"""The one regex that finds numerals and number words in a folded text, from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dagger_core.numerals.fold import fold
from dagger_core.numerals.words import (
    BANGLA_CASES,
    BANGLA_CLASSIFIERS,
    BANGLA_EMPHASIS,
    BANGLA_LOOKALIKES,
    BANGLA_PARTS,
    BANGLA_SCALES,
    BANGLA_UNITS,
    BANGLA_WEAK,
    BANGLA_WEAKEST,
    LEXICON,
)


def _either(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(fold(word)[0]) for word in sorted(spellings, key=len, reverse=True))


#: Bangla letters and signs, as a character class.
BANGLA = "[\u0981-\u09e3\u09f0\u09f1]"
_SCALE = _either(BANGLA_SCALES)
_UNIT = rf"(?:{_either(BANGLA_UNITS.split())}){BANGLA}{{0,8}}(?!{BANGLA})"
_CASE = rf"(?:{_either(BANGLA_CASES.split())})?(?:{_either(BANGLA_EMPHASIS.split())})?(?!{BANGLA})"
_CLASSIFIER = rf"(?:{_either(BANGLA_CLASSIFIERS.split())})(?={_CASE})"
# What may follow a number word; only a classifier becomes part of the token.
_TAIL = rf"(?:(?={_CASE}|{_UNIT})|{_CLASSIFIER})"
_SCALE_NEXT = rf"(?:{_SCALE}){_TAIL}"
_LOOKALIKE = rf"(?:{_either(BANGLA_LOOKALIKES.split())})(?!{BANGLA})"
_STRONG_TAIL = rf"(?:{_TAIL}|(?={_SCALE_NEXT}|(?:{_either(BANGLA_PARTS)}){_TAIL}))"
_WEAK_TAIL = rf"(?:(?='?[ ]?{_UNIT}|[ ]?{_SCALE_NEXT})|'?[ ]?{_CLASSIFIER})"
_WEAKEST_TAIL = rf"(?:(?=[ ]?(?:{_SCALE_NEXT}|{fold('জন')[0]}{_CASE}))|[ ]?{_CLASSIFIER})"

_WESTERN = "[0-9]{1,3}(?:,[0-9]{3}){1,9}(?![0-9]|,[0-9])"
_INDIAN = "[0-9]{1,2}(?:,[0-9]{2}){1,9},[0-9]{3}(?![0-9])"
_INT = f"{_WESTERN}|{_INDIAN}|[0-9]+"
# What may be glued to a numeral (5kg, 1990s); 2k, 4a and the like are names.
_UNIT_EN = (
    "kgs?|g|gm|gms|mg|lbs?|oz|ozs|cm|mm|m|km|kms|ft|in|yd|yds|l|ml|cl|h|hr|hrs|min|mins|s|sec|secs"
    "|am|pm|gb|mb|tb|mph|kmh|kph|kw|w|v|p|x|d|th|st|nd|rd|rds|ths|cs|ds|tk|bdt|usd|k?cal"
)
# What may be glued before one (rs500).
_MONEY = "rs|tk|bdt|usd|us|inr|eur|gbp"

_ENGLISH = [word for word in LEXICON if word.isascii()]
_NOT_STRONG = {fold(word)[0] for word in (*BANGLA_WEAK, *BANGLA_WEAKEST, *BANGLA_SCALES)}
_STRONG = [word for word in LEXICON if not word.isascii() and word not in _NOT_STRONG]

#: Each match has one of the groups skip, time, mixed, fraction, vulgar, spaced, number or
#: `WORD_GROUPS` as its last group.
TOKEN = re.compile(
    rf"""
    (?P<skip>
        (?<![a-z0-9])(?!(?:{_MONEY})[0-9])[a-z]+[0-9][0-9a-z]*    # A4, mp3
      | [0-9]+(?:[.,][0-9]+){{0,4}}(?!(?:{_UNIT_EN})(?![a-z0-9])|[a-z]{{4}})[a-z][a-z0-9]*   # 2k
      | [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9])               # 2024-05-17
      | [0-9]{{1,2}}(?P<dash>[-/.])[0-9]{{1,2}}(?P=dash)[0-9]{{2,4}}(?![0-9])   # 17/05/2024
      | [0-9]+(?:\.[0-9]+){{2,5}}                                 # version 1.2.3
    )
  | (?P<time>(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?:[:][0-5][0-9])?(?![0-9:]))
  | (?P<mixed>(?P<whole>[0-9]{{1,9}})[ -](?P<over>[0-9]{{1,9}})/(?P<under>[0-9]{{1,9}})(?![0-9/]))
  | (?P<fraction>(?P<top>[0-9]{{1,18}})[ ]?/[ ]?(?P<bottom>[0-9]{{1,18}})(?:(?:rd|th)s?)?(?![0-9/]))
  | (?P<vulgar>(?:(?P<before>[0-9]{{1,9}})[ ]?)?(?P<glyph>[¼½¾⅐-⅞]))
  | (?P<spaced>(?:(?<=[$€£৳])[0-9]{{1,3}}(?:[ ][0-9]{{3}}){{1,5}}                  # $350 500
      | [0-9]{{1,3}}(?:[ ]000){{1,5}})(?![0-9]))                                  # 10 000
  | (?P<number>(?P<sign>(?<![^\s(])-)?(?:(?:{_INT})(?:\.[0-9]+)?|(?<![^\s$€£৳(-])\.[0-9]+))
  | (?<![a-z0-9])(?P<english>{_either(_ENGLISH)})(?![a-z])
  | (?<!{BANGLA})(?!{_LOOKALIKE})(?:
        (?P<strong>{_either(_STRONG)}){_STRONG_TAIL}
      | (?P<weak>{_either(BANGLA_WEAK)}){_WEAK_TAIL}
      | (?P<weakest>{_either(BANGLA_WEAKEST)}){_WEAKEST_TAIL}
    )
  | (?!{_LOOKALIKE})(?P<glued>{_SCALE}|{_either(BANGLA_PARTS)}){_TAIL}
    """,
    re.VERBOSE | re.ASCII,
)

WORD_GROUPS = ("english", "strong", "weak", "weakest", "glued")
