"""Which problems are held out: by problem, never by row, and across files and languages.

Rows belong together if they share a group, or if a text of theirs (the question, the question it
was made from, its English original) is the same up to numbers, spaces and punctuation. Whether
such a family is held out depends on a hash, so it is the same in every run on the same files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from dagger_core.diagnostics import RecipeError
from dagger_core.example import Example

_NUMBERS = re.compile(r"[\d.,]+")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file: the line itself, its example, and the keys of its family."""

    line: str
    example: Example
    keys: tuple[str, ...]


class _Texts(msgspec.Struct):
    question: str
    seed_question: str = ""
    en_question: str = ""


_TEXTS = msgspec.json.Decoder(_Texts)


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of example lines.

    Raises:
        RecipeError: the file cannot be read.
        ExampleError: a line is no example.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise RecipeError("data-file-unreadable", name=str(path), problem=error.strerror) from error
    return [_row(line) for line in lines if line.strip()]


def _row(line: str) -> Row:
    example = Example.from_line(line)
    texts = _TEXTS.decode(line)
    return Row(line, example, keys_of(msgspec.structs.astuple(texts), example.group))


def keys_of(texts: Iterable[str], group: str = "") -> tuple[str, ...]:
    """What a problem has in common with its variants: its texts without numbers, its group."""
    keys = [f"text:{_bare(text)}" for text in texts if text]
    return (*keys, f"group:{group}") if group else tuple(keys)


def _bare(text: str) -> str:
    """A text without its numbers, spaces and punctuation."""
    return _NO_LETTERS.sub("", _NUMBERS.sub("", text.lower()))


def families(rows: Iterable[Row]) -> dict[str, str]:
    """The family of every key: the smallest key that is linked to it by rows."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for row in rows:
        first, *others = map(root, row.keys)
        for other in others:
            first, other = sorted((first, root(other)))
            parent[other] = first
    return {key: root(key) for key in parent}


def held_out(rows: Mapping[str, Sequence[Row]], shares: Mapping[str, float]) -> set[str]:
    """The keys of all families that are held out.

    Args:
        rows: by the name of their file.
        shares: what share of the families with a row in this file is held out; a family in
            several files has the largest share; "" is for files that are not named.
    """
    family = families(row for part in rows.values() for row in part)
    share: dict[str, float] = {}
    for name, part in rows.items():
        wanted = shares.get(name, shares.get("", 0.0))
        for row in part:
            key = family[row.keys[0]]
            share[key] = max(share.get(key, 0.0), wanted)
    chosen = {key for key, wanted in share.items() if _fraction(key) < wanted}
    return {key for key, own in family.items() if own in chosen}


def _fraction(key: str) -> float:
    """A number in [0, 1) that depends on the key only."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48
