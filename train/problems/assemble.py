"""A draft's sentences and expression as the final text and graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dagger_core.graph import FINAL, Graph, Node
from dagger_core.ground import number_label
from dagger_core.numerals.mentions import mentions
from dagger_core.numerals.read import Number
from dagger_core.ops import CONST, OPS
from train.problems.expression import Apply, Expression, walk
from train.problems.figures import Lang
from train.problems.scene import MARK, Quantity

FINAL_LABEL: Mapping[Lang, str] = {"en": "final answer", "bn": "চূড়ান্ত উত্তর"}
IMPLICIT_LABEL: Mapping[Lang, str] = {"en": "known constant", "bn": "জানা ধ্রুবক"}
_MARKS = re.compile(f"[{chr(MARK)}-{chr(MARK + 0xFF)}]")
_START = re.compile(r"(^|[.?!]\s+)([a-z])")
_ARTICLE = re.compile(r"\b([Aa])(?= (?!one|uni)[aeiou])")


@dataclass(frozen=True, slots=True)
class Placed:
    """A number of a finished text: its key in the expression ("" if it has none), and its label."""

    key: str
    value: Number
    label: str
    start: int
    end: int


def fill(marked: str, written: Sequence[Quantity], lang: Lang) -> tuple[str, list[Placed]]:
    """The text with numbers in place of marks, and these numbers in text order."""
    if lang == "en":
        marked = _ARTICLE.sub(r"\1n", marked)
    text = ""
    spans: list[tuple[Quantity, int, int]] = []
    last = 0
    for mark in _MARKS.finditer(marked):
        quantity = written[ord(mark[0]) - MARK]
        text += marked[last : mark.start()] + quantity.text
        spans.append((quantity, len(text) - len(quantity.text), len(text)))
        last = mark.end()
    text += marked[last:]
    if lang == "en":
        text = _START.sub(lambda match: match[1] + match[2].upper(), text)
    placed = [Placed(one.key, one.value, number_label(text, i, j), i, j) for one, i, j in spans]
    return text, placed


def stray(text: str, placed: Sequence[Placed]) -> list[Placed]:
    """Numbers that stand in a phrase itself, as in "two tests"."""
    return [
        Placed("", found.value, number_label(text, found.start, found.end), found.start, found.end)
        for found in mentions(text)
        if not any(found.start < one.end and one.start < found.end for one in placed)
    ]


def const(node_id: str, value: Number, text: str, *, distractor: bool = False) -> Node:
    """The node of a number."""
    return Node(id=node_id, op=CONST, val=_written(value), distractor=distractor, label=text)


def _written(value: Number) -> int | Decimal | str:
    # Exact as JSON can say it: 0.5 is a decimal, a third has to be text.
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return int(fraction)
    decimal = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return (
        decimal if Fraction(decimal) == fraction else f"{fraction.numerator}/{fraction.denominator}"
    )


def build(
    value: Expression, numbers: Sequence[Placed], unused: frozenset[str], lang: Lang
) -> Graph:
    """The graph of an expression: numbers in text order, known constants, operations, answer."""
    parts: list[Expression] = []
    walk(value, parts.append)
    known = dict.fromkeys(part for part in parts if isinstance(part, int))
    ids, nodes = _inputs(numbers, unused, known, lang)
    place = {node_id: position for position, node_id in enumerate(ids.values())}
    for step in dict.fromkeys(part for part in parts if isinstance(part, Apply)):
        ids[step] = f"s{len(ids) - len(place) + 1}"
        op = OPS[step.op]
        args = [ids[arg] for arg in step.args]
        if not op.ordered:
            # One order for what means the same: earlier results first, then as in the text.
            args.sort(key=lambda node_id: place.get(node_id, -1))
        nodes.append(Node(id=ids[step], op=step.op, args=tuple(args), label=getattr(op, lang)))
    nodes.append(Node(id=FINAL, op="identity", args=(ids[value],), label=FINAL_LABEL[lang]))
    return Graph(nodes)


def _inputs(
    numbers: Sequence[Placed], unused: frozenset[str], known: Collection[int], lang: Lang
) -> tuple[dict[Expression, str], list[Node]]:
    """The const nodes, and their ids by what they stand for in the expression."""
    ids: dict[Expression, str] = {}
    nodes: list[Node] = []
    for one in numbers:
        node_id = f"n{len(nodes) + 1}"
        # A known constant that the text happens to say ("two numbers") is that number.
        key = one.key or (int(one.value) if one.value in known else node_id)
        idle = key in unused or key in ids or key == node_id
        ids.setdefault(key, node_id)
        nodes.append(const(node_id, one.value, one.label, distractor=idle))
    for constant in known:
        if constant not in ids:
            ids[constant] = f"n{len(nodes) + 1}"
            nodes.append(const(ids[constant], constant, IMPLICIT_LABEL[lang]))
    return ids, nodes
