"""Drafts: what comes back after a reload is what was there."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dagger_core.diagnostics import Diagnostic
from dagger_core.graph import Graph, Node
from demo import drafts
from demo.solution import Attempt, Solution


def graph(value: object) -> Graph:
    return Graph([Node("ক", "const", value, label="<b>"), Node("final_result", "add", args=("ক",))])


FULL = replace(
    Solution("কয়টি?", "5", key="k", parent=3, saved_at="Saved", typed="{")
    .step(graph(1))
    .answered(
        Attempt(
            "m",
            "text ```",
            graph("1/3"),
            (Diagnostic("repaired", params={"line": 1, "column": 2}),),
            7,
            0.5,
            "cancelled",
            "compact",
        )
    )
    .step(graph(4))
    .undo()
    .select("ক"),
    typed="{",
)


@pytest.mark.parametrize("solution", [Solution(), Solution().step(Graph()), FULL, FULL.redo()])
def test_round_trip(solution: Solution) -> None:
    back = drafts.load(drafts.dump(solution))
    assert back == solution


def test_undo_and_redo_come_back() -> None:
    back = drafts.load(drafts.dump(FULL))
    assert back is not None
    assert back.undo().graph == graph(1)
    assert back.redo().graph == graph(4)
    assert back.reset().graph == graph("1/3")


def test_long_histories_are_cut_on_both_sides() -> None:
    solution = Solution()
    for value in range(100):
        solution = solution.step(graph(value))
    for _ in range(50):
        solution = solution.undo()
    back = drafts.load(drafts.dump(solution))
    assert back is not None
    assert back.graph == solution.graph == graph(49)
    assert len(back.history) < 60
    assert back.undo().graph == graph(48)
    assert back.redo().graph == graph(50)


def changed(**values: object) -> str:
    """The draft of FULL with other values in it."""
    return json.dumps({**json.loads(drafts.dump(FULL)), **values})


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", "{" * 9, '{"history": [1]}', "[" * 100_000),
        changed(history=["no graph"]),
        changed(history=["[" * 100_000]),
        changed(at=10**9, history=[]),
        changed(at=-7),
        changed(attempt={"model": 1}),
    ],
)
def test_what_is_no_draft_never_raises(text: str) -> None:
    back = drafts.load(text)
    assert back is None or back.undo() is not None
