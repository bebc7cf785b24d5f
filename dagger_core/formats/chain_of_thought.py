"""Chain of thought: reasoning in free text, of which the last number is the answer.

The usual baseline for models that follow instructions; like a trace, its answer is stated and not
computed, so its graph is `final_result` as a bare const.
"""

from __future__ import annotations

import re

from dagger_core.diagnostics import Diagnostic
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import mentions
from dagger_core.numerals.show import written
from dagger_core.ops import CONST
from dagger_core.parse import Parsed

_PROMPT = """\
Solve the problem step by step, in the language of the problem. End with one line that gives the \
final answer as a number:

Answer: <number>

Problem: {question}"""
# Not what is subtracted: "5 - 3".
_MINUS = re.compile(r"(?<![\w)])[-−][$৳₹]?$")
_BEFORE = 4


class ChainOfThought:
    """The format as an object of the `Format` protocol."""

    name = "chain_of_thought"
    candidates = 1

    def messages(self, question: str) -> list[dict[str, str]]:
        """One user turn."""
        return [{"role": "user", "content": _PROMPT.format(question=question.strip())}]

    def write(self, graph: Graph, question: str) -> str:
        """The trace of a graph, without its tags.

        Raises:
            NoAnswer: the graph does not execute.
        """
        from dagger_core.formats.trace import Trace
        from dagger_core.formats.trace.reading import read_trace

        trace = read_trace(Trace().write(graph, question))
        return f"{trace.reasoning}\n\nAnswer: {trace.answer}"

    def read(self, text: str, question: str = "") -> Parsed:
        """The last number as a graph of one const, or a diagnostic that there is none."""
        found = mentions(text)
        if not found:
            return Parsed(None, (Diagnostic("no-number"),))
        last = found[-1]
        before = text[max(0, last.start - _BEFORE) : last.start]
        value = -last.value if _MINUS.search(before) else last.value
        node = Node(FINAL, CONST, written(value), label=last.text)
        return Parsed(Graph((node,)), (Diagnostic("trace-asserts", FINAL),))

    def partial(self, text: str, question: str = "") -> tuple[Node, ...]:
        """Nothing: what the last number is, only the end tells."""
        return ()

    def grammar(self, question: str) -> str | None:
        """None: reasoning is free text."""
        return None
