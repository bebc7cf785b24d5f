"""Jobs at Hugging Face, with the real client against a server that answers as theirs."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomlkit
from huggingface_hub import HfApi

from dagger_core.diagnostics import JobError
from tests.train.jobs.conftest import over, until
from tests.train.jobs.hugging_face import HuggingFace
from train.events import EventWriter
from train.jobs import Job, Runs
from train.jobs.remote import EVENT, keep, tell
from train.recipe import load

RECIPE = load("tiny").changed(data={"mine": 1}, bank=0)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HuggingFace]:
    hub = HuggingFace()
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DAGGER_SOURCE", "mina/studio")
    yield hub
    hub.end("DELETED")
    hub.server.shutdown()


def start(runs: Runs) -> Job:
    return runs.start(RECIPE, name="far", launcher="hf", data={"mine": ['{"question": "?"}']})


def test_job_goes_up_and_its_model_comes_back(runs: Runs, hub: HuggingFace) -> None:
    job = start(runs)
    until(lambda: job.status.remote, "it is submitted")
    sent = tomlkit.parse(hub.files["recipe.toml"].decode()).unwrap()
    assert sent["data_dir"] == ""
    assert json.loads(hub.files["data/mine.jsonl"])["question"] == "?"
    assert hub.spec["command"][-5:] == [
        *(hub.spec["command"][-5], "sft", "mina/studio", "space", f"mina/dagger-{job.name}")
    ]
    compile(base64.b64decode(hub.spec["environment"]["DAGGER_REMOTE"]), "remote", "exec")
    assert "hf_secret" not in json.dumps({**hub.spec, "secrets": {}})
    event = {"at": 1.0, "kind": "step", "step": 3, "values": {"loss": 0.5}}
    hub.log += ["installing", EVENT + json.dumps(event)]
    until(lambda: job.events()[0], "its events are here")
    hub.files["adapter/adapter_config.json"] = b"{}"
    hub.log.append("all done")
    hub.end("COMPLETED")
    assert over(job) == "done"
    assert [found.step for found in job.all_events()] == [3]
    assert "installing\n" in job.log()
    assert "all done" in job.log()
    assert EVENT not in job.log()
    assert job.model == job.folder / "adapter"


def test_stop_leaves_word_and_cancel_cancels(runs: Runs, hub: HuggingFace) -> None:
    job = start(runs)
    until(lambda: job.status.remote, "it is submitted")
    runs.stop(job.name, "Mina")
    until(lambda: "stop" in hub.files, "it is asked to stop")
    runs.cancel(job.name, "Mina")
    assert over(job) == "cancelled"
    assert hub.stage == "CANCELED"


def test_resumed_job_finds_its_last_checkpoint(
    runs: Runs, hub: HuggingFace, tmp_path: Path
) -> None:
    job = start(runs)
    until(lambda: job.status.remote, "it is submitted")
    repository, far, ended = f"mina/dagger-{job.name}", tmp_path / "checkpoints", threading.Event()
    ended.set()
    api = HfApi(endpoint=hub.url, token="hf_secret")
    for step in (20, 100):
        (far / f"checkpoint-{step}").mkdir(parents=True)
        (far / f"checkpoint-{step}" / "trainer_state.json").write_text(str(step), "utf-8")
        keep(api, repository, far, ended)
    runs.stop(job.name, "Mina")
    until(lambda: "stop" in hub.files, "it is asked to stop")
    hub.end("COMPLETED")
    assert over(job) == "stopped"
    hub.stage = "RUNNING"
    hub.over.clear()
    runs.resume(job.name)
    until(lambda: "stop" not in hub.files, "it is submitted again")
    api.snapshot_download(repository, local_dir=tmp_path / "again")
    found = (tmp_path / "again" / "checkpoints").glob("*/*")
    assert [(path.parent.name, path.read_text()) for path in found] == [("checkpoint-100", "100")]
    runs.cancel(job.name)
    assert over(job) == "cancelled"


def test_failure_there_says_why_here(runs: Runs, hub: HuggingFace) -> None:
    job = start(runs)
    until(lambda: job.status.remote, "it is submitted")
    hub.end("ERROR", "Job timeout")
    assert over(job) == "failed"
    assert "Job timeout" in str(job.status.words())


def test_far_jobs_take_no_room_here(runs: Runs, hub: HuggingFace) -> None:
    far = start(runs)
    near = runs.start(load("tiny").changed(about="quick"), name="near")
    assert over(near) == "done"
    assert far.status.state == "running"
    runs.cancel(far.name)
    assert over(far) == "cancelled"


def test_without_a_source_nothing_is_sent(
    runs: Runs, hub: HuggingFace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGGER_SOURCE")
    job = start(runs)
    assert over(job) == "failed"
    assert "DAGGER_SOURCE" in str(job.status.words())
    assert not hub.files
    with pytest.raises(JobError):
        runs.stop(job.name)


def test_far_side_tells_complete_lines_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = threading.Event()
    telling = threading.Thread(target=tell, args=(tmp_path / "events.jsonl", ended))
    telling.start()
    EventWriter(tmp_path).write("step", 1, loss=1.0)
    with (tmp_path / "events.jsonl").open("a") as file:
        file.write('{"torn')
    ended.set()
    telling.join()
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1
    assert json.loads(said[0].removeprefix(EVENT))["values"] == {"loss": 1.0}
