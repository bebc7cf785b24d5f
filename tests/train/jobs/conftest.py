"""Jobs in a folder of their own, trained by `trainer.py`; none is left behind."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from train.jobs import OPEN, Job, Runs
from train.jobs.launchers import TRAINER, kill_session
from train.recipe import load

Start = Callable[[str], Job]


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    script = Path(__file__).with_name("trainer.py")
    monkeypatch.setenv(TRAINER, shlex.join([sys.executable, str(script)]))
    runs = Runs(tmp_path / "runs")
    yield runs
    for job in runs.jobs():
        if job.status.state == "queued":
            runs.cancel(job.name)
    for job in runs.jobs():
        for process in (job.status.supervisor, job.status.trainer):
            if process is not None and process.found() is not None:
                kill_session(process.pid)


@pytest.fixture
def start(runs: Runs) -> Start:
    """Start a job whose trainer does what the word says."""
    return lambda what: runs.start(load("tiny").changed(about=what), name=what)


def until(true: Callable[[], object], what: str = "it happens") -> None:
    """Wait for something, however long a busy machine takes."""
    for _ in range(6000):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited in vain until {what}")


def over(job: Job) -> str:
    """The state in which a job ends."""
    until(lambda: job.status.state not in OPEN, f"{job.name} ends, which is {job.status}")
    return job.status.state


def trains(job: Job) -> None:
    """Wait until the job's trainer has done a step."""
    until(lambda: any(event.kind == "step" for event in job.events()[0]), "it trains")
