"""The words that a trace's reward looks for, in English and Bangla, and the units of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

#: Words that lead from one step to the next.
TRANSITIONS = (
    *("first", "then", "next", "after that", "now", "so", "since", "because", "thus", "hence"),
    *("therefore", "finally", "this means", "which gives", "we get"),
    *("প্রথমে", "তারপর", "এরপর", "পরে", "এখন", "তাই", "কারণ", "যেহেতু", "সেহেতু", "ফলে"),
    *("অতএব", "সুতরাং", "কাজেই", "অর্থাৎ", "শেষে", "সবশেষে"),
)
#: Words that open a conclusion.
CONCLUSIONS = (
    *("therefore", "thus", "hence", "so", "finally", "in conclusion", "the answer is"),
    *("অতএব", "সুতরাং", "কাজেই", "তাই", "সবশেষে", "উত্তর"),
)
#: Words that leave no doubt.
SURE = (
    *("definitely", "certainly", "obviously", "clearly", "undoubtedly", "surely"),
    *("without a doubt", "no doubt", "of course", "i am sure", "i'm sure", "100% sure"),
    *("নিশ্চিত", "নিশ্চিতভাবে", "নিশ্চয়ই", "অবশ্যই", "নিঃসন্দেহে", "স্পষ্টতই", "সন্দেহ নেই"),
)
#: Words that leave a doubt.
UNSURE = (
    *("probably", "maybe", "perhaps", "possibly", "i think", "i guess", "it seems"),
    *("not sure", "not certain", "uncertain", "might be", "could be"),
    *("সম্ভবত", "হয়তো", "মনে হয়", "হতে পারে", "নিশ্চিত নই", "অনিশ্চিত"),
)
#: How sure a trace says it is, in percent: "Confidence: 80%", "আস্থা: ৮০%".
STATED = re.compile(r"(?:confidence|certainty|আস্থা|নিশ্চয়তা)\s*(?:is|:|=|-)?\s*(\d{1,3})\s*%", re.I)
#: The mark of a step at the start of a line: "Step 2:", "2.", "(2)", "ধাপ ২:", "২।".
STEP_MARK = re.compile(
    r"^\W*(?:(?:step|ধাপ|পদক্ষেপ)\s*(\d{1,2})\b|(\d{1,2})\s*[.):।](?!\d))", re.IGNORECASE
)

_QUANTITIES: dict[str, dict[str, tuple[Fraction, str]]] = {
    "length": {
        "m": (Fraction(1), "m meter metre meters metres মিটার মি"),
        "km": (Fraction(1000), "km kms kilometer kilometre kilometers kilometres কিলোমিটার কিমি"),
        "cm": (Fraction(1, 100), "cm centimeter centimetre centimeters centimetres সেন্টিমিটার সেমি"),
        "mm": (Fraction(1, 1000), "mm millimeter millimetre millimeters millimetres মিলিমিটার মিমি"),
    },
    "time": {
        "s": (Fraction(1), "s sec secs second seconds সেকেন্ড"),
        "min": (Fraction(60), "min mins minute minutes মিনিট"),
        "h": (Fraction(3600), "h hr hrs hour hours ঘণ্টা ঘন্টা"),
        "day": (Fraction(86400), "day days দিন"),
        "week": (Fraction(604800), "week weeks সপ্তাহ"),
    },
    "mass": {
        "g": (Fraction(1), "g gram grams গ্রাম"),
        "kg": (Fraction(1000), "kg kgs kilogram kilograms কিলোগ্রাম কেজি"),
    },
    "volume": {
        "l": (Fraction(1), "l liter litre liters litres লিটার"),
        "ml": (Fraction(1, 1000), "ml milliliter millilitre milliliters millilitres মিলিলিটার"),
    },
    "taka": {"taka": (Fraction(1), "taka tk bdt ৳ টাকা")},
    "dollar": {
        "$": (Fraction(1), "$ dollar dollars usd ডলার"),
        "cent": (Fraction(1, 100), "cent cents সেন্ট"),
    },
    "rupee": {"rupee": (Fraction(1), "rupee rupees ₹ রুপি")},
    "share": {"%": (Fraction(1), "% percent শতাংশ")},
}
#: Unit, by each of its spellings: what it measures, and how many of the base unit it is.
UNITS = {
    spelling: (measured, factor)
    for measured, table in _QUANTITIES.items()
    for factor, spellings in table.values()
    for spelling in spellings.split()
}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    # \b does not hold beside Bangla vowel signs, which are marks and no letters.
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w\u0980-\u09ff])(?:{'|'.join(map(re.escape, longest_first))})(?![\w\u0980-\u09ff])"
    )


TRANSITION, CONCLUSION = _pattern(TRANSITIONS), _pattern(CONCLUSIONS)
CERTAIN, DOUBT = _pattern(SURE), _pattern(UNSURE)
