"""The persons and things of somebody else's question, as far as they can be told."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from train.problems.figures import Lang
from train.problems.scene import Scene
from train.problems.tables import Entry, lexicon

_NAME = re.compile(
    r"\b([A-Z][a-z]{2,})(?:'s)? "
    r"(?:had|has|have|bought|gave|got|picked|made|found|is|was|wants|needs)\b"
)
_NO_NAMES = frozenset(
    {"The", "There", "She", "They", "Each", "Every", "This", "That", "What", "Now"}
)
_THING = re.compile(r"\d (?:more |red |blue |green |new |old )?([a-z]{3,}s)\b")
_UNITS = re.compile(
    r"dollars|cents|hours|minutes|seconds|days|weeks|months|years|times|miles|meters|inches|pounds"
    r"|points|grams|liters|ounces|students|degrees|pieces"
)


#: What may follow a word: in Bangla a case ending or an article.
_ENDINGS = {
    "en": r"\b",
    "bn": r"(?:য়ের|ের|র|কে|য়|তে|ও|টি|টা|গুলো|গুলি|গুলোর|গুলির)?(?![\u0980-\u09ff])",
}


def read_scene(question: str, rng: Random, lang: Lang) -> Scene:
    """A scene about the question's first known person and thing; strangers are not in it."""
    scene = Scene.draw(rng, lang)
    ascii_digits = lang == "en" or bool(re.search("[0-9]", question))
    scene.style = replace(scene.style, ascii_digits=ascii_digits)
    person = _known("person", "A", question, lang) or _unknown_person(question, lang)
    if person:
        scene.persons[0] = person
        scene.used.add("A")
    thing = _known("thing", "o", question, lang) or _unknown_thing(question, lang)
    if thing:
        scene.things = [thing, *scene.things[1:]]
        scene.used.add("o")
    cast = [*scene.strangers, *scene.persons[1:]]
    scene.strangers = [one for one in cast if one.words(lang)["A"] not in question][:2]
    return scene


def _known(list_name: str, slot: str, question: str, lang: Lang) -> Entry | None:
    end = _ENDINGS[lang]
    for entry in lexicon()[list_name]:
        word = entry.words(lang)[slot]
        if word in question and re.search(
            rf"(?<![\w\u0980-\u09ff]){re.escape(word)}{end}", question
        ):
            return entry
    return None


def _unknown_person(question: str, lang: Lang) -> Entry | None:
    found = _NAME.search(question) if lang == "en" else None
    if not found or found[1] in _NO_NAMES:
        return None
    female = re.search(r"\b(she|her)\b", question, re.IGNORECASE)
    return Entry({"A": found[1]}, {}, frozenset({"f" if female else "m"}))


def _unknown_thing(question: str, lang: Lang) -> Entry | None:
    found = _THING.search(question) if lang == "en" else None
    if not found or _UNITS.fullmatch(found[1]):
        return None
    many = found[1]
    one = many[:-3] + "y" if many.endswith("ies") else many[:-1]
    return Entry({"o": many, "o1": one}, {}, frozenset())
