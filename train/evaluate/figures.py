"""The figures of a report: what a list of verdicts amounts to.

All are shares of the problems unless they say otherwise, and None where nothing can be said.

- count: problems that were asked. answered: of these, those whose right answer is known.
- accuracy: right, of those whose answer is known. By a graph, it has to be computed: a
  `final_result` that is a bare number is no right answer (policy P2).
- executed: there is an answer at all.
- valid: the text is read without an error.
- format: it has the strict form that the reward pays for; of a graph of the compact format, valid.
- reward: on average, as training pays it (0 to 2).
- trace, composite: of traces, on average, the structure and the composite reward.
- plain_accuracy, distracted_accuracy: accuracy on problems without and with distractors, of the
  sets that have both (`x` and `x+d` are one set), averaged by the size of these sets, so that
  both are about the same mix; drop: the first less the second.
- flag_precision, flag_recall, flag_f1: the numbers marked as distractors against those of the
  gold graph, by value, over all problems that have a gold graph; of formats without graphs none.
- tokens: written per answer, on average. seconds: wall time per answer, in batches.
- p50_seconds, p90_seconds: of answers that were asked for one at a time.
- intervals: by name, the 95% bootstrap interval over families of problems.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from train.evaluate.items import flagged
from train.evaluate.judge import Verdict
from train.evaluate.statistics import Interval, Values, bootstrap, share

Figures = dict[str, Any]


def figures(verdicts: Sequence[Verdict]) -> Figures:
    """The figures of these verdicts."""
    known = [one for one in verdicts if one.correct is not None]
    drop = Drop(known)
    hits, marked, wanted = map(sum, zip((0, 0, 0), *map(_flags, verdicts), strict=True))
    return {
        "accuracy": _mean([bool(one.correct) for one in known]),
        "executed": _mean([one.executed for one in verdicts]),
        "valid": _mean([one.valid for one in verdicts]),
        "format": _mean([one.format for one in verdicts]),
        "reward": _mean([one.reward for one in known if one.reward is not None]),
        "trace": _mean([one.trace.structure for one in verdicts if one.trace]),
        "composite": _mean([one.trace.total for one in known if one.trace]),
        "plain_accuracy": drop.plain,
        "distracted_accuracy": drop.distracted,
        "drop": drop.points,
        "flag_precision": round(hits / marked, 4) if marked else None,
        "flag_recall": round(hits / wanted, 4) if wanted else None,
        "flag_f1": round(2 * hits / (marked + wanted), 4) if marked + wanted else None,
        "tokens": _mean([one.answer.tokens for one in verdicts], 2),
        **_times(verdicts),
        "count": len(verdicts),
        "answered": len(known),
        "intervals": _intervals(verdicts, known, drop),
    }


class Drop:
    """Accuracy without and with distractors, over the sets that have problems of both sorts."""

    def __init__(self, known: Sequence[Verdict]) -> None:
        sorts: dict[str, set[bool]] = {}
        for one in known:
            sorts.setdefault(_base(one), set()).add(one.item.distracted)
        self._sets = [name for name, found in sorts.items() if len(found) == 2]
        self.verdicts = [one for one in known if _base(one) in self._sets]
        sizes = Counter(_base(one) for one in self.verdicts)
        total = max(1, len(self.verdicts))
        self._weights = np.array([sizes[name] / total for name in self._sets])
        sums = np.sum([self.parts(one) for one in self.verdicts], axis=0)
        sides = self._sides(sums) if self._sets else (None, None)
        self.plain, self.distracted = (
            None if side is None else round(float(side), 4) for side in sides
        )
        self.points = round(float(self.statistic(sums)), 4) if self._sets else None

    def parts(self, verdict: Verdict) -> tuple[float, ...]:
        """For each set: right and all without distractors, right and all with them."""
        parts = [0.0] * (4 * len(self._sets))
        place = 4 * self._sets.index(_base(verdict)) + 2 * verdict.item.distracted
        parts[place : place + 2] = [float(bool(verdict.correct)), 1.0]
        return tuple(parts)

    def statistic(self, sums: Values) -> Values:
        """The drop, from sums of parts."""
        plain, distracted = self._sides(sums)
        return plain - distracted

    def _sides(self, sums: Values) -> tuple[Values, Values]:
        by_set = sums.reshape(*sums.shape[:-1], -1, 4)
        plain, distracted = share(by_set[..., :2]), share(by_set[..., 2:])
        return plain @ self._weights, distracted @ self._weights


def _base(verdict: Verdict) -> str:
    return verdict.item.set.removesuffix("+d")


def _flags(verdict: Verdict) -> tuple[int, int, int]:
    """Of the numbers marked as distractors: those that are, all, and all that should be."""
    if verdict.stated or verdict.item.example.graph is None:
        return 0, 0, 0
    gold, own = flagged(verdict.item.example.graph), verdict.flags
    return (gold & own).total(), own.total(), gold.total()


def _times(verdicts: Sequence[Verdict]) -> Figures:
    together = [one.answer.seconds for one in verdicts if not one.answer.alone]
    alone = sorted(one.answer.seconds for one in verdicts if one.answer.alone)
    return {
        "seconds": _mean(together or alone),
        "p50_seconds": round(alone[len(alone) // 2], 3) if alone else None,
        "p90_seconds": round(alone[len(alone) * 9 // 10], 3) if alone else None,
    }


def _intervals(
    verdicts: Sequence[Verdict], known: Sequence[Verdict], drop: Drop
) -> dict[str, Interval | None]:
    found = {
        "accuracy": _interval(known, lambda one: (bool(one.correct), 1), share),
        "executed": _interval(verdicts, lambda one: (one.executed, 1), share),
        "format": _interval(verdicts, lambda one: (one.format, 1), share),
        "flag_f1": _interval(verdicts, _f1_parts, share),
        "drop": _interval(drop.verdicts, drop.parts, drop.statistic),
    }
    return {name: interval for name, interval in found.items() if interval is not None}


def _f1_parts(verdict: Verdict) -> tuple[float, ...]:
    hits, marked, wanted = _flags(verdict)
    return 2 * hits, marked + wanted


def _interval(
    verdicts: Sequence[Verdict],
    parts: Callable[[Verdict], tuple[float, ...]],
    statistic: Callable[[Values], Values],
) -> Interval | None:
    found = bootstrap(
        [parts(one) for one in verdicts], [one.item.family for one in verdicts], statistic
    )
    return None if found is None else (round(found[0], 4), round(found[1], 4))


def _mean(values: Sequence[float], digits: int = 4) -> float | None:
    return round(math.fsum(values) / len(values), digits) if values else None
