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


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Args:
        step, steps: done, and in all.
        share: of the run that is over; a run may have steps or minutes to do.
        left: seconds, if anybody can tell.
    """

    step: int = 0
    steps: int = 0
    share: float = 0.0
    left: float | None = None


def progress(events: Sequence[Event]) -> Progress:
    """How far a run is, by what it told last."""
    told = next((event for event in reversed(events) if event.kind in ("progress", "start")), None)
    if told is None:
        return Progress()
    began = next((event.at for event in reversed(events) if event.kind == "start"), told.at)
    steps, left = (_number(told.values.get(name)) for name in ("max_steps", "seconds_left"))
    share = told.step / steps if steps else 0.0
    if left is not None and told.at > began:
        share = max(share, (told.at - began) / (told.at - began + left))
    return Progress(told.step, int(steps or 0), min(share, 1.0), left)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


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
    text, far = train_words(lang), progress(events)
    words = status.words()
    reason = words.text(lang) if words else ""
    if status.state == "queued":
        reason = text.place_in_queue.format(place=localized(str(_place(runs, job)), lang))
    return {
        "state": status.state,
        "badge": getattr(text, f"state_{status.state}"),
        "title": job.name,
        "share": 1.0 if status.state == "done" else round(far.share, 3),
        "progress": _far(status, far, lang),
        "reason": reason,
        "note": _note(status, lang),
    }


def _far(status: Status, far: Progress, lang: Lang) -> str:
    """How far a run is, in words; nothing before it has begun."""
    if not far.steps or status.state == "queued":
        return ""
    text, left = train_words(lang), ""
    said = text.steps_done if status.state == "done" else text.progress
    if far.left is not None and status.state in LIVE:
        said, left = text.progress_left, duration(far.left, lang)
    step, steps = (localized(str(number), lang) for number in (far.step, far.steps))
    return str(said.format(step=step, steps=steps, left=left))


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
