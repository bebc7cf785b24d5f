"""Runs: the folder of all jobs, and the queue that they wait in.

Every change is made under a lock on the folder, so that it does not matter who makes it: the web
server, the command line, or a supervisor whose job is over and who starts the next one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from dagger_core.diagnostics import JobError
from train.jobs.job import RECIPE, REQUEST, STATUS, Job
from train.jobs.limits import NO_LIMITS, Limits
from train.jobs.status import LAUNCHERS, LIVE, OPEN, Launcher, Stage, Status
from train.recipe import Recipe

#: Where `python -m train` finds its modules.
PROJECT = Path(__file__).parents[2]
RUNS = "DAGGER_RUNS"
#: Where what is deleted is for a moment; no job is looked for there.
_DELETED = ".deleted"


@dataclass(frozen=True, slots=True)
class Runs:
    """All jobs of a folder.

    Args:
        root: the folder; a folder in it that has a status is a job.
        limits: how much may run and wait.
    """

    root: Path
    limits: Limits = NO_LIMITS

    @classmethod
    def from_environment(cls, root: Path, environ: Mapping[str, str] = os.environ) -> Runs:
        """The jobs of a project folder: `runs/` in it unless DAGGER_RUNS says.

        Raises:
            JobError: a limit in the environment is no number.
        """
        public = "SPACE_ID" in environ or environ.get("DAGGER_PUBLIC", "") == "1"
        limits = Limits.from_environment(environ, public=public)
        return cls(Path(environ.get(RUNS) or root / "runs").absolute(), limits)

    def jobs(self) -> list[Job]:
        """All jobs, the newest first."""
        folders = sorted(self.root.glob(f"*/{STATUS}"), reverse=True)
        return [Job(path.parent) for path in folders]

    def find(self, name: object) -> Job:
        """The job of a name, which may come from a browser.

        Raises:
            JobError: there is none.
        """
        return Job.find(self.root, name)

    def start(
        self,
        recipe: Recipe,
        *,
        name: str = "",
        author: str = "",
        launcher: Launcher = "local",
        data: Mapping[str, Iterable[str]] | None = None,
        dataset: Path | None = None,
    ) -> Job:
        """Put a job into the queue, and start it if there is room.

        Args:
            name: of the recipe, as people know it.
            data: example lines by file name, which become the job's own data; the recipe's
                `data` must name these files.
            dataset: a file of rows, of which the job gets a copy to train on.

        Raises:
            JobError: it asks for more than the limits allow, or too many jobs wait already.
        """
        self.limits.check(recipe)
        with self._locked():
            waiting = sum(job.status.state == "queued" for job in self.jobs())
            if self.limits.waiting and waiting >= self.limits.waiting:
                raise JobError("queue-full", limit=self.limits.waiting)
            job = Job(self._new_folder(name or recipe.stage))
            if recipe.data_dir:
                recipe = replace(recipe, data_dir=str(Path(recipe.data_dir).absolute()))
            own = job.folder / "data"
            if data is not None:
                recipe = replace(recipe, data_dir=str(_written(own, data)))
            if dataset is not None:
                own.mkdir(exist_ok=True)
                copied = shutil.copyfile(dataset, own / f"dataset{dataset.suffix}")
                recipe = replace(recipe, dataset=str(copied))
            (job.folder / RECIPE).write_text(recipe.to_toml(), "utf-8")
            now, minutes = time.time(), self.limits.minutes
            waits = Status("queued", _stage(recipe), name, author, launcher)
            job.write(msgspec.structs.replace(waits, created=now, minutes=minutes))
        self.advance()
        return job

    def advance(self) -> None:
        """Start what may run now, and watch over trainers that have lost their supervisor."""
        if not self.root.is_dir():
            return
        with self._locked():
            jobs = [(job, job.status) for job in reversed(self.jobs())]
            for job, status in jobs:
                if status.state in LIVE and not status.watched():
                    _supervise(job, status)
            # What trains elsewhere takes no room here.
            for launcher in LAUNCHERS:
                mine = [entry for entry in jobs if entry[1].launcher == launcher]
                free = self.limits.slots - sum(status.state in LIVE for _, status in mine)
                queued = [entry for entry in mine if entry[1].state == "queued"]
                queued.sort(key=lambda entry: entry[1].created)
                for job, status in queued[: max(0, free)]:
                    _supervise(job, status)

    def cancel(self, name: str, by: str = "") -> None:
        """End a job at once; what it had saved before stays.

        Raises:
            JobError: there is no such job, or it is over.
        """
        self._ask(name, "cancel", by)

    def stop(self, name: str, by: str = "") -> None:
        """End a job after it has saved what it has learned.

        Raises:
            JobError: there is no such job, or it is over.
        """
        self._ask(name, "stop", by)

    def _ask(self, name: str, what: str, by: str) -> None:
        job = self.find(name)
        with self._locked():
            status = job.status
            if status.state == "queued":
                ended = msgspec.structs.replace(status, state="cancelled", ended=time.time())
                job.write(_because(ended, "job-cancelled-waiting", by=by or "—"))
            elif status.state in LIVE:
                job.ask("cancel" if what == "cancel" else "stop", by)
            else:
                raise JobError("job-is-over", job=name)
        self.advance()

    def resume(self, name: str, by: str = "") -> Job:
        """Put a job that ended early into the queue again; it goes on from its last checkpoint.

        Raises:
            JobError: there is no such job, it still runs, or it is done.
        """
        job = self.find(name)
        with self._locked():
            status = job.status
            if status.state in LIVE or status.state in ("queued", "done"):
                raise JobError("job-not-resumable", job=name)
            self.limits.check(job.recipe)
            (job.folder / REQUEST).unlink(missing_ok=True)
            job.write(
                Status(
                    *("queued", status.stage, status.recipe, by or status.author),
                    launcher=status.launcher,
                    created=time.time(),
                    attempt=status.attempt + 1,
                    minutes=self.limits.minutes,
                )
            )
        self.advance()
        return job

    def delete(self, name: str) -> str:
        """Delete a job that is over, with all that came out of it; its name.

        Raises:
            JobError: there is no such job, it is not over, or another that is not over needs it.
        """
        job = self.find(name)
        gone = self.root / _DELETED
        with self._locked():
            if job.status.state in OPEN:
                raise JobError("job-not-over", job=name)
            waiting = [other.name for other in self.built_on(job) if other.status.state in OPEN]
            if waiting:
                raise JobError("job-needed", job=name, others=", ".join(waiting))
            gone.mkdir(exist_ok=True)
            # In one step: nobody ever sees half a job.
            job.folder.replace(gone / job.name)
        shutil.rmtree(gone, ignore_errors=True)
        return name

    def built_on(self, job: Job) -> list[Job]:
        """The other jobs that start from what came out of a job."""
        return [other for other in self.jobs() if other != job and _starts_in(other, job.folder)]

    def _new_folder(self, name: str) -> Path:
        """A folder of its own; the names sort by time."""
        clean = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "job"
        while True:
            moment = datetime.now().strftime("%Y%m%d-%H%M%S-%f")[:-3]
            folder = self.root / f"{moment}-{clean}"
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _starts_in(job: Job, folder: Path) -> bool:
    recipe = job.recipe_or_none()
    start = recipe.init if recipe else ""
    return bool(start) and Path(start).absolute().is_relative_to(folder)


def _because(status: Status, reason: str, **params: str) -> Status:
    return msgspec.structs.replace(status, reason=reason, params=params)


def _supervise(job: Job, status: Status) -> None:
    """Give a job a supervisor, in a session of its own, so that it outlives this process."""
    now = time.time()
    running = msgspec.structs.replace(
        status, state="running", supervisor=None, heartbeat=now, started=status.started or now
    )
    job.write(running)
    paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        subprocess.Popen(
            [sys.executable, "-m", "train.jobs.supervise", str(job.folder)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(job.folder / "supervisor.txt").open("ab"),
            start_new_session=True,
        )
    except OSError as error:
        failed = msgspec.structs.replace(running, state="failed", ended=now)
        job.write(_because(failed, "job-cannot-start", problem=str(error)))


def _stage(recipe: Recipe) -> Stage:
    return "grpo" if recipe.stage == "grpo" else "sft"


def _written(folder: Path, data: Mapping[str, Iterable[str]]) -> Path:
    folder.mkdir()
    for name, lines in data.items():
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    return folder
