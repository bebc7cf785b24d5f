"""Variants of samples: other names and things, sentences that do not matter put in or taken out.

All variants keep the calculation. Words come from the training samples themselves, so nothing
here names a language's words except a few that must not be exchanged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from dagger_core.asked import sentences
from dagger_core.numerals.words import Exact
from train.samples import Sample, drop, insert, mentions_in, renumber

_WORD = re.compile(r"[^\W\d_][\w'\u0980-\u09ff]*")
_COUNTED = {
    "en": re.compile(r"\] (?:more |other |new |red |blue |green )?([a-z]{3,}s)\b"),
    "bn": re.compile(r"\] (?:টি|টা|খানা|টী|জন|টির) ([\u0980-\u09ff]{3,})"),
}
#: Units are not exchanged: what they measure decides the calculation.
_UNITS = frozenset(
    """
    dollars cents hours minutes seconds days weeks months years times miles meters metres feet
    inches yards pounds ounces grams liters litres gallons cups degrees percent units dimes
    nickels quarters pennies points less centimeters kilometers kilograms grades classes
    টাকা ঘন্টা ঘণ্টা মিনিট দিন সপ্তাহ মাস বছর কিমি মিটার কেজি গ্রাম লিটার পয়সা বেশি কম করে মোট আরও
    """.split()  # noqa: SIM905
)
_CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december
    """.split()  # noqa: SIM905
)
#: Share of exchanged things that get a made-up word: which numbers belong together has to be read
#: from the words being equal, not from knowing them.
_MADE_UP = 0.3
_ANAPHORIC = re.compile(
    r"(if |when |then |and |but |so )?(he|she|it|they|his|her|their|its|this|these|that|those|each"
    r"|them|there)\b|(তারপর |এরপর |যদি )?(সে|তিনি|তার|তাকে|তারা|তাদের|এটি|এর|প্রতি)"
)


