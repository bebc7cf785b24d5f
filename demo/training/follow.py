"""Following jobs: their events, read once and kept as they grow, and what a page says of them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dagger_core.diagnostics import Lang
from dagger_core.numerals import localized
from demo.training.curves import run_charts
from demo.training.texts import train_words
from train.events import Event
from train.jobs import LIVE, OPEN, Job, Runs, Status

_MOST_RUNS = 16


@dataclass
class _Read:
    events: list[Event] = field(default_factory=list)
    offset: int = 0


class Follower:
    """The events of jobs, of which only what is new is read; many pages share one."""

    def __init__(self) -> None:
        self._read: OrderedDict[Path, _Read] = OrderedDict()
        self._lock = threading.Lock()

    def events(self, job: Job) -> list[Event]:
        """Every event of a job so far."""
        with self._lock:
            known = self._read.setdefault(job.folder, _Read())
            self._read.move_to_end(job.folder)
            while len(self._read) > _MOST_RUNS:
                self._read.popitem(last=False)
            while True:
                found, offset = job.events(known.offset)
                if offset < known.offset:
                    known.events.clear()
                known.events += found
                if offset == known.offset:
                    return list(known.events)
                known.offset = offset


def progress(events: Sequence[Event]) -> tuple[int, int, float | None]:
    """Steps done, steps in all, and the seconds that are left if anybody can tell."""
    for event in reversed(events):
        if event.kind in ("progress", "start"):
            steps = event.values.get("max_steps")
            left = event.values.get("seconds_left")
            return (
                event.step,
                steps if isinstance(steps, int) else 0,
                float(left) if isinstance(left, int | float) else None,
            )
    return 0, 0, None


def status_document(runs: Runs, job: Job, events: Sequence[Event], lang: Lang) -> dict[str, Any]:
    """The document of a CurvesView that says where a job is."""
    return {"lang": lang, "head": _head(runs, job, job.status, events, lang)}


def curves_document(job: Job, events: Sequence[Event], lang: Lang) -> dict[str, Any]:
    """The document of a CurvesView with the curves of a job."""
    text, charts = train_words(lang), run_charts(events, lang)
    waits = text.no_curves if job.status.state in OPEN else text.no_curves_ever
    return {"lang": lang, "charts": charts, "empty": "" if charts else waits}


def _head(
    runs: Runs, job: Job, status: Status, events: Sequence[Event], lang: Lang
) -> dict[str, Any]:
    text, (step, steps, left) = train_words(lang), progress(events)
    words = status.words()
    reason = words.text(lang) if words else ""
    if status.state == "queued":
        reason = text.place_in_queue.format(place=localized(str(_place(runs, job)), lang))
    said = text.progress
    if left is not None and status.state in LIVE:
        said = text.progress_left.format(step="{step}", steps="{steps}", left=duration(left, lang))
    return {
        "state": status.state,
        "badge": getattr(text, f"state_{status.state}"),
        "title": job.name,
        "step": step,
        "max_steps": steps if status.state != "queued" else 0,
        "progress": said.format(step=localized(str(step), lang), steps=localized(str(steps), lang)),
        "reason": reason,
        "note": _note(status, lang),
    }


def _note(status: Status, lang: Lang) -> str:
    text = train_words(lang)
    at = time.strftime("%Y-%m-%d %H:%M", time.localtime(status.started or status.created))
    parts = [text.who_when.format(author=status.author or "—", time=localized(at, lang))]
    if status.started:
        end = status.ended or time.time()
        parts.append(text.took.format(time=duration(end - status.started, lang)))
    if status.attempt > 1:
        parts.append(text.attempt.format(number=localized(str(status.attempt), lang)))
    return " · ".join(parts)


def _place(runs: Runs, job: Job) -> int:
    """The place of a waiting job in the queue, from 1."""
    created = job.status.created
    waiting = (other.status for other in runs.jobs())
    return 1 + sum(other.state == "queued" and other.created < created for other in waiting)


def title(job: Job, status: Status, lang: Lang) -> str:
    """One job as a line of a list."""
    text = train_words(lang)
    at = time.strftime("%m-%d %H:%M", time.localtime(status.created))
    parts = (
        status.recipe or job.name,
        status.stage.upper(),
        getattr(text, f"state_{status.state}"),
    )
    return " · ".join([*parts, localized(at, lang)])


def duration(seconds: float, lang: Lang) -> str:
    """A time span as people say it: 45 s, 12 min, 2.5 h."""
    text = train_words(lang)
    if seconds < 90:
        said, count = text.seconds, f"{max(0, seconds):.0f}"
    elif seconds < 5400:
        said, count = text.minutes, f"{seconds / 60:.0f}"
    else:
        said, count = text.hours, f"{seconds / 3600:.1f}"
    return str(said.format(count=localized(count, lang)))
