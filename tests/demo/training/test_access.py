"""Nobody trains by accident: raw requests of strangers, and people who are not on the list."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from demo.build import build, launch_options
from demo.training.form import shown
from demo.training.page import TrainPage
from tests.demo.stranger import Stranger
from tests.demo.train_app import services
from tests.train.jobs.conftest import over, trains
from train.jobs import OPEN, Runs
from train.jobs.launchers import TRAINER
from train.recipe import Recipe, load

REFUSED = "list of trainers"


@pytest.fixture(scope="module", autouse=True)
def _fake_trainer() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        script = Path(__file__).parents[2] / "train" / "jobs" / "trainer.py"
        patch.setenv(TRAINER, shlex.join([sys.executable, str(script)]))
        yield


def end(runs: Runs) -> None:
    """Leave no job behind."""
    for job in runs.jobs():
        if job.status.state in OPEN:
            runs.cancel(job.name)
            over(job)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Runs]]:
    """The app for strangers, where a job of rina's is training."""
    behind = services(tmp_path_factory.mktemp("public"), public=True)
    app = build(behind)
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, **launch_options())
    recipe = load("tiny").changed(about="wait", max_steps=5)
    trains(behind.runs.start(recipe, name="mine", author="rina"))
    yield url, behind.runs
    app.close()
    end(behind.runs)


def called(stranger: Stranger, button: str, language: int = 0, **values: Any) -> str:
    """What a click on a button is answered, with these values in place of the page's."""
    function = stranger.functions(button, "click")[language]
    answer = stranger.post(function, stranger.inputs(function, **values))
    return json.dumps(answer, ensure_ascii=False)


def test_stranger_starts_stops_and_asks_nothing(public: tuple[str, Runs]) -> None:
    url, runs = public
    (job,) = runs.jobs()
    stranger = Stranger(url, "stranger")
    for button in ("start", "look", "probe"):
        assert REFUSED in called(stranger, button)
    for button in (
        "job-stop",
        "job-cancel",
        "job-resume",
        "before-after",
        "job-delete",
        "delete-yes",
    ):
        assert REFUSED in called(stranger, button, jobs=job.name), button
        assert "প্রশিক্ষকদের তালিকায়" in called(stranger, button, 1, jobs=job.name)
    assert runs.jobs() == [job]
    assert job.request is None
    assert job.status.state == "running"


def test_stranger_sees_curves_but_no_log_and_no_folder(public: tuple[str, Runs]) -> None:
    url, runs = public
    (job,) = runs.jobs()
    stranger = Stranger(url, "watcher")
    (opened, *_) = stranger.functions("jobs", "input")
    seen = json.dumps(stranger.post(opened, [job.name, "light"]))
    assert "Loss" in seen
    assert "Only trainers see the log" in seen
    assert str(runs.root) not in seen


def test_what_no_page_sends_harms_nothing(public: tuple[str, Runs]) -> None:
    stranger = Stranger(public[0], "guesser")
    (opened, *_) = stranger.functions("jobs", "input")
    (compared, *_) = stranger.functions("compare-jobs", "change")
    for name in (None, "", "../mine", "x" * 9999, ["a"], {"a": 1}, 7):
        assert stranger.post(opened, [name, {"dark": 1}])["success"]
        assert stranger.post(compared, [[name, name]])["success"]
    file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    said = called(stranger, "start", data="file", **{"data-file": file})
    assert "not uploaded" in said


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrainPage]:
    """The page of a public app, to call its handlers as a signed-in person."""
    behind = services(tmp_path_factory.mktemp("signed"), public=True)
    with gr.Blocks():
        made = TrainPage(behind, "en")
    yield made
    end(behind.runs)
    behind.store.close()


def start(page: TrainPage, name: str, **changes: Any) -> str:
    """What the attempt of a signed-in person to start the tiny recipe is answered."""
    who = SimpleNamespace(scope={"session": {}})
    request: Any = SimpleNamespace(username=name, request=who, session_hash="x", query_params={})
    recipe: Recipe = load("tiny").changed(about="wait", **changes)
    form = [shown(getattr(recipe, field)) for field in page.new.form.fields]
    updates = page.new._on_start(request, "local", "recipe", None, 0.1, "tiny", recipe.init, *form)
    return f"{updates[page.new.state]} {updates.get(page.new.faults)}"


def test_only_those_on_the_list_train(page: TrainPage) -> None:
    runs = page.new._services.runs
    for name in ("karim", "", "visitor"):
        assert REFUSED in start(page, name)
    assert runs.jobs() == []
    assert "Started as" in start(page, "rina")
    (job,) = runs.jobs()
    assert (job.status.author, job.status.minutes) == ("rina", 5)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"max_steps": 51}, "max_steps"),
        ({"max_minutes": 6.0}, "max_minutes"),
        ({"dataset": "/etc/passwd"}, "dataset"),
        ({"init": "/etc"}, "init"),
        ({"batch": 7, "stage": "grpo"}, "batch"),
    ],
)
def test_trainers_keep_to_the_rules_too(
    page: TrainPage, changes: dict[str, Any], field: str
) -> None:
    before = page.new._services.runs.jobs()
    said = start(page, "rina", **changes)
    assert "Not started" in said
    assert f"{field}:" in said
    assert page.new._services.runs.jobs() == before


def test_queue_has_room_for_so_many(page: TrainPage) -> None:
    said = [start(page, "rina") for _ in range(4)]
    assert any("jobs are waiting already" in one for one in said)
