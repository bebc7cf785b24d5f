"""The only definition of the reward: R = 0.5·format + 0.5·executes + 1.0·correct.

The editor, the evaluation and GRPO all call `score`. Source: the DAGGER paper (arXiv
2601.06853) with policies P1, P2 and P6 where its code and its text differ.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from dagger_core.execute import execute
from dagger_core.graph import FINAL, Graph
from dagger_core.numerals import Number, json_number, same_answer
from dagger_core.parse import MIN_NODES, lenient, strict

FORMAT_WEIGHT = 0.5
EXECUTES_WEIGHT = 0.5
CORRECT_WEIGHT = 1.0


class Score(NamedTuple):
    """What a completion earns.

    Args:
        format: whether it has the strict format.
        executes: whether its answer has a value.
        correct: whether that value is the gold answer and was computed, not asserted.
        value: the answer, or None.
    """

    format: bool
    executes: bool
    correct: bool
    value: Number | None = None

    @property
    def total(self) -> float:
        """The reward: 0, 0.5, 1 or 2."""
        return (
            FORMAT_WEIGHT * self.format
            + EXECUTES_WEIGHT * self.executes
            + CORRECT_WEIGHT * self.correct
        )

    @property
    def parts(self) -> dict[str, float]:
        """The parts by name, without their weights."""
        return {
            "format": float(self.format),
            "executes": float(self.executes),
            "correct": float(self.correct),
        }


def score_graph(graph: Graph, gold: Any, *, format: bool = True) -> Score:
    """The score of a graph against a gold answer (number, text or None).

    A `final_result` that is itself a bare const only asserts its answer and is never correct.
    """
    final = graph.final
    value = None if final is None else execute(graph).value(final.id)
    if final is None or value is None:
        return Score(format, False, False)
    correct = not final.is_const and same_answer(value, gold)
    return Score(format, True, correct, value)


def score_written(graph: Graph, gold: Any) -> Score:
    """What a graph would earn written in the published format: the editor and `compact` use it."""
    fits = len(graph) >= MIN_NODES and graph.ids.count(FINAL) == 1
    return score_graph(graph, gold, format=fits)


def score(text: str, gold: Any) -> Score:
    """The score of a completion in the published JSON format; a text out of format earns 0."""
    parsed = strict(text)
    if parsed.graph is None:
        return Score(False, False, False)
    return score_graph(parsed.graph, gold)


def judge(completion: str, gold: Any) -> dict[str, Any]:
    """One line of an evaluation, as plain JSON.

    `parse_ok`, `executes` and `value` are the lenient reader's (evaluation, editor); `reward` is
    the strict reader's (training); `diagnostics` say what keeps either from being better.
    """
    parsed, exact = lenient(completion), strict(completion)
    diagnostics = list(parsed.diagnostics)
    value = None
    if parsed.graph is not None:
        execution = execute(parsed.graph)
        value = execution.answer
        diagnostics += [*exact.diagnostics, *(execution.failures if value is None else ())]
    reward = Score(False, False, False) if exact.graph is None else score_graph(exact.graph, gold)
    return {
        "parse_ok": parsed.graph is not None,
        "executes": value is not None,
        "value": None if value is None else json_number(value),
        "reward": reward.total,
        "diagnostics": [diagnostic.to_obj() for diagnostic in diagnostics],
    }
