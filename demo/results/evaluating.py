"""A small evaluation in the background: one at a time, seen and cancelled from any page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dagger_core.diagnostics import DaggerError, JobError
from train.evaluate import Asker, EvaluationSet, Stopped, evaluate
from train.evaluate.writing import save


@dataclass
class Task:
    """An evaluation that runs or ran.

    Args:
        title: the model's name for people.
        data: the set's name for people.
        total: 0 until it is known.
        error: why it failed.
        report: the file it wrote.
    """

    title: str
    data: str
    done: int = 0
    total: int = 0
    error: DaggerError | None = None
    report: Path | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether it is not over yet."""
        return not self.ended.is_set()

    def progress(self, done: int, total: int) -> None:
        """Takes note of how far it is; stops the evaluation if that was asked for."""
        self.done, self.total = done, total
        if self.cancelled.is_set():
            raise Stopped


class Evaluations:
    """The evaluations that were started from pages; the last one is remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.last: Task | None = None

    def start(
        self,
        title: str,
        data: str,
        sets: Callable[[], list[EvaluationSet]],
        asker: Callable[[], Asker],
        runs: Path,
    ) -> Task:
        """Evaluate in a thread; what takes time, reading sets and loading models, happens there.

        Raises:
            JobError: another one is running.
        """
        with self._lock:
            if self.last is not None and self.last.running:
                raise JobError("evaluation-running")
            task = self.last = Task(title, data)
        work = (task, sets, asker, runs)
        threading.Thread(target=self._run, args=work, daemon=True).start()
        return task

    def cancel(self) -> None:
        """Stop the one that runs after the answers it is waiting for."""
        if self.last is not None:
            self.last.cancelled.set()

    def _run(self, task: Task, sets: Any, asker: Any, runs: Path) -> None:
        try:
            report = evaluate(asker(), sets(), task.progress, title=task.title)
            task.report = save(report, None, runs)
        except Stopped:
            pass
        except DaggerError as error:
            task.error = error
        except Exception as error:  # noqa: BLE001 - a thread's end must be seen on the page
            task.error = DaggerError(f"{type(error).__name__}: {error}")
        finally:
            task.ended.set()
