"""Recipes: files, changes, and messages that name the field."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dagger_core.diagnostics import RecipeError
from train.recipe import GROUPS, Recipe, group_of, load, names


def test_every_recipe_loads_and_says_what_it_is_for() -> None:
    assert {"shipped", "tiny"} <= set(names())
    assert all(load(name).about and load(name).about_bn for name in names())


def test_file_written_is_file_read(tmp_path: Path) -> None:
    recipe = load("shipped").changed(seed=7)
    path = tmp_path / "mine.toml"
    path.write_text(recipe.to_toml(), "utf-8")
    assert load(str(path)) == recipe


def test_changes_are_read_as_the_type_of_the_field() -> None:
    recipe = load("tiny").changed(learning_rate="1e-4", bank="5", bf16="true", data="{a = 2}")
    assert (recipe.learning_rate, recipe.bank, recipe.bf16, dict(recipe.data)) == (
        1e-4, 5, True, {"a": 2}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bank": "many"}, "bank"),
        ({"bank": "1.5"}, "bank"),
        ({"bf16": 1}, "bf16"),
        ({"layers": True}, "layers"),
        ({"colour": "red"}, "colour"),
        ({"hidden": 30, "heads": 4}, "hidden"),
        ({"batch": 0}, "batch"),
        ({"bank": 0}, "data"),
        ({"bank_seed": 0}, "bank_seed"),
        ({"optimizer": "sgd"}, "optimizer"),
        ({"stage": "dpo"}, "stage"),
        ({"beta": -0.1}, "beta"),
        ({"generations": 0}, "generations"),
        ({"lora_targets": "q_proj"}, "lora_targets"),
        ({"keep_best": True, "eval_steps": 2}, "keep_best"),
        ({"aside_share": 1.0}, "aside_share"),
        ({"bank_aside_share": 2.0}, "bank_aside_share"),
        ({"start_share": 0.5, "init": ""}, "start_share"),
        ({"start_share": 0.5, "init": "a/model", "lora_r": 8}, "start_share"),
        ({"start_share": 1.0, "init": "a/model", "lora_r": 0}, "start_share"),
    ],
)
def test_bad_values_name_their_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(RecipeError, match=f"^{field}:"):
        load("tiny").changed(**changes)


def test_unknown_recipe_names_those_that_are_alike() -> None:
    with pytest.raises(RecipeError, match="Alike are: tiny,"):
        load("tinny")


def test_every_field_has_help() -> None:
    assert all(field.metadata["help"] for field in Recipe.__dataclass_fields__.values())
    assert {group_of(name) for name in Recipe.__dataclass_fields__} == set(GROUPS)


COMMANDS = ("sft", "grpo", "check", "preview")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["recipes"], *([name, "--help"] for name in COMMANDS)]
)
def test_command_line_speaks_without_torch(arguments: list[str]) -> None:
    code = (
        "import sys, runpy; sys.argv = ['train', *sys.argv[1:]]\n"
        "try:\n    runpy.run_module('train', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "assert not {'torch', 'transformers', 'trl'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


PROJECTIONS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
#: From the model cards and the published training scripts (github.com/dipta007/DAGGER, src/train).
LORA = {"lora_r": 64, "lora_alpha": 128, "lora_dropout": 0.0, "lora_targets": PROJECTIONS}
COURSE = {
    "learning_rate": 1e-5,
    "min_learning_rate": 1e-6,
    "schedule": "cosine_with_min_lr",
    "optimizer": "adamw",
    "max_grad_norm": 1.0,
    "epochs": 4.0,
    "max_steps": 0,
    "bf16": True,
    "seed": 42,
    "format": "dagger_json",
    "dataset": "dipta007/dagger",
}
SFT = {
    "stage": "sft",
    "dataset_config": "sft",
    "rslora": True,
    "batch": 256,
    "micro_batch": 16,
    "warmup": 0.0,
    "warmup_steps": 0,
    "weight_decay": 0.001,
    "max_length": 4096,
    "packing": True,
    "prompt_loss": 0.0,
    "eval_split": "val",
    "eval_steps": 2,
    "save_steps": 2,
    "keep_best": True,
}
GRPO = {
    "stage": "grpo",
    "dataset_config": "grpo",
    "rslora": False,
    "batch": 32,
    "micro_batch": 8,
    "generations": 8,
    "warmup_steps": 20,
    "weight_decay": 0.01,
    "loss_type": "bnpo",
    "beta": 0.0,
    "epsilon": 0.2,
    "epsilon_high": 0.28,
    "temperature": 1.0,
    "top_p": 0.95,
    "top_k": 64,
    "max_prompt_length": 1024,
    "max_completion_length": 1024,
    "mask_truncated": True,
    "scale_rewards": "group",
    "iterations": 1,
    "save_steps": 50,
    "distractor_reward": 0.0,
    "grounding_reward": 0.0,
    "shaping_reward": 0.0,
}
#: From "Teaching Gemma to Show Its Work".
TRACE = {"format": "trace", "lora_r": 16, "max_length": 1400, "seed": 42, "save_minutes": 30.0}
TRACE_GRPO = {
    **TRACE,
    "stage": "grpo",
    "init": "runs/gemma3-1b-trace-sft/adapter",
    "generations": 4,
    "learning_rate": 3e-6,
    "beta": 0.03,
    "max_steps": 2000,
    "batch": 32,
    "correctness_weight": 0.6,
    "confidence_weight": 0.15,
}
PUBLISHED = {
    "dagger-12b-sft": {**LORA, **COURSE, **SFT, "init": "google/gemma-3-12b-it"},
    "dagger-4b-sft": {**LORA, **COURSE, **SFT, "init": "google/gemma-3-4b-it"},
    "dagger-12b-grpo": {**LORA, **COURSE, **GRPO, "init": "google/gemma-3-12b-it"},
    "dagger-4b-grpo": {**LORA, **COURSE, **GRPO, "init": "google/gemma-3-4b-it"},
    "dagger-12b-sft-grpo": {**LORA, **COURSE, **GRPO, "init": "dipta007/dagger-12B_SFT"},
    "dagger-4b-sft-grpo": {**LORA, **COURSE, **GRPO, "init": "dipta007/dagger-4B_SFT"},
    "gemma3-1b-trace-sft": {
        **TRACE,
        "stage": "sft",
        "init": "google/gemma-3-1b-it",
        "learning_rate": 1e-5,
        "epochs": 2.0,
        "batch": 32,
    },
    "gemma3-1b-trace-grpo": {**TRACE_GRPO, "structure_weight": 0.25},
    "gemma3-1b-trace-grpo-no-structure": {**TRACE_GRPO, "structure_weight": 0.0},
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_recipes_are_as_published(name: str) -> None:
    recipe, wanted = load(name), PUBLISHED[name]
    assert {field: getattr(recipe, field) for field in wanted} == wanted


def test_trace_recipe_reads_and_writes_no_more_than_published() -> None:
    recipe = load("gemma3-1b-trace-grpo")
    assert recipe.max_prompt_length + recipe.max_completion_length == recipe.max_length


def test_ablation_differs_in_one_weight() -> None:
    whole, without = load("gemma3-1b-trace-grpo"), load("gemma3-1b-trace-grpo-no-structure")
    assert (
        without.changed(about=whole.about, about_bn=whole.about_bn, structure_weight=0.25) == whole
    )
