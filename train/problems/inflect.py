"""Case endings of Bangla words, by the last letter, and English pronouns."""

from __future__ import annotations

_INDEPENDENT = "অআইঈউঊঋএঐওঔ"
_VOWEL_SIGNS = "ািীুূৃেো"
_DIPHTHONG_SIGNS = "ৈৌ"

#: English pronouns by gender: subject, object, possessive.
PRONOUNS: dict[str, dict[str, str]] = {
    "m": {"he": "he", "him": "him", "his": "his"},
    "f": {"he": "she", "him": "her", "his": "her"},
}


def genitive(word: str) -> str:
    """রহিম → রহিমের, মিনা → মিনার, বই → বইয়ের, রেডিও → রেডিওর."""
    last = word[-1]
    if last == "ও":
        return word + "র"
    if last in _VOWEL_SIGNS:
        return word + ("য়ের" if _short(word) else "র")
    if last in _INDEPENDENT or last in _DIPHTHONG_SIGNS:
        return word + "য়ের"
    return word + "ের"


def objective(word: str) -> str:
    """রহিম → রহিমকে."""
    return word + "কে"


def locative(word: str) -> str:
    """বাক্স → বাক্সে, ঝুড়ি → ঝুড়িতে, থলে → থলেতে, মেলা → মেলায়."""
    last = word[-1]
    if last == "া":
        return word + "য়"
    if last in _VOWEL_SIGNS or last in _INDEPENDENT or last in _DIPHTHONG_SIGNS:
        return word + "তে"
    return word + "ে"


def _short(word: str) -> bool:
    # One consonant and a vowel sign (চা, ঘি, মা) take a glide: চায়ের.
    return len(word) == 2


#: Endings of Bangla slots: {A's}, {A.ke}, {c.e}.
BANGLA_FORMS = {"'s": genitive, ".ke": objective, ".e": locative}
