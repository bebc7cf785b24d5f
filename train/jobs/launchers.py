"""Launchers: how a job's training is brought to run, and watched until it ends."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import time
from typing import IO, Protocol

import psutil

from train.jobs.job import LOG, RECIPE, Job
from train.jobs.status import Process, Status

#: Trainers give way to the web server, which people wait for.
_NICENESS = 5
TRAINER = "DAGGER_TRAINER"


class Running(Protocol):
    """A training that runs somewhere."""

    @property
    def process(self) -> Process | None:
        """The process on this machine, if it is one."""

    @property
    def remote(self) -> str:
        """The job's id at Hugging Face, if it runs there."""

    def wait(self, seconds: float) -> bool:
        """Wait, but not longer than it takes to end; whether it has ended."""

    @property
    def exit_code(self) -> int | None:
        """How it ended: 0 is well, negative is a signal, None is not known."""

    def stop(self) -> None:
        """Ask it to save and end."""

    def kill(self) -> None:
        """End it at once."""


def command(job: Job, status: Status) -> list[str]:
    """The command that trains a job.

    DAGGER_TRAINER says what stands in place of `python -m train`: for several GPUs, say,
    `accelerate launch -m train`.
    """
    trainer = os.environ.get(TRAINER, "")
    words = shlex.split(trainer) if trainer else [sys.executable, "-m", "train"]
    words += [status.stage, "--recipe", str(job.folder / RECIPE), "--out", str(job.folder)]
    recipe = job.recipe_or_none()
    # The trainer's own copy of the recipe does not tell where the data was.
    return [*words, "--data", recipe.data_dir] if recipe and recipe.data_dir else words


def shown(words: list[str]) -> str:
    """A command as a person pastes it into a shell."""
    return shlex.join(words)


class LocalTraining:
    """A process on this machine, with all that it starts in a session of its own."""

    remote = ""

    def __init__(self, job: Job, status: Status) -> None:
        with (job.folder / LOG).open("ab") as log:
            words = command(job, status)
            _note(log, f"attempt {status.attempt}: {shown(words)}")
            self._popen = subprocess.Popen(
                words,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "OMP_WAIT_POLICY": "passive"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.process = Process.of(self._popen.pid)
        with contextlib.suppress(psutil.Error):
            psutil.Process(self._popen.pid).nice(_NICENESS)

    def wait(self, seconds: float) -> bool:
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    @property
    def exit_code(self) -> int | None:
        return self._popen.returncode

    def stop(self) -> None:
        # Only the trainer itself knows how to save; it ends those that help it.
        self._popen.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        kill_session(self._popen.pid)


class AdoptedTraining:
    """A process that an earlier supervisor started; how it ends cannot be known from outside."""

    remote = ""
    exit_code = None

    def __init__(self, process: Process) -> None:
        self.process = process

    def wait(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.process.found() is not None:
            if time.monotonic() >= until:
                return False
            time.sleep(0.1)
        return True

    def stop(self) -> None:
        found = self.process.found()
        if found is not None:
            found.terminate()

    def kill(self) -> None:
        if self.process.found() is not None:
            kill_session(self.process.pid)


def kill_session(pid: int) -> None:
    """End a process that leads a session, and all in its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _note(log: IO[bytes], text: str) -> None:
    log.write(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n".encode())
    log.flush()
