"""The form of a recipe: made from its fields, and read back as the same recipe."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from dagger_core.diagnostics import DaggerError
from demo.services import Services
from demo.training.fields import field_help
from demo.training.form import RecipeForm, shown
from demo.training.new import NewJob
from tests.demo.train_app import services
from train.jobs import Job, Status
from train.recipe import Recipe, load, names


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, RecipeForm]]:
    behind = services(tmp_path_factory.mktemp("form"))
    with gr.Blocks():
        form = RecipeForm(behind, "bn")
    yield behind, form
    behind.store.close()


def values(form: RecipeForm, recipe: Recipe) -> list[Any]:
    """What the components hold for a recipe, as the browser sends it."""
    return [shown(getattr(recipe, field)) for field in form.fields]


@pytest.mark.parametrize("name", names())
def test_every_recipe_survives_the_form(made: tuple[Services, RecipeForm], name: str) -> None:
    _, form = made
    recipe = load(name)
    assert form.read(name, recipe.init, *values(form, recipe)) == recipe
    filled = form.fill(name)
    assert set(form.filled) == set(filled)


def test_every_field_has_a_component_and_help_in_bangla(made: tuple[Services, RecipeForm]) -> None:
    _, form = made
    elsewhere = {"about", "about_bn", "init", "data_dir"}
    assert set(form.fields) == {f.name for f in dataclasses.fields(Recipe)} - elsewhere
    for field in dataclasses.fields(Recipe):
        assert field_help(field.name, "en") == field.metadata["help"]
        assert any("\u0980" <= letter <= "\u09ff" for letter in field_help(field.name, "bn"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("learning_rate", "fast", "learning_rate"),
        ("learning_rate", "", "learning_rate"),
        ("max_steps", None, "max_steps"),
        ("max_steps", 1.5, "max_steps"),
        ("data", "{", "data"),
        ("lora_targets", "q_proj", "lora_targets"),
        ("optimizer", "sgd", "optimizer"),
        ("hidden", 65, "hidden"),
    ],
)
def test_what_does_not_fit_names_its_field(
    made: tuple[Services, RecipeForm], field: str, value: Any, said: str
) -> None:
    _, form = made
    held = values(form, load("tiny"))
    held[list(form.fields).index(field)] = value
    with pytest.raises(DaggerError, match=said):
        form.read("tiny", "", *held)


def test_changes_are_read_as_the_type_of_the_field(made: tuple[Services, RecipeForm]) -> None:
    _, form = made
    held = dict(zip(form.fields, values(form, load("tiny")), strict=True))
    held |= {"learning_rate": "1e-5", "max_steps": 7.0, "data": "{a = 2}", "vary": False}
    read = form.read("tiny", "some/model", *held.values())
    assert (read.learning_rate, read.max_steps, dict(read.data), read.vary, read.init) == (
        *(1e-5, 7, {"a": 2}, False, "some/model"),
    )


def test_recipe_of_a_job_is_used_again(made: tuple[Services, RecipeForm]) -> None:
    behind, form = made
    job = Job(behind.runs.root / "20260101-000000-000-tiny")
    job.folder.mkdir(parents=True)
    job.write(Status("done", "sft", recipe="tiny"))
    recipe = load("tiny").changed(seed=7)
    (job.folder / "recipe.toml").write_text(recipe.to_toml(), "utf-8")
    name = f"job:{job.name}"
    assert name in [value for _, value in form.recipes()]
    assert form.base(name) == recipe
    assert form.title(name) == "tiny"


@pytest.mark.parametrize("name", ["", "../tiny", "/etc/passwd", "tiny.toml", "job:..", None, 7])
def test_names_from_a_browser(made: tuple[Services, RecipeForm], name: Any, tmp_path: Path) -> None:
    with pytest.raises(DaggerError):
        made[1].base(name)


def test_a_recipe_that_is_told_of_twice_fills_the_form_once(
    made: tuple[Services, RecipeForm],
) -> None:
    """What somebody typed between the two stays."""
    with gr.Blocks():
        new = NewJob(made[0], "en")
    assert new.form.fields["max_steps"] in new._on_recipe("shipped", "recipe", None, 0.1, "tiny")
    assert new._on_recipe("tiny", "recipe", None, 0.1, "tiny") == {new.filled: "tiny"}
