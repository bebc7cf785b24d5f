"""Answers side by side: the same question answered several times, and what differs.

No gradio here: samples in, groups, votes, differences and verdicts out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from annotate.texts import language
from dagger_core.diagnostics import EditError, Lang
from dagger_core.diff import Change, diff, same_graph
from dagger_core.execute import execute
from dagger_core.fields import input_text
from dagger_core.graph import Graph, Node
from dagger_core.ground import ground
from dagger_core.numerals import Number, localized, same_answer, show
from dagger_core.ops import find_op
from dagger_core.render.text import shorten
from demo.solution import Solution
from demo.texts import words
from train.problems import Kind, distract

_NAME_WIDTH = 60
_MOST_ARGUMENTS = 8


@dataclass(frozen=True)
class Group:
    """Answers that mean the same graph, or that have none.

    Args:
        solutions: one for every answer.
    """

    solutions: tuple[Solution, ...]

    @property
    def first(self) -> Solution:
        """The answer that stands for all."""
        return self.solutions[0]

    @property
    def answer(self) -> Number | None:
        """The value of the answer, if it has one."""
        execution = self.first.execution
        return None if execution is None else execution.answer

    @property
    def models(self) -> Counter[str]:
        """How many of them each model gave."""
        return Counter(s.attempt.model if s.attempt else "" for s in self.solutions)


def groups(solutions: Iterable[Solution]) -> tuple[Group, ...]:
    """The answers in groups of equal graphs, the largest first."""
    found: list[list[Solution]] = []
    for solution in solutions:
        for group in found:
            if _equal(group[0].graph, solution.graph):
                group.append(solution)
                break
        else:
            found.append([solution])
    return tuple(Group(tuple(g)) for g in sorted(found, key=len, reverse=True))


def _equal(one: Graph | None, other: Graph | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_graph(one, other)


def votes(found: Sequence[Group]) -> list[tuple[Number | None, int]]:
    """Every answer with the number of samples that gave it, the most frequent first.

    Samples without an answer come last, whatever their number.
    """
    tally = Counter[Number | None]()
    for group in found:
        tally[group.answer] += len(group.solutions)
    return sorted(tally.items(), key=lambda item: (item[0] is None, -item[1]))


@dataclass(frozen=True)
class Difference:
    """How two graphs differ: a sentence for each change, and the nodes on either side."""

    sentences: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


def difference(left: Graph | None, right: Graph | None, lang: Lang) -> Difference:
    """What differs in meaning; names and labels do not."""
    if left is None or right is None:
        return Difference()
    changes = [change for change in diff(left, right) if change.fields != ("label",)]
    return Difference(
        tuple(_sentence(change, left, right, lang) for change in changes),
        frozenset(change.before.id for change in changes if change.before),
        frozenset(change.after.id for change in changes if change.after),
    )


def _sentence(change: Change, left: Graph, right: Graph, lang: Lang) -> str:
    text = words(lang)
    before = "" if change.before is None else _told(change.before, left, lang)
    after = "" if change.after is None else _told(change.after, right, lang)
    if not before:
        return str(text.only_right.format(node=after))
    if not after:
        return str(text.only_left.format(node=before))
    return str(text.differs.format(left=before, right=after))


def _told(node: Node, graph: Graph, lang: Lang) -> str:
    """A node in a line: its name, what it is or does, and whether it is a distractor."""
    name, does = _name(node), localized(shorten(input_text(node), _NAME_WIDTH), lang)
    if not node.is_const:
        op = find_op(node.op)
        symbol = shorten(node.op, _NAME_WIDTH) if op is None else op.symbol
        given = [_argument(arg, graph, lang) for arg in node.args[:_MOST_ARGUMENTS]]
        if (len(symbol) == 1 and len(given) > 1) or node.op == "identity":
            does = f" {symbol} ".join(given)
        else:
            does = f"{symbol} ({', '.join(given)})"
    mark = f", ⊘ {words(lang).distractor_short}" if node.distractor else ""
    return f"“{name}” = {does}{mark}"


def _name(node: Node) -> str:
    return shorten(node.label, _NAME_WIDTH) or shorten(node.id, _NAME_WIDTH)


def _argument(arg: object, graph: Graph, lang: Lang) -> str:
    source = graph.reference(arg)
    node = None if source is None else graph.get(source)
    return localized(shorten(str(arg), _NAME_WIDTH), lang) if node is None else _name(node)


@dataclass(frozen=True)
class Trap:
    """A question with sentences that do not matter, and what a model must not fall for.

    Args:
        question: the question with the sentences.
        added: those sentences, in order.
        spans: where the numbers of those sentences stand in the question.
        answer: what the answer was, and still is.
    """

    question: str
    added: tuple[str, ...]
    spans: frozenset[tuple[int, int]]
    answer: Number | None

    def used(self, graph: Graph) -> list[str]:
        """The numbers of the added sentences that a graph's answer depends on, as written."""
        grounding = ground(graph, self.question)
        return [
            mention.text
            for position, mention in enumerate(grounding.mentions)
            if (mention.start, mention.end) in self.spans
            and any(node_id in graph.live for node_id in grounding.nodes_of.get(position, ()))
        ]


def trap(solution: Solution, kind: Kind, count: int, rng: Random) -> Trap:
    """The question of a solution with sentences of a kind put in.

    Raises:
        EditError: there is no graph yet.
    """
    graph = solution.graph
    if graph is None or not solution.question:
        raise EditError("nothing-to-distract")
    lang: Lang = "bn" if language(solution.question) == "bn" else "en"
    question, expected = distract(solution.question, graph, kind, count, rng, lang)
    new = [node_id for node_id in expected.index if node_id not in graph.index]
    grounding = ground(expected, question)
    found = [grounding.mention_of(node_id) for node_id in new]
    spans = frozenset((mention.start, mention.end) for mention in found if mention)
    execution = execute(graph)
    return Trap(question, tuple(_added(solution.question, question)), spans, execution.answer)


def _added(before: str, after: str) -> Iterator[str]:
    """The pieces of a text that another text does not have: whole sentences here."""
    rest = before
    for piece in _sentences(after):
        if piece.strip() in rest:
            rest = rest.replace(piece.strip(), "", 1)
        else:
            yield piece.strip()


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for place, character in enumerate(text):
        ends = character in ".?!।" and (place + 1 == len(text) or text[place + 1].isspace())
        if ends or place + 1 == len(text):
            yield text[start : place + 1]
            start = place + 1


def verdict(trap: Trap, answered: Solution, lang: Lang) -> tuple[bool | None, str]:
    """Whether a model was fooled, and the sentence that says so; None if it gave no answer."""
    text, execution = words(lang), answered.execution
    if execution is None or execution.answer is None or answered.graph is None:
        return None, str(text.trap_no_answer)
    now = show(execution.answer, lang)
    if trap.answer is None:
        return None, str(text.trap_unknown.format(after=now))
    before, used = show(trap.answer, lang), trap.used(answered.graph)
    values = {"before": before, "after": now, "used": ", ".join(used)}
    if not same_answer(execution.answer, trap.answer):
        said = text.trap_fooled_by if used else text.trap_fooled
        return True, str(said.format(**values))
    if used:
        return True, str(text.trap_used.format(**values))
    return False, str(text.trap_not_fooled.format(**values))
