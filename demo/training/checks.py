"""What stands in the way of a job: its recipe, its data, its machine, and the rules of this app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from dagger_core.diagnostics import DaggerError, JobError, Lang
from dagger_core.generate.local import import_libraries
from demo.services import Services
from demo.texts import words
from demo.training import data as train_data
from demo.training.data import Chosen, Look
from demo.training.texts import train_words
from train import faults as recipe_faults
from train import preflight
from train.jobs.status import Stage
from train.recipe import Recipe
from train.tasks import Tasks, read_tasks

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?\Z", re.ASCII)
_LEFT_OUT = "left-out"
_PATHS = ("dataset", "eval_dataset", "data_dir")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands in the way, or at least deserves a look."""

    text: str
    severity: Literal["error", "warning", "info"] = "error"


@dataclass
class Examined:
    """What was found in a recipe and its data; it has a look only where they can be read."""

    recipe: Recipe
    faults: list[Fault]
    tasks: Tasks = field(default_factory=Tasks)
    look: Look | None = None

    @property
    def errors(self) -> int:
        """How many faults stand in the way."""
        return sum(fault.severity == "error" for fault in self.faults)


def examine(
    services: Services, chosen: Chosen, models: frozenset[str], folder: Path, lang: Lang
) -> Examined:
    """The data and all faults; what is not permitted is not even read.

    Args:
        models: the weights that are on offer.
        folder: for the chosen data, as a file.
    """
    refused = [Fault(error.text(lang)) for error in permitted(services, chosen, models)]
    seen = Examined(chosen.recipe, refused)
    if refused:
        return seen
    import_libraries()
    try:
        seen.recipe = train_data.located(chosen, folder)
        seen.tasks = read_tasks(seen.recipe)
        seen.look = train_data.look(chosen, seen.recipe, seen.tasks)
        seen.faults += faults(seen.recipe, seen.tasks, lang)
    except DaggerError as error:
        seen.faults.append(Fault(error.text(lang)))
    return seen


def permitted(services: Services, chosen: Chosen, models: frozenset[str]) -> Iterator[DaggerError]:
    """What the rules of this app do not permit.

    Strangers' names of folders would tell them what is on this machine.

    Args:
        models: the weights that are on offer.
    """
    recipe, limits = chosen.recipe, services.runs.limits
    try:
        limits.check(recipe)
    except JobError as error:
        yield error
    if not services.public:
        return
    if recipe.init not in models:
        yield JobError("not-from-here", field="init", value=repr(recipe.init))
    for name in _PATHS:
        value = getattr(recipe, name)
        own = chosen.dataset is not None and name == "dataset"
        if value and not own and (not _HUB_NAME.match(value) or Path(value).exists()):
            yield JobError("not-from-here", field=name, value=repr(value))
    if recipe.data and chosen.lines is None:
        yield JobError("not-from-here", field="data", value=", ".join(recipe.data))
    if recipe.vllm_url or recipe.report_to != "none":
        yield JobError("not-from-here", field="vllm_url, report_to", value=recipe.vllm_url)


def faults(recipe: Recipe, tasks: Tasks, lang: Lang) -> list[Fault]:
    """What would go wrong in the training itself, each with what to set.

    What is left out of the data is not said here: the page has a table of it.
    """
    stage: Stage = "grpo" if recipe.stage == "grpo" else "sft"
    return [
        Fault(f"{fault.field}: {_said(fault, lang)}", fault.severity)
        for fault in preflight.check(recipe, stage, tasks=tasks)
        if fault.code != _LEFT_OUT
    ]


def _said(fault: recipe_faults.Fault, lang: Lang) -> str:
    """A fault, and what to set against it; what is only worth knowing needs nothing."""
    text = fault.text(lang)
    return text if fault.severity == "info" else f"{text} → {fault.remedy(lang)}"


def document(found: list[Fault] | None, lang: Lang) -> dict[str, Any]:
    """The faults as a FindingsView shows them; None is not checked yet."""
    text, common = train_words(lang), words(lang)
    empty = text.checks_not_yet if found is None else text.checks_fine
    items = [
        {
            "code": "fault",
            "severity": fault.severity,
            "severity_text": getattr(common, fault.severity),
            "text": fault.text,
            "node": None,
            "node_id": None,
            "fixable": False,
        }
        for fault in found or ()
    ]
    return {"items": items, "rest": "", "empty": empty, "lang": lang, "texts": {}}
