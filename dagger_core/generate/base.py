"""What every generator is: a question in, a stream of text out that can be stopped at any moment.

The work of a stream runs in a thread of its own, so that a slow model or server never holds the
reader: cancelling returns at once, and the model stops at its next token.
"""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from dagger_core.diagnostics import GenerationError
from dagger_core.generate.settings import Settings

FinishReason = Literal["stop", "length", "cancelled", "failed"]

_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Completed:
    """A completion that is over.

    Args:
        text: all of the model's text.
        tokens: tokens the model wrote.
        seconds: wall time of the writing, without the wait for the model.
        finish_reason: `stop` (the model ended), `length` (cut at `max_new_tokens`), `cancelled`,
            or `failed` (an error was raised).
    """

    text: str
    tokens: int
    seconds: float
    finish_reason: FinishReason


@dataclass(frozen=True, slots=True)
class _Event:
    """What the worker tells the reader: a piece, a finish, an error; with the time it happened."""

    at: float
    text: str = ""
    tokens: int = 0
    ready: bool = False
    exact_total: int | None = None
    finish: FinishReason | None = None
    error: BaseException | None = None


class Sink:
    """Where the work of a stream writes; used by the worker's thread only."""

    def __init__(self, events: queue.SimpleQueue[_Event], cancelled: Callable[[], bool]) -> None:
        self._events = events
        self.cancelled = cancelled

    def ready(self) -> None:
        """The model is there and starts: waiting and loading end here."""
        self._events.put(_Event(time.perf_counter(), ready=True))

    def write(self, text: str, tokens: int = 1) -> None:
        """A piece of text; it may be empty while the bytes of a letter are incomplete."""
        self._events.put(_Event(time.perf_counter(), text, tokens))

    def total(self, tokens: int) -> None:
        """The exact number of tokens, where only the end tells it."""
        self._events.put(_Event(time.perf_counter(), exact_total=tokens))

    def end(self, finish: FinishReason | None, error: BaseException | None = None) -> None:
        """The last event of a stream."""
        self._events.put(_Event(time.perf_counter(), finish=finish, error=error))


Work = Callable[[Sink], FinishReason]


class Stream:
    """The text of one completion, piece by piece; iterate it once.

    Nothing runs before iteration starts. Leaving the loop, `cancel()` (from any thread) and
    `close()` stop the model. The figures below are right at any moment and final after the loop.

    Attributes:
        text: what was read so far.
        tokens: tokens read so far.
        tokens_exact: False where `tokens` is an estimate (a server that does not count).
        finish_reason: None until the end.
        wait_seconds: time until the model was ready (another request, loading, connecting).
        seconds: time from ready to the last token read.
        first_piece_seconds: time from ready to the first text, None before it.
    """

    def __init__(self, work: Work, *, tokens_exact: bool = True) -> None:
        self.text = ""
        self.tokens = 0
        self.tokens_exact = tokens_exact
        self.finish_reason: FinishReason | None = None
        self.wait_seconds = 0.0
        self.seconds = 0.0
        self.first_piece_seconds: float | None = None
        self._work = work
        self._begun = False
        self._start = 0.0
        self._cancelled = threading.Event()
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[str]:
        """Yield the pieces, none of them empty.

        Raises:
            GenerationError: the model or server failed; what was read stays in `text`.
        """
        if self._begun:
            raise GenerationError("stream-read-before")
        self._begun = True
        self._start = time.perf_counter()
        if not self._cancelled.is_set():
            # The context travels along: ZeroGPU reads the visitor's request from it.
            run = contextvars.copy_context().run
            threading.Thread(target=run, args=(self._run,), daemon=True).start()
        try:
            while self.finish_reason is None:
                event = self._next_event()
                if event is not None and self._take(event):
                    yield event.text
        finally:
            self.close()

    def cancel(self) -> None:
        """Stop the model and end the iteration, from any thread; harmless when it is over."""
        self._cancelled.set()

    def close(self) -> None:
        """Like `cancel`, and final: the stream counts as cancelled unless it was over."""
        self._cancelled.set()
        if self.finish_reason is None:
            self.finish_reason = "cancelled"

    def read(self) -> Completed:
        """Read to the end and return the whole completion."""
        for _ in self:
            pass
        return Completed(self.text, self.tokens, self.seconds, self.finish_reason or "cancelled")

    def _run(self) -> None:
        sink = Sink(self._events, self._cancelled.is_set)
        try:
            sink.end(self._work(sink))
        except BaseException as error:  # noqa: BLE001 - handed to the reader, who raises it
            sink.end(None, error)

    def _next_event(self) -> _Event | None:
        """The next event, or None when the stream was cancelled meanwhile."""
        while not self._cancelled.is_set():
            try:
                return self._events.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
        self.finish_reason = "cancelled"
        return None

    def _take(self, event: _Event) -> bool:
        """Enter an event in the figures; True when it has text to yield."""
        if event.error is not None:
            self.finish_reason = "failed"
            raise event.error
        if event.ready:
            self.wait_seconds, self._start = event.at - self._start, event.at
            return False
        if event.exact_total is not None:
            self.tokens, self.tokens_exact = event.exact_total, True
        self.seconds = event.at - self._start
        self.tokens += event.tokens
        self.finish_reason = event.finish
        self.text += event.text
        if event.text and self.first_piece_seconds is None:
            self.first_piece_seconds = self.seconds
        return bool(event.text)


@runtime_checkable
class Generator(Protocol):
    """Anything that writes a completion for a question."""

    @property
    def name(self) -> str:
        """The model's name as people know it; kept with every saved answer."""
        ...

    @property
    def identity(self) -> str:
        """What decides its answers, besides question and settings: equal for the same weights."""
        ...

    def generate(self, question: str, settings: Settings) -> Stream:
        """A stream of the model's text; nothing runs before it is iterated."""
        ...
