"""What lies beside the weights of a run: its recipe, its record, and a model card."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dagger_core.generate.catalog import ABOUT
from train.recipe import Recipe

RECORD, RECIPE, CARD = "run.json", "recipe.toml", "README.md"
_VERSIONS = ("torch", "transformers", "trl", "peft", "datasets", "accelerate", "tokenizers")


@dataclass(frozen=True)
class RunResult:
    """What a training run left behind.

    Args:
        model: the folder with weights or adapter, tokenizer, recipe, card and `run.json`.
        steps: optimizer steps done, those before a resumption included.
        samples: samples or prompts prepared.
        loss: mean training loss since the run began or resumed.
        seconds: of training alone, since then.
        stopped: whether a signal ended it early.
    """

    model: Path
    steps: int
    samples: int
    loss: float
    seconds: float
    stopped: bool = False

    def text(self) -> str:
        """The result in a line."""
        how = "stopped after" if self.stopped else "done:"
        minutes = self.seconds / 60
        return f"{self.model}: {how} {self.steps} steps, {minutes:.1f} min, loss {self.loss:.4f}"


@dataclass(frozen=True)
class Record:
    """Everything about a run that its weights do not say.

    Args:
        method: "sft" or "grpo".
        data: hash of all that was trained on.
        left_out: rows that were not trained on, by source and reason.
        metrics: the last of each.
    """

    method: str
    recipe: Recipe
    result: RunResult
    parameters: int
    trained: int
    data: str
    left_out: Mapping[str, int]
    metrics: Mapping[str, Any]
    is_adapter: bool

    def write(self) -> None:
        """Write the files beside the weights."""
        folder, recipe = self.result.model, replace(self.recipe, data_dir="")
        (folder / RECIPE).write_text(recipe.to_toml(), "utf-8")
        (folder / RECORD).write_text(json.dumps(self.to_obj(), indent=2) + "\n", "utf-8")
        (folder / CARD).write_text(self.card(), "utf-8")
        notes = {"note_en": recipe.about, "note_bn": recipe.about_bn or recipe.about}
        about = {"format": recipe.format, **notes}
        (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False) + "\n", "utf-8")

    def to_obj(self) -> dict[str, Any]:
        """The record as plain JSON."""
        result = asdict(self.result)
        del result["model"]
        return {
            "method": self.method,
            **result,
            "seconds": round(self.result.seconds),
            "parameters": self.parameters,
            "trained_parameters": self.trained,
            "seed": self.recipe.seed,
            "data_sha256": self.data,
            "left_out": dict(self.left_out),
            "metrics": dict(self.metrics),
            "versions": {"python": platform.python_version(), **versions()},
        }

    def card(self) -> str:
        """The model card, with the metadata that the Hub reads."""
        recipe, result = self.recipe, self.result
        library = "peft" if self.is_adapter else "transformers"
        lines = ["---", f"library_name: {library}", "pipeline_tag: text-generation"]
        if recipe.init:
            lines.append(f"base_model: {json.dumps(recipe.init)}")
        if recipe.dataset:
            lines += ["datasets:", f"- {json.dumps(recipe.dataset)}"]
        lines += ["language:", "- bn", "- en", "tags:", "- math-word-problems"]
        lines += ["- computational-graphs", f"- {self.method}", "- trl"]
        lines += ["- lora"] if self.is_adapter else []
        kind = "LoRA adapter" if self.is_adapter else "model"
        ended = " It was stopped before its end." if result.stopped else ""
        lines += [
            "---",
            "",
            f"# {recipe.about or 'A model that writes computational graphs'}",
            "",
            f"A {kind} trained by {self.method.upper()} from "
            f"{recipe.init or 'random weights'} to write answers in the `{recipe.format}` format: "
            f"{result.steps} steps on {result.samples} samples, {self.trained:,} of "
            f"{self.parameters:,} parameters trained.{ended}",
            "",
            "| what | value |",
            "| --- | --- |",
            *(f"| {name} | {value} |" for name, value in self._facts()),
            "",
            "All settings are in `recipe.toml`; `run.json` has versions, the hash of the data and "
            "what was left out of it.",
        ]
        return "\n".join(lines) + "\n"

    def _facts(self) -> list[tuple[str, Any]]:
        recipe = self.recipe
        facts: list[tuple[str, Any]] = [
            ("learning rate", recipe.learning_rate),
            ("batch", recipe.batch),
            ("seed", recipe.seed),
            ("training loss", f"{self.result.loss:.4f}"),
            ("data (sha256)", self.data[:16]),
        ]
        if self.is_adapter:
            facts.insert(0, ("LoRA rank, alpha", f"{recipe.lora_r}, {recipe.lora_alpha}"))
        if self.method == "grpo":
            facts.insert(0, ("completions of a prompt", recipe.generations))
        numbers = {k: v for k, v in self.metrics.items() if isinstance(v, int | float)}
        kept = ("reward", "eval_loss", "eval_reward", "kl")
        return [*facts, *((name, f"{numbers[name]:.4f}") for name in kept if name in numbers)]


def versions() -> dict[str, str]:
    """The versions of the libraries that a run depends on."""
    return {name: version(name) for name in _VERSIONS}
