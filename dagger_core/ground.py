"""Graph + question -> which number of the text each const stands for, and the other way round."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from dagger_core.graph import Graph, Node
from dagger_core.numerals import (
    KNOWN_CONSTANTS,
    Mention,
    Number,
    TooLarge,
    implicit_constants,
    mentions,
    read_number,
)

_WORD = re.compile(r"[^\W\d_]{2,}")
_REACH = 60  # characters around a number that belong to it
_LABEL_WORDS = 3
_DIGIT, _PAUSES = re.compile(r"\d"), (",", ";", ":", "—", "–")
_SENTENCE_END = re.compile(r"[.?!।;]\s|[?।]")
# A label ends before a word that begins something else, and not with one that leads on to it.
_NEW_CLAUSE = frozenset(
    """
    and or but if while when how what who which ও এবং আর বা কিন্তু যদি যার
    """.split()  # noqa: SIM905
)
_LEADING_ON = frozenset(
    """
    a an the of to for with at in by from on into where that is are was were has have had will
    would can could his her their its he she it they as tk rs তার যে তবে সে কত
    """.split()  # noqa: SIM905
)
# Matching by label looks at every pair of a node and a place; beyond this, order decides.
_MOST_PAIRS = 10_000
# Values that any problem may need: to start from nothing, to halve.
_NEUTRAL = frozenset({0, Fraction(1, 2)})


class Place(NamedTuple):
    """Where a const stands in the question.

    Args:
        mention: position in the list of mentions.
        reading: which of the mention's readings it has, 0 for the value as written.
        shared: whether another node has this reading already, which comes first.
    """

    mention: int
    reading: int
    shared: bool = False


@dataclass(frozen=True)
class Grounding:
    """What stands where.

    Args:
        question: the text.
        mentions: its numbers, in order.
        places: by node id, the place of every const that stands in the text.
        values: by node id, the value of every const that has one.
    """

    question: str
    mentions: Sequence[Mention]
    places: Mapping[str, Place]
    values: Mapping[str, Number]

    def mention_of(self, node_id: str) -> Mention | None:
        """The mention a node stands for, or None."""
        place = self.places.get(node_id)
        return None if place is None else self.mentions[place.mention]

    @cached_property
    def nodes_of(self) -> Mapping[int, tuple[str, ...]]:
        """By position of a mention, the ids of the nodes that stand for it."""
        table: dict[int, list[str]] = defaultdict(list)
        for node_id, place in self.places.items():
            table[place.mention].append(node_id)
        return {position: tuple(ids) for position, ids in table.items()}

    @property
    def unused(self) -> list[int]:
        """Positions of the mentions that no node stands for."""
        return [i for i in range(len(self.mentions)) if i not in self.nodes_of]

    @cached_property
    def unknown(self) -> list[str]:
        """Ids of consts that stand nowhere in the text and are no known constant."""
        homeless = [node_id for node_id in self.values if node_id not in self.places]
        if not homeless:
            return []
        implied = {constant.value for constant in implicit_constants(self.question)}
        known = KNOWN_CONSTANTS | implied | _NEUTRAL
        return [node_id for node_id in homeless if self.values[node_id] not in known]


def ground(graph: Graph, question: str) -> Grounding:
    """Match the consts of a graph with the numbers of its question; never raises.

    A reading of a mention belongs to one node where possible. Of equal values, a node gets the
    mention that its label quotes, else the one whose surroundings its label resembles most,
    else they are matched in order.
    """
    found = mentions(question)
    places: dict[Number, list[Place]] = defaultdict(list)
    for position, mention in enumerate(found):
        for reading, value in enumerate(mention.readings):
            places[value].append(Place(position, reading))
    groups: dict[Number, list[Node]] = defaultdict(list)
    values: dict[str, Number] = {}
    for node in graph:
        number = _value(node)
        if number is not None and node.id not in values:
            values[node.id] = number
            groups[number].append(node)
    taken: dict[str, Place] = {}
    for number, nodes in groups.items():
        taken.update(_match(nodes, places.get(number, []), found, question))
    return Grounding(question, found, taken, values)


def number_label(question: str, start: int, end: int) -> str:
    """A label for the node of the number at this place: it and the words that belong to it.

    They are the next few of its clause, up to another number.

    Args:
        start, end: where the number stands in the question.
    """
    after = _SENTENCE_END.split(question[end : end + 2 * _REACH])[0]
    glued = not after[:1].isspace()
    words = []
    for word in re.findall(r"\s*\S+", after)[: _LABEL_WORDS + glued]:
        if _DIGIT.search(word) or word.strip().lower() in _NEW_CLAUSE:
            break
        words.append(word)
        if word.endswith(_PAUSES):
            break
    while words and words[-1].strip().lower() in _LEADING_ON:
        words.pop()
    return (question[start:end] + "".join(words)).rstrip(" ,.;:?!।—–-")


def _value(node: Node) -> Number | None:
    if not node.is_const:
        return None
    try:
        return read_number(node.val)
    except TooLarge:
        return None


def _match(
    nodes: Sequence[Node], places: Sequence[Place], found: Sequence[Mention], question: str
) -> dict[str, Place]:
    """Places for nodes of equal value, best fits first; late ones share the first place."""
    if not places:
        return {}
    first_readings = sorted(places, key=lambda place: (place.reading, place.mention))
    if len(nodes) == len(places) == 1 or len(nodes) * len(places) > _MOST_PAIRS:
        pairs = [(node.id, place) for node, place in zip(nodes, first_readings, strict=False)]
    else:
        texts = {p.mention: _surroundings(question, found, p.mention) for p in places}
        ranked = sorted(
            (*_misfit(node, found[place.mention], texts[place.mention], question),
             place.reading, order, place.mention, place)
            for order, node in enumerate(nodes)
            for place in first_readings
        )  # fmt: skip
        pairs = [(nodes[entry[-3]].id, entry[-1]) for entry in ranked]
    matched: dict[str, Place] = {}
    free = set(places)
    for node_id, place in pairs:
        if place in free and node_id not in matched:
            matched[node_id] = place
            free.remove(place)
    shared = first_readings[0]._replace(shared=True)
    return {node.id: matched.get(node.id, shared) for node in nodes}


def _misfit(node: Node, mention: Mention, around: frozenset[str], question: str) -> tuple[int, int]:
    """How badly a label fits a mention: how far its quote begins, and how few words it shares."""
    label = node.label.strip()
    far = len(question)
    if label and len(label) <= 2 * _REACH:
        reach = len(label)
        at = question.find(label, max(0, mention.start - reach), mention.end + reach)
        if 0 <= at <= mention.start < at + reach:
            far = mention.start - at
    return far, -len(around.intersection(_words(label)))


def _surroundings(question: str, found: Sequence[Mention], position: int) -> frozenset[str]:
    """The words around a mention: in its sentence, up to the numbers next to it."""
    mention = found[position]
    start = max(mention.start - _REACH, found[position - 1].end if position else 0)
    end = mention.end + _REACH
    if position + 1 < len(found):
        end = min(end, found[position + 1].start)
    before = _SENTENCE_END.split(question[start : mention.start])[-1]
    after = _SENTENCE_END.split(question[mention.end : end])[0]
    return _words(f"{before} {after}")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[: 4 * _REACH].lower()))
