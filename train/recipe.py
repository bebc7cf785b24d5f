"""Recipe: everything a training run depends on, as one value; recipes are TOML files.

The field names, types and help texts here are the command line's options, the keys of the files
in `recipes/`, and what a form would show.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from dagger_core.diagnostics import RecipeError

#: The seed of the bank's problems that are only ever evaluated on.
TEST_SEED = 0


def _help(text: str, default: Any = dataclasses.MISSING, **more: Any) -> Any:
    if default is not dataclasses.MISSING:
        more["default"] = default
    return field(metadata={"help": text}, **more)


@dataclass(frozen=True)
class Recipe:
    """A training run."""

    about: str = _help("What the recipe is for, in one line.", "")
    format: str = _help("How graphs are written: a name in dagger_core.formats.", "compact")
    init: str = _help(
        "Model folder or Hub name to start from; empty starts from random weights.", ""
    )

    layers: int = _help("Decoder layers of a model from scratch.", 8)
    hidden: int = _help("Width of a model from scratch.", 256)
    heads: int = _help("Attention heads of a model from scratch.", 4)
    vocab: int = _help("Tokens of a tokenizer from scratch, mentions and constants included.", 4096)

    data_dir: str = _help("Folder with the files of `data`.", "")
    data: Mapping[str, int] = _help(
        "Files of example lines (without .jsonl) and how often each is seen, every time varied.",
        default_factory=dict,
    )
    held_out: Mapping[str, float] = _help(
        "Share of the problem families held out, by file; the empty name is for all others.",
        default_factory=dict,
    )
    longest: int = _help("Most steps a calculation may have to be trained on.", 12)
    bank: int = _help("Problems taken from the project's own problem bank.", 0)
    bank_seed: int = _help("Seed of these problems; 0 is kept for evaluation.", 1)
    distract: int = _help("Times each row is seen with distractors of the bank put in.", 0)
    asides: tuple[str, ...] = _help("Files whose distractor sentences go into other problems.", ())
    vary: bool = _help("Exchange names and things, put in and take out sentences.", True)

    prompt_loss: float = _help("Share of the prompt's tokens that are learned too.", 0.15)
    batch: int = _help("Samples per optimizer step.", 64)
    max_length: int = _help("Longer samples (in tokens) are left out.", 256)
    optimizer: str = _help("adamw, or muon for matrices with adamw for the rest.", "adamw")
    learning_rate: float = _help("Highest learning rate.", 1e-3)
    warmup: float = _help("Share of the run in which the learning rate rises.", 0.03)
    decay: float = _help(
        "Share of the run, at its end, in which the learning rate falls to 0.", 0.4
    )
    weight_decay: float = _help("Weight decay of AdamW.", 0.1)
    beta2: float = _help("Second beta of AdamW.", 0.98)
    epochs: float = _help("Passes over the prepared samples.", 1.0)
    max_steps: int = _help("Optimizer steps; 0 is as many as `epochs` has.", 0)
    max_minutes: float = _help("Minutes after which the run is over; 0 is no limit.", 0.0)
    save_steps: int = _help("Steps between checkpoints; 0 saves the end only.", 0)
    log_steps: int = _help("Steps between lines of the log.", 50)
    bf16: bool = _help("Compute in bfloat16 where it is safe.", True)
    seed: int = _help("Seed of everything.", 42)

    def __post_init__(self) -> None:
        for name in ("layers", "hidden", "heads", "vocab", "batch", "max_length", "log_steps"):
            if getattr(self, name) < 1:
                raise RecipeError(f"{name}: must be at least 1, not {getattr(self, name)}.")
        if self.optimizer not in ("adamw", "muon"):
            raise RecipeError(f"optimizer: must be adamw or muon, not {self.optimizer!r}.")
        if self.hidden % self.heads:
            raise RecipeError(f"hidden: {self.hidden} is no multiple of heads ({self.heads}).")
        if self.bank_seed == TEST_SEED:
            raise RecipeError(f"bank_seed: {TEST_SEED} is kept for evaluation. Set another.")
        if not (self.data or self.bank):
            raise RecipeError("data: nothing to train on. Name files in data, or set bank.")

    def changed(self, **changes: Any) -> Recipe:
        """The recipe with other values; text is read as the field's type.

        Raises:
            RecipeError: a field does not exist, or a value is not of its type.
        """
        return replace(self, **{name: _typed(name, value) for name, value in changes.items()})

    def to_toml(self) -> str:
        """The recipe as a file, with every field written out."""
        return tomlkit.dumps({f.name: _plain(getattr(self, f.name)) for f in fields(self)})


_TYPES = typing.get_type_hints(Recipe)


def _typed(name: str, value: Any) -> Any:
    """A value as the type of the field."""
    kind = _TYPES.get(name)
    if kind is None:
        raise RecipeError(f"{name}: there is no such field. Known fields: {', '.join(_TYPES)}.")
    origin = typing.get_origin(kind)
    if isinstance(value, str) and kind is not str:
        try:
            value = tomlkit.parse(f"value = {value}").unwrap()["value"]
        except TOMLKitError as error:
            raise RecipeError(f"{name}: {value!r} is no value ({error}).") from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if origin is tuple and isinstance(value, list):
        value = tuple(value)
    wanted = Mapping if origin is not None and origin is not tuple else origin or kind
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
        raise RecipeError(f"{name}: {value!r} is not {_in_words(kind)}.")
    return types.MappingProxyType(dict(value)) if isinstance(value, Mapping) else value


def _in_words(kind: Any) -> str:
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
    return words.get(kind, "a list" if typing.get_origin(kind) is tuple else "a table")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _folder() -> Path:
    return Path(str(resources.files("train"))) / "recipes"


def names() -> list[str]:
    """The names of the recipes that come with the project."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def load(name: str) -> Recipe:
    """The recipe of a name, or of a path to a TOML file.

    Raises:
        RecipeError: it does not exist, is no TOML, or has a field that does not fit.
    """
    path = Path(name) if name.endswith(".toml") else _folder() / f"{name}.toml"
    try:
        table = tomlkit.parse(path.read_text("utf-8")).unwrap()
    except OSError as error:
        known = ", ".join(names())
        raise RecipeError(
            f"recipe: there is no {name}. There are {known}, or a .toml file."
        ) from error
    except TOMLKitError as error:
        raise RecipeError(f"recipe: {path.name} is no TOML: {error}.") from error
    return Recipe(**{key: _typed(key, value) for key, value in table.items()})
