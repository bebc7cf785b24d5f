"""Several answers to one question: a model is asked again, or others are asked too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import EditError
from demo import answering
from demo.services import Services
from demo.solution import Solution, new_key

_SEED = answering.SETTINGS.index("seed")
_TEMPERATURE = answering.SETTINGS.index("temperature")


@dataclass(frozen=True)
class Plan:
    """One answer to ask for: of which model, and with which settings (see `answering.SETTINGS`)."""

    model: str
    settings: tuple[Any, ...]


def plans(
    models: Sequence[str], count: int, temperature: float, settings: Sequence[Any]
) -> list[Plan]:
    """So many samples of each model, each with a seed of its own."""
    asked = list(settings)
    asked[_TEMPERATURE] = temperature
    first = asked[_SEED] or 0
    found = []
    for model in models:
        for number in range(count):
            asked[_SEED] = int(first) + number
            found.append(Plan(model, tuple(asked)))
    return found


class Asker:
    """Asks models for one panel of a page; what is being written can be stopped."""

    def __init__(self, services: Services, name: str) -> None:
        self._services, self._name = services, name

    def _session(self, request: gr.Request) -> str:
        return f"{request.session_hash}/{self._name}"

    def ask(
        self, request: gr.Request, question: str, gold: str, asked: Sequence[Plan]
    ) -> Iterator[tuple[Solution, ...]]:
        """The answers so far, again with each answer that is complete.

        Raises:
            DaggerError: one is being written for this panel already, or a model failed.
        """
        session, streams = self._session(request), self._services.streams
        base, done = Solution(question, gold, key=new_key()), []
        for plan in asked:
            steps = answering.answer(self._services, base, plan.model, plan.settings)
            if streams.setdefault(session, steps.stream) is not steps.stream:
                raise EditError("still-writing")
            try:
                for _ in steps:
                    pass
            finally:
                steps.stream.cancel()
                streams.pop(session, None)
            if steps.stream.finish_reason == "cancelled":
                return
            done.append(replace(steps.outcome, key=new_key()))
            yield tuple(done)

    def stop(self, request: gr.Request) -> None:
        """What is being written for this panel is to stop; nothing more is asked for."""
        stream = self._services.streams.get(self._session(request))
        if stream is not None:
            stream.cancel()
