"""The command line of jobs: `python -m train jobs list|start|show|cancel|stop|resume|delete`."""

from __future__ import annotations

import contextlib
import getpass
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from dagger_core.diagnostics import JobError
from train.jobs import OPEN, Job, Runs
from train.jobs.job import LOG
from train.jobs.launchers import command, shown
from train.jobs.status import LAUNCHERS, Status
from train.recipe import load

app = typer.Typer(no_args_is_help=True, help="Training jobs that run on their own.")

Folder = Annotated[
    Path | None, typer.Option("--runs", help="Folder of the jobs (default: DAGGER_RUNS or runs).")
]
Name = Annotated[str, typer.Argument(help="Name of the job, as `list` shows it.")]
_EVERY = 1.0


@app.command("list")
def show_all(runs: Folder = None) -> None:
    """List the jobs, the newest first."""
    for job in _runs(runs).jobs():
        print(_line(job, job.status))


@app.command()
def start(
    recipe: Annotated[str, typer.Option("--recipe", help="A name of `recipes`, or a .toml file.")],
    data: Annotated[str, typer.Option(help="Folder with the recipe's data files.")] = "",
    launcher: Annotated[str, typer.Option(help=" or ".join(LAUNCHERS))] = "local",
    runs: Folder = None,
) -> None:
    """Put a job into the queue; it starts when there is room, and needs no terminal."""
    chosen = load(recipe).changed(**({"data_dir": data} if data else {}))
    if launcher not in LAUNCHERS:
        raise JobError(f"--launcher: there are {', '.join(LAUNCHERS)}.")
    name = Path(recipe).stem
    job = _runs(runs).start(chosen, name=name, author=_me(), launcher=launcher)
    print(job.name)


@app.command()
def show(
    name: Name,
    follow: Annotated[bool, typer.Option(help="Stay and print the log as it grows.")] = False,
    runs: Folder = None,
) -> None:
    """Show where a job is, how it is run by hand, and the end of its log."""
    folder = _runs(runs)
    folder.advance()
    job = folder.find(name)
    print(_line(job, job.status))
    print(shown(command(job, job.status)))
    if not follow:
        print(job.log(), end="")
        return
    _follow(job)
    print(_line(job, job.status))


@app.command()
def cancel(name: Name, runs: Folder = None) -> None:
    """End a job at once."""
    _runs(runs).cancel(name, _me())


@app.command()
def stop(name: Name, runs: Folder = None) -> None:
    """Let a job save what it has learned, and end."""
    _runs(runs).stop(name, _me())


@app.command()
def resume(name: Name, runs: Folder = None) -> None:
    """Let a job that ended early go on from its last checkpoint."""
    _runs(runs).resume(name, _me())


@app.command()
def delete(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    runs: Folder = None,
) -> None:
    """Delete a job that is over, with its model and all that it wrote."""
    folder = _runs(runs)
    if not yes:
        others = ", ".join(other.name for other in folder.built_on(folder.find(name)))
        also = f" These jobs started from its model: {others}." if others else ""
        typer.confirm(f"Delete {name} and its model for good?{also}", abort=True)
    folder.delete(name)


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def _runs(folder: Path | None) -> Runs:
    runs = Runs.from_environment(Path())
    return Runs(folder.absolute(), runs.limits) if folder else runs


def _line(job: Job, status: Status) -> str:
    events = [event for event in job.all_events() if event.kind in ("start", "progress")]
    steps = f"step {events[-1].step} of {events[-1].values.get('max_steps')}" if events else ""
    words = status.words()
    parts = [job.name, status.stage, status.state, steps, str(words) if words else ""]
    return "  ".join(part for part in parts if part)


def _follow(job: Job) -> None:
    """Print the log, and what it gets until the job is over."""
    place, running = 0, True
    while running:
        running = job.status.state in OPEN
        with contextlib.suppress(FileNotFoundError), (job.folder / LOG).open("rb") as log:
            log.seek(place)
            sys.stdout.buffer.write(log.read())
            sys.stdout.flush()
            place = log.tell()
        if running:
            time.sleep(_EVERY)
