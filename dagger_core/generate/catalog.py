"""The models on offer: shipped, published, behind an endpoint, and trained here.

A visitor picks from this list by key. Any other name is refused, unless the administrator lets
visitors name models themselves: the server would download what a visitor writes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tomlkit

from dagger_core.diagnostics import EndpointError, ModelUnavailable
from dagger_core.generate.base import Generator
from dagger_core.generate.endpoint import EndpointGenerator
from dagger_core.generate.local import LocalGenerator

Kind = Literal["shipped", "endpoint", "trained", "published", "named"]

MODELS_DIR, RUNS_DIR, ANY_MODEL = "DAGGER_MODELS", "DAGGER_RUNS", "DAGGER_ANY_MODEL"
ABOUT = "dagger.json"
"""A file in a model's folder: `title`, `format`, `note_en`, `note_bn`, all optional."""

_ENDPOINT, _TRAINED = "endpoint", "runs/"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model on offer.

    Args:
        key: names it in requests and in saved answers; stable.
        title: what people read in the list.
        kind: where it comes from.
        format: the format it was taught; what `Settings.format` should be for it.
        note_en: one line about it, in English.
        note_bn: the same in Bangla.
    """

    key: str
    title: str
    kind: Kind
    format: str
    note_en: str = ""
    note_bn: str = ""


def _published(size: str, stage: str, form: str, memory: int) -> ModelChoice:
    return ModelChoice(
        f"dipta007/dagger-{size}_{stage}",
        f"DAGGER {size} {stage.replace('_', ' → ')}",
        "published",
        form,
        f"From the Hugging Face Hub; needs a GPU with about {memory} GB.",
        f"হাগিং ফেস হাব থেকে আসে; প্রায় {memory} জিবির জিপিইউ লাগে।",
    )


# The cards of 12B_SFT, 12B_GRPO and 4B_SFT_GRPO ask with a system sentence and the bare question,
# that of 4B_GRPO with the whole prompt. The other two are asked like their siblings.
PUBLISHED = (
    _published("12B", "SFT_GRPO", "dagger_chat", 26),
    _published("12B", "SFT", "dagger_chat", 26),
    _published("12B", "GRPO", "dagger_chat", 26),
    _published("4B", "SFT_GRPO", "dagger_chat", 10),
    _published("4B", "SFT", "dagger_chat", 10),
    _published("4B", "GRPO", "dagger_json", 10),
)


@dataclass(frozen=True, slots=True)
class Catalog:
    """What is on offer here and now; folders are read again at every look.

    Args:
        models: the folder with the shipped models, one folder each.
        runs: the folder of training jobs; what came out of one is in its folder or in `adapter`.
        endpoint: the server, if one is set up.
        any_model: whether a visitor may name any Hub model or folder.
    """

    models: Path
    runs: Path
    endpoint: EndpointGenerator | None = None
    any_model: bool = False

    @classmethod
    def from_environment(cls, root: Path, environ: Mapping[str, str] = os.environ) -> Catalog:
        """The catalog of a project folder: `models/` and `runs/` in it unless the environment says.

        Raises:
            EndpointError: the endpoint's settings make no sense.
        """
        return cls(
            Path(environ.get(MODELS_DIR) or root / "models"),
            Path(environ.get(RUNS_DIR) or root / "runs"),
            EndpointGenerator.from_environment(environ),
            environ.get(ANY_MODEL, "").lower() in ("1", "true", "yes"),
        )

    def choices(self) -> tuple[ModelChoice, ...]:
        """All models on offer, the default first."""
        shipped = (
            _in_folder(folder, "shipped", f"models/{folder.name}", "compact")
            for folder in _model_folders(self.models, "*")
        )
        trained = (
            _in_folder(folder, "trained", f"{_TRAINED}{name}", _recipe_format(self.runs / name))
            for name, folder in sorted(self._trained().items(), reverse=True)
        )
        return (*shipped, *self._endpoint_choice(), *trained, *PUBLISHED)

    def find(self, key: str) -> ModelChoice:
        """The model that a key names.

        Raises:
            ModelUnavailable: it is not on offer.
        """
        found = next((choice for choice in self.choices() if choice.key == key), None)
        if found is None and self.any_model and not key.startswith(_TRAINED):
            return ModelChoice(key, key, "named", "dagger_json")
        if found is None:
            raise self.refusal(key)
        return found

    def refusal(self, key: str) -> ModelUnavailable:
        """Why a model that is not among the choices cannot be had."""
        if key.startswith(_TRAINED):
            return ModelUnavailable("trained-model-gone", job=key.removeprefix(_TRAINED)[:100])
        return ModelUnavailable("model-not-on-offer", model=repr(key[:100]), setting=ANY_MODEL)

    def open(self, key: str) -> Generator:
        """The generator that a key names; nothing is loaded before its first token.

        Raises:
            ModelUnavailable: it is not on offer.
        """
        choice = self.find(key)
        if choice.kind == "endpoint":
            if self.endpoint is None:
                raise EndpointError("endpoint-gone")
            return self.endpoint
        if choice.kind == "shipped":
            # Measured: a model this small is faster on the CPU, and asks for no GPU quota.
            return LocalGenerator(self.weights(key), name=key, device="cpu")
        return LocalGenerator(self.weights(key), name=key)

    def weights(self, key: str) -> str:
        """The folder or Hub name of a model's weights, as a training starts from them.

        Raises:
            ModelUnavailable: it is not on offer.
        """
        choice = self.find(key)
        if choice.kind == "shipped":
            return str(self.models / Path(key).name)
        return str(self._trained()[Path(key).name]) if choice.kind == "trained" else key

    def _trained(self) -> dict[str, Path]:
        """The folder with the adapter or model that came out of each job, by the job's name."""
        whole = {folder.name: folder for folder in _model_folders(self.runs, "*")}
        adapters = _model_folders(self.runs, "*/adapter")
        return whole | {folder.parent.name: folder for folder in adapters}

    def _endpoint_choice(self) -> Iterator[ModelChoice]:
        if self.endpoint is not None:
            yield ModelChoice(
                _ENDPOINT,
                self.endpoint.name,
                "endpoint",
                "dagger_json",
                "Answered by a server that the administrator chose.",
                "প্রশাসকের বেছে নেওয়া সার্ভার উত্তর দেয়।",
            )


def _model_folders(parent: Path, pattern: str) -> list[Path]:
    """The folders that hold a model or an adapter, by name."""
    configs = ("config.json", "adapter_config.json")
    return sorted(
        folder
        for folder in parent.glob(pattern)
        if any((folder / name).is_file() for name in configs)
    )


def _recipe_format(job: Path) -> str:
    """The format that a job taught, as its recipe says."""
    try:
        form = tomlkit.parse((job / "recipe.toml").read_text("utf-8")).get("format")
    except (OSError, ValueError):
        form = None
    return str(form or "dagger_json")


def _in_folder(folder: Path, kind: Kind, key: str, form: str) -> ModelChoice:
    """A model on this machine, with what its `dagger.json` says about it."""
    said = about(folder)
    return ModelChoice(
        key,
        said.get("title", key.partition("/")[2]),
        kind,
        said.get("format", form),
        said.get("note_en", ""),
        said.get("note_bn", said.get("note_en", "")),
    )


def about(folder: Path) -> dict[str, str]:
    """The text entries of a folder's `dagger.json`; a missing or broken file says nothing."""
    try:
        about: Any = json.loads((folder / ABOUT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(about, dict):
        return {}
    return {str(name): value for name, value in about.items() if isinstance(value, str)}
