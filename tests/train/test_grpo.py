"""From random weights to an adapter that answers: SFT, GRPO, generate, execute, in any format."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("trl")

import torch
from safetensors.torch import load_file

from dagger_core.diagnostics import RecipeError
from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.generate import LocalGenerator, Settings
from train import grpo, sft
from train.events import all_events
from train.recipe import Recipe, load
from train.record import RunResult

#: Tokens that prompt and answer take with the tiny tokenizer, by format.
LENGTHS = {"compact": 256, "dagger_json": 1600, "trace": 800}
QUESTION = "Ann had 26 apples and ate 9. How many are left?"


def tiny(form: str, **changes: object) -> Recipe:
    return load("tiny").changed(
        **{"format": form, "max_length": LENGTHS[form], "max_prompt_length": 1200, **changes}
    )


class Trained(NamedTuple):
    """What a run of GRPO was, and what it left in which folder."""

    recipe: Recipe
    result: RunResult
    out: Path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Trained]:
    """A tiny model of a format and the run that rewarded it, made when it is first asked for."""
    torch.set_num_threads(1)

    @cache
    def made(form: str) -> Trained:
        folder = tmp_path_factory.mktemp(form)
        model = sft.run(tiny(form, max_steps=2), folder / "sft").model
        recipe = tiny(form, init=str(model), max_steps=2, beta=0.03, save_steps=1)
        return Trained(recipe, grpo.run(recipe, folder / "grpo"), folder / "grpo")

    return made


@pytest.fixture(params=LENGTHS)
def trained(request: pytest.FixtureRequest, runs: Callable[[str], Trained]) -> Trained:
    return runs(request.param)


@pytest.fixture
def compact(runs: Callable[[str], Trained]) -> Trained:
    return runs("compact")


def test_adapter_generates_and_what_it_writes_is_executed(
    trained: Trained,
) -> None:
    recipe, result, _ = trained
    assert (result.steps, result.stopped) == (2, False)
    generator = LocalGenerator(str(result.model), device="cpu")
    asked = Settings(format=recipe.format, max_new_tokens=20, temperature=0)
    written = generator.generate(QUESTION, asked).read()
    assert written.tokens > 0
    graph = FORMATS[recipe.format].read(written.text, QUESTION).graph
    assert graph is None or execute(graph) is not None


def test_events_tell_all_that_a_page_shows(trained: Trained) -> None:
    recipe, _, out = trained
    events = all_events(out)
    kinds = [event.kind for event in events]
    assert (kinds[0], kinds[-1]) == ("start", "end")
    assert kinds.count("save") == 2
    last = [event.values for event in events if event.kind == "step"][-1]
    wanted = {"loss", "learning_rate", "kl", "reward", "reward_std", "frac_reward_zero_std"}
    parts = ("structure",) if recipe.format == "trace" else ("executes", "format", "correct")
    wanted |= {"completions/mean_length", "rewards/score/mean", *(f"parts/{p}" for p in parts)}
    assert wanted <= set(last)
    sample = next(event.values for event in events if event.kind == "sample")
    assert sample["question"]
    assert sample["gold"]
    assert set(sample["parts"]) >= set(parts)


def test_record_and_card_lie_beside_the_adapter(trained: Trained) -> None:
    recipe, result, _ = trained
    record = json.loads((result.model / "run.json").read_text("utf-8"))
    assert record["method"] == "grpo"
    assert record["seed"] == 42
    assert len(record["data_sha256"]) == 64
    assert record["trained_parameters"] < record["parameters"]
    assert {"torch", "trl", "peft"} <= set(record["versions"])
    assert load(str(result.model / "recipe.toml")) == recipe
    card = (result.model / "README.md").read_text("utf-8")
    assert card.startswith("---\nlibrary_name: peft\n")
    assert f"base_model: {json.dumps(recipe.init)}" in card
    about = json.loads((result.model / "dagger.json").read_text("utf-8"))
    assert about["format"] == recipe.format


def test_adapter_goes_on_being_trained(compact: Trained, tmp_path: Path) -> None:
    recipe, result, _ = compact
    again = grpo.run(recipe.changed(init=str(result.model), max_steps=1, save_steps=0), tmp_path)
    config = json.loads((again.model / "adapter_config.json").read_text("utf-8"))
    assert config["base_model_name_or_path"] == recipe.init
    assert set(load_file(again.model / "adapter_model.safetensors")) == set(
        load_file(result.model / "adapter_model.safetensors")
    )


def test_without_a_rank_all_weights_are_trained(compact: Trained, tmp_path: Path) -> None:
    recipe, result, _ = compact
    whole = recipe.changed(init=str(result.model), lora_r=0, max_steps=1, save_steps=0, beta=0)
    done = grpo.run(whole, tmp_path)
    assert (done.model / "model.safetensors").is_file()
    assert not (done.model / "adapter_config.json").exists()


@pytest.mark.timeout(600)
def test_run_that_was_killed_goes_on_to_the_same_last_step(
    compact: Trained, tmp_path: Path
) -> None:
    recipe, *_ = compact
    words = ["grpo", "--recipe", "tiny", "--init", recipe.init, "--out", str(tmp_path)]
    words += ["--set", "max_steps=12", "--set", "save_steps=1"]
    with _training(words) as process:
        _wait_for_checkpoint(tmp_path, process)
    reached = max(_steps(tmp_path))
    assert reached < 12
    # What a kill leaves half written is no checkpoint.
    half = tmp_path / "checkpoints" / ".writing" / "checkpoint-99"
    half.mkdir(parents=True)
    done = grpo.run(load("tiny").changed(init=recipe.init, max_steps=12, save_steps=1), tmp_path)
    assert done.steps == 12
    assert not half.exists()
    starts = [event.step for event in all_events(tmp_path) if event.kind == "start"]
    assert starts[0] == 0
    assert starts[1] >= reached


@pytest.mark.timeout(600)
def test_sigterm_saves_and_stops(compact: Trained, tmp_path: Path) -> None:
    recipe, *_ = compact
    words = ["grpo", "--recipe", "tiny", "--init", recipe.init, "--out", str(tmp_path)]
    with _training([*words, "--set", "max_steps=500", "--set", "save_steps=2"]) as process:
        _wait_for_checkpoint(tmp_path, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(200) == 0
    record = json.loads((tmp_path / "adapter" / "run.json").read_text("utf-8"))
    assert record["stopped"]
    assert record["steps"] == max(_steps(tmp_path)) < 500


@contextmanager
def _training(words: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "train", *words],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _steps(out: Path) -> list[int]:
    return [int(path.name.split("-")[1]) for path in out.glob("checkpoints/checkpoint-*")]


def _wait_for_checkpoint(out: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 200
    while not _steps(out):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)


def test_folder_of_another_recipe_is_refused(
    compact: Trained,
) -> None:
    recipe, _, out = compact
    with pytest.raises(RecipeError, match="learning_rate: the run"):
        grpo.run(recipe.changed(learning_rate=3e-4), out)


def test_batch_must_hold_whole_groups(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="batch: 18 completions"):
        grpo.run(load("tiny").changed(batch=18), tmp_path)
