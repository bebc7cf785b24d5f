"""Any causal language model that transformers loads, on this machine: streamed, or in batches.

Light to import and to make: torch and transformers come in with the first token that is asked for.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from dagger_core.generate.base import Completed, FinishReason, Sink, Stream
from dagger_core.generate.hub import Device, Weights
from dagger_core.generate.prompt import Message, prompt_ids
from dagger_core.generate.settings import Settings
from dagger_core.generate.warm import WARM

ZERO_GPU = bool(os.environ.get("SPACES_ZERO_GPU"))
_ZERO_GPU_SECONDS = 120
_IMPORTING = threading.Lock()


class LocalGenerator:
    """A model by Hub name or folder, or a PEFT adapter's folder, whose base is found from it.

    Args:
        model: Hub name or folder. Code that comes with a model is never run.
        name: what people know it by; the Hub name or the folder's name by default.
        device: `auto` takes a GPU if there is one; a small model is faster on the CPU.
        constrained: let the format's grammar, where it has one, decide which tokens may come, and
            give an answer that can hardly be one up for the next likely one (see `weigh`).
    """

    def __init__(
        self,
        model: str | Path,
        *,
        name: str | None = None,
        device: Device = "auto",
        constrained: bool = True,
    ) -> None:
        self.name = name or (Path(model).name if Path(model).is_dir() else str(model))
        self._weights = Weights(str(model), device)
        self._constrained = constrained

    @property
    def identity(self) -> str:
        """The contents of its files, and how its answers are chosen."""
        chosen = "with grammar, weighed" if self._constrained else "without grammar"
        return f"{self._weights.fingerprint()} {chosen}"

    def generate(self, question: str, settings: Settings) -> Stream:
        """A stream of the model's text; loading happens inside its iteration.

        Raises:
            ModelUnavailable: while iterating: the model cannot be had.
            GenerationError: while iterating: the model fails, or the question does not fit it.
        """
        request = self._request(question, settings)
        on_gpu = ZERO_GPU and self._weights.device != "cpu"
        return Stream(lambda sink: (_on_zero_gpu if on_gpu else _complete)(request, sink))

    def generate_batch(
        self, questions: Sequence[str], settings: Settings, *, batch_size: int = 32
    ) -> list[Completed]:
        """Completions of many questions in their order; batches are of prompts of like length.

        Question i is sampled with seed + i, whatever the batch size.

        Raises:
            ModelUnavailable: the model cannot be had.
            GenerationError: the model fails, or a question does not fit it.
        """
        decoding = _decoding()
        requests = [self._request(question, settings) for question in questions]
        done: dict[int, Completed] = {}
        with WARM.lease(self._weights, lambda: False) as loaded:
            assert loaded is not None  # only a cancelled lease is empty
            rows = [
                request.row(loaded.tokenizer, seed)
                for seed, request in enumerate(requests, decoding.first_seed(settings))
            ]
            order = sorted(range(len(rows)), key=lambda i: len(rows[i].prompt))
            for start in range(0, len(order), batch_size):
                some = order[start : start + batch_size]
                batch = decoding.complete_batch(loaded, [rows[i] for i in some], settings)
                done.update(zip(some, batch, strict=True))
        return [done[i] for i in range(len(questions))]

    def warm(self) -> None:
        """Bring the model into memory ahead of the first question.

        Raises:
            ModelUnavailable: the model cannot be had.
        """
        _decoding()
        with WARM.lease(self._weights, lambda: False):
            pass

    def _request(self, question: str, settings: Settings) -> _Request:
        from dagger_core.formats import FORMATS

        form = FORMATS[settings.format]
        grammar = form.grammar(question) if self._constrained else None
        return _Request(self._weights, question, form.messages(question), settings, grammar)


@dataclass(frozen=True, slots=True)
class _Request:
    """One completion, in values that can be sent to another process."""

    weights: Weights
    question: str
    messages: list[Message]
    settings: Settings
    grammar: str | None

    def row(self, tokenizer: Any, seed: int) -> Any:
        """The request as a `decoding.Row`."""
        prompt = prompt_ids(tokenizer, self.messages)
        return _decoding().Row(self.question, prompt, self.grammar, seed)


def _decoding() -> ModuleType:
    """The module that needs torch and transformers.

    Two threads that import transformers for the first time at once get errors from its lazy
    modules, so one goes first.
    """
    with _IMPORTING:
        from dagger_core.generate import decoding
    return decoding


def import_libraries() -> None:
    """Import torch and transformers, which a thread must do before it uses them by itself."""
    _decoding()


def _complete(request: _Request, sink: Sink) -> FinishReason:
    decoding = _decoding()
    with WARM.lease(request.weights, sink.cancelled) as loaded:
        if loaded is None:
            return "cancelled"
        row = request.row(loaded.tokenizer, decoding.first_seed(request.settings))
        sink.ready()
        finish: FinishReason = decoding.complete(loaded, row, request.settings, sink)
        return finish


def _gpu(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hugging Face's ZeroGPU lends a GPU to the decorated function, in a process of its own."""
    if not ZERO_GPU:
        return function
    import spaces

    decorated: Callable[..., Any] = spaces.GPU(duration=_ZERO_GPU_SECONDS)(function)
    return decorated


@_gpu
def _gpu_pieces(
    request: _Request, cancel_file: str
) -> Iterator[tuple[str, int, FinishReason | None]]:
    """Pieces of text with the tokens so far; the last one carries the finish reason.

    Runs in the GPU's process, which shares files with this one but no events: hence the file.
    """
    stream = Stream(lambda sink: _complete(request, sink))
    for piece in stream:
        yield piece, stream.tokens, None
        if os.path.exists(cancel_file):
            stream.cancel()
    yield "", stream.tokens, stream.finish_reason


def _on_zero_gpu(request: _Request, sink: Sink) -> FinishReason:
    """Load in this process, which the GPU's process is forked from, and write over there."""
    finish: FinishReason | None = None
    counted = 0
    with (
        WARM.lease(request.weights, sink.cancelled) as loaded,
        tempfile.TemporaryDirectory() as folder,
    ):
        if loaded is None:
            return "cancelled"
        cancel_file = Path(folder, "cancel")
        sink.ready()
        for piece, tokens, reason in _gpu_pieces(request, str(cancel_file)):
            sink.write(piece, tokens - counted)
            counted, finish = tokens, reason
            if sink.cancelled():
                cancel_file.touch()
    return finish or "cancelled"
