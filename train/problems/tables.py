"""The tables of the bank: rows of sentences with their arithmetic, and lists of words.

Both are TOML files in `data/`. A row:

    [count.event.give]             # domain, role, name
    q = "q - a"                    # the quantity after it; `q` is the one before
    a = "2..q-1"                   # where the number a comes from (see ranges)
    en = ["{S} gave {#a} {o} to {B}."]
    bn = ["{S} {B.ke} {#a+} {o} দিল।"]

Every sentence of a row says the same thing; [this|that] is one of the two. See scene for slots.
A row with `asks` is a body with several questions, and stands for as many rows:

    [daily.shape.pair]
    a = "3..90"
    b = "3..90"
    en = ["{A} has {#a} {o} and {B} has {#b}."]
    bn = ["{A's} {#a+} ও {B's} {#b+} {o} আছে।"]
    asks.sum = { q = "a + b", en = ["How many have they?"], bn = ["তাদের মোট কয়টি আছে?"] }
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from train.problems.expression import Expression, names, parse, steps
from train.problems.figures import Lang
from train.problems.ranges import Range, read_range

if sys.version_info >= (3, 11):
    from tomllib import loads
else:
    from tomlkit import loads

_LEXICON = "words"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One situation: what its numbers are, what it does to a quantity, and how it is said.

    Args:
        name: "domain.role.name", unique.
        domain: the kind of quantity it speaks about.
        role: opener, event, ask, shape (a whole problem), or a kind of distractor.
        value: the quantity after it, from its numbers, `q` and `every` (all earlier quantities).
        ranges: its numbers in the order in which they are drawn.
        where: expressions that must be positive.
        texts: phrasings of each language.
        needs: a tag that the counted thing must have.
        avoids: a tag that the counted thing must not have: animals and chairs go in no box.
        to: the domain afterwards.
        shift: whether it turns to another person.
        exact: whether its value must be whole.
        topic: what a distractor speaks about.
        cost: operation nodes it adds.
        share: how often a shape is told, compared to others: more if it has many stories.
        history: whether it looks back at all earlier quantities.
    """

    name: str
    domain: str
    role: str
    value: Expression
    ranges: tuple[tuple[str, Range], ...]
    where: tuple[Expression, ...]
    texts: Mapping[Lang, tuple[str, ...]]
    needs: str
    avoids: str
    to: str
    shift: bool
    exact: bool
    topic: str
    cost: int
    share: int
    history: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a word list: its words and tags; the first tag is its family."""

    en: Mapping[str, str]
    bn: Mapping[str, str]
    tags: frozenset[str]
    family: str = ""

    def suits(self, needs: str, avoids: str) -> bool:
        """Whether it has the tag `needs` and not the tag `avoids`; either may be empty."""
        return (not needs or needs in self.tags) and avoids not in self.tags

    def words(self, lang: Lang) -> Mapping[str, str]:
        """Slot -> word."""
        return self.en if lang == "en" else self.bn


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(resources.files(__package__).joinpath("data").iterdir(), key=str):
        if file.name.endswith(".toml"):
            text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
            yield file.name.removesuffix(".toml"), loads(text)


@cache
def rows() -> tuple[Row, ...]:
    """All rows of all tables."""
    return tuple(
        _row(domain, role, name, fields)
        for file, document in _documents()
        if not file.startswith(_LEXICON)
        for domain, roles in document.items()
        for role, entries in roles.items()
        for entry, told in entries.items()
        for name, fields in _asked(entry, told)
    )


def _asked(name: str, fields: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A row as it is, or a body with each of its questions."""
    body = {key: value for key, value in fields.items() if key != "asks"}
    if "asks" not in fields:
        yield name, body
    for ask, question in fields.get("asks", {}).items():
        both = {**body, **question}
        for lang in ("en", "bn"):
            both[lang] = [f"{told} {asked}" for told in body[lang] for asked in question[lang]]
        both["where"] = ";".join([body.get("where", ""), question.get("where", "")])
        yield f"{name}_{ask}", both


@cache
def rows_of(domain: str, role: str) -> tuple[Row, ...]:
    """The rows with this domain and role."""
    return tuple(row for row in rows() if row.domain == domain and row.role == role)


def _row(domain: str, role: str, name: str, fields: dict[str, Any]) -> Row:
    value = parse(fields.get("q", "q"))
    ranges = tuple(
        (key, read_range(text)) for key, text in fields.items() if len(key) == 1 and key != "q"
    )
    where = fields.get("where", "")
    return Row(
        name=f"{domain}.{role}.{name}",
        domain=domain,
        role=role,
        value=value,
        ranges=ranges,
        where=tuple(parse(part) for part in where.split(";") if part.strip()),
        texts=MappingProxyType({"en": tuple(fields["en"]), "bn": tuple(fields["bn"])}),
        needs=fields.get("needs", ""),
        avoids="large" if any("{c" in text for text in fields["en"]) else "",
        to=fields.get("to", domain),
        shift=fields.get("shift", False),
        exact=fields.get("exact", True),
        topic=fields.get("topic", ""),
        cost=steps(value),
        share=fields.get("share", 1),
        history="every" in names(value),
    )


@cache
def lexicon() -> Mapping[str, tuple[Entry, ...]]:
    """Word lists by name."""
    lists: dict[str, tuple[Entry, ...]] = {}
    for file, document in _documents():
        if file.startswith(_LEXICON):
            for name, table in document.items():
                if name in lists:
                    raise ValueError(f"two word lists are called {name!r}; rename one of them")
                columns = table["columns"].split("|")
                lists[name] = tuple(_entry(columns, line) for line in table["rows"])
    return MappingProxyType(lists)


def _entry(columns: list[str], line: str) -> Entry:
    words: dict[str, dict[str, str]] = {"en": {}, "bn": {}}
    tags: frozenset[str] = frozenset()
    family = ""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(columns):
        raise ValueError(f"{len(cells)} cells for {len(columns)} columns: {line!r}")
    for column, cell in zip(columns, cells, strict=True):
        lang, _, slot = column.strip().partition(".")
        if lang == "tags":
            family, *_ = [*cell.split(), ""]
            tags = frozenset(cell.split())
        else:
            words[lang][slot] = cell
    return Entry(words["en"], words["bn"], tags, family)


@cache
def slot_lists() -> Mapping[str, str]:
    """Which word list fills a slot."""
    return {
        slot: name
        for name, entries in lexicon().items()
        for slot in {*entries[0].en, *entries[0].bn}
    }
