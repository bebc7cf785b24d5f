"""Item: one problem that a model is evaluated on, and what is known about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dagger_core.example import Example
from dagger_core.execute import execute
from dagger_core.graph import Graph
from dagger_core.numerals import Number, TooLarge, mentions, read_number
from dagger_core.ops import CONST


@dataclass(frozen=True)
class Item:
    """One problem of a set.

    Args:
        set: the set's name.
        number: the row, or line of a text file, counted from 1.
        kinds: what kinds of distractors it has: RED (related entity), OAD (orthogonal attribute),
            NEED (null-effect event), or what its set calls them.
        original: the problem it was made from, where distractors were put into one.
        stated: the right answer as its set writes it, which may have a unit.
    """

    set: str
    number: int
    example: Example
    kinds: tuple[str, ...] = ()
    original: str = ""
    stated: str | None = None

    @property
    def question(self) -> str:
        """Its text."""
        return self.example.question

    @cached_property
    def gold(self) -> Number | None:
        """The right answer: the one that is given, else the gold graph's."""
        graph = self.example.graph
        if self.example.answer is None and graph is not None:
            return execute(graph).answer
        return self.example.answer

    @cached_property
    def distractors(self) -> Counter[Number] | None:
        """The numbers that do not matter, with how often; None where nobody knows."""
        if self.example.graph is not None:
            return flagged(self.example.graph)
        if self.original:
            return _numbers(self.question) - _numbers(self.original)
        return None

    @property
    def distracted(self) -> bool:
        """Whether it is known to have a distractor."""
        return bool(self.kinds or self.distractors or self.set.endswith("+d"))

    @cached_property
    def operations(self) -> int | None:
        """Operations on the way to the answer; None without a gold graph."""
        graph = self.example.graph
        return None if graph is None else len(operations(graph))

    @property
    def family(self) -> str:
        """Problems of one family are variants of one: they count as one when chance is judged."""
        return self.example.group or f"{self.set}:{self.number}"


def operations(graph: Graph) -> list[str]:
    """The names of the operations that the answer needs, without `identity`."""
    live = (graph[key] for key in graph.live)
    return [node.op for node in live if node.op not in (CONST, "identity")]


def flagged(graph: Graph | None) -> Counter[Number]:
    """The values of the consts that are marked as distractors, with how often each is."""
    nodes = graph.nodes if graph is not None else ()
    values = (_value(node.val) for node in nodes if node.is_const and node.distractor)
    return Counter(value for value in values if value is not None)


def _value(val: Any) -> Number | None:
    try:
        return read_number(val)
    except TooLarge:
        return None


def _numbers(text: str) -> Counter[Number]:
    return Counter(mention.value for mention in mentions(text))
