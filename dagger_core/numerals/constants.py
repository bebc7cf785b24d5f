"""Constants that a problem uses without saying them: 7 days in a week, 100 percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from dagger_core.numerals.fold import fold
from dagger_core.numerals.words import Exact


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that needs no mention, and what it stands for, in both languages."""

    value: Exact
    en: str
    bn: str


def _c(value: Exact, en: str, bn: str) -> Constant:
    return Constant(value, en, bn)


# (words of the text that call for the constants, the constants); "" is every text.
_TABLE: tuple[tuple[str, tuple[Constant, ...]], ...] = (
    ("", (_c(1, "the whole", "পুরোটা"), _c(2, "both", "উভয়"), _c(100, "per hundred", "প্রতি শতে"))),
    (
        r"\bweek|\bdays?\b|\bdaily|সপ্তাহ|দিন",
        (_c(7, "days in a week", "এক সপ্তাহে দিন"), _c(5, "workdays in a week", "সপ্তাহে কর্মদিবস")),
    ),
    (r"\bday|\bdaily|\bhour|দিন|ঘণ্টা|ঘন্টা", (_c(24, "hours in a day", "এক দিনে ঘণ্টা"),)),
    (
        r"\bminute|\bhour|\bmins?\b|\bsec|\bhrs?\b|\b(?:mph|kmph|kmh)\b|/h\b|[0-9]:[0-9]|মিনিট|ঘণ্টা|ঘন্টা|সেকেন্ড",
        (
            _c(60, "minutes in an hour", "এক ঘণ্টায় মিনিট"),
            _c(3600, "seconds in an hour", "এক ঘণ্টায় সেকেন্ড"),
        ),
    ),
    (
        r"\byear|\bmonth|\bannual|\bold\b|\bage|বছর|বৎসর|মাস|বার্ষিক|বয়স",
        (_c(12, "months in a year", "এক বছরে মাস"), _c(365, "days in a year", "এক বছরে দিন")),
    ),
    (
        r"\bmonth|\bday|\bdaily|মাস|দিন",
        (_c(30, "days in a month", "এক মাসে দিন"), _c(4, "weeks in a month", "এক মাসে সপ্তাহ")),
    ),
    (r"\bweek|\byear|\bannual|সপ্তাহ|বছর", (_c(52, "weeks in a year", "এক বছরে সপ্তাহ"),)),
    (r"\bdozen|\binch|\bfeet\b|\bfoot\b|ডজন|ফুট|ইঞ্চি", (_c(12, "a dozen", "এক ডজন"),)),
    (
        r"\bkilo|\bkg|\bkm\b|\bgrams?\b|\bmet(?:er|re)|\blit(?:er|re)|\bton|কেজি|কিলো|গ্রাম|মিটার|লিটার|টন",
        (_c(1000, "grams in a kilogram", "এক কিলোগ্রামে গ্রাম"),),
    ),
    (
        r"\bmm\b|millimet|\bcm\b|centimet|\bdimes?\b|মিলিমিটার|সেন্টিমিটার|সেমি",
        (_c(10, "millimetres in a centimetre", "এক সেন্টিমিটারে মিলিমিটার"),),
    ),
    (r"\bpounds?\b|\bounces?\b|\boz\b|\blbs?\b", (_c(16, "ounces in a pound", "এক পাউন্ডে আউন্স"),)),
    (r"\byards?\b|\bfeet\b|\bfoot\b|গজ|ফুট", (_c(3, "feet in a yard", "এক গজে ফুট"),)),
    (r"\btons?\b", (_c(2000, "pounds in a ton", "এক টনে পাউন্ড"),)),
    (
        r"\bsquare|\bperimeter|\bquarter|\bgallon|\bquart|\bleg|\bcar|বর্গ|পরিসীমা|চতুর্ভুজ",
        (_c(4, "four of its kind", "চারটি"),),
    ),
    (r"\btriang|\baverag|ত্রিভুজ|গড়", (_c(3, "three of its kind", "তিনটি"),)),
    (
        r"\bdecade|\bdigits?\b|\bfinger|\btoes?\b|দশক|অঙ্ক|অংক|আঙুল",
        (_c(10, "ten of its kind", "দশটি"),),
    ),
    (
        r"\bjanuary|\bmarch\b|\bjuly\b|\baugust|\boctober|\bdecember|জানুয়ারি|মার্চ|জুলাই|আগস্ট|অক্টোবর|ডিসেম্বর",
        (_c(31, "days in this month", "এই মাসে দিন"),),
    ),
    (
        r"\bgallon|\bpints?\b",
        (_c(8, "pints in a gallon", "এক গ্যালনে পাইন্ট"), _c(16, "cups in a gallon", "এক গ্যালনে কাপ")),
    ),
    (
        r"\bcents?\b|\bpenn|\$|dollar|%|percent|শতাংশ|শতকরা|পয়সা",
        (_c(Fraction(1, 100), "one hundredth", "একশ ভাগের এক ভাগ"),),
    ),
    (
        r"\bdimes?\b",
        (
            _c(Fraction(1, 10), "dollars in a dime", "এক ডাইমে ডলার"),
            _c(10, "cents in a dime", "এক ডাইমে সেন্ট"),
        ),
    ),
    (
        r"\bnickels?\b",
        (
            _c(Fraction(1, 20), "dollars in a nickel", "এক নিকেলে ডলার"),
            _c(5, "cents in a nickel", "এক নিকেলে সেন্ট"),
        ),
    ),
    (r"\bcircle|\bangle|বৃত্ত|কোণ", (_c(360, "degrees in a circle", "বৃত্তে ডিগ্রি"),)),
)

_CUES = tuple((re.compile(fold(cue)[0]), constants) for cue, constants in _TABLE)

#: The values that may stand in a graph without a mention in any text.
KNOWN_CONSTANTS: frozenset[Exact] = frozenset(c.value for _, row in _TABLE for c in row)


def implicit_constants(text: str) -> list[Constant]:
    """The constants that the words of a text call for, each value once; the ones for every
    text (1, 2, 100) first. They stand nowhere in the text, so they have no span.
    """
    folded, _ = fold(text)
    found: dict[Exact, Constant] = {}
    for cue, constants in _CUES:
        if cue.search(folded):
            for constant in constants:
                found.setdefault(constant.value, constant)
    return list(found.values())
