"""What an answer is worth: read, executed and compared with the right one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dagger_core.diagnostics import Diagnostic
from dagger_core.execute import execute
from dagger_core.formats import FORMATS, Format
from dagger_core.formats.trace import TraceScore, score_trace
from dagger_core.graph import Graph
from dagger_core.numerals import Number, same_answer
from dagger_core.score import Score, score, score_graph, score_written
from train.evaluate.answers import Answer
from train.evaluate.items import Item, flagged

#: Formats that state an answer, without a graph that computes it.
STATED = ("trace", "chain_of_thought")


@dataclass(frozen=True)
class Verdict:
    """What became of one answer.

    Args:
        graph: what was read; of a format without graphs None.
        value: the answer, if it has one.
        valid: whether it was read without an error.
        format: whether it has the strict form that the reward pays for.
        correct: whether the answer is right; None where nobody knows.
        reward: as training pays it; None for a format without graphs.
        trace: the composite reward's parts, of a trace.
        diagnostics: why it was not read or has no value.
        stated: whether its format has no graphs.
    """

    item: Item
    answer: Answer
    graph: Graph | None
    value: Number | None
    valid: bool
    format: bool
    correct: bool | None
    reward: float | None = None
    trace: TraceScore | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    stated: bool = False

    @property
    def executed(self) -> bool:
        """Whether there is an answer at all."""
        return self.value is not None

    @property
    def flags(self) -> Counter[Number]:
        """The values that are marked as distractors."""
        return flagged(self.graph)


def judge(form_name: str, item: Item, answer: Answer) -> Verdict:
    """What became of one answer in a format."""
    form = FORMATS[form_name]
    if form_name in STATED:
        return _stated(form, item, answer)
    parsed = form.read(answer.text, item.question)
    graph = parsed.graph
    if graph is None:
        return Verdict(item, answer, None, None, False, False, _known(item, False), 0.0,
                       diagnostics=parsed.diagnostics)  # fmt: skip
    execution = execute(graph)
    earned = _score(form, graph, item, answer)
    # What is read leniently counts as an answer; the strict form is a figure of its own.
    right = score_graph(graph, item.gold).correct
    return Verdict(
        item,
        answer,
        graph,
        execution.answer,
        True,
        earned.format,
        _known(item, right),
        earned.total,
        diagnostics=() if execution.answer is not None else tuple(execution.failures),
    )


def _score(form: Format, graph: Graph, item: Item, answer: Answer) -> Score:
    """The reward of training: of the published formats for the strict text."""
    if form.name in ("dagger_json", "dagger_chat"):
        return score(answer.text, item.gold)
    return score_written(graph, item.gold)


def _stated(form: Format, item: Item, answer: Answer) -> Verdict:
    parsed = form.read(answer.text, item.question)
    value = execute(parsed.graph).answer if parsed.graph is not None else None
    trace = None
    right = value is not None and same_answer(value, item.gold)
    if form.name == "trace":
        trace = score_trace(answer.text, item.gold if item.stated is None else item.stated)
        right = trace.correctness == 1
    return Verdict(
        item,
        answer,
        None,
        value,
        value is not None,
        value is not None if trace is None else trace.format,
        _known(item, right),
        trace=trace,
        diagnostics=() if value is not None else parsed.diagnostics,
        stated=True,
    )


def _known(item: Item, right: bool) -> bool | None:
    return right if item.gold is not None else None
