"""Chance: intervals that cover as often as they say, and a test with known values."""

from __future__ import annotations

import math
from random import Random

import pytest

from train.evaluate.statistics import bootstrap, mcnemar, share


def interval(right: int, count: int, families: list[str] | None = None) -> tuple[float, float]:
    rows = [(float(n < right), 1.0) for n in range(count)]
    found = bootstrap(rows, families or [str(n) for n in range(count)], share)
    assert found is not None
    return found


def test_an_interval_is_that_of_the_binomial() -> None:
    low, high = interval(140, 200)
    spread = 1.96 * math.sqrt(0.7 * 0.3 / 200)
    assert low == pytest.approx(0.7 - spread, abs=0.015)
    assert high == pytest.approx(0.7 + spread, abs=0.015)
    assert interval(140, 200) == (low, high), "the same every time"


def test_variants_of_one_problem_count_as_one() -> None:
    # 200 rows of 10 problems, each right or wrong as a whole: as wide as with 10 rows.
    families = [str(n // 20) for n in range(200)]
    low, high = interval(140, 200, families)
    assert high - low == pytest.approx(2 * 1.96 * math.sqrt(0.7 * 0.3 / 10), abs=0.12)


def test_intervals_cover_about_as_often_as_they_say() -> None:
    rng, hits = Random(7), 0
    for _ in range(100):
        right = sum(rng.random() < 0.6 for _ in range(60))
        low, high = interval(right, 60)
        hits += low <= 0.6 <= high
    assert 88 <= hits <= 100


def test_nothing_has_no_interval() -> None:
    assert bootstrap([], [], share) is None
    assert bootstrap([(0.0, 0.0)], ["a"], share) is None


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [(0, 0, 1.0), (5, 5, 1.0), (0, 5, 0.0625), (1, 9, 0.021484375), (10, 3, 0.09228515625)],
)
def test_mcnemar(one: int, other: int, p: float) -> None:
    assert mcnemar(one, other) == pytest.approx(p, rel=1e-12)
    assert mcnemar(other, one) == mcnemar(one, other)


def test_mcnemar_of_many() -> None:
    # The normal approximation, with correction, is good here.
    assert mcnemar(1450, 1550) == pytest.approx(
        math.erfc((100 - 1) / math.sqrt(3000) / math.sqrt(2)), rel=0.02
    )
