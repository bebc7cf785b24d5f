"""Graph -> trace: the steps of its explanation, numbered, and the answer."""

from __future__ import annotations

import re

from dagger_core.diagnostics import DaggerError, Lang
from dagger_core.execute import Execution, execute
from dagger_core.explain import Sentence, explain
from dagger_core.formats.trace.quantity import quantity
from dagger_core.formats.trace.reading import ANSWER, ANSWER_END, REASONING, REASONING_END
from dagger_core.graph import Graph
from dagger_core.numerals import Number, show
from dagger_core.ops import CONST, find_op

_BANGLA = re.compile(r"[\u0980-\u09ff]")
_NOTE = re.compile(r"<<[^<>\n]*>>")
_SAID = {
    "en": ("Step {n}: {said}.", "Read the numbers that matter: {said}", "Therefore, the answer is"),
    "bn": ("ধাপ {n}: {said}।", "যেসব সংখ্যা লাগবে: {said}", "অতএব, উত্তর"),
}
_STOP = {"en": ".", "bn": "।"}


class NoAnswer(DaggerError):
    """The graph has no answer, so there is nothing to reason towards."""


def write(graph: Graph, question: str) -> str:
    """The trace of a graph, in the language of its question.

    The first step reads the numbers that matter, each operation is a step, and the last line
    concludes.

    Raises:
        NoAnswer: the graph does not execute.
    """
    execution = execute(graph)
    if execution.answer is None:
        raise NoAnswer("The graph has no answer.")
    lang: Lang = "bn" if _BANGLA.search(question) else "en"
    step, given, conclusion = _SAID[lang]
    sentences = explain(execution, question, lang)
    numbers = [_value(execution, s, lang) for s in sentences if s.kind == "given"]
    said = [given.format(said=", ".join(numbers))] if numbers else []
    said += [s.text for s in sentences if s.kind == "step" or _computes(graph, s)]
    answer = _stated(execution.answer, lang)
    lines = [step.format(n=show(n, lang), said=text) for n, text in enumerate(said, 1)]
    lines.append(f"{conclusion} {answer}{_STOP[lang]}")
    return _tagged(lines, answer)


def _computes(graph: Graph, sentence: Sentence) -> bool:
    """Whether the sentence of the answer says a step, and not only what came out."""
    op = find_op(graph[sentence.node].op)
    return sentence.kind == "answer" and op is not None and op.name not in (CONST, "identity")


def from_solution(solution: str) -> str:
    """A worked solution as a trace, or "" if it is none.

    A worked solution is lines of reasoning and a last line `#### answer`, with calculations noted
    as `<<48/2=24>>`, as GSM8K has them.
    """
    worked, mark, answer = solution.rpartition("####")
    lines = [" ".join(_NOTE.sub("", line).split()) for line in worked.splitlines()]
    lines, answer = [line for line in lines if line], answer.strip()
    if not (mark and lines and answer):
        return ""
    lang: Lang = "bn" if _BANGLA.search(worked) else "en"
    step, _, conclusion = _SAID[lang]
    said = [step.format(n=show(n, lang), said=line.rstrip(".।")) for n, line in enumerate(lines, 1)]
    return _tagged([*said, f"{conclusion} {answer}{_STOP[lang]}"], answer)


def _tagged(lines: list[str], answer: str) -> str:
    reasoning = "\n".join(lines)
    return f"{REASONING}\n{reasoning}\n{REASONING_END}\n{ANSWER}{answer}{ANSWER_END}"


def _value(execution: Execution, sentence: Sentence, lang: Lang) -> str:
    value = execution.value(sentence.node)
    return "" if value is None else show(value, lang)


def _stated(value: Number, lang: Lang) -> str:
    """A value as it is read again: 1000/3 and not 333.333…"""
    shown = show(value, lang)
    again = quantity(shown)
    if again is not None and again.value == value:
        return shown
    return f"{value:.12g}" if isinstance(value, float) else str(value)
