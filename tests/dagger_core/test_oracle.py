"""The oracle: 313 completions with the parse, value and reward of a correct system."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dagger_core.score import judge, score

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "oracle.jsonl").open(encoding="utf-8")
]
SECONDS = 2.0


def test_all_cases_are_there() -> None:
    assert len(CASES) == 313


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    start = time.perf_counter()
    line = judge(case["completion"], case["gold"])
    seconds = time.perf_counter() - start
    expected = case["expected"]
    assert seconds < SECONDS
    assert line["parse_ok"] == expected["parse_ok"]
    assert line["executes"] == expected["executes"]
    assert line["reward"] == expected["reward"] == score(case["completion"], case["gold"]).total
    assert (line["value"] is None) == (expected["value"] is None)
    if expected["value"] is not None:
        size = max(1e-3, abs(expected["value"]))
        assert abs(line["value"] - expected["value"]) <= 1e-9 * size
