"""Graph -> Scene: which boxes and arrows a picture has, what they say and what they are.

A scene knows no colours and no DOT. Boxes are called by position (`n0`, `n1`, …), never by what
the user wrote: `l5_0` is a bare number, and `m5_0` something missing, as argument 0 of `n5`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dagger_core.diagnostics import Diagnostic, GraphTooLarge, Lang
from dagger_core.execute import Execution
from dagger_core.graph import Graph, Node
from dagger_core.numerals import TooLarge, localized, plain_number, read_number, show
from dagger_core.ops import find_op
from dagger_core.render.text import shorten, wrap

MOST_NODES = 300
MOST_EDGES = 600

_LABEL_WIDTH, _LABEL_LINES, _ID_WIDTH, _VALUE_WIDTH = 24, 3, 20, 26

#: The marks that stand in the boxes, by kind and language.
MARKS: Mapping[str, Mapping[Lang, str]] = {
    "distractor": {"en": "⊘ distractor", "bn": "⊘ অপ্রয়োজনীয়"},
    "failed": {"en": "✕ failed", "bn": "✕ ভুল আছে"},
    "upstream": {"en": "✕ not computed", "bn": "✕ হিসাব হয়নি"},
    "warned": {"en": "⚠ check", "bn": "⚠ দেখুন"},
    "stale": {"en": "⚠ old value", "bn": "⚠ পুরোনো মান"},
    "missing": {"en": "✕ missing", "bn": "✕ নেই"},
}


@dataclass(frozen=True, slots=True)
class Box:
    """A node, a bare number or something missing: its name, what is true of it, its lines."""

    name: str
    kinds: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From an argument to its operation. `number` is its place, where the order matters."""

    name: str
    tail: str
    head: str
    kinds: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything in one picture."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Subject:
    """What is to be shown: a graph, what came out of it, and what is known about its nodes.

    Args:
        selected: id of the node to emphasise.
        stale: ids whose values are from before the last edit.
        wrong, warned: ids of nodes with errors, and of those with warnings only.
    """

    graph: Graph
    execution: Execution | None = None
    lang: Lang = "en"
    selected: str | None = None
    stale: frozenset[str] = frozenset()
    wrong: frozenset[str | None] = frozenset()
    warned: frozenset[str | None] = frozenset()

    @classmethod
    def of(
        cls,
        graph: Graph,
        execution: Execution | None,
        lang: Lang,
        selected: str | None = None,
        stale: Collection[str] = (),
        diagnostics: Iterable[Diagnostic] = (),
    ) -> Subject:
        """A subject whose wrong and warned nodes are those that the diagnostics name."""
        by: dict[str, set[str | None]] = {"error": set(), "warning": set(), "info": set()}
        for diagnostic in diagnostics:
            by[diagnostic.severity].add(diagnostic.node)
        wrong, warned = frozenset(by["error"]), frozenset(by["warning"] - by["error"])
        return cls(graph, execution, lang, selected, frozenset(stale), wrong, warned)

    def scene(self) -> Scene:
        """The boxes and arrows. Raises GraphTooLarge above 300 and 600 of them."""
        check_size(self.graph)
        boxes = [
            Box(f"n{position}", self.kinds(node), self._lines(position))
            for position, node in enumerate(self.graph)
        ]
        arrows = []
        for position, node in enumerate(self.graph):
            for argument in self._arguments(position):
                if argument.source is None:
                    boxes.append(self._extra(argument))
                arrows.append(self._arrow(argument, position, node))
        return Scene(tuple(boxes), tuple(arrows))

    def kinds(self, node: Node) -> tuple[str, ...]:
        """Everything that is true of a node, as the picture's classes."""
        failure = None if self.execution is None else self.execution.failure(node.id)
        upstream = failure is not None and failure.code == "upstream"
        failed = (failure is not None and not upstream) or node.id in self.wrong
        final = self.graph.final
        tests = {
            "const": node.is_const,
            "operation": not node.is_const,
            "final": final is not None and final.id == node.id,
            "distractor": node.distractor,
            "failed": failed,
            "upstream": upstream and not failed,
            "warned": node.id in self.warned and not failed,
            "stale": node.id in self.stale,
            "path": node.id in self.graph.live,
            "selected": node.id == self.selected,
        }
        return tuple(kind for kind, holds in tests.items() if holds)

    def headline(self, position: int) -> str:
        """A number; or an operation, as "12 × 50 = 600" where that fits, else as "× = 600"."""
        node = self.graph.nodes[position]
        value = self._value(node.id)
        if node.is_const:
            return value or _number(node.val, self.lang) or shorten(str(node.val), _VALUE_WIDTH)
        op = find_op(node.op)
        symbol = shorten(node.op, _ID_WIDTH) or "?" if op is None else op.symbol
        result = f" = {value}" if value else ""
        if op is not None and len(symbol) == 1 and op.takes(2) and not op.takes(1):
            operands = [
                argument.text if argument.source is None else self._value(argument.source)
                for argument in self._arguments(position)
            ]
            sentence = f" {symbol} ".join(operand or "" for operand in operands) + result
            if len(operands) > 1 and all(operands) and len(sentence) <= _LABEL_WIDTH:
                return sentence
        return f"{symbol}{result}" if symbol != "=" else result.strip() or symbol

    def _lines(self, position: int) -> tuple[str, ...]:
        node = self.graph.nodes[position]
        marks = self.marks(self.kinds(node))
        label = wrap(node.label, _LABEL_WIDTH, _LABEL_LINES)
        return (self.headline(position), *label, shorten(node.id, _ID_WIDTH), *marks)

    def marks(self, kinds: Collection[str]) -> list[str]:
        """The words that say the kinds which are not plain to see."""
        return [MARKS[kind][self.lang] for kind in MARKS if kind in kinds]

    def _value(self, node_id: str) -> str | None:
        value = None if self.execution is None else self.execution.value(node_id)
        return None if value is None else show(value, self.lang)

    def _arguments(self, position: int) -> Iterator[_Argument]:
        node = self.graph.nodes[position]
        for i, arg in enumerate(() if node.is_const else node.args):
            source = self.graph.reference(arg)
            if source is not None:
                yield _Argument(f"n{self.graph.index[source]}", i, source)
                continue
            number = _number(arg, self.lang)
            kind = "m" if number is None else "l"
            yield _Argument(f"{kind}{position}_{i}", i, None, number or str(arg))

    def _extra(self, argument: _Argument) -> Box:
        kind = "missing" if argument.tail.startswith("m") else "literal"
        return Box(
            argument.tail, (kind,), (shorten(argument.text, _ID_WIDTH), *self.marks((kind,)))
        )

    def _arrow(self, argument: _Argument, position: int, node: Node) -> Arrow:
        source = None if argument.source is None else self.graph.get(argument.source)
        tests = {
            "path": node.id in self.graph.live,
            "distractor": node.distractor or (source is not None and source.distractor),
        }
        op = find_op(node.op)
        number = str(argument.position + 1) if op and op.ordered and len(node.args) > 1 else ""
        return Arrow(
            f"e_{argument.tail}_n{position}_{argument.position}",
            argument.tail,
            f"n{position}",
            tuple(kind for kind, holds in tests.items() if holds),
            localized(number, self.lang),
        )


@dataclass(frozen=True, slots=True)
class _Argument:
    """The box an argument's arrow starts at, its position, and the id it refers to, if any."""

    tail: str
    position: int
    source: str | None
    text: str = ""


def _number(value: Any, lang: Lang) -> str | None:
    try:
        number = plain_number(value) if isinstance(value, str) else read_number(value)
    except TooLarge:
        return str(value)
    return None if number is None else show(number, lang)


def check_size(graph: Graph) -> None:
    """Raise GraphTooLarge above 300 boxes or 600 arrows: no picture of those helps anybody."""
    args = [arg for node in graph if not node.is_const for arg in node.args]
    boxes = len(graph) + sum(graph.reference(arg) is None for arg in args)
    if boxes > MOST_NODES or len(args) > MOST_EDGES:
        raise GraphTooLarge(
            "graph-too-large",
            boxes=boxes,
            arrows=len(args),
            most_boxes=MOST_NODES,
            most_arrows=MOST_EDGES,
        )
