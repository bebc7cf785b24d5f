"""A job's model and another one on problems that the job was not trained on."""

from __future__ import annotations

import json
import queue
import tempfile
import threading
from collections.abc import Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dagger_core.diagnostics import DaggerError, JobError
from dagger_core.example import Example
from dagger_core.generate.catalog import Catalog
from train.evaluate import Asker, Cache, EvaluationSet, Progress, Stopped, evaluate, load_sets
from train.evaluate.command import ANSWERS_FILE, sampling
from train.evaluate.compare import Comparison, compare
from train.evaluate.sets import BANK
from train.evaluate.writing import save
from train.jobs import Job
from train.jobs.files import read_json, write_json
from train.tasks import read_tasks

_FILE = "before_after.json"
_HELD_OUT = "held-out"


def ask_both(
    catalog: Catalog, job: Job, other: str, limit: int
) -> Generator[tuple[int, int], None, None]:
    """Have another model and then the job's answer; the outcome is kept with the job.

    It goes on in a thread of its own, and gives how many of all answers there are, as they come.
    Closing it ends the thread with the next answer.

    Args:
        other: the key of a model on offer.
        limit: most problems.

    Raises:
        DaggerError: a model or the problems cannot be had.
    """
    told: queue.SimpleQueue[tuple[int, int] | DaggerError | None] = queue.SimpleQueue()
    stopped = threading.Event()

    def work() -> None:
        try:
            _ask(catalog, job, other, limit, tell)
            told.put(None)
        except DaggerError as error:
            told.put(error)
        except Exception as error:  # noqa: BLE001 - said to whoever waits
            told.put(JobError(f"{type(error).__name__}: {error}"))

    def tell(done: int, total: int) -> None:
        if stopped.is_set():
            raise Stopped("")
        told.put((done, total))

    threading.Thread(target=work, daemon=True).start()
    try:
        while (news := told.get()) is not None:
            if isinstance(news, DaggerError):
                raise news
            yield news
    finally:
        stopped.set()


def _ask(catalog: Catalog, job: Job, other: str, limit: int, tell: Progress) -> None:
    sets = _held_out(job, limit)
    each = sum(len(one.items) for one in sets)
    paths = (
        _report(catalog, other, sets, lambda done, total: tell(done, 2 * each)),
        _report(catalog, f"runs/{job.name}", sets, lambda done, total: tell(each + done, 2 * each)),
    )
    write_json(job.folder / _FILE, [str(path) for path in paths])


def _report(catalog: Catalog, key: str, sets: list[EvaluationSet], tell: Progress) -> Path:
    choice = catalog.find(key)
    cache = Cache(catalog.runs / ANSWERS_FILE)
    asker = Asker(catalog.open(key), sampling(choice.format, ()), cache=cache)
    return save(evaluate(asker, sets, tell, title=choice.title), None, catalog.runs)


def _held_out(job: Job, limit: int) -> list[EvaluationSet]:
    """What the job was not trained on: what its recipe holds out, else new problems of the bank."""
    recipe = job.recipe
    few = replace(recipe, bank=min(recipe.bank, 1))  # only what is held out is wanted
    evaluation = read_tasks(few).evaluation
    lines = [
        Example(
            task.question,
            task.graph,
            None if isinstance(task.gold, str) else task.gold,
            group=task.keys[0] if task.keys else "",
        ).to_line()
        for task in evaluation[:limit]
        if task.gold is not None
    ]
    if not lines:
        return load_sets([BANK], limit)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_HELD_OUT}.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return load_sets([str(path)], limit)


def kept(job: Job) -> tuple[Mapping[str, Any], Mapping[str, Any], Comparison] | None:
    """The two reports of a job, and what changed between them; None if there are none to read."""
    paths = read_json(job.folder / _FILE, list[str])
    try:
        before, after = (json.loads(Path(path).read_text("utf-8")) for path in paths or ())
        return before, after, compare(before, after)
    except (OSError, ValueError, KeyError, TypeError, DaggerError):
        return None
