"""Every fault is found before a weight is loaded, and names its field and what to set."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("transformers")

import tomlkit
from typer.testing import CliRunner

from dagger_core.example import Example
from train import preflight
from train.__main__ import app
from train.faults import Fault
from train.models import open_model
from train.preflight import check
from train.problems import stream
from train.recipe import Recipe, load

PROBLEMS = list(itertools.islice(stream(9), 6))
TABLE = tomlkit.parse(Path(preflight.__file__).with_name("faults.toml").read_text("utf-8")).unwrap()


def lines(count: int = 6) -> list[dict[str, Any]]:
    made = (Example(p.question, p.graph, p.answer, p.lang) for p in PROBLEMS[:count])
    return [json.loads(example.to_line()) for example in made]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("model")
    start = open_model(load("tiny"), [p.question for p in PROBLEMS])
    start.model.save_pretrained(folder)
    start.tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.fixture
def recipe(tmp_path: Path, model: str) -> Callable[..., Recipe]:
    def made(rows: list[dict[str, Any]] | None = None, **changes: Any) -> Recipe:
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows or lines()), "utf-8")
        base = {"bank": 0, "dataset": str(path), "init": model, "max_completion_length": 64}
        return load("tiny").changed(**{**base, "max_prompt_length": 512, **changes})

    return made


def codes(faults: list[Fault]) -> set[str]:
    return {fault.code for fault in faults if fault.severity != "info"}


def test_good_recipe_has_no_fault(recipe: Callable[..., Recipe], tmp_path: Path) -> None:
    for method in ("sft", "grpo"):
        assert codes(check(recipe(), method, tmp_path)) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"batch": 18, "generations": 4}, "generations", "batch"),
        ({"generations": 1}, "one-generation", "generations"),
        ({"micro_batch": 6}, "devices", "micro_batch"),
        ({"format": "xml"}, "format", "format"),
        ({"dataset": "nowhere.jsonl"}, "unreadable", "dataset"),
        ({"init": "no/such/model/here"}, "init", "init"),
        ({"init": ""}, "no-signal", "init"),
        ({"max_prompt_length": 10}, "prompts-too-long", "max_prompt_length"),
        ({"max_completion_length": 2}, "answers-cut-off", "max_completion_length"),
        (
            {"max_prompt_length": 1000, "max_completion_length": 500},
            "positions",
            "max_prompt_length",
        ),
        ({"lora_targets": ("q_proj", "wq")}, "targets", "lora_targets"),
        ({"use_vllm": "colocate"}, "missing-library", "use_vllm"),
        ({"eval_steps": 2}, "no-evaluation", "eval_dataset"),
        ({"batch": 2**28, "max_completion_length": 500}, "memory", "micro_batch"),
    ],
)
def test_faults_of_grpo(
    recipe: Callable[..., Recipe], changes: dict[str, Any], code: str, field: str
) -> None:
    faults = check(recipe(**changes), "grpo")
    found = next(fault for fault in faults if fault.code == code)
    assert found.field == field
    for lang in ("en", "bn"):
        assert "{" not in found.text(lang) + found.remedy(lang)  # type: ignore[arg-type]


def test_rows_longer_than_the_limit(recipe: Callable[..., Recipe]) -> None:
    (fault,) = [f for f in check(recipe(max_length=20), "sft") if f.code == "rows-too-long"]
    assert fault.params["count"] == 6


def test_repeated_and_contradicting_rows(recipe: Callable[..., Recipe]) -> None:
    other = {**lines(1)[0], "answer": 12345}
    found = {f.code: f for f in check(recipe([*lines(), lines(1)[0], other]), "grpo")}
    assert found["duplicates"].params["count"] == 2
    assert found["contradictions"].params["count"] == 1


def test_leakage_is_by_problem_not_by_row(recipe: Callable[..., Recipe], tmp_path: Path) -> None:
    variant = lines(1)[0]
    variant["question"] = "".join("7" if c.isdigit() else c for c in variant["question"])
    path = tmp_path / "held.jsonl"
    path.write_text(json.dumps(variant), "utf-8")
    found = {f.code: f for f in check(recipe(eval_dataset=str(path)), "grpo")}
    assert found["leakage"].params["count"] == 1


def test_data_without_anything_to_learn(recipe: Callable[..., Recipe]) -> None:
    bare = [{"question": row["question"]} for row in lines()]
    assert "no-data" in codes(check(recipe(bare), "sft"))
    assert "no-gold" in codes(check(recipe(bare), "grpo"))


def test_model_too_large_for_this_machine(
    recipe: Callable[..., Recipe], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = json.loads(Path(recipe().init, "config.json").read_text("utf-8"))
    big = {**config, "hidden_size": 4096, "num_hidden_layers": 48, "intermediate_size": 14336}
    big["layer_types"] = config["layer_types"] * 24
    folder = tmp_path / "big"
    folder.mkdir()
    for file in Path(recipe().init).glob("token*"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "config.json").write_text(json.dumps(big), "utf-8")
    monkeypatch.setattr("train.preflight.room", lambda out: 10**9)
    found = codes(check(recipe(init=str(folder), lora_r=0, save_steps=1), "sft", tmp_path))
    assert {"no-gpu", "memory", "disk"} <= found


def test_config_that_is_broken(recipe: Callable[..., Recipe], tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "qwen3", "num_hidden_layers": "x"}')
    found = {f.code: f for f in check(recipe(init=str(tmp_path)), "sft")}
    assert "its config cannot be read" in found["init"].text()


def test_folder_of_another_run(recipe: Callable[..., Recipe], tmp_path: Path) -> None:
    kept = tmp_path / "checkpoints"
    (kept / "checkpoint-1").mkdir(parents=True)
    (kept / "recipe.toml").write_text(recipe(seed=7).to_toml(), "utf-8")
    found = {f.code: f for f in check(recipe(), "sft", tmp_path)}
    assert found["other-run"].text().startswith("seed: ")


def test_table_is_complete_in_both_languages() -> None:
    keys = {"field", "severity", "en", "bn", "set_en", "set_bn"}
    assert all(set(row) == keys for row in TABLE.values())
    fields = {*Recipe.__dataclass_fields__, "out"}
    assert {row["field"] for row in TABLE.values()} <= fields


def test_command_says_what_to_set_and_fails(model: str) -> None:
    words = ["check", "--recipe", "tiny", "--method", "grpo", "--set", "batch=18"]
    done = CliRunner().invoke(app, [*words, "--init", model])
    assert done.exit_code == 1
    assert "error: batch: 18 completions a step" in done.output
    assert "Set: batch = 16" in done.output
    words = ["check", "--recipe", "tiny", "--set", "bank=20", "--init", model]
    assert CliRunner().invoke(app, words).exit_code == 0
