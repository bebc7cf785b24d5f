"""The published results of `train/published.toml`, with their averages recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import tomlkit


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures were published."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """One row of the published table.

    Args:
        accuracy: in percent, by set.
        averages: the weighted averages as published; several where they differ.
        tokens: per answer.
        sizes: problems of each set.
    """

    name: str
    source: Source
    accuracy: Mapping[str, float]
    averages: tuple[float, ...]
    tokens: int | None
    sizes: Mapping[str, int]

    @property
    def average(self) -> float:
        """The average of the sets weighted by their size, in percent, to one decimal."""
        total = sum(self.sizes[name] for name in self.accuracy)
        summed = sum(self.sizes[name] * value for name, value in self.accuracy.items())
        return round(summed / total, 1)

    @property
    def drop(self) -> float:
        """Accuracy without distractors less that with them, both weighted by size."""
        return round(self._over(False) - self._over(True), 1)

    def over(self, *, distracted: bool) -> float:
        """Accuracy over the sets with or without distractors, in percent.

        Weighted by the size of a set with its `+d`, so that both are about the same mix.
        """
        return round(self._over(distracted), 1)

    @property
    def slips(self) -> tuple[float, ...]:
        """Published averages that do not follow from their parts."""
        return tuple(value for value in self.averages if abs(value - self.average) > 0.05)

    def _over(self, distracted: bool) -> float:
        bases = [name for name in self.accuracy if not name.endswith("+d")]
        sizes = {name: self.sizes[name] + self.sizes[f"{name}+d"] for name in bases}
        ending = "+d" if distracted else ""
        summed = sum(size * self.accuracy[name + ending] for name, size in sizes.items())
        return summed / sum(sizes.values())


@dataclass(frozen=True, slots=True)
class PublishedTrace:
    """A model that writes reasoning traces, on GSM8K; accuracy and format in percent."""

    name: str
    source: Source
    accuracy: float | None
    format: float | None
    trace: float
    composite: float | None


@dataclass(frozen=True, slots=True)
class Published:
    """All published results.

    Args:
        errors: by model, the share of wrong answers in percent, by kind of distractor.
    """

    models: tuple[PublishedModel, ...]
    errors: Mapping[str, Mapping[str, float]]
    traces: tuple[PublishedTrace, ...]


@cache
def published() -> Published:
    """The results of the file."""
    text = resources.files("train").joinpath("published.toml").read_text("utf-8")
    table: dict[str, Any] = tomlkit.parse(text).unwrap()
    sources = {name: Source(**row) for name, row in table["sources"].items()}
    return Published(
        tuple(
            PublishedModel(
                row["name"],
                sources[row["source"]],
                row["accuracy"],
                tuple(row["averages"]),
                row.get("tokens"),
                table["sizes"],
            )
            for row in table["models"]
        ),
        {
            row["name"]: {k: v for k, v in row.items() if k not in ("name", "source")}
            for row in table["errors"]
        },
        tuple(
            PublishedTrace(
                row["name"],
                sources[row["source"]],
                *(row.get(key) for key in ("accuracy", "format", "trace", "composite")),
            )
            for row in table["traces"]
        ),
    )
