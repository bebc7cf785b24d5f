"""The form of a recipe: a component for every field, made from the fields themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr
import tomlkit

from dagger_core.diagnostics import Lang, RecipeError
from dagger_core.numerals import localized
from demo import view
from demo.choices import ChangingDropdown
from demo.services import Services
from demo.training.fields import field_help
from demo.training.texts import train_words
from train.recipe import GROUPS, Recipe, group_of, load, names
from train.values import plain

#: The settings that are seen at once; all others are folded away by group.
FIRST = ("stage", "max_steps", "max_minutes", "learning_rate", "batch", "seed")
#: What the page asks for in places of its own, or says by itself.
_ELSEWHERE = ("about", "about_bn", "init", "data_dir")
_FIELDS = {f.name: f for f in dataclasses.fields(Recipe)}
#: The first of these that there is stands in the form at the beginning.
_DEFAULTS = ("shipped-grpo", "tiny")
_JOB = "job:"


class RecipeForm:
    """The components that make a recipe, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, train_words(lang)
        name = next(name for name in _DEFAULTS if name in names())
        start = self.base(name)
        with gr.Row():
            self.recipe = ChangingDropdown(
                self.recipes(),
                value=name,
                label=text.recipe,
                info=text.recipe_info,
                min_width=240,
                elem_id="recipe",
            )
            self.init = ChangingDropdown(
                self.starts(start),
                value=start.init,
                label=text.init,
                info=text.init_info,
                min_width=240,
                allow_custom_value=not services.public,
                elem_id="init",
            )
        self.about = gr.Markdown(self._about(start), elem_id="recipe-about", elem_classes="said")
        self.fields: dict[str, Any] = {}
        with gr.Row(elem_id="first-settings"):
            for name in FIRST:
                self.fields[name] = self._field(name, start)
        limits = services.runs.limits
        if limits.steps or limits.minutes:
            steps, minutes = (
                f"{limit:g}" if limit else "∞" for limit in (limits.steps, limits.minutes)
            )
            said = text.limits.format(
                steps=localized(steps, lang), minutes=localized(minutes, lang)
            )
            gr.Markdown(said)
        with gr.Accordion(text.more_settings, open=False, elem_id="more-settings"):
            for group in GROUPS:
                members = [n for n in _FIELDS if group_of(n) == group and self._is_further(n)]
                if members:
                    with gr.Accordion(getattr(text, f"group_{group}"), open=False):
                        self._group(members, start)

    def _about(self, recipe: Recipe) -> str:
        """What a recipe is for; in English where nobody has said it in Bangla."""
        own = recipe.about_bn if self._lang == "bn" else recipe.about
        return view.plain_line(own or recipe.about)

    def _is_further(self, name: str) -> bool:
        return name not in FIRST and name not in _ELSEWHERE

    def _group(self, members: Sequence[str], start: Recipe) -> None:
        for place in range(0, len(members), 3):
            with gr.Row():
                for name in members[place : place + 3]:
                    self.fields[name] = self._field(name, start)

    def _field(self, name: str, start: Recipe) -> Any:
        """The component of a field; a list or table is one line of TOML."""
        value, known = getattr(start, name), _FIELDS[name].metadata
        common: dict[str, Any] = {
            "label": name,
            "info": field_help(name, self._lang),
            "elem_id": f"set-{name}",
            "min_width": 160,
        }
        if known["choices"]:
            return gr.Dropdown(list(known["choices"]), value=value, **common)
        if isinstance(value, bool):
            return gr.Checkbox(value, **common)
        if isinstance(value, int):
            return gr.Number(value, precision=0, **common)
        # Gradio's number field would round 1e-5.
        return gr.Textbox(shown(value), max_lines=1, **common)

    @property
    def inputs(self) -> list[Any]:
        """What `read` takes the values of, in this order."""
        return [self.recipe, self.init, *self.fields.values()]

    @property
    def changes(self) -> list[Any]:
        """The events of a person's change of a field.

        The first input after a text was filled in by the server is swallowed by Gradio; leaving
        the field tells of it.
        """
        parts = [self.init, *self.fields.values()]
        texts = [part for part in parts if isinstance(part, gr.Textbox)]
        return [*(part.input for part in parts), *(part.blur for part in texts)]

    @property
    def filled(self) -> list[Any]:
        """What `fill` gives values for."""
        return [self.init, self.about, *self.fields.values()]

    def fill(self, name: str) -> dict[Any, Any]:
        """The fields as the recipe of a name has them.

        Raises:
            DaggerError: there is no such recipe.
        """
        recipe = self.base(name)
        return {
            self.init: gr.update(choices=self.starts(recipe), value=recipe.init),
            self.about: self._about(recipe),
            **{part: shown(getattr(recipe, field)) for field, part in self.fields.items()},
        }

    def base(self, name: object) -> Recipe:
        """The recipe of a name in the list: one of the project's, or that of an earlier job.

        Where there are limits it is cut to them.

        Raises:
            DaggerError: there is no such recipe.
        """
        if not isinstance(name, str):
            raise RecipeError("recipe-missing")
        if name.startswith(_JOB):
            recipe = self._services.runs.find(name.removeprefix(_JOB)).recipe
        elif name in names():
            recipe = load(name)
        else:
            raise RecipeError("recipe-missing")
        recipe = self._services.runs.limits.fitted(recipe)
        catalog = self._services.catalog
        offered = any(choice.key == recipe.init for choice in catalog.choices())
        # A recipe names a model as people do; a training finds it by its folder.
        return recipe.changed(init=catalog.weights(recipe.init)) if offered else recipe

    def read(self, name: str, init: str | None, *values: Any) -> Recipe:
        """The recipe that the form says.

        Raises:
            DaggerError: a value does not fit; the text names the field.
        """
        base = self.base(name)
        given: dict[str, Any] = {}
        for (field, _), value in zip(self.fields.items(), values, strict=True):
            before = getattr(base, field)
            if shown(before) != value:
                given[field] = _read(field, value, before)
        return base.changed(**given, init=str(init or ""))

    def starts(self, recipe: Recipe) -> list[tuple[str, str]]:
        """What a training can start from, and what the recipe starts from."""
        models = self.models()
        known = recipe.init in (value for _, value in models)
        return models if known else [*models, (recipe.init, recipe.init)]

    def title(self, name: str) -> str:
        """What a job of this recipe is called: that of a job is its recipe's name."""
        if name.startswith(_JOB):
            return self._services.runs.find(name.removeprefix(_JOB)).status.recipe
        return name

    def models(self) -> list[tuple[str, str]]:
        """Title and weights of what a training can start from."""
        text, catalog = train_words(self._lang), self._services.catalog
        offered = [
            (choice.title, catalog.weights(choice.key))
            for choice in catalog.choices()
            if choice.kind in ("shipped", "trained", "published")
        ]
        return [(text.from_scratch, ""), *offered]

    def recipes(self) -> list[tuple[str, str]]:
        """Title and name of the recipes on offer: the project's, and those of earlier jobs."""
        text = train_words(self._lang)
        jobs = [
            (text.from_job.format(name=job.name), f"{_JOB}{job.name}")
            for job in self._services.runs.jobs()[:20]
            if job.recipe_or_none() is not None
        ]
        return [(name, name) for name in names()] + jobs


def shown(value: Any) -> Any:
    """A field's value as its component shows it."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(plain(value))
        return table.as_string()
    return tomlkit.item(plain(value)).as_string()


def _read(field: str, value: Any, before: Any) -> Any:
    """What a component holds, as `Recipe.changed` takes it."""
    if value is None or (value == "" and not isinstance(before, str)):
        raise RecipeError("field-empty", field=field)
    if isinstance(before, int) and not isinstance(before, bool) and isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value.strip() if isinstance(value, str) else value


def command(recipe: Recipe) -> str:
    """How the same is trained from a terminal, on one device and on several."""
    rest = f"-m train {recipe.stage} --recipe recipe.toml --out runs/mine"
    return (
        f"python {rest}\n"
        "# several GPUs; fsdp.yaml and deepspeed.yaml there are for models too large for one\n"
        f"accelerate launch --config_file train/accelerate/ddp.yaml {rest}"
    )
