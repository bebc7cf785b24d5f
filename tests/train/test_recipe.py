"""Recipes: files, changes, and messages that name the field."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dagger_core.diagnostics import RecipeError
from train.recipe import Recipe, load, names


def test_every_recipe_loads_and_says_what_it_is_for() -> None:
    assert {"shipped", "tiny"} <= set(names())
    assert all(load(name).about for name in names())


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
    ],
)
def test_bad_values_name_their_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(RecipeError, match=f"^{field}:"):
        load("tiny").changed(**changes)


def test_unknown_recipe_lists_the_known() -> None:
    with pytest.raises(RecipeError, match="tiny"):
        load("none-such")


def test_every_field_has_help() -> None:
    assert all(field.metadata["help"] for field in Recipe.__dataclass_fields__.values())


@pytest.mark.parametrize("arguments", [["--help"], ["recipes"], ["sft", "--help"]])
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
