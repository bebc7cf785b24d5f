"""The upper bound: a set's own graphs as the answers. What is not right here is the harness."""

from __future__ import annotations

import pytest

from dagger_core.generate import Settings
from train.evaluate import Asker, evaluate
from train.evaluate.command import gold
from train.evaluate.report import Report
from train.evaluate.sets import bank, read_set

ROWS = 80


def upper_bound(form: str) -> Report:
    generator, sets = gold([read_set("bank", bank(), ROWS)], form)
    report = evaluate(Asker(generator, Settings(format=form, max_new_tokens=8192)), sets)
    assert report["troubles"] == []
    assert (report["count"], report["failures"]) == (ROWS, {})
    return report


@pytest.mark.parametrize("form", ["compact", "dagger_json", "dagger_chat"])
def test_gold_graphs_are_right_in_form_and_fully_paid(form: str) -> None:
    report = upper_bound(form)
    names = ("accuracy", "executed", "valid", "format", "reward", "flag_f1")
    assert [report[name] for name in names] == [1, 1, 1, 1, 2.0, 1]
    assert report["intervals"]["accuracy"] == (1.0, 1.0)
    assert all(part["accuracy"] == 1 for part in report["by_operations"].values())


def test_gold_traces_are_right_in_form_and_structure() -> None:
    report = upper_bound("trace")
    assert (report["accuracy"], report["format"], report["trace"]) == (1, 1, 1)
    # All but what a trace loses that is right without claiming to be sure: 0.15·(1 − 0.91).
    assert report["composite"] == pytest.approx(0.9865, abs=1e-4)
    assert report["reward"] is None


def test_gold_chains_of_thought_end_with_the_answer() -> None:
    report = upper_bound("chain_of_thought")
    assert (report["accuracy"], report["executed"], report["flag_f1"]) == (1, 1, None)
