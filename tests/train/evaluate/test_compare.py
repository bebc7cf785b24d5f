"""Two reports compared: who got better where, and by how much."""

from __future__ import annotations

from typing import Any

import pytest

from dagger_core.diagnostics import SourceError
from train.evaluate.compare import compare, markdown


def report(title: str, right: str, first: int = 0) -> dict[str, Any]:
    """A report whose n-th problem is right (1), wrong (0) or without an answer (?)."""
    rows = [
        {
            "key": f"k{number}",
            "family": f"f{number}",
            "correct": None if mark == "?" else mark == "1",
            "question": f"Question {number}",
            "text": f"{title} {number}",
        }
        for number, mark in enumerate(right, first)
    ]
    return {"title": title, "rows": rows}


def test_regressions_come_first() -> None:
    found = compare(report("old", "1100110?"), report("new", "10101101"))
    counts = {change: found.count(change) for change in ("regression", "gain", "both_wrong")}
    assert counts == {"regression": 1, "gain": 1, "both_wrong": 2}
    assert [pair.change for pair in found.pairs][:2] == ["regression", "gain"]
    assert found.unmatched == 1, "a problem whose answer is not known is no comparison"


def test_the_size_of_a_difference() -> None:
    found = compare(
        report("old", "0" * 30 + "1" * 70), report("new", "1" * 20 + "0" * 10 + "1" * 70)
    )
    assert found.difference == pytest.approx(0.2)
    assert found.p_value == pytest.approx(2 / 2**20)
    low, high = found.interval or (0, 0)
    assert 0.1 < low < 0.2 < high < 0.3


def test_reports_on_other_problems_cannot_be_compared() -> None:
    with pytest.raises(SourceError, match="no problem"):
        compare(report("old", "11"), report("new", "11", first=5))


def test_in_words() -> None:
    text = markdown(report("old", "110"), report("new", "101"))
    assert "3 problems in common" in text
    assert "regression: 1" in text
    assert "Question 1\n  - old 1\n  - new 1" in text
