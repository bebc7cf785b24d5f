"""A model's answers to questions: in batches or side by side, each kept on disk once it is there.

A question is asked once for one model and one way to ask it. What is in the cache is not asked
again, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator as Generates
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from typing import Literal, Protocol

from dagger_core.diagnostics import DaggerError, GenerationError
from dagger_core.generate import Completed, Generator, LocalGenerator, Settings
from train.evaluate.cache import Cache

Finish = Literal["stop", "length", "timeout", "error"]
#: Answers by question, some at a time.
Generated = Generates[dict[str, "Answer"], None, None]

#: Questions asked one at a time first, to take the time of a single answer; at most this long.
_TIMED, _TIMED_SECONDS = 20, 20.0
#: After so many failures and not one answer, the model counts as gone.
_GIVE_UP = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote for one question.

    Args:
        seconds: wall time; of an answer in a batch its share.
        finish: how it ended; `timeout` and `error` have no whole text.
        alone: whether nothing else was being written meanwhile, so that `seconds` is what a
            person waits.
        error: why there is no answer.
    """

    text: str
    tokens: int
    seconds: float
    finish: Finish = "stop"
    alone: bool = False
    error: str = ""


class Stopped(DaggerError):
    """The run was cancelled; the answers that were there are kept."""


class Progress(Protocol):
    """Is told how far the run is, in questions; may raise `Stopped`."""

    def __call__(self, done: int, total: int) -> None: ...


@dataclass(frozen=True)
class Asker:
    """How questions are put to a model.

    Args:
        generator: any; a `LocalGenerator` answers in batches, others side by side.
        settings: how it samples; greedy by default.
        batch: questions answered at once on this machine.
        jobs: requests at once to others.
        timeout: seconds after which a request is given up; a batch on this machine has none.
        cache: where answers are kept.
    """

    generator: Generator
    settings: Settings
    batch: int = 32
    jobs: int = 8
    timeout: float = 300.0
    cache: Cache = field(default_factory=Cache)

    def ask(self, questions: Sequence[str], progress: Progress | None = None) -> list[Answer]:
        """The answers, in the order of the questions; equal questions are asked once.

        Raises:
            Stopped: `progress` raised it; what was answered is in the cache.
            GenerationError: the model cannot be had, or fails at every question.
        """
        wanted = list(dict.fromkeys(questions))
        keys = {question: self._key(question) for question in wanted}
        kept = self.cache.load(keys.values())
        done = {q: Answer(**kept[keys[q]]) for q in wanted if keys[q] in kept}
        tell = progress or (lambda done, total: None)
        tell(len(done), len(wanted))
        missing = [question for question in wanted if question not in done]
        with closing(self._answers(missing)) as answers:
            for some in answers:
                good = {q: a for q, a in some.items() if a.finish in ("stop", "length")}
                self.cache.keep({keys[q]: _fields(a) for q, a in good.items()})
                done.update(some)
                tell(len(done), len(wanted))
        return [done[question] for question in questions]

    def _key(self, question: str) -> str:
        """Model, question, prompt and settings, in a few bytes.

        Two questions can share a compact prompt, which hides their numbers, and not the answer.
        """
        from dagger_core.formats import FORMATS

        form = FORMATS[self.settings.format]
        prompt, settings = form.messages(question), _fields(self.settings)
        return self.cache.key(self.generator.identity, question, prompt, settings)

    def _answers(self, questions: Sequence[str]) -> Generated:
        if isinstance(self.generator, LocalGenerator):
            return self._in_batches(self.generator, questions)
        return self._side_by_side(questions)

    def _in_batches(self, generator: LocalGenerator, questions: Sequence[str]) -> Generated:
        """First some one at a time, for the clock; then batches of questions of like length."""
        if questions:
            generator.warm()
        failures = _Failures()
        spread = questions[:: max(1, len(questions) // _TIMED)][:_TIMED]
        clock, timed = time.perf_counter(), 0
        for question in spread:
            if time.perf_counter() - clock > _TIMED_SECONDS:
                break
            yield {question: failures.seen(self._one(question, alone=True))}
            timed += 1
        rest = sorted(set(questions).difference(spread[:timed]), key=lambda q: (len(q), q))
        for start in range(0, len(rest), self.batch):
            part = rest[start : start + self.batch]
            try:
                written = generator.generate_batch(part, self.settings, batch_size=self.batch)
                yield {q: _answer(one) for q, one in zip(part, written, strict=True)}
            except GenerationError:
                # One that does not fit fails its batch: by themselves, only that one fails.
                for question in part:
                    yield {question: failures.seen(self._one(question))}

    def _side_by_side(self, questions: Sequence[str]) -> Generated:
        failures, waiting = _Failures(), iter(questions)
        running: dict[Future[Answer], str] = {}
        pool = ThreadPoolExecutor(self.jobs)
        try:
            while True:
                while len(running) < self.jobs and (question := next(waiting, None)) is not None:
                    # Timed as a request, whatever else the server is doing.
                    running[pool.submit(self._one, question, alone=True)] = question
                if not running:
                    return
                over, _ = wait(running, return_when=FIRST_COMPLETED)
                yield {running.pop(one): failures.seen(one.result()) for one in over}
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, question: str, *, alone: bool = False) -> Answer:
        """One answer; a failure is an answer too, that says why there is none."""
        stream = self.generator.generate(question, self.settings)
        timer = threading.Timer(self.timeout, stream.cancel)
        timer.daemon = True
        timer.start()
        try:
            return _answer(stream.read(), alone=alone)
        except GenerationError as error:
            return Answer(stream.text, stream.tokens, stream.seconds, "error", error=str(error))
        finally:
            timer.cancel()


class _Failures:
    """Counts failures, to tell a model that is gone from a question it cannot take."""

    def __init__(self) -> None:
        self._answered = False
        self._failed = 0

    def seen(self, answer: Answer) -> Answer:
        if answer.finish in ("stop", "length"):
            self._answered = True
        self._failed += answer.finish == "error"
        if self._failed >= _GIVE_UP and not self._answered:
            raise GenerationError(answer.error)
        return answer


def _answer(done: Completed, *, alone: bool = False) -> Answer:
    finish: Finish = "timeout"
    if done.finish_reason in ("stop", "length"):
        finish = done.finish_reason
    error = "It took too long and was given up." if finish == "timeout" else ""
    return Answer(done.text, done.tokens, done.seconds, finish, alone, error)


def _fields(value: Answer | Settings) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}