@dataclass(frozen=True)
class Aside:
    """A masked sentence with numbers that do not matter, and their values."""

    text: str
    values: tuple[Exact, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """What variants are made of.

    Args:
        names: first names, lower case (English only, where capitals tell them).
        things: by language, words for things that are counted.
        asides: by language, sentences that do not matter.
        words: by language, words of all kinds for noise, as often as they occur.
    """

    names: tuple[str, ...]
    things: Mapping[str, tuple[str, ...]]
    asides: Mapping[str, tuple[Aside, ...]]
    words: Mapping[str, tuple[str, ...]]


def lexicon(
    samples: Sequence[Sample], with_asides: Iterable[Sample], questions: Iterable[str]
) -> Lexicon:
    """The lexicon of these samples.

    Args:
        with_asides: samples whose sentences about distractors may stand in other problems.
        questions: raw English questions, for names.
    """
    things: dict[str, Counter[str]] = {"en": Counter(), "bn": Counter()}
    asides: dict[str, list[Aside]] = {"en": [], "bn": []}
    words: dict[str, list[str]] = {"en": [], "bn": []}
    for sample in samples:
        things[sample.lang].update(_COUNTED[sample.lang].findall(sample.text))
        words[sample.lang].extend(_WORD.findall(sample.text)[:12])
    for sample in with_asides:
        asides[sample.lang].extend(_asides(sample))
    return Lexicon(
        names=_names(questions),
        things={
            lang: tuple(word for word, count in table.items() if count >= 3 and word not in _UNITS)
            for lang, table in things.items()
        },
        asides={lang: tuple(found) for lang, found in asides.items()},
        words={lang: tuple(found) for lang, found in words.items()},
    )


def _names(questions: Iterable[str]) -> tuple[str, ...]:
    """Words that begin with a capital inside sentences and are never written small."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for question in questions:
        capital.update(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", question))
        small.update(re.findall(r"\b[a-z]{3,}\b", question))
    return tuple(
        word.lower()
        for word, count in sorted(capital.items())
        if count >= 2 and not small[word.lower()] and word.lower() not in _CALENDAR
    )


def _asides(sample: Sample) -> Iterable[Aside]:
    flagged = sample.distractors
    for part in sentences(sample.text)[1:]:
        numbers = mentions_in(part)
        if (
            numbers
            and flagged.issuperset(numbers)
            and "?" not in part
            and not _ANAPHORIC.match(part)
        ):
            first = numbers[0]
            values = tuple(sample.values[number - 1] for number in numbers)
            text = renumber(part, lambda number, first=first: number - first + 1)  # type: ignore[misc]
            yield Aside(text, values, frozenset(_long_words(part)))


def _long_words(text: str) -> list[str]:
    return [word[:5] for word in _WORD.findall(text) if len(word) > 3]


@dataclass(frozen=True)
class Augment:
    """Makes random variants; the shares say how often each kind of change is tried."""

    lexicon: Lexicon
    names: float = 0.6
    things: float = 0.5
    add: float = 0.3
    remove: float = 0.15
    noise: float = 0.5
    noise_per_word: float = 0.05

    def __call__(self, sample: Sample, rng: Random) -> Sample:
        """A variant of the sample, or the sample itself."""
        if rng.random() < self.remove:
            sample = self._without_aside(sample, rng)
        while rng.random() < self.add:
            sample = self._with_aside(sample, rng)
        text = sample.text
        if rng.random() < self.names:
            text = self._other_names(text, rng)
        if rng.random() < self.things:
            text = self._other_things(text, sample.lang, rng)
        if rng.random() < self.noise:
            text = self._noisy(text, sample.lang, rng)
        return replace(sample, text=text)

    def _with_aside(self, sample: Sample, rng: Random) -> Sample:
        pool = self.lexicon.asides[sample.lang]
        parts = sentences(sample.text)
        if not pool or len(sample.values) > 8:
            return sample
        known = set(_long_words(parts[-1]))
        aside = rng.choice(pool)
        places = [i for i in range(1, len(parts)) if not _ANAPHORIC.match(parts[i])]
        if known & aside.words or not places:
            return sample
        return insert(sample, rng.choice(places), aside.text, aside.values, parts)

    def _without_aside(self, sample: Sample, rng: Random) -> Sample:
        parts = sentences(sample.text)
        flagged = sample.distractors
        places = [
            place
            for place in range(1, len(parts) - 1)
            if mentions_in(parts[place]) and flagged.issuperset(mentions_in(parts[place]))
        ]
        return drop(sample, rng.choice(places), parts) if places else sample

    def _other_names(self, text: str, rng: Random) -> str:
        known = frozenset(self.lexicon.names)
        found = {word for word in re.findall(r"[a-z]+", text) if word in known}
        new = {name: rng.choice(self.lexicon.names) for name in sorted(found)}
        return re.sub(r"[a-z]+", lambda m: new.get(m[0], m[0]), text) if new else text

    def _other_things(self, text: str, lang: str, rng: Random) -> str:
        pool = self.lexicon.things[lang]
        known = frozenset(pool)
        for word in sorted(set(_COUNTED[lang].findall(text)) & known):
            if rng.random() < 0.8:
                new = rng.choice(pool)
                if rng.random() < _MADE_UP:
                    new = _blend(rng.choice(pool), new)
                text = _exchange(text, word, new, lang)
        return text

    def _noisy(self, text: str, lang: str, rng: Random) -> str:
        pool = self.lexicon.words[lang]
        words = text.split(" ")
        for place, word in enumerate(words):
            if _WORD.fullmatch(word) and rng.random() < self.noise_per_word:
                words[place] = rng.choice(pool) if rng.random() < 0.5 else ""
        return " ".join(word for word in words if word)


def _blend(first: str, second: str) -> str:
    """A word that nobody has seen: the beginning of one and the end of the other."""
    return first[: len(first) // 2] + second[len(second) // 2 :]


def _exchange(text: str, old: str, new: str, lang: str) -> str:
    """The text with one thing for another, in the singular too."""
    if lang == "bn":
        return re.sub(rf"(?<![\u0980-\u09ff]){old}", new, text)
    text = re.sub(rf"\b{old}\b", new, text)
    return re.sub(rf"\b{_singular(old)}\b", _singular(new), text)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("shes", "ches", "xes")) else word[:-1]
