"""One sentence for every node, whose parts know which node they speak of.

Labels are whatever a model or a person wrote; sentences are plain text in one line, to be
escaped like any other text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dagger_core.diagnostics import Diagnostic, Lang
from dagger_core.execute import Execution
from dagger_core.explain.steps import reading_order
from dagger_core.explain.words import NOTATIONS, SAYINGS, Saying
from dagger_core.graph import Node
from dagger_core.ground import ground
from dagger_core.notation import Operand, fill, operands
from dagger_core.numerals import Number, show
from dagger_core.ops import find_op
from dagger_core.render.text import clean, shorten

Kind = Literal["given", "step", "answer", "distractor", "failure"]

_NAME_WIDTH, _MOST_USERS = 80, 3
_INEXACT = "≈"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence, and the id of the node it speaks of, if any."""

    text: str
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be said about one node.

    Args:
        number: its place, from 1.
        node: the id of the node.
        kind: given: a number that matters; step: an operation on the way; answer: the last one;
            distractor: whatever the answer does not depend on; failure: a node without a value.
        parts: the sentence, piece by piece.
        span: where the question mentions the number, as start and end.
    """

    number: int
    node: str
    kind: Kind
    parts: tuple[Part, ...]
    span: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)


def explain(
    execution: Execution, question: str | None = None, lang: Lang = "en"
) -> tuple[Sentence, ...]:
    """A sentence for every node: as computed first, then what the answer does not depend on.

    With the question, sentences of its numbers say where they stand in it.
    """
    teller = _Teller(execution, lang)
    grounding = ground(execution.graph, question or "")
    sentences = []
    for number, node_id in enumerate(reading_order(execution), 1):
        mention = grounding.mention_of(node_id)
        span = None if mention is None else (mention.start, mention.end)
        kind, parts = teller.kind(node_id), teller.parts(node_id)
        sentences.append(Sentence(number, node_id, kind, parts, span))
    return tuple(sentences)


@dataclass(frozen=True)
class _Teller:
    """Puts what is known about nodes into words."""

    execution: Execution
    lang: Lang

    @cached_property
    def _final(self) -> str | None:
        final = self.execution.graph.final
        return None if final is None else final.id

    def kind(self, node_id: str) -> Kind:
        graph = self.execution.graph
        if self.execution.failure(node_id) is not None:
            return "failure"
        if node_id == self._final:
            return "answer"
        if node_id not in graph.live:
            return "distractor"
        return "given" if graph.nodes[graph.index[node_id]].is_const else "step"

    def parts(self, node_id: str) -> tuple[Part, ...]:
        graph = self.execution.graph
        node = graph.nodes[graph.index[node_id]]
        result = self.execution.results[node_id]
        if isinstance(result, Diagnostic):
            return (Part(clean(result.text(self.lang))),)
        if node_id in graph.live:
            flag = self._say("flagged", {}) if node.distractor else ()
            return self._equation(node, result) + flag
        if node.is_const:
            return self._idle(node, result)
        return self._equation(node, result) + self._say("detour", {})

    def _equation(self, node: Node, value: Number) -> tuple[Part, ...]:
        """As in "Total money = 122,195 × 45.6 = 5,572,092", or without a name of ours."""
        shown = self._value(value)
        expression = self._expression(node)
        same = not expression or "".join(part.text for part in expression) == shown
        nameless = not node.meaning and node.id != self._final
        return self._say(
            "value" if same else "nameless" if nameless else "step",
            {
                "name": [self._name(node)],
                "expression": expression,
                "is": [Part(_INEXACT if isinstance(value, float) else "=")],
                "value": [Part(shown, node.id)],
            },
        )

    def _idle(self, node: Node, value: Number) -> tuple[Part, ...]:
        """Why the answer does not depend on a number."""
        graph, answer = self.execution.graph, self.execution.answer
        users = graph.children[node.id]
        known: Saying = "aside" if users else "unused"
        unknown: Saying = "aside-no-answer" if users else "unused-no-answer"
        names = self._listed(graph.nodes[graph.index[user]] for user in users[:_MOST_USERS])
        fields = {
            "name": [self._name(node)],
            "value": [Part(show(value, self.lang), node.id)],
            "users": [*names, *([Part(", …")] if len(users) > _MOST_USERS else [])],
        }
        if answer is None:
            return self._say(unknown, fields)
        return self._say(known, {**fields, "answer": [Part(show(answer, self.lang), self._final)]})

    def _listed(self, nodes: Iterable[Node]) -> list[Part]:
        parts: list[Part] = []
        for node in nodes:
            parts += [*([Part(", ")] if parts else []), self._name(node)]
        return parts

    def _expression(self, node: Node) -> list[Part]:
        op = find_op(node.op)
        if op is None:
            return []
        given = operands(self.execution, node)
        form, count = NOTATIONS[self.lang][op.name], show(len(given), self.lang)
        return list(_parts(form.write([self._operand(o, given) for o in given], count)))

    def _operand(self, operand: Operand, among: Sequence[Operand]) -> Part:
        text = self._value(operand.value)
        # A sign beside another, or a power of ten within a product, would be misread.
        bracket = len(among) > 1 and (operand.value < 0 or " " in text)
        return Part(f"({text})" if bracket else text, operand.source)

    def _value(self, value: Number) -> str:
        return show(value, self.lang).removeprefix(_INEXACT)

    def _name(self, node: Node) -> Part:
        name = shorten(node.meaning, _NAME_WIDTH)
        if not name and node.id == self._final:
            name = SAYINGS[self.lang]["answer-name"]
        return Part(name or shorten(node.id, _NAME_WIDTH) or "?", node.id)

    def _say(self, saying: Saying, fields: Mapping[str, Sequence[Part]]) -> tuple[Part, ...]:
        return tuple(_parts(fill(SAYINGS[self.lang][saying], fields)))


def _parts(pieces: Iterable[str | Part]) -> Iterator[Part]:
    for piece in pieces:
        yield Part(piece) if isinstance(piece, str) else piece
