"""Number words of Bangla and English, as data: `LEXICON` gives each spelling's role and value.

A role says how a word combines with its neighbours; `mentions` reads it:

- small: a number by itself (seven, সাত); may follow a scale (two hundred *seven*).
- one: like small, but alone it is an article or a pronoun (one, এক).
- article: a number only before a scale or a fraction (*a* hundred, *a* third).
- scale: multiplies what stands before it (hundred, শত, লক্ষ).
- shift: added to the number after it (সাড়ে তিন = 3 + 1/2, পৌনে চার = 4 - 1/4).
- denominator, denominators: third and thirds; alone they are ordinals.
- ordinal: no denominator either (first).
- part: a denominator that stands alone too (halves, চতুর্থাংশ).
- half, quarter: a part that a number before it rarely counts ("4 half dozen", "3 quarters" of
  a dollar each).
- multiplier, group: complete (twice, দ্বিগুণ; dozen, জোড়া).
- point: between a whole number and its decimals (তিন *দশমিক* পাঁচ).
- per_hundred: makes the number after it a percentage (শতকরা).
- parts_of: between denominator and numerator (পাঁচ *ভাগের* তিন ভাগ = 3/5).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from dagger_core.numerals.fold import fold

Exact = int | Fraction


class Word(NamedTuple):
    """What a number word means: its role (see the module) and its value."""

    role: str
    value: Exact


# Index = value; several spellings of one value are separated by spaces.
_BANGLA_TO_99 = """
শূন্য|এক|দুই|তিন|চার|পাঁচ পাচ|ছয়|সাত|আট||দশ|এগারো এগার|বারো|তেরো তের|চৌদ্দ চোদ্দ|পনেরো পনের
ষোলো ষোল|সতেরো সতের|আঠারো আঠার|উনিশ ঊনিশ|বিশ কুড়ি|একুশ|বাইশ|তেইশ|চব্বিশ|পঁচিশ পচিশ|ছাব্বিশ|সাতাশ
আটাশ আঠাশ|ঊনত্রিশ উনত্রিশ|ত্রিশ তিরিশ|একত্রিশ|বত্রিশ|তেত্রিশ|চৌত্রিশ|পঁয়ত্রিশ পয়ত্রিশ|ছত্রিশ
সাঁইত্রিশ সাইত্রিশ|আটত্রিশ|ঊনচল্লিশ উনচল্লিশ|চল্লিশ|একচল্লিশ|বিয়াল্লিশ|তেতাল্লিশ|চুয়াল্লিশ
পঁয়তাল্লিশ পয়তাল্লিশ|ছেচল্লিশ|সাতচল্লিশ|আটচল্লিশ|ঊনপঞ্চাশ উনপঞ্চাশ|পঞ্চাশ|একান্ন|বায়ান্ন বাহান্ন
তিপ্পান্ন|চুয়ান্ন|পঞ্চান্ন|ছাপ্পান্ন|সাতান্ন|আটান্ন|ঊনষাট উনষাট|ষাট|একষট্টি|বাষট্টি|তেষট্টি
চৌষট্টি|পঁয়ষট্টি পয়ষট্টি|ছেষট্টি|সাতষট্টি|আটষট্টি|ঊনসত্তর উনসত্তর|সত্তর|একাত্তর|বাহাত্তর
তিয়াত্তর|চুয়াত্তর|পঁচাত্তর পচাত্তর|ছিয়াত্তর|সাতাত্তর|আটাত্তর|ঊনআশি উনআশি ঊনাশি উনাশি|আশি|একাশি
বিরাশি|তিরাশি|চুরাশি|পঁচাশি পচাশি|ছিয়াশি|সাতাশি|আটাশি অষ্টাশি|ঊননব্বই উননব্বই|নব্বই|একানব্বই
বিরানব্বই|তিরানব্বই|চুরানব্বই|পঁচানব্বই পচানব্বই|ছিয়ানব্বই|সাতানব্বই|আটানব্বই|নিরানব্বই
"""

BANGLA_CARDINALS: dict[str, Exact] = {
    spelling: value
    for value, cell in enumerate(_BANGLA_TO_99.strip().replace("\n", "|").split("|"))
    for spelling in cell.split()
}
BANGLA_CARDINALS.update({"দেড়": Fraction(3, 2), "আড়াই": Fraction(5, 2), "অর্ধশত": 50})

# Numbers only with a classifier, unit or scale after them: নয় is also "is not".
BANGLA_WEAK = {"দু": 2, "ছ": 6, "নয়": 9}

# Numbers only with a classifier or scale after them: বার is also "times".
BANGLA_WEAKEST = {"বার": 12}

# Written after a number without a space (দুটি, তিনখানা), and the endings any word takes.
BANGLA_CLASSIFIERS = "টি টা টো টে খানা খানি টুকু জনা"
BANGLA_CASES = "এর ের য়ের র কে তে ে য়ে য়"
BANGLA_EMPHASIS = "ই ও"

# Words that only look like a number with an ending: "stuck", "in the decade", and ২১শে.
BANGLA_LOOKALIKES = "আটকে দশকে শে কুড়িয়ে কুড়িয়েছে কুড়িয়েছি কুড়িয়েছিল কুড়িয়েছিলাম"

# Nouns that are written together with the number before them (তিনদিনে, দুজনের).
BANGLA_UNITS = """
জন গুণ গুন বার দিন রাত মাস বছর বৎসর সপ্তাহ ঘণ্টা ঘন্টা মিনিট সেকেন্ড টাকা পয়সা ডলার কেজি কিলো কিমি মিটার সেমি
সেন্টিমিটার লিটার মিলি গ্রাম গজ ফুট ইঞ্চি হাত মাইল তলা ভাগ অংশ অঙ্ক অংক পাতা পৃষ্ঠা বন্ধু ভাই বোন ছেলে মেয়ে বাক্স
প্যাকেট
"""

_BANGLA_SHIFTS = {
    "সাড়ে": Fraction(1, 2),
    "পৌনে": Fraction(-1, 4),
    "সওয়া": Fraction(1, 4),
    "সোয়া": Fraction(1, 4),
}

BANGLA_SCALES = {
    "শত": 100,
    "শো": 100,
    "শ": 100,
    "হাজার": 1_000,
    "লক্ষ": 100_000,
    "লাখ": 100_000,
    "কোটি": 10_000_000,
    "মিলিয়ন": 1_000_000,
    "বিলিয়ন": 1_000_000_000,
}

_BANGLA_HALVES = {"অর্ধেক": 2, "অর্ধাংশ": 2, "অর্ধ": 2, "আধা": 2, "আধ": 2, "সিকি": 4, "পোয়া": 4}

BANGLA_PARTS = {
    "তৃতীয়াংশ": 3,
    "চতুর্থাংশ": 4,
    "পঞ্চমাংশ": 5,
    "ষষ্ঠাংশ": 6,
    "সপ্তমাংশ": 7,
    "অষ্টমাংশ": 8,
    "নবমাংশ": 9,
    "দশমাংশ": 10,
}

_BANGLA_MULTIPLIERS = {"দ্বিগুণ": 2, "দ্বিগুন": 2, "দুগুণ": 2, "ত্রিগুণ": 3, "চতুর্গুণ": 4}

_BANGLA_GROUPS = {"ডজন": 12, "জোড়া": 2, "হালি": 4}

_ENGLISH_TO_19 = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)

_ENGLISH_CARDINALS = {word: value for value, word in enumerate(_ENGLISH_TO_19.split())} | {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

_ENGLISH_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}

_ENGLISH_DENOMINATORS = {
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "sixteenth": 16,
    "twentieth": 20,
    "hundredth": 100,
}

_ENGLISH_QUARTERS = {"quarter": 4, "quarters": 4}

_ENGLISH_MULTIPLIERS = {
    word: value
    for value, words in (
        (2, "twice double doubles doubled doubling"),
        (3, "thrice triple triples tripled tripling treble"),
        (4, "quadruple quadruples quadrupled"),
    )
    for word in words.split()
}

# Not pair, couple, decade: graphs of "a pair of shoes" have no 2.
_ENGLISH_GROUPS = {"dozen": 12, "dozens": 12}

_ENGLISH_ARTICLES = {
    "a": 1,
    "an": 1,
    "another": 1,
    "other": 1,
    "remaining": 1,
    "last": 1,
}


def _lexicon() -> dict[str, Word]:
    # The last entry of a spelling counts: "one" is first a small number and then a one.
    tables: tuple[tuple[str, Mapping[str, Exact]], ...] = (
        ("small", BANGLA_CARDINALS),
        ("small", BANGLA_WEAK),
        ("small", BANGLA_WEAKEST),
        ("shift", _BANGLA_SHIFTS),
        ("scale", BANGLA_SCALES),
        ("half", _BANGLA_HALVES),
        ("part", BANGLA_PARTS),
        ("multiplier", _BANGLA_MULTIPLIERS),
        ("group", _BANGLA_GROUPS),
        ("per_hundred", {"শতকরা": 100}),
        ("parts_of", {"ভাগের": 1}),
        ("small", _ENGLISH_CARDINALS),
        ("scale", _ENGLISH_SCALES),
        ("point", {"point": 1, "দশমিক": 1}),
        ("ordinal", {"first": 1}),
        ("denominator", _ENGLISH_DENOMINATORS),
        ("denominators", {word + "s": n for word, n in _ENGLISH_DENOMINATORS.items()}),
        ("half", {"half": 2}),
        ("part", {"halves": 2}),
        ("quarter", _ENGLISH_QUARTERS),
        ("multiplier", _ENGLISH_MULTIPLIERS),
        ("group", _ENGLISH_GROUPS),
        ("one", {"one": 1, "এক": 1}),
        ("article", _ENGLISH_ARTICLES),
    )
    return {
        fold(spelling)[0]: Word(role, value)
        for role, table in tables
        for spelling, value in table.items()
    }


LEXICON: dict[str, Word] = _lexicon()
