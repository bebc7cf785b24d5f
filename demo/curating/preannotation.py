"""A model suggests graphs for many questions, in the background, until it is done or stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate import Store
from annotate.queue import Filter, Item, page
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
        right, checked: of the questions with a right answer, how many graphs give it.
        problem: why it ended early, if it did.
    """

    model: str
    total: int
    done: int = 0
    right: int = 0
    checked: int = 0
    running: bool = True
    cancelled: bool = False
    problem: DaggerError | None = None


class Preannotations:
    """The runs of a server, one for each project at a time."""

    def __init__(self) -> None:
        self._runs: dict[str, _Run] = {}
        self._lock = threading.Lock()

    def start(
        self, store: Store, catalog: Catalog, project: str, chosen: Filter, model: str, most: int
    ) -> bool:
        """Begin, unless one is running for the project; whether it began.

        Raises:
            DaggerError: the model is not on offer.
        """
        catalog.find(model)
        with self._lock:
            before = self._runs.get(project)
            if before is not None and before.progress.running:
                return False
            items = list(_without(store, project, chosen, model, most))
            run = _Run(store, catalog, items, model)
            self._runs[project] = run
        run.thread.start()
        return True

    def progress(self, project: str) -> Progress | None:
        """How far the last run of a project has come."""
        run = self._runs.get(project)
        return run.progress if run else None

    def cancel(self, project: str) -> None:
        """Stop the run of a project after the questions it is at."""
        run = self._runs.get(project)
        if run is not None:
            run.stop.set()


def _without(store: Store, project: str, chosen: Filter, model: str, most: int) -> Iterator[Item]:
    """The first questions of a filter whose newest suggestion is not the model's."""
    start = 0
    while most > 0:
        found = page(store, chosen, project=project, start=start, limit=200)
        for item in found.items:
            if item.model != model and most > 0:
                most -= 1
                yield item
        if not found.more:
            return
        start += 200


class _Run:
    def __init__(self, store: Store, catalog: Catalog, items: Sequence[Item], model: str) -> None:
        self.progress = Progress(model, len(items))
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)
        self._store, self._catalog, self._items, self._model = store, catalog, items, model

    def _work(self) -> None:
        problem: DaggerError | None = None
        try:
            for start in range(0, len(self._items), _CHUNK):
                if self.stop.is_set():
                    break
                self._suggest(self._items[start : start + _CHUNK])
        except DaggerError as error:
            problem = error
        finally:
            self._tell(running=False, cancelled=self.stop.is_set(), problem=problem)

    def _suggest(self, items: Sequence[Item]) -> None:
        form = self._catalog.find(self._model).format
        settings = Settings(format=form, max_new_tokens=_LONGEST_ANSWER)
        for item, text in zip(items, self._answers(items, settings), strict=False):
            graph = FORMATS[form].read(text, item.text).graph
            settings_kept = {"format": form, "temperature": settings.temperature}
            self._store.suggest(
                item.question_id, model=self._model, text=text, graph=graph, settings=settings_kept
            )
            right = item.answer is not None and same_answer(
                execute(graph).answer if graph else None, item.answer
            )
            now = self.progress
            self._tell(
                done=now.done + 1,
                right=now.right + right,
                checked=now.checked + (item.answer is not None),
            )

    def _answers(self, items: Sequence[Item], settings: Settings) -> Iterator[str]:
        generator = self._catalog.open(self._model)
        if isinstance(generator, LocalGenerator):
            questions = [item.text for item in items]
            for completed in generator.generate_batch(questions, settings, batch_size=_CHUNK):
                yield completed.text
            return
        for item in items:
            if self.stop.is_set():
                return
            stream = generator.generate(item.text, settings)
            for _ in stream:
                if self.stop.is_set():
                    stream.cancel()
                    return
            yield stream.text

    def _tell(self, **changes: object) -> None:
        self.progress = Progress(**{**vars(self.progress), **changes})
