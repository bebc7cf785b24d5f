"""The queue and the lives of jobs: order, stop, cancel, resume, deaths of everybody involved."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import psutil
import pytest

from dagger_core.diagnostics import JobError
from tests.train.jobs.conftest import Start, over, trains, until
from train.jobs import Job, Limits, Runs, Status
from train.jobs.status import Process
from train.recipe import load


def test_one_at_a_time_in_the_order_they_came(runs: Runs, start: Start) -> None:
    first, second, third = start("wait"), start("quick"), start("quick")
    trains(first)
    assert [job.status.state for job in (first, second, third)] == ["running", "queued", "queued"]
    (first.folder / "go").touch()
    # Nobody asks for the next one: the supervisor of the first starts it.
    assert over(third) == "done"
    assert second.status.ended <= third.status.started
    assert first.status.ended <= second.status.started
    assert [job.name for job in runs.jobs()] == [third.name, second.name, first.name]


def test_job_lives_on_without_whoever_started_it(runs: Runs) -> None:
    code = (
        "import sys; from pathlib import Path; from train.jobs import Runs;"
        "from train.recipe import load;"
        "print(Runs(Path(sys.argv[1])).start(load('tiny').changed(about='wait')).name,"
        " flush=True); sys.stdin.read()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(runs.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    job = runs.find(server.stdout.readline().strip())
    trains(job)
    server.kill()
    server.wait()
    (job.folder / "go").touch()
    assert over(job) == "done"
    assert job.status.exit_code == 0


def test_stop_saves_and_resume_goes_on_from_there(runs: Runs, start: Start) -> None:
    job = start("wait")
    trains(job)
    runs.stop(job.name, "Mina")
    assert over(job) == "stopped"
    words = job.status.words()
    assert words is not None
    assert "Mina" in words.text("bn")
    saved = [event.step for event in job.all_events() if event.kind == "save"][-1]
    assert str(saved) in str(words)
    (job.folder / "go").touch()
    runs.resume(job.name)
    assert over(job) == "done"
    assert job.status.attempt == 2
    assert [event.step for event in job.all_events() if event.kind == "start"] == [0, saved]


def test_cancel_ends_at_once_whatever_the_trainer_does(runs: Runs, start: Start) -> None:
    job = start("deaf")
    trains(job)
    trainer = job.status.trainer
    assert trainer is not None
    runs.stop(job.name)
    until(lambda: job.status.state == "stopping")
    runs.cancel(job.name, "Raju")
    assert over(job) == "cancelled"
    assert trainer.found() is None
    assert job.status.params == {"by": "Raju"}


def test_waiting_job_is_cancelled_without_ever_starting(runs: Runs, start: Start) -> None:
    first, second = start("wait"), start("wait")
    runs.cancel(second.name, "Raju")
    assert second.status.state == "cancelled"
    (first.folder / "go").touch()
    assert over(first) == "done"
    assert not second.log()


@pytest.mark.parametrize(
    ("what", "words"),
    [("fail", "learning_rate: 7 is far too much."), ("no-memory", "memory was not enough")],
)
def test_failure_says_why(start: Start, what: str, words: str) -> None:
    job = start(what)
    assert over(job) == "failed"
    assert words in str(job.status.words())


def test_killed_job_is_seen_and_resumed(runs: Runs, start: Start) -> None:
    job = start("wait")
    trains(job)
    status = job.status
    assert status.supervisor is not None
    assert status.trainer is not None
    os.kill(status.supervisor.pid, signal.SIGKILL)
    os.killpg(status.trainer.pid, signal.SIGKILL)
    until(lambda: job.status.state == "interrupted")
    assert "killed" in str(job.status.words())
    (job.folder / "go").touch()
    runs.resume(job.name)
    assert over(job) == "done"


def test_trainer_that_lost_its_supervisor_gets_another(runs: Runs, start: Start) -> None:
    job = start("wait")
    trains(job)
    supervisor = job.status.supervisor
    assert supervisor is not None
    os.kill(supervisor.pid, signal.SIGKILL)
    until(lambda: supervisor.found() is None)
    assert job.status.state == "running"
    runs.advance()
    until(lambda: job.status.supervisor not in (None, supervisor))
    runs.advance()
    (job.folder / "go").touch()
    assert over(job) == "done"


def test_reused_pid_is_not_ours(runs: Runs, start: Start) -> None:
    job = start("quick")
    over(job)
    me = Process.of(os.getpid())
    other = msgspec.structs.replace(me, started=me.started - 1000)
    job.write(Status("running", "sft", supervisor=other, trainer=other, heartbeat=time.time()))
    assert job.status.state == "interrupted"
    with pytest.raises(JobError):
        runs.cancel(job.name)
    assert psutil.pid_exists(me.pid)


def test_other_machine_is_believed_while_it_gives_signs_of_life(runs: Runs, start: Start) -> None:
    job = start("quick")
    over(job)
    there = Process(1, 0.0, "another-machine")
    job.write(Status("running", "sft", supervisor=there, heartbeat=time.time()))
    assert job.status.state == "running"
    job.write(Status("running", "sft", supervisor=there, heartbeat=time.time() - 100))
    assert job.status.state == "interrupted"


@pytest.mark.parametrize("text", ["", '{"state": "run', "[]", '{"state": "x", "stage": 1}'])
def test_torn_status_is_a_failed_job_and_harms_no_other(
    runs: Runs, start: Start, text: str
) -> None:
    broken, good = runs.root / "20200101-000000-torn", start("quick")
    broken.mkdir()
    (broken / "status.json").write_text(text, "utf-8")
    assert over(good) == "done"
    assert Job(broken).status.state == "failed"
    assert "status.json" in str(Job(broken).status.words())
    assert Job(broken) in runs.jobs()


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "x" * 500, "gone", "a\n"])
def test_names_from_a_browser(runs: Runs, name: str) -> None:
    runs.root.mkdir()
    with pytest.raises(JobError):
        runs.find(name)


def test_what_is_over_cannot_be_changed(runs: Runs, start: Start) -> None:
    job = start("quick")
    assert over(job) == "done"
    for change in (runs.stop, runs.cancel, runs.resume):
        with pytest.raises(JobError, match=r"over|done"):
            change(job.name)


def test_limits(tmp_path: Path) -> None:
    limited = Runs(tmp_path, Limits(steps=10, minutes=5, waiting=1))
    recipe = load("tiny")
    for change, field in (
        ({"max_steps": 0}, "max_steps"),
        ({"max_steps": 11}, "max_steps"),
        ({"max_minutes": 6.0}, "max_minutes"),
    ):
        with pytest.raises(JobError, match=field):
            limited.start(recipe.changed(**change))
    assert limited.jobs() == []
    (tmp_path / "waits").mkdir()
    Job(tmp_path / "waits").write(Status("queued", "sft"))
    with pytest.raises(JobError, match="waiting"):
        limited.start(recipe)


def test_a_recipe_is_cut_to_the_limits() -> None:
    limits = Limits(steps=10, minutes=5)
    for recipe in (load("tiny").changed(max_steps=0, max_minutes=0.0), load("dagger-4b-sft")):
        cut = limits.fitted(recipe)
        assert (cut.max_steps, cut.max_minutes) == (10, 5)
        limits.check(cut)
    small = load("tiny").changed(max_steps=3, max_minutes=1.0)
    assert limits.fitted(small) == small
    assert Limits().fitted(small) == small


def test_limits_of_the_environment() -> None:
    assert Limits.from_environment({}, public=False) == Limits()
    public = Limits.from_environment({"DAGGER_TRAIN_STEPS": "7"}, public=True)
    assert (public.steps, public.minutes, public.slots) == (7, 60.0, 1)
    for bad in ("many", "-1", "nan", "inf"):
        with pytest.raises(JobError, match="DAGGER_TRAIN_MINUTES"):
            Limits.from_environment({"DAGGER_TRAIN_MINUTES": bad}, public=True)


def test_data_comes_with_the_job(runs: Runs) -> None:
    recipe = load("tiny").changed(about="quick", data={"mine": 2})
    job = runs.start(recipe, data={"mine": ['{"question": "১ + ১?"}']})
    assert over(job) == "done"
    assert job.recipe.data_dir == str(job.folder / "data")
    line = (job.folder / "data" / "mine.jsonl").read_text("utf-8")
    assert json.loads(line)["question"] == "১ + ১?"


def test_only_a_job_that_is_over_and_not_needed_can_be_deleted(runs: Runs, start: Start) -> None:
    first, running = start("quick"), start("wait")
    assert over(first) == "done"
    trains(running)
    heir = runs.start(load("tiny").changed(init=str(first.folder), about="quick"), name="heir")
    assert runs.built_on(first) == [heir]
    for name, reason in ((running.name, "waits or runs"), (heir.name, "waits or runs"),
                         (first.name, heir.name), ("../x", "no job called")):  # fmt: skip
        with pytest.raises(JobError, match=reason):
            runs.delete(name)
    (running.folder / "go").touch()
    assert over(heir) == "done"
    assert runs.delete(first.name) == first.name
    assert sorted(job.name for job in runs.jobs()) == sorted([running.name, heir.name])
    assert sorted(path.name for path in runs.root.iterdir() if path.is_dir()) == sorted(
        [running.name, heir.name]
    )
    with pytest.raises(JobError, match="no job called"):
        runs.delete(first.name)
