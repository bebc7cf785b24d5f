"""Lesson: a set of problems that a class goes through, predicting before it sees.

No gradio here. A lesson is frozen and lives in the page's session only: nothing about the people
who answer is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

from dagger_core.edit import Update, apply
from dagger_core.execute import Execution, execute
from dagger_core.graph import Graph, Node
from dagger_core.ground import Grounding, ground
from dagger_core.numerals import TooLarge, read_number, same_answer
from dagger_core.ops import find_op
from demo.solution import Solution

#: What is hidden until the reveal: which numbers matter, the operations, or the answer.
Mode = Literal["marks", "operations", "answer"]
MODES: tuple[Mode, ...] = get_args(Mode)
HIDDEN_OP = "?"
_LONGEST = 200


@dataclass(frozen=True)
class Guess:
    """What a class predicts.

    Args:
        marks: positions of the numbers in the question that are said not to matter.
        operations: by place of a node, the name of the operation it is said to be.
        answer: the answer, as typed.
    """

    marks: frozenset[int] = frozenset()
    operations: Mapping[int, str] | None = None
    answer: str = ""


@dataclass(frozen=True)
class Problem:
    """One problem of a lesson, with what there is to predict about it."""

    solution: Solution

    @property
    def graph(self) -> Graph:
        """Its graph; a problem without one is not for a lesson."""
        return self.solution.graph or Graph()

    @cached_property
    def execution(self) -> Execution:
        """The graph executed."""
        return execute(self.graph)

    @cached_property
    def grounding(self) -> Grounding:
        """Which number of the question each node stands for."""
        return ground(self.graph, self.solution.question)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Positions of the numbers in the question that are written in digits.

        Words like "two of them" only count what is listed: there is nothing to predict.
        """
        return tuple(
            position
            for position, mention in enumerate(self.grounding.mentions)
            if any(character.isdigit() for character in mention.text)
        )

    @cached_property
    def idle(self) -> frozenset[int]:
        """Positions of the numbers in the question that do not matter."""
        live = self.graph.live
        return frozenset(
            position
            for position in self.numbers
            if not any(node_id in live for node_id in self.grounding.nodes_of.get(position, ()))
        )

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """Places of the operations on the way to the answer that can be predicted."""
        return tuple(
            place
            for place in self.graph.order
            if (node := self.graph.nodes[place]).id in self.graph.live and is_step(node)
        )

    def hidden(self, mode: Mode) -> Graph | None:
        """The graph as it may be shown before the reveal; None: not at all."""
        if mode == "marks":
            return None
        if mode == "answer":
            return self.graph
        graph = self.graph
        for place in self.steps:
            changes = {"op": HIDDEN_OP, "label": graph.nodes[place].meaning}
            graph = apply(Update(graph.ids[place], changes), graph)
        return graph

    def score(self, mode: Mode, guess: Guess) -> tuple[int, int]:
        """How many predictions are right, and how many there are."""
        if mode == "marks":
            right = sum((p in guess.marks) == (p in self.idle) for p in self.numbers)
            return right, len(self.numbers)
        if mode == "operations":
            said = guess.operations or {}
            right = sum(
                said.get(place) == operation(self.graph.nodes[place]) for place in self.steps
            )
            return right, len(self.steps)
        try:
            value = read_number(guess.answer)
        except TooLarge:
            value = None
        answer = self.execution.answer
        return int(value is not None and answer is not None and same_answer(value, answer)), 1


def is_step(node: Node) -> bool:
    """Whether a node is an operation that there is something to say about."""
    op = find_op(node.op)
    return op is not None and op.name != "identity"


def operation(node: Node) -> str:
    """The name of a node's operation in the table of operations."""
    op = find_op(node.op)
    return node.op if op is None else op.name


@dataclass(frozen=True)
class Lesson:
    """Problems in order, which one is looked at, and what was predicted.

    Args:
        at: the place of the problem that is looked at.
        mode: what is hidden.
        guesses: what was predicted for the problems that are revealed, by their place and mode.
    """

    problems: tuple[Problem, ...] = ()
    at: int = 0
    mode: Mode = "marks"
    guesses: tuple[tuple[int, Mode, Guess], ...] = ()

    @property
    def problem(self) -> Problem | None:
        """The problem that is looked at."""
        return self.problems[self.at] if self.problems else None

    @property
    def guess(self) -> Guess | None:
        """What was predicted for it; None before the reveal."""
        for place, mode, guess in self.guesses:
            if (place, mode) == (self.at, self.mode):
                return guess
        return None

    @property
    def total(self) -> tuple[int, int]:
        """Right predictions of all problems that are revealed, and all predictions."""
        scores = [self.problems[place].score(mode, guess) for place, mode, guess in self.guesses]
        return sum(right for right, _ in scores), sum(count for _, count in scores)

    def go(self, step: int) -> Lesson:
        """Another problem, so many places further."""
        last = max(0, len(self.problems) - 1)
        return replace(self, at=min(max(self.at + step, 0), last))

    def hide(self, mode: Mode) -> Lesson:
        """Something else is to be predicted."""
        return replace(self, mode=mode)

    def reveal(self, guess: Guess) -> Lesson:
        """Show what is hidden; the first prediction counts."""
        if self.problem is None or self.guess is not None:
            return self
        return replace(self, guesses=(*self.guesses, (self.at, self.mode, guess)))

    def again(self) -> Lesson:
        """Hide everything once more and forget what was predicted."""
        return replace(self, guesses=(), at=0)


def lesson(solutions: Sequence[Solution], mode: Mode = "marks") -> Lesson:
    """A lesson of the solutions that have a graph."""
    return Lesson(tuple(Problem(s) for s in solutions if s.graph is not None), mode=mode)


def read_guess(data: object) -> Guess:
    """A prediction as a browser sends it; whatever is none of ours is left out."""
    if not isinstance(data, Mapping):
        return Guess()
    marks, said, answer = data.get("marks"), data.get("operations"), data.get("answer")
    marks = marks if isinstance(marks, list) else []
    said = said if isinstance(said, Mapping) else {}
    return Guess(
        frozenset(mark for mark in marks[:_LONGEST] if type(mark) is int),
        {
            int(dom[1:]): op
            for dom, op in list(said.items())[:_LONGEST]
            if isinstance(dom, str)
            and dom[1:6].isdecimal()
            and len(dom) < 7
            and isinstance(op, str)
        },
        answer[:_LONGEST] if isinstance(answer, str) else "",
    )
