"""Compact text to graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from dagger_core.diagnostics import Diagnostic
from dagger_core.formats.compact.question import shown
from dagger_core.formats.compact.symbols import Symbol, mention_id, number_text, symbols
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.ground import number_label
from dagger_core.numerals.mentions import Mention
from dagger_core.numerals.read import TooLarge, plain_number
from dagger_core.numerals.show import written
from dagger_core.ops import CONST, find_op
from dagger_core.parse import Parsed

_BANGLA = re.compile(r"[\u0980-\u09ff]")


def read(text: str, question: str) -> Parsed:
    """The graph of a compact text, with a diagnostic for everything in it that means nothing.

    Never raises. There is no graph if a symbol is not understood or there is no answer.
    """
    reader = _Reader(question, shown(question))
    reader.read(text)
    nodes = tuple(reader.nodes())
    if not nodes or nodes[-1].id != FINAL:
        reader.problems.append(Diagnostic("empty-compact"))
    return Parsed(None if reader.problems else Graph(nodes), tuple(reader.problems))


def partial(text: str, question: str) -> tuple[Node, ...]:
    """The nodes that a text still being written has complete: those before its last part."""
    starts = [symbol.start for symbol in symbols(text) if symbol.starts_part]
    reader = _Reader(question, shown(question))
    reader.read(text[: starts[-1]] if starts else "")
    return tuple(node for node in reader.nodes() if node.id != FINAL)


@dataclass
class _Part:
    """An operation or a mark with what follows it."""

    op: Symbol | None = None
    args: list[Symbol] = field(default_factory=list)


@dataclass
class _Reader:
    """Reads one text; collects its nodes and what is wrong with it."""

    question: str
    found: Sequence[Mention]
    problems: list[Diagnostic] = field(default_factory=list)
    inputs: dict[str, tuple[tuple[int, int], Node]] = field(default_factory=dict)
    steps: list[Node] = field(default_factory=list)
    final: Node | None = None
    flagged: set[str] = field(default_factory=set)

    def read(self, text: str) -> None:
        """Takes in a whole text."""
        mark, part = "", _Part()
        for symbol in symbols(text):
            if not symbol.starts_part:
                part.args.append(symbol)
            elif mark == "!" and symbol.text == "=":
                self.flagged.add(FINAL)
            else:
                self._take(mark, part)
                part = _Part()
                if symbol.kind == "word":
                    part.op = symbol
                else:
                    mark = symbol.text
        self._take(mark, part)

    def nodes(self) -> Iterator[Node]:
        """Mentions in the order of the text, constants, steps, and the answer if there is one."""
        inputs = [node for _, node in sorted(self.inputs.values(), key=lambda item: item[0])]
        final = self.final
        if final is None and self.steps:
            final = self._answer("identity", (self.steps[-1].id,))
        for node in (*inputs, *self.steps, *([final] if final else [])):
            flagged = node.id in self.flagged
            yield msgspec.structs.replace(node, distractor=True) if flagged else node

    def _take(self, mark: str, part: _Part) -> None:
        """Takes in a part that is complete."""
        ids = tuple(key for key in map(self._id, part.args) if key is not None)
        if len(ids) < len(part.args) or not (part.op or ids):
            return
        if mark == "=" and self.final is None:
            self._finish(part.op, ids)
        elif mark == "" and part.op:
            name = self._op(part.op)
            self.steps.append(Node(id=f"s{len(self.steps) + 1}", op=name, args=ids))
        elif mark in ("&", "!") and not part.op:
            self.flagged.update(ids if mark == "!" else ())
        else:
            self._problem(part.op or part.args[0], "stands where it means nothing")

    def _finish(self, op: Symbol | None, ids: tuple[str, ...]) -> None:
        if op is not None and op.text == CONST:
            _, node = self.inputs.pop(ids[0], (None, None)) if len(ids) == 1 else (None, None)
            label = _in_language(self.question, "final answer", "চূড়ান্ত উত্তর")
            self.final = Node(id=FINAL, op=CONST, val=node.val if node else None, label=label)
        else:
            self.final = self._answer(self._op(op) if op else "identity", ids)

    def _answer(self, op: str, ids: tuple[str, ...]) -> Node:
        label = _in_language(self.question, "final answer", "চূড়ান্ত উত্তর")
        return Node(id=FINAL, op=op, args=ids, label=label)

    def _op(self, symbol: Symbol) -> str:
        op = find_op(symbol.text)
        if op is None:
            self._problem(symbol, "is no operation")
        return op.name if op else symbol.text

    def _id(self, symbol: Symbol) -> str | None:
        """The id of the node a symbol means; its input node is made at the first use."""
        if symbol.kind == "mention":
            return self._mention(symbol)
        if symbol.kind == "constant":
            return self._constant(symbol)
        if symbol.kind == "step" and 1 <= int(symbol.body) <= len(self.steps):
            return f"s{int(symbol.body)}"
        step = symbol.kind == "step"
        self._problem(symbol, "is no earlier step" if step else "is no symbol of this format")
        return None

    def _mention(self, symbol: Symbol) -> str | None:
        number = int(symbol.body)
        if not 1 <= number <= len(self.found):
            self._problem(symbol, f"is no number of the question, which has {len(self.found)}")
            return None
        mention = self.found[number - 1]
        if not 1 <= symbol.reading <= len(mention.readings):
            self._problem(symbol, f"is no reading of {mention.text!r}")
            return None
        key = mention_id(number, symbol.reading)
        value = written(mention.readings[symbol.reading - 1])
        label = number_label(self.question, mention.start, mention.end)
        node = Node(id=key, op=CONST, val=value, label=label)
        self.inputs.setdefault(key, ((number, symbol.reading), node))
        return key

    def _constant(self, symbol: Symbol) -> str | None:
        try:
            value = plain_number(symbol.body)
        except TooLarge:
            value = None
        if value is None:
            self._problem(symbol, "is no number")
            return None
        key = f"c{number_text(value)}"
        label = _in_language(self.question, "known constant", "জানা ধ্রুবক")
        node = Node(id=key, op=CONST, val=written(value), label=label)
        self.inputs.setdefault(key, ((len(self.found) + 1, len(self.inputs)), node))
        return key

    def _problem(self, symbol: Symbol, detail: str) -> None:
        params = {"position": symbol.start + 1, "symbol": symbol.text, "detail": detail}
        self.problems.append(Diagnostic("bad-compact", params=params))


def _in_language(question: str, en: str, bn: str) -> str:
    return bn if _BANGLA.search(question) else en
