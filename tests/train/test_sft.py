"""SFT on the tiny recipe: trains, loads by the Auto classes, answers, is evaluated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("trl")

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer
from typer.testing import CliRunner

from dagger_core.example import Example
from dagger_core.formats import FORMATS
from train.__main__ import app
from train.pace import schedule
from train.problems import stream
from train.recipe import load
from train.record import RunResult
from train.sft import run


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    torch.set_num_threads(1)
    return run(load("tiny"), tmp_path_factory.mktemp("tiny"))


def test_run_leaves_model_recipe_and_record(trained: RunResult) -> None:
    assert trained.steps == load("tiny").max_steps
    assert load(str(trained.model / "recipe.toml")) == load("tiny")
    record = json.loads((trained.model / "run.json").read_text("utf-8"))
    assert record["samples"] == trained.samples > 0
    assert not list(trained.model.glob("*.bin"))


def test_loss_falls(tmp_path: Path) -> None:
    first = run(load("tiny").changed(max_steps=1), tmp_path / "short").loss
    assert (
        run(load("tiny").changed(max_steps=25, learning_rate=4e-3), tmp_path / "long").loss
        < 0.9 * first
    )


def test_same_seed_same_weights(trained: RunResult, tmp_path: Path) -> None:
    again = run(load("tiny"), tmp_path)
    assert again.loss == pytest.approx(trained.loss, abs=1e-6)


def test_interrupted_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    recipe = load("tiny").changed(schedule="constant", max_steps=4, save_steps=2)
    straight = run(recipe, tmp_path / "straight")
    run(recipe.changed(max_steps=2), tmp_path / "resumed")
    resumed = run(recipe, tmp_path / "resumed")
    assert resumed.steps == straight.steps == 4
    one, other = (load_file(r.model / "model.safetensors") for r in (straight, resumed))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_share_of_the_start_stays(trained: RunResult, tmp_path: Path) -> None:
    start_of = {"init": str(trained.model), "lora_r": 0}
    recipe = load("tiny").changed(**start_of, max_steps=2, learning_rate=4e-3)
    runs = (run(recipe.changed(start_share=s), tmp_path / str(s)) for s in (0.0, 0.5))
    learned, mixed = (load_file(r.model / "model.safetensors") for r in runs)
    start = load_file(trained.model / "model.safetensors")
    name = "model.embed_tokens.weight"
    assert not torch.equal(learned[name], start[name])
    half = (learned[name].float() + start[name].float()) / 2
    torch.testing.assert_close(mixed[name].float(), half, atol=2e-3, rtol=1e-2)


def test_auto_classes_and_chat_template(trained: RunResult) -> None:
    tokenizer = AutoTokenizer.from_pretrained(trained.model)
    model = AutoModelForCausalLM.from_pretrained(trained.model)
    form = FORMATS["compact"]
    question = "Ann had 26 apples and ate 9. How many are left?"
    inputs = tokenizer.apply_chat_template(
        form.messages(question), add_generation_prompt=True, return_tensors="pt", return_dict=True
    )
    written = model.generate(**inputs, max_new_tokens=8, do_sample=False)
    text = tokenizer.decode(written[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
    assert isinstance(form.read(text, question).diagnostics, tuple)


def test_symbols_are_single_tokens(trained: RunResult) -> None:
    tokenizer = AutoTokenizer.from_pretrained(trained.model)
    text = "[12] {3} #100 [1]"
    tokens = tokenizer(text, add_special_tokens=False)["input_ids"]
    assert len(tokens) == 4
    assert tokenizer.decode(tokens) == text.replace(" ", "")
    words = "কমলির [1] টি খেলনা। twice [2] %"
    assert tokenizer.decode(tokenizer(words)["input_ids"]).replace(" ", "") == words.replace(
        " ", ""
    )


def test_evaluate_command(trained: RunResult, tmp_path: Path) -> None:
    problems = [problem for problem, _ in zip(stream(5), range(6), strict=False)]
    lines = [Example(p.question, p.graph, p.answer, p.lang).to_line() for p in problems]
    data, out = tmp_path / "bank.jsonl", tmp_path / "report.json"
    data.write_text("\n".join(lines), "utf-8")
    done = CliRunner().invoke(
        app, ["evaluate", "--model", str(trained.model), "--data", str(data), "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    report = json.loads(out.read_text("utf-8"))
    assert 0 <= report["accuracy"] <= report["executed"] <= report["valid"] <= 1
    assert report["count"] == len(report["rows"]) == 6
    assert report["tokens"] > 0
    assert report["p50_seconds"] > 0


def test_schedule_rises_stays_and_falls() -> None:
    factor = schedule(0.1, 0.4)
    assert factor(0.0) < 0.02
    assert factor(0.1) == factor(0.6) == 1.0
    assert factor(0.8) == pytest.approx(0.5)
    assert factor(1.0) == 0.0
