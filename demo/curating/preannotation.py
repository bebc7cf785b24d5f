"""A model suggests graphs for questions, in the background, until it is done or stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotate import Question, Store
from annotate.filtering import Filter
from annotate.queue import page
from dagger_core.diagnostics import DaggerError
from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.generate import LocalGenerator, Settings
from dagger_core.generate.catalog import Catalog
from dagger_core.numerals import same_answer

_CHUNK = 8
_LONGEST_ANSWER = 1024


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Args:
        graphs: of the answers, how many have a graph.
        right, checked: of the questions with a right answer, how many graphs give it.
        problem: why it ended early, if it did.
    """

    model: str
    total: int = 0
    done: int = 0
    graphs: int = 0
    right: int = 0
    checked: int = 0
    running: bool = True
    cancelled: bool = False
    problem: DaggerError | None = None


@dataclass(frozen=True)
class Asked:
    """A question that a model is asked: its id, text and right answer."""

    id: int
    text: str
    answer: str | None


class Preannotations:
    """The runs of a server, one at a time for each purpose that callers name."""

    def __init__(self) -> None:
        self._runs: dict[Hashable, _Run] = {}
        self._lock = threading.Lock()

    def start(
        self,
        purpose: Hashable,
        store: Store,
        catalog: Catalog,
        model: str,
        questions: Callable[[], Iterable[Asked]],
    ) -> bool:
        """Begin, unless one is running for the same purpose; whether it began.

        Args:
            questions: called in the background; to find them in a large project takes a while.

        Raises:
            DaggerError: the model is not on offer.
        """
        catalog.find(model)
        with self._lock:
            before = self._runs.get(purpose)
            if before is not None and before.progress.running:
                return False
            run = _Run(store, catalog, model, questions)
            self._runs[purpose] = run
        run.thread.start()
        return True

    def progress(self, purpose: Hashable) -> Progress | None:
        """How far the last run for a purpose has come."""
        run = self._runs.get(purpose)
        return run.progress if run else None

    def forget(self, purpose: Hashable) -> None:
        """Forget a run that is over."""
        self._runs.pop(purpose, None)

    def cancel(self, purpose: Hashable) -> None:
        """Stop the run for a purpose after the questions it is at."""
        run = self._runs.get(purpose)
        if run is not None:
            run.stop.set()


def one(question: Question) -> Iterator[Asked]:
    """A question to be asked by itself."""
    yield Asked(question.id, question.text, question.answer)


def unanswered(
    store: Store, project: str, chosen: Filter, model: str, most: int
) -> Iterator[Asked]:
    """The first questions of a filter whose newest suggestion is not the model's."""
    start = 0
    while most > 0:
        found = page(store, chosen, project=project, start=start, limit=200)
        for item in found.items:
            if item.model != model and most > 0:
                most -= 1
                yield Asked(item.question_id, item.text, item.answer)
        if not found.more:
            return
        start += 200


class _Run:
    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        model: str,
        questions: Callable[[], Iterable[Asked]],
    ) -> None:
        self.progress = Progress(model)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)
        self._store, self._catalog, self._model = store, catalog, model
        self._questions = questions

    def _work(self) -> None:
        problem: DaggerError | None = None
        try:
            asked = list(self._questions())
            self._tell(total=len(asked))
            for start in range(0, len(asked), _CHUNK):
                if self.stop.is_set():
                    break
                self._suggest(asked[start : start + _CHUNK])
        except DaggerError as error:
            problem = error
        finally:
            self._tell(running=False, cancelled=self.stop.is_set(), problem=problem)

    def _suggest(self, asked: Sequence[Asked]) -> None:
        form = self._catalog.find(self._model).format
        settings = Settings(format=form, max_new_tokens=_LONGEST_ANSWER)
        kept = {"format": form, "temperature": settings.temperature}
        for one, text in zip(asked, self._answers(asked, settings), strict=False):
            graph = FORMATS[form].read(text, one.text).graph
            self._store.suggest(one.id, model=self._model, text=text, graph=graph, settings=kept)
            answer = execute(graph).answer if graph else None
            now, checked = self.progress, one.answer is not None
            self._tell(
                done=now.done + 1,
                graphs=now.graphs + (graph is not None),
                right=now.right + (checked and same_answer(answer, one.answer)),
                checked=now.checked + checked,
            )

    def _answers(self, asked: Sequence[Asked], settings: Settings) -> Iterator[str]:
        generator = self._catalog.open(self._model)
        if isinstance(generator, LocalGenerator):
            questions = [one.text for one in asked]
            for completed in generator.generate_batch(questions, settings, batch_size=_CHUNK):
                yield completed.text
            return
        for one in asked:
            if self.stop.is_set():
                return
            stream = generator.generate(one.text, settings)
            for _ in stream:
                if self.stop.is_set():
                    stream.cancel()
                    return
            yield stream.text

    def _tell(self, **changes: Any) -> None:
        self.progress = replace(self.progress, **changes)
