"""Why an answer is wrong: one kind of failure each, the first that fits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from dagger_core.diff import same_graph
from dagger_core.execute import execute
from dagger_core.graph import Graph
from dagger_core.numerals import Number, TooLarge, read_number, same_answer, show
from train.evaluate import traces
from train.evaluate.items import flagged, operations
from train.evaluate.judge import STATED, Verdict

Kind = Literal[
    "error",
    "timeout",
    "cut",
    "not_parsed",
    "not_executed",
    "asserted",
    "gold_suspect",
    "rounding",
    "distractor_used",
    "wrong_number",
    "missing_number",
    "wrong_operation",
    "wrong_order",
    "calculation",
    "units",
    "premature",
    "verbose",
    "unexplained",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: What each kind is, for people.
MEANINGS: dict[Kind, str] = {
    "error": "no answer: the model failed",
    "timeout": "no answer in time",
    "cut": "cut off at the longest answer",
    "not_parsed": "not parsed",
    "not_executed": "not executed",
    "asserted": "the answer is asserted, not computed",
    "gold_suspect": "the right answer looks wrong",
    "rounding": "right but for rounding",
    "distractor_used": "a distractor is in the path",
    "wrong_number": "a wrong number is in the path",
    "missing_number": "a needed number is missing",
    "wrong_operation": "wrong operation",
    "wrong_order": "right operations in a wrong order",
    "calculation": "a calculation is wrong",
    "units": "wrong unit",
    "premature": "concluded before the last step",
    "verbose": "wordy, and lost on the way",
    "unexplained": "wrong, and nothing tells why",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one answer is wrong.

    Args:
        detail: what exactly: a diagnostic's code, numbers, operations.
    """

    kind: Kind
    detail: str = ""


def failure(form_name: str, verdict: Verdict) -> Failure | None:
    """Why an answer is wrong, or None if it is right or nobody knows."""
    answer = verdict.answer
    if answer.finish in ("error", "timeout"):
        return Failure("timeout" if answer.finish == "timeout" else "error", answer.error)
    if verdict.correct or (verdict.correct is None and verdict.executed):
        return None
    codes = ", ".join(dict.fromkeys(found.code for found in verdict.diagnostics[:3]))
    if not verdict.executed and answer.finish == "length":
        return Failure("cut", f"{answer.tokens} tokens")
    if not verdict.valid:
        return Failure("not_parsed", codes)
    if not verdict.executed:
        return Failure("not_executed", codes)
    if _gold_is_suspect(verdict):
        return Failure("gold_suspect", _against(verdict))
    if form_name in STATED:
        kind, detail = traces.failure(verdict.answer.text, verdict.value, verdict.item)
        return Failure(kind, detail)
    return _wrong(verdict)


def _wrong(verdict: Verdict) -> Failure:
    """Why a graph that executes has another answer."""
    graph, final = verdict.graph, verdict.graph.final if verdict.graph else None
    assert graph is not None
    if final is not None and final.is_const:
        return Failure("asserted", _against(verdict))
    if _rounded(verdict.value, verdict.item.gold):
        return Failure("rounding", _against(verdict))
    gold = verdict.item.example.graph
    used = _path(graph)
    if gold is None:
        return _without_gold_graph(verdict, used)
    wanted, extra, marked = _path(gold), used - _path(gold), flagged(gold)
    picked = extra & marked
    if picked:
        return Failure("distractor_used", _listed(picked))
    missing = wanted - used
    if extra:
        return Failure("wrong_number", _listed(extra))
    if missing:
        return Failure("missing_number", _listed(missing))
    did, needed = Counter(operations(graph)), Counter(operations(gold))
    if did != needed:
        instead = f"{_names(did - needed) or '—'} for {_names(needed - did) or '—'}"
        return Failure("wrong_operation", instead)
    return Failure("wrong_order", _names(did))


def _without_gold_graph(verdict: Verdict, used: Counter[Number]) -> Failure:
    picked = used & (verdict.item.distractors or Counter())
    return Failure("distractor_used", _listed(picked)) if picked else Failure("unexplained")


def _gold_is_suspect(verdict: Verdict) -> bool:
    """Whether the given answer is at odds with the set's own graph."""
    gold = verdict.item.example.graph
    if gold is None:
        return False
    value = execute(gold).answer
    if value is None or not same_answer(value, verdict.item.gold):
        return True
    return verdict.graph is not None and same_graph(verdict.graph, gold)


def _rounded(value: Number | None, gold: Number | None) -> bool:
    """Whether two numbers differ by rounding only: to whole numbers, or to the gold's decimals."""
    if value is None or gold is None:
        return False
    try:
        apart = abs(Fraction(value) - Fraction(gold))
        if gold == int(gold):
            return 0 < apart < 1 and value != int(value)
        decimals = min(len(str(float(gold)).partition(".")[2]), 9)
    except (OverflowError, ValueError):
        return False
    return apart <= Fraction(1, 10**decimals)


def _path(graph: Graph) -> Counter[Number]:
    """The numbers that the answer is computed from."""
    values = []
    for key in graph.live:
        node = graph[key]
        if node.is_const:
            try:
                values.append(read_number(node.val))
            except TooLarge:
                continue
    return Counter(value for value in values if value is not None)


def _listed(numbers: Counter[Number]) -> str:
    return ", ".join(show(number) for number in numbers.elements())


def _names(names: Counter[str]) -> str:
    return " ".join(sorted(names.elements()))


def _against(verdict: Verdict) -> str:
    gold, value = verdict.item.gold, verdict.value
    return f"{'—' if value is None else show(value)} for {'—' if gold is None else show(gold)}"
