"""How a job ended, in a state and a sentence, from its exit code, its requests and its log."""

from __future__ import annotations

import re
import signal

from train.jobs.job import Job
from train.jobs.status import State

Ending = tuple[State, str, dict[str, str]]

_NO_MEMORY = re.compile(r"out of memory|MemoryError|Cannot allocate memory|bad_alloc", re.I)
_LONGEST = 300


def ending(job: Job, exit_code: int | None, overtime: bool) -> Ending:
    """The state in which a job ended, and the name and params of the sentence that says why."""
    request = job.request
    if request is not None and request.what == "cancel":
        return "cancelled", "job-cancelled", {"by": request.by or "—"}
    well = exit_code == 0 or (exit_code is None and _finished(job))
    stopped = exit_code in (0, -signal.SIGTERM, 128 + signal.SIGTERM, None)
    if overtime and stopped:
        return "stopped", "job-overtime", {"minutes": f"{job.status.minutes:g}"}
    if request is not None and stopped:
        return "stopped", *_saved(job, request.by)
    if well:
        return "done", "", {}
    return "failed", *_failure(job, exit_code)


def _finished(job: Job) -> bool:
    """Whether the trainer wrote down that it came to its end, after its last beginning."""
    marks = [event.kind for event in job.all_events() if event.kind in ("start", "end")]
    return bool(marks) and marks[-1] == "end" and job.model is not None


def _saved(job: Job, by: str) -> tuple[str, dict[str, str]]:
    saves = [event.step for event in job.all_events() if event.kind == "save"]
    if saves:
        return "job-stopped-saved", {"by": by or "—", "step": str(saves[-1])}
    return "job-stopped", {"by": by or "—"}


def _failure(job: Job, exit_code: int | None) -> tuple[str, dict[str, str]]:
    lines = [line.strip() for line in job.log(8000).splitlines() if line.strip()]
    last = next((line for line in reversed(lines) if not line.startswith("---")), "")
    if any(_NO_MEMORY.search(line) for line in lines[-40:]):
        return "job-out-of-memory", {}
    if exit_code is None:
        return "job-ended-unseen", {}
    if exit_code in (-signal.SIGKILL, 128 + signal.SIGKILL):
        return "job-killed", {}
    if exit_code < 0:
        return "job-signal", {"signal": _signal_name(-exit_code)}
    if not last:
        return "job-failed-silently", {"code": str(exit_code)}
    return "job-failed", {"problem": last[:_LONGEST]}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
