"""Solution: one question with the graph that is being made for it, and all that undo needs.

It is what a page holds while a person works. It is frozen: every action gives a new one, so that
undo is a step back in a list and nothing is ever half changed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import cached_property

from dagger_core.check import check
from dagger_core.diagnostics import Diagnostic
from dagger_core.edit import Edit, apply
from dagger_core.execute import Execution, execute
from dagger_core.formats.trace import TraceScore, score_trace
from dagger_core.graph import Graph
from dagger_core.score import Score, score_written

#: So many steps can be undone.
MOST_STEPS = 200


@dataclass(frozen=True)
class Attempt:
    """What a model answered.

    Args:
        model: its name.
        text: its text, untouched.
        graph: the graph read from the text, or None.
        notes: what was noticed while reading.
        tokens, seconds: how long the text took; 0 where nobody measured.
        finish_reason: why the model stopped, as its stream says.
        format: the format it was asked for.
    """

    model: str = ""
    text: str = ""
    graph: Graph | None = None
    notes: tuple[Diagnostic, ...] = ()
    tokens: int = 0
    seconds: float = 0.0
    finish_reason: str = ""
    format: str = ""


@dataclass(frozen=True)
class Solution:
    """A question and the graph that is being made for it.

    Args:
        question: the text of the problem.
        gold: the right answer as typed, or "".
        attempt: what a model answered, if one was asked.
        history: the graphs of all steps, oldest first.
        at: which of them is on the page.
        selected: the id of the node that is looked at.
        key: names this piece of work; a new answer of a model is a new piece.
        revision: grows with every change, so that late pictures can be told from new ones.
        parent: the stored revision it started from or was last saved as.
        saved_at: when and as what it was last saved, for people; "" if it has changed since.
        typed: JSON that is being typed and is not a graph yet.
    """

    question: str = ""
    gold: str = ""
    attempt: Attempt | None = None
    history: tuple[Graph, ...] = ()
    at: int = 0
    selected: str | None = None
    key: str = ""
    revision: int = 0
    parent: int | None = None
    saved_at: str = ""
    typed: str | None = None

    @property
    def graph(self) -> Graph | None:
        """The graph on the page."""
        return self.history[self.at] if self.history else None

    @cached_property
    def execution(self) -> Execution | None:
        """The graph executed."""
        return None if self.graph is None else execute(self.graph)

    @cached_property
    def findings(self) -> list[Diagnostic]:
        """All there is to say about the graph, and about the model's text it came from."""
        notes = list(self.attempt.notes) if self.attempt else []
        if self.graph is None:
            return notes
        if self.attempt and self.graph is not self.attempt.graph:
            notes = []  # they were about a graph that has been changed since
        return [*notes, *check(self.graph, self.execution, self.question)]

    @property
    def score(self) -> Score | None:
        """What the graph earns, written in the published format, against the gold answer."""
        if self.graph is None:
            return None
        return score_written(self.graph, self.gold)

    @property
    def trace_score(self) -> TraceScore | None:
        """What a model's reasoning in words earns, while its graph stands as it was read."""
        attempt = self.attempt
        if attempt is None or attempt.format != "trace" or self.graph is not attempt.graph:
            return None
        return score_trace(attempt.text, self.gold)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be taken again."""
        return self.at + 1 < len(self.history)

    def do(self, edit: Edit) -> Solution:
        """The solution after an edit; an edit that changes nothing is no step.

        Raises:
            EditError: the edit does not fit the graph.
        """
        return self.step(apply(edit, self.graph or Graph()))

    def step(self, graph: Graph) -> Solution:
        """The solution with another graph as its next step."""
        if graph == self.graph:
            return self
        history = (*self.history[: self.at + 1], graph)[-MOST_STEPS:]
        return self._changed(history=history, at=len(history) - 1)

    def undo(self) -> Solution:
        """One step back, if there is one."""
        return self._changed(at=self.at - 1) if self.can_undo else self

    def redo(self) -> Solution:
        """One step forward again, if there is one."""
        return self._changed(at=self.at + 1) if self.can_redo else self

    def reset(self) -> Solution:
        """Back to the model's graph, as a step that can be undone."""
        origin = self.attempt.graph if self.attempt else None
        return self if origin is None else self.step(origin)

    def select(self, node_id: str | None) -> Solution:
        """Another node is looked at."""
        return self if node_id == self.selected else replace(self, selected=node_id)

    def answered(self, attempt: Attempt) -> Solution:
        """A model has answered: a new piece of work that starts with its graph.

        The graph that was there stays one undo away.
        """
        graph = attempt.graph
        history = (*self.history[: self.at + 1], *([graph] if graph else ()))[-MOST_STEPS:]
        return replace(
            self,
            attempt=attempt,
            history=history,
            at=max(0, len(history) - 1),
            selected=None,
            key=new_key(),
            revision=self.revision + 1,
            saved_at="",
            typed=None,
        )

    def _changed(self, *, at: int, history: tuple[Graph, ...] | None = None) -> Solution:
        history = self.history if history is None else history
        selected = self.selected if self.selected in history[at].index else None
        return replace(
            self,
            history=history,
            at=at,
            selected=selected,
            revision=self.revision + 1,
            saved_at="",
            typed=None,
        )


def new_key() -> str:
    """A name for a new piece of work."""
    return secrets.token_hex(8)
