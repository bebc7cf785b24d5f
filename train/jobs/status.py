"""Status: where a job is, as `status.json` has it, and whether its processes are still ours."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from typing import Literal, get_args

import msgspec
import psutil

from dagger_core.diagnostics import JobError

State = Literal[
    "queued", "running", "stopping", "done", "stopped", "cancelled", "failed", "interrupted"
]
Launcher = Literal["local", "hf"]
Stage = Literal["sft", "grpo"]

LAUNCHERS: tuple[Launcher, ...] = get_args(Launcher)
LIVE: frozenset[State] = frozenset({"running", "stopping"})
OPEN: frozenset[State] = LIVE | {"queued"}

#: Seconds between two signs of life, and without one after which nobody is there any more.
HEARTBEAT, SILENCE = 5.0, 60.0
#: The clock of a process and of the machine may be read a moment apart.
_SAME_START = 2.0


class Process(msgspec.Struct, frozen=True):
    """A process for certain: numbers are given again after a while, start times are not.

    Args:
        started: seconds since 1970.
        host: the machine it runs on.
    """

    pid: int
    started: float
    host: str

    @classmethod
    def of(cls, pid: int) -> Process:
        """The process that has this number now.

        Raises:
            psutil.Error: there is none.
        """
        return cls(pid, psutil.Process(pid).create_time(), socket.gethostname())

    @property
    def here(self) -> bool:
        """Whether it is, or was, on this machine."""
        return self.host == socket.gethostname()

    def found(self) -> psutil.Process | None:
        """The process, if it is on this machine, still runs, and is this one."""
        try:
            process = psutil.Process(self.pid)
            same = self.here and abs(process.create_time() - self.started) < _SAME_START
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.Error:
            return None


class Status(msgspec.Struct, frozen=True):
    """Where a job is.

    Args:
        state: as it was last written; `Job.status` also sees that nobody is there any more.
        stage: which command trains it.
        recipe: the name of the recipe it comes from.
        author: who started it.
        created, started, ended: seconds since 1970.
        heartbeat: when the supervisor last wrote this.
        attempt: 1, and one more with every resumption.
        supervisor, trainer: the process that watches, and the one that trains.
        exit_code: of the trainer; negative for a signal.
        reason: name of a sentence in `errors.toml` that says why it is in this state.
        params: what that sentence mentions.
        remote: id of the job at Hugging Face, for the launcher "hf".
        minutes: after which the supervisor stops it; 0 is never.
    """

    state: State
    stage: Stage
    recipe: str = ""
    author: str = ""
    launcher: Launcher = "local"
    created: float = 0.0
    started: float = 0.0
    ended: float = 0.0
    heartbeat: float = 0.0
    attempt: int = 1
    supervisor: Process | None = None
    trainer: Process | None = None
    exit_code: int | None = None
    reason: str = ""
    params: Mapping[str, str] = {}
    remote: str = ""
    minutes: float = 0.0

    def words(self) -> JobError | None:
        """Why it is in this state, to be said in either language; None if that needs no words."""
        return JobError(self.reason, **self.params) if self.reason else None

    def watched(self) -> bool:
        """Whether its supervisor is there, or is just being started."""
        recent = time.time() - self.heartbeat < SILENCE
        if self.supervisor is None or not self.supervisor.here:
            return recent
        return self.supervisor.found() is not None

    def alive(self) -> bool:
        """Whether anything still works on it; what runs elsewhere does until a supervisor looks."""
        here = self.trainer is not None and self.trainer.found() is not None
        return bool(self.remote) or here or self.watched()
