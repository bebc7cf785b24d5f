"""Splits that never divide a problem.

Examples belong together if they share a group or a normalised question. Which split a group
falls into depends on nothing but its name and the seed, so it stays there as the set grows
(unless a new example shows that two groups are one).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotate.texts import normalised, question_key
from dagger_core.diagnostics import StoreError
from dagger_core.example import Example

DEFAULT_SHARES: Mapping[str, float] = {"train": 0.9, "val": 0.1}


class _Groups:
    """Union-find over the names of groups and of questions."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        # The smaller name wins, so that the result does not depend on the order of examples.
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low


class Splits:
    """The split of every example: tell it of all of them first, then ask.

    Args:
        shares: the share of each split; they add up to 1.

    Raises:
        StoreError: shares that are negative or do not add up to 1.
    """

    def __init__(self, shares: Mapping[str, float] = DEFAULT_SHARES, seed: int = 0) -> None:
        if any(share < 0 for share in shares.values()) or abs(sum(shares.values()) - 1) > 1e-9:
            raise StoreError(f"The shares of the splits must add up to 1: {dict(shares)}.")
        self.names = tuple(name for name, share in shares.items() if share)
        self._shares, self._seed = shares, seed
        self._groups = _Groups()

    def add(self, question: str, group: str) -> None:
        """Note that a question belongs to a group ("" for none)."""
        name = _name(question)
        self._groups.join(_name(group) if group else name, name)

    def of(self, question: str) -> str:
        """The split of a question."""
        group = self._groups.root(_name(question))
        digest = hashlib.sha256(f"{self._seed}:{group}".encode()).digest()
        point = int.from_bytes(digest[:8], "big") / 2**64
        for name in self.names:
            if point < self._shares[name]:
                return name
            point -= self._shares[name]
        return self.names[-1]


def split(
    examples: Iterable[Example], shares: Mapping[str, float] = DEFAULT_SHARES, seed: int = 0
) -> list[Example]:
    """The examples with their `split` filled in, in the order given."""
    given, splits = list(examples), Splits(shares, seed)
    for example in given:
        splits.add(example.question, example.group)
    return [replace(example, split=splits.of(example.question)) for example in given]


def _name(text: str) -> str:
    # Groups and questions share their names: a group may be called by the original question.
    return question_key(normalised(text))
