"""Two reports side by side: where one model is right and the other wrong, and whether by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from dagger_core.diagnostics import SourceError
from train.evaluate.statistics import Interval, bootstrap, difference, mcnemar

Row = Mapping[str, Any]
Change = Literal["regression", "gain", "both_wrong", "both_right"]
#: In the order in which a person wants to see them.
CHANGES: tuple[Change, ...] = ("regression", "gain", "both_wrong", "both_right")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same problem in two reports."""

    before: Row
    after: Row

    @property
    def change(self) -> Change:
        """What became of it from the first to the second."""
        right = bool(self.before["correct"]), bool(self.after["correct"])
        changes: dict[tuple[bool, bool], Change] = {
            (True, False): "regression",
            (False, True): "gain",
            (False, False): "both_wrong",
            (True, True): "both_right",
        }
        return changes[right]


@dataclass(frozen=True)
class Comparison:
    """Two models on the problems that both were asked.

    Args:
        pairs: the problems, regressions first.
        unmatched: problems that only one of them was asked.
    """

    pairs: tuple[Pair, ...]
    unmatched: int

    def count(self, change: Change) -> int:
        """How many problems changed so."""
        return sum(pair.change == change for pair in self.pairs)

    @property
    def p_value(self) -> float:
        """McNemar's exact test, two-sided."""
        return mcnemar(self.count("regression"), self.count("gain"))

    @property
    def difference(self) -> float:
        """How much more accurate the second is, as a share of the problems."""
        return (self.count("gain") - self.count("regression")) / len(self.pairs)

    @cached_property
    def interval(self) -> Interval | None:
        """The paired 95% bootstrap interval of the difference."""
        rows = [(bool(p.after["correct"]), 1, bool(p.before["correct"]), 1) for p in self.pairs]
        families = [str(p.before.get("family") or p.before["key"]) for p in self.pairs]
        return bootstrap(rows, families, difference)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    """Compare two reports, problem by problem.

    Raises:
        SourceError: they have no problem with a known answer in common.
    """
    old = {row["key"]: row for row in before["rows"] if row["correct"] is not None}
    new = {row["key"]: row for row in after["rows"] if row["correct"] is not None}
    pairs = [Pair(old[key], new[key]) for key in old if key in new]
    if not pairs:
        raise SourceError("reports-disjoint")
    pairs.sort(key=lambda pair: CHANGES.index(pair.change))
    return Comparison(tuple(pairs), len(old.keys() ^ new.keys()))


def markdown(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A comparison for reading.

    Raises:
        SourceError: the reports have no problem in common.
    """
    found = compare(before, after)
    low, high = found.interval or (0.0, 0.0)
    lines = [
        f"# {before['title']} → {after['title']}",
        f"{len(found.pairs)} problems in common, {found.unmatched} of one report only. "
        f"Accuracy {100 * found.difference:+.1f} points "
        f"(95% {100 * low:+.1f} to {100 * high:+.1f}); McNemar p = {found.p_value:.3g}.",
    ]
    for change in CHANGES:
        lines.append(f"- {change.replace('_', ' ')}: {found.count(change)}")
    for pair in found.pairs:
        if pair.change == "regression":
            asked = " ".join(str(pair.before["question"]).split())
            lines.append(f"- {asked}\n  - {pair.before['text']}\n  - {pair.after['text']}")
    return "\n".join(lines) + "\n"
