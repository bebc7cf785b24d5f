"""A generator that plays back given completions: for tests, demos and lessons without a model."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence

from dagger_core.diagnostics import GenerationError
from dagger_core.generate.base import FinishReason, Sink, Stream
from dagger_core.generate.settings import Settings

_PIECE = re.compile(r"\s*\S+\s*$|\s*\S+|\s+$")


class ScriptedGenerator:
    """Plays back completions; a piece is a word with the space before it, and counts as a token.

    Args:
        completions: texts by question, or a list of texts that is played in order, round and round.
        delay: seconds before each piece.
        name: the name it goes by.
    """

    def __init__(
        self,
        completions: Mapping[str, str] | Sequence[str],
        *,
        delay: float = 0.0,
        name: str = "scripted",
    ) -> None:
        if isinstance(completions, str) or not completions:
            raise GenerationError("script-without-answers")
        self.name = name
        self._completions = completions
        self._delay = delay
        self._asked = 0
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """Its name."""
        return self.name

    def generate(self, question: str, settings: Settings) -> Stream:
        """A stream of the completion that is next, or that belongs to the question.

        Raises:
            GenerationError: while iterating, when the script has no completion for the question.
        """

        def work(sink: Sink) -> FinishReason:
            pieces = _PIECE.findall(self._completion(question))
            for piece in pieces[: settings.max_new_tokens]:
                time.sleep(self._delay)
                if sink.cancelled():
                    return "cancelled"
                sink.write(piece)
            return "length" if len(pieces) > settings.max_new_tokens else "stop"

        return Stream(work)

    def _completion(self, question: str) -> str:
        if isinstance(self._completions, Mapping):
            if question not in self._completions:
                raise GenerationError("script-without-answer", question=question[:80])
            return self._completions[question]
        with self._lock:
            text = self._completions[self._asked % len(self._completions)]
            self._asked += 1
        return text
