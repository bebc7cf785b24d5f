"""How a problem writes its numbers: script, grouping, number words, money, classifiers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Literal
from unicodedata import normalize

from dagger_core.numerals.read import Number
from dagger_core.numerals.show import show, to_ascii_digits, to_bangla_digits

Lang = Literal["en", "bn"]

_WORDS: dict[Lang, str] = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
    "bn": "শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয় দশ এগারো বারো তেরো চৌদ্দ পনেরো ষোলো সতেরো আঠারো উনিশ বিশ",
}
#: Number words from zero to twenty.
WORDS = {lang: normalize("NFC", text).split() for lang, text in _WORDS.items()}

_MULTIPLES: dict[Lang, dict[int, tuple[str, ...]]] = {
    "en": {2: ("twice", "2 times", "two times"), 3: ("three times", "3 times", "thrice")},
    "bn": {2: ("দ্বিগুণ", "২ গুণ", "দুই গুণ"), 3: ("তিনগুণ", "৩ গুণ", "তিন গুণ"), 4: ("চারগুণ", "৪ গুণ")},
}
_PARTS: dict[Lang, dict[Fraction, tuple[str, ...]]] = {
    "en": {
        Fraction(1, 2): ("half", "one half", "1/2"),
        Fraction(1, 3): ("one third", "one-third", "a third", "1/3"),
        Fraction(2, 3): ("two thirds", "two-thirds", "2/3"),
        Fraction(1, 4): ("one fourth", "a quarter", "one-fourth", "1/4"),
        Fraction(3, 4): ("three fourths", "three-fourths", "3/4"),
        Fraction(1, 5): ("one fifth", "one-fifth", "1/5"),
        Fraction(2, 5): ("two fifths", "two-fifths", "2/5"),
    },
    "bn": {
        Fraction(1, 2): ("অর্ধেক", "১/২ অংশ"),
        Fraction(1, 3): ("এক-তৃতীয়াংশ", "১/৩ অংশ", "তিন ভাগের এক ভাগ"),
        Fraction(2, 3): ("দুই-তৃতীয়াংশ", "২/৩ অংশ", "তিন ভাগের দুই ভাগ"),
        Fraction(1, 4): ("এক-চতুর্থাংশ", "১/৪ অংশ", "চার ভাগের এক ভাগ"),
        Fraction(3, 4): ("তিন-চতুর্থাংশ", "৩/৪ অংশ", "চার ভাগের তিন ভাগ"),
        Fraction(1, 5): ("এক-পঞ্চমাংশ", "১/৫ অংশ", "পাঁচ ভাগের এক ভাগ"),
        Fraction(2, 5): ("দুই-পঞ্চমাংশ", "২/৫ অংশ", "পাঁচ ভাগের দুই ভাগ"),
    },
}
_HALVES = {1: "দেড়", 2: "আড়াই"}
_PERCENT: dict[Lang, tuple[str, ...]] = {
    "en": ("{}%", "{}%", "{} percent"),
    "bn": ("{}%", "{}%", "শতকরা {} ভাগ", "{} শতাংশ"),
}
#: Ways to write an amount of money: the currency's word, and its pattern.
_MONEY: dict[Lang, tuple[tuple[str, str], ...]] = {
    "en": (
        *(("dollars", "${}"),) * 6,
        ("dollars", "$ {}"),
        ("dollars", "{} dollars"),
        ("taka", "{} taka"),
        ("taka", "Tk {}"),
        ("rupees", "{} rupees"),
    ),
    "bn": (*(("টাকা", "{} টাকা"),) * 12, ("টাকা", "৳{}"), ("ডলার", "{} ডলার")),
}


@lru_cache(maxsize=8192)
def _shown(value: Number, lang: Lang, grouping: bool) -> str:
    return show(value, lang, grouping=grouping)


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one problem's writer.

    Args:
        lang: language of the text.
        ascii_digits: whether Bangla text has ASCII digits.
        words: how readily a small number is written as a word, 0 to 1.
        grouping: whether digits are grouped (1,200; Indian grouping in Bangla).
        gap: what stands between a number and its classifier (৫টি, ৫ টি).
        classifier: what the writer says for টি.
        currency: the word for the money's unit.
        money: the pattern of an amount.
    """

    lang: Lang
    ascii_digits: bool
    words: float
    grouping: bool
    gap: str
    classifier: str
    currency: str
    money: str

    @classmethod
    def draw(cls, rng: Random, lang: Lang) -> Style:
        """Habits at random, in about the proportions of schoolbooks."""
        currency, money = rng.choice(_MONEY[lang])
        return cls(
            lang=lang,
            ascii_digits=lang == "en" or rng.random() < 0.15,
            words=rng.choice((0, 0, 0, 0, 0.1, 0.1, 0.5)),
            grouping=rng.random() < 0.35,
            gap=rng.choice(("", "", " ")),
            classifier="টা" if rng.random() < 0.08 else "টি",
            currency=currency,
            money=money,
        )

    def number(self, value: Number, rng: Random) -> str:
        """A number, in digits or now and then as a word."""
        text = self._spelled(value, rng) or self._halves(value, rng)
        # নয় alone also means "is not".
        return text if text and text != WORDS["bn"][9] else self.digits(value)

    def _spelled(self, value: Number, rng: Random) -> str | None:
        words = WORDS[self.lang]
        # One is an article ("one", এক) rather than a number.
        small = isinstance(value, int) and 1 < value < len(words)
        return words[int(value)] if small and rng.random() < self.words else None

    def _halves(self, value: Number, rng: Random) -> str | None:
        """Bangla words for one and a half, two and a half, and so on."""
        if self.lang != "bn" or Fraction(value).denominator != 2 or rng.random() > self.words:
            return None
        whole = int(value)
        return _HALVES.get(whole) or (f"সাড়ে {WORDS['bn'][whole]}" if 2 < whole <= 20 else None)

    def digits(self, value: Number) -> str:
        """A number in the writer's digits."""
        return _shown(value, "en" if self.ascii_digits else self.lang, self.grouping)

    def ungrouped(self, value: Number) -> str:
        """A number in the writer's digits that is never grouped, as years are not."""
        return _shown(value, "en" if self.ascii_digits else self.lang, False)

    def counted(self, value: Number, classifier: str, rng: Random) -> str:
        """A number with its classifier: ৫টি, ৫ জন, তিনটি."""
        if classifier == "টি":
            classifier = self.classifier
        if not classifier:
            return self.number(value, rng)
        word = self._spelled(value, rng)
        return word + classifier if word else self.digits(value) + self.gap + classifier

    def amount(self, value: Number, form: str) -> str:
        """An amount of money, in Bangla with a case ending ('s or .e) if asked."""
        text = self.digits(value)
        if isinstance(value, Fraction):
            text = self._cents(value)
        pattern = self.money
        if self.lang == "bn" and form:
            ending = {"'s": {"টাকা": "র", "ডলার": "ের"}, ".e": {"টাকা": "য়", "ডলার": "ে"}}
            return f"{text} {self.currency}{ending[form][self.currency]}"
        return pattern.format(text)

    def _cents(self, value: Fraction) -> str:
        text = f"{Decimal(value.numerator) / Decimal(value.denominator):.2f}"
        return text if self.ascii_digits else to_bangla_digits(text)

    def percent(self, value: Number, rng: Random) -> str:
        """20%, 20 percent, শতকরা ২০ ভাগ."""
        return rng.choice(_PERCENT[self.lang]).format(self.digits(value))

    def multiple(self, value: Number, rng: Random) -> str:
        """twice, 3 times; দ্বিগুণ, ৩ গুণ."""
        known = _MULTIPLES[self.lang].get(int(value))
        if known:
            text = rng.choice(known)
        else:
            text = self.number(value, rng) + (" times" if self.lang == "en" else " গুণ")
        return self._script(text)

    def part(self, value: Number, rng: Random) -> str:
        """half, one third; অর্ধেক, এক-তৃতীয়াংশ."""
        return self._script(rng.choice(_PARTS[self.lang][Fraction(value)]))

    def _script(self, text: str) -> str:
        if self.lang == "bn" and self.ascii_digits:
            return to_ascii_digits(text)
        return text
