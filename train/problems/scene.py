"""Who and what a problem is about, and phrases turned into sentences about them.

Slots of a phrase:

    {A} {B} {C} {D}     persons of the story; {A's} {A.ke} their cases
    {X} {Y}             persons who have nothing to do with it
    {S} {S's} {S.him}   A by name, or by pronoun where it is clear who is meant
    {he} {him} {his}    pronouns for A (English)
    {o} {o1} {p} {r}    things counted: plural, singular, a second and a third kind
    {c} {c1} {m} {u}…   a word of the list that has such a column; 's .ke .e are Bangla cases
    {cur}               the word for money
    {#a} {#a+} {#a:জন}  the number a: alone, with the classifier of {o}, with this classifier
    {=a} {@a}           the number a in digits, always; and never grouped: a year, a room
    {$a} {%a} {*a} {/a} the number a as money, percentage, multiple ("twice"), part ("half")
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from dagger_core.numerals.read import Number
from train.problems.figures import Lang, Style
from train.problems.inflect import BANGLA_FORMS, PRONOUNS
from train.problems.tables import Entry, lexicon, slot_lists

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([#=@$%*/]?)(\w+)((?:'s|\.\w+|:[^}]+|\+\w?)?)\}")
_PERSONS = "ABCDE"
_STRANGERS = "XY"
_OTHERS = ("{B", "{C", "{D", "{E", "{X", "{Y", "{A's}", "{A.ke}")
_PEERS = {"o": 0, "p": 1, "r": 2}
_PRONOUN_SHARE = 0.65
_SPOKEN = {"%": Style.percent, "*": Style.multiple, "/": Style.part}
#: A number of the text is one private-use character until the whole text stands.
MARK = 0xE000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that stands in the text: its key in the expression, its value, how it is written."""

    key: str
    value: Number
    text: str


@dataclass(slots=True)
class Scene:
    """The persons, things and habits of one problem while it is being written."""

    rng: Random
    lang: Lang
    style: Style
    persons: list[Entry]
    things: list[Entry]
    strangers: list[Entry]
    bound: dict[str, str] = field(default_factory=dict)
    written: list[Quantity] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    clear: bool = False

    @classmethod
    def draw(cls, rng: Random, lang: Lang, needs: str = "", avoids: str = "") -> Scene:
        """Persons and things at random; the first thing has the tag `needs`, and not `avoids`."""
        people = lexicon()["person"]
        home = "local" if rng.random() < (0.85 if lang == "bn" else 0.3) else "west"
        cast = rng.sample([entry for entry in people if home in entry.tags], len(_PERSONS) + 2)
        return cls(
            rng, lang, Style.draw(rng, lang), cast[2:], _things(rng, needs, avoids), cast[:2]
        )

    def shift(self) -> None:
        """Turn to the next person."""
        self.persons = [*self.persons[1:], self.persons[0]]
        self.clear = False

    def say(self, phrase: str, values: Mapping[str, Number], prefix: str) -> str:
        """The phrase with its slots filled; numbers are marks (see `Quantity`)."""
        phrase = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), phrase)
        about_other = phrase.startswith(_OTHERS)
        text = _SLOT.sub(lambda found: self._fill(found, values, prefix), phrase)
        self.clear = not about_other and ("{A" in phrase or "{S" in phrase or self.clear)
        return text

    def _fill(self, found: re.Match[str], values: Mapping[str, Number], prefix: str) -> str:
        sigil, name, form = found.groups()
        if sigil:
            text = self._figure(sigil, values[name], form)
            self.written.append(Quantity(prefix + name, values[name], text))
            return chr(MARK + len(self.written) - 1)
        return self._word(name, form)

    def _figure(self, sigil: str, value: Number, form: str) -> str:
        style, rng = self.style, self.rng
        if sigil == "$":
            return style.amount(value, form)
        if sigil == "=":
            return style.digits(value)
        if sigil == "@":
            return style.ungrouped(value)
        if sigil != "#":
            return _SPOKEN[sigil](style, value, rng)
        if not form or self.lang == "en":
            return style.number(value, rng)
        return style.counted(value, self._classifier(form), rng)

    def _classifier(self, form: str) -> str:
        if form.startswith(":"):
            return self._listed(form[1:]) if form[1:] in slot_lists() else form[1:]
        return self.things[_PEERS[form[1:] or "o"]].bn["cls"]

    def _word(self, name: str, form: str) -> str:
        self.used.add("A" if name == "S" else name[0])
        if name == "S":
            return self._subject(form)
        if name in _STRANGERS:
            return self._case(self.strangers[_STRANGERS.index(name)].words(self.lang)["A"], form)
        if name in _PERSONS:
            return self._case(self._person(_PERSONS.index(name)), form)
        if name in ("he", "him", "his"):
            return PRONOUNS[self._gender()][name]
        if name == "cur":
            return self._case(self.style.currency, form)
        if name[0] in _PEERS and name[1:] in ("", "1"):
            word = self.things[_PEERS[name[0]]].words(self.lang)
            return self._case(word.get("o" + name[1:], word["o"]), form)
        return self._case(self._listed(name), form)

    def _person(self, place: int) -> str:
        return self.persons[place].words(self.lang)["A"]

    def _gender(self) -> str:
        return "f" if "f" in self.persons[0].tags else "m"

    def _subject(self, form: str) -> str:
        if not self.clear or self.rng.random() > _PRONOUN_SHARE:
            return self._case(self._person(0), "" if form == ".him" else form)
        if self.lang == "bn":
            return {"": "সে", "'s": "তার", ".ke": "তাকে"}[form]
        return PRONOUNS[self._gender()][{"": "he", "'s": "his", ".him": "him"}[form]]

    def _case(self, word: str, form: str) -> str:
        if not form:
            return word
        return word + form if self.lang == "en" else BANGLA_FORMS[form](word)

    def _listed(self, name: str) -> str:
        if name not in self.bound:
            entry = self.rng.choice(lexicon()[slot_lists()[name]])
            self.bound.update(entry.words(self.lang))
        return self.bound[name]


def _things(rng: Random, needs: str, avoids: str) -> list[Entry]:
    fit = [entry for entry in lexicon()["thing"] if entry.suits(needs, avoids)]
    first = rng.choice(fit)
    alike = [entry for entry in fit if entry is not first and entry.family == first.family]
    return [first, *rng.sample(alike, 2)]
