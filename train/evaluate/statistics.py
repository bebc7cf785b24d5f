"""How much of a difference is chance: bootstrap intervals, and a paired test of two models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb

import numpy as np

_DRAWS, _AT_ONCE = 2000, 200
_SEED = 20260106
Interval = tuple[float, float]
Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def bootstrap(
    rows: Sequence[Sequence[float]],
    families: Sequence[str],
    statistic: Callable[[Values], Values],
) -> Interval | None:
    """The 95% percentile interval of a statistic of sums over rows.

    Families are drawn, not rows: variants of one problem are right or wrong together, and five
    hundred rows made from sixty problems tell as much as sixty.

    Args:
        rows: for each row the numbers that are added up.
        families: for each row its family.
        statistic: from sums, in the last axis, to one value each; NaN where it has none.

    Returns:
        Lower and upper end, or None if there is nothing to draw from.
    """
    if not rows:
        return None
    places = {family: place for place, family in enumerate(dict.fromkeys(families))}
    sums = np.zeros((len(places), len(rows[0])))
    np.add.at(sums, [places[family] for family in families], np.asarray(rows, float))
    count, rng = len(places), np.random.default_rng(_SEED)
    drawn = [
        statistic(rng.multinomial(count, np.full(count, 1 / count), _AT_ONCE) @ sums)
        for _ in range(_DRAWS // _AT_ONCE)
    ]
    values = np.concatenate(drawn)
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def share(sums: Values) -> Values:
    """The first sum divided by the second."""
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Values = sums[..., 0] / sums[..., 1]
    return result


def difference(sums: Values) -> Values:
    """The share of the first two sums less that of the last two."""
    return share(sums[..., :2]) - share(sums[..., 2:])


def mcnemar(only_first: int, only_second: int) -> float:
    """The p-value of McNemar's exact test, two-sided.

    Of the problems that one of two models gets right, how likely is a split at least this uneven
    if both are equally good?

    Args:
        only_first: problems that only the first gets right.
        only_second: problems that only the second gets right.
    """
    count, fewer = only_first + only_second, min(only_first, only_second)
    tail: int = sum(comb(count, k) for k in range(fewer + 1))
    return float(min(1.0, 2 * tail / 2**count))
