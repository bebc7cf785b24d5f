"""What a question is about, so that no distractor speaks about the same."""

from __future__ import annotations

import re

_CLUES = {
    "price": (
        r"\$|\b(cost|price|money|pay|paid|spen[dt]|earn|dollar|cent|taka|rupee|sell|sold|buy|bought"
        r"|cheap)|টাকা|দাম|মূল্য|খরচ|ব্যয়|আয়|৳|ডলার|বিক্রি|কিন|কেনা|বেতন"
    ),
    "weight": r"\b(kg|kilo|gram|pound|ounce|weigh|heav)|কেজি|গ্রাম|ওজন|মণ",
    "age": r"\b(age|old|young|birthday|year)|বয়স|বছর|জন্ম",
    "length": (
        r"\b(km|kilomet|met(er|re)|mile|feet|foot|inch|cm|long|wide|tall|high|far|distance|length"
        r"|area)|কিমি|কিলোমিটার|মিটার|মাইল|ফুট|ইঞ্চি|সেমি|লম্বা|দূর|দৈর্ঘ্য|প্রস্থ|উচ্চতা|ক্ষেত্রফল"
    ),
    "time": (r"\b(hour|minute|day|week|month|time|long)|ঘণ্টা|ঘন্টা|মিনিট|দিন|সপ্তাহ|মাস|সময়|বাজে"),
    "heat": r"\b(temperature|degree|celsius|hot|cold|percent)|%|তাপমাত্রা|ডিগ্রি|শতকরা|শতাংশ",
}
_TOPICS = {topic: re.compile(clues, re.IGNORECASE) for topic, clues in _CLUES.items()}


def touches(topic: str, text: str) -> bool:
    """Whether the text speaks about the topic; it never does about no topic ("")."""
    return bool(topic) and bool(_TOPICS[topic].search(text))
