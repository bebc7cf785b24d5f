"""`python -m train.jobs.supervise FOLDER`: watches over one job, then starts the next.

A process of its own between the web server and the trainer, small enough to live long: it writes
signs of life, carries out requests, keeps to the time limit, and sees how the trainer ends.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import psutil

from train.jobs.endings import ending
from train.jobs.hub import HubTraining
from train.jobs.job import Job
from train.jobs.launchers import AdoptedTraining, LocalTraining, Running
from train.jobs.queue import RUNS, Runs
from train.jobs.status import HEARTBEAT, LIVE, Process, Status

_LOOK_EVERY = 0.3
#: Seconds that a trainer has to save after it was asked to stop.
GRACE = 600.0
#: Seconds over the time limit, for loading and for a trainer that ends by itself.
_OVER = 120.0


class Supervisor:
    """Watches over one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.status = job.status
        self._asked_at = 0.0
        self._overtime = self._terminated = False

    def run(self) -> None:
        """Start the trainer, or find the one that runs, and stay until it ends."""
        signal.signal(signal.SIGTERM, self._on_terminate)
        self.status = self._changed(supervisor=Process.of(psutil.Process().pid))
        try:
            training = self._training()
        except (OSError, psutil.Error, ValueError) as error:
            self._end("failed", "job-cannot-start", {"problem": str(error)})
            return
        self._write(trainer=training.process, remote=training.remote)
        while not training.wait(_LOOK_EVERY):
            self._look_after(training)
        state, reason, params = ending(self.job, training.exit_code, self._overtime)
        self._write(exit_code=training.exit_code)
        self._end(state, reason, params)

    def _training(self) -> Running:
        known = self.status.trainer
        if known is not None and known.found() is not None:
            return AdoptedTraining(known)
        if self.status.launcher == "hf":
            return HubTraining(self.job, self.status)
        return LocalTraining(self.job, self.status)

    def _look_after(self, training: Running) -> None:
        request, now = self.job.request, time.time()
        if request is not None and request.what == "cancel":
            training.kill()
            return
        over = self.status.minutes * 60 + _OVER if self.status.minutes else float("inf")
        if now - self.status.started > over:
            self._overtime = True
        wanted = request is not None or self._overtime or self._terminated
        if wanted and not self._asked_at:
            self._asked_at = now
            training.stop()
            self._write(state="stopping")
        elif self._asked_at and now - self._asked_at > GRACE:
            training.kill()
        elif now - self.status.heartbeat > HEARTBEAT:
            self._write()

    def _on_terminate(self, *_: Any) -> None:
        """The machine shuts down: the trainer shall save."""
        self._terminated = True

    def _end(self, state: Any, reason: str, params: dict[str, str]) -> None:
        self._write(state=state, reason=reason, params=params, ended=time.time())

    def _changed(self, **values: Any) -> Status:
        return msgspec.structs.replace(self.status, heartbeat=time.time(), **values)

    def _write(self, **values: Any) -> None:
        self.status = self._changed(**values)
        self.job.write(self.status)


def main() -> None:
    """Watch over the job of the folder that the command line names, unless somebody does."""
    folder = Path(sys.argv[1]).absolute()
    with (folder / ".supervised").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        job = Job(folder)
        if job.status.state in LIVE:
            Supervisor(job).run()
    Runs.from_environment(folder, {**os.environ, RUNS: str(folder.parent)}).advance()


if __name__ == "__main__":
    main()
