"""A model answers a question: the steps of a Solution while the text comes in."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from dagger_core.diagnostics import EditError
from dagger_core.formats import FORMATS
from dagger_core.formats.compact import Compact
from dagger_core.generate import Settings, Stream
from dagger_core.graph import Graph
from dagger_core.numerals import mentions
from demo import actions
from demo.services import Services
from demo.solution import Attempt, Solution, new_key

#: The settings a visitor may choose; the format is the model's own.
SETTINGS = ("temperature", "top_p", "top_k", "max_new_tokens", "seed")
_LONGEST_ANSWER = 2048
_FRAME_SECONDS = 0.12


def default(name: str) -> Any:
    """The value a setting has before anybody chooses."""
    return next(field.default for field in fields(Settings) if field.name == name)


@dataclass(frozen=True)
class Step:
    """How far an answer has come: the solution with the complete nodes, the text, its tokens."""

    solution: Solution
    text: str = ""
    tokens: int = 0


class Answering:
    """Iterate it for the steps of one answer; afterwards `outcome` is the answered solution."""

    def __init__(self, solution: Solution, stream: Stream, attempt: Attempt) -> None:
        self.outcome, self.stream = solution, stream
        self._attempt = attempt

    def __iter__(self) -> Iterator[Step]:
        stream, fmt = self.stream, FORMATS[self._attempt.format]
        growing = Solution(self.outcome.question, self.outcome.gold, key=new_key())
        shown = 0.0
        yield Step(growing)
        for _ in stream:
            now = time.monotonic()
            if now - shown < _FRAME_SECONDS:
                continue
            shown = now
            nodes = fmt.partial(stream.text, growing.question)
            if nodes and (growing.graph is None or len(nodes) != len(growing.graph)):
                growing = replace(growing, history=(Graph(nodes),), revision=growing.revision + 1)
            yield Step(growing, stream.text, stream.tokens)
        self.outcome = self.outcome.answered(self._finished(growing.question))

    def _finished(self, question: str) -> Attempt:
        stream, fmt = self.stream, FORMATS[self._attempt.format]
        parsed = fmt.read(stream.text, question)
        # Of an answer that was cut short, the nodes that are complete are kept.
        begun = fmt.partial(stream.text, question) if parsed.graph is None else ()
        return replace(
            self._attempt,
            text=stream.text,
            graph=Graph(begun) if begun else parsed.graph,
            notes=parsed.diagnostics,
            tokens=stream.tokens,
            seconds=stream.seconds,
            finish_reason=stream.finish_reason or "",
        )


def start(
    services: Services, solution: Solution, question: str, gold: str, project: str
) -> Solution:
    """The solution with the question as typed, knowing what is stored about it already.

    Raises:
        EditError: the question is empty or too long.
    """
    solution = actions.ask(solution, question, gold)
    known = services.store.find_question(solution.question, project)
    latest = services.store.latest(known.id) if known else None
    return replace(solution, parent=latest.id if latest else None)


def answer(
    services: Services, solution: Solution, model: str, settings: Sequence[Any]
) -> Answering:
    """A model's answer to the question of a solution; nothing is computed before iteration.

    Raises:
        DaggerError: a setting is out of range, the model is not on offer, or it calculates with
            the numbers of a question only, and this one has none.
    """
    chosen = dict(zip(SETTINGS, settings, strict=True))
    chosen = {name: _whole(name, value) for name, value in chosen.items()}
    form = services.catalog.find(model).format
    if form == Compact.name and not mentions(solution.question):
        raise EditError("question-has-no-number")
    asked = Settings(format=form, **chosen)
    asked = replace(asked, max_new_tokens=min(asked.max_new_tokens, _LONGEST_ANSWER))
    stream = services.catalog.open(model).generate(solution.question, asked)
    return Answering(solution, stream, Attempt(model=model, format=form))


def _whole(name: str, value: Any) -> Any:
    """The browser sends whole numbers as floats, too."""
    if name in ("top_k", "max_new_tokens", "seed") and isinstance(value, float):
        return int(value)
    return value
