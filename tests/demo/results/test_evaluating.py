"""Evaluations in the background: one at a time, watched, cancelled, and honest about failure."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("gradio")

from dagger_core.diagnostics import GenerationError, JobError
from dagger_core.example import Example
from dagger_core.generate import ScriptedGenerator, Settings
from demo.results.evaluating import Evaluations, Task
from train.evaluate import Asker, EvaluationSet
from train.evaluate.command import read_report
from train.evaluate.items import Item

PATIENCE = 60


def start(evaluations: Evaluations, runs: Path, delay: float = 0.0, count: int = 5) -> Task:
    def sets() -> list[EvaluationSet]:
        items = [Item("s", n, Example(f"{'a' * n} 5?", answer=5)) for n in range(1, count + 1)]
        return [EvaluationSet("s", items)]

    def asker() -> Asker:
        model = ScriptedGenerator(["= [1]"], delay=delay, name="m")
        return Asker(model, Settings(format="compact"), jobs=1)

    return evaluations.start("Model", "five", sets, asker, runs)


def test_it_writes_its_report(tmp_path: Path) -> None:
    task = start(Evaluations(), tmp_path)
    assert task.ended.wait(PATIENCE)
    assert (task.error, task.done, task.total) == (None, 5, 5)
    assert task.report is not None
    report = read_report(task.report)
    assert (report["title"], report["accuracy"]) == ("Model", 1.0)


def test_one_at_a_time_and_cancelled(tmp_path: Path) -> None:
    evaluations = Evaluations()
    task = start(evaluations, tmp_path, delay=0.05, count=2000)
    with pytest.raises(JobError, match="running"):
        start(evaluations, tmp_path)
    evaluations.cancel()
    assert task.ended.wait(PATIENCE)
    assert (task.report, task.error) == (None, None)
    assert task.done < 2000
    assert start(evaluations, tmp_path).ended.wait(PATIENCE)


def test_a_failure_is_told(tmp_path: Path) -> None:
    def fails() -> Asker:
        raise GenerationError("No model there.")

    evaluations = Evaluations()
    task = evaluations.start("Model", "five", list, fails, tmp_path)
    assert task.ended.wait(PATIENCE)
    assert str(task.error) == "No model there."

    def breaks() -> list[EvaluationSet]:
        raise ZeroDivisionError("a mistake of ours")

    asker = Asker(ScriptedGenerator(["x"]), Settings(format="compact"))
    task = evaluations.start("Model", "five", breaks, lambda: asker, tmp_path)
    assert task.ended.wait(PATIENCE)
    assert "a mistake of ours" in str(task.error)
