"""The trace format: reasoning in steps, and an answer; there is no graph in it.

A completion is `<reasoning>…</reasoning><answer>…</answer>` and nothing else. What a trace says
about the answer is all that can be read from it, so its graph is `final_result` as a bare const:
it asserts an answer, and policy P2 pays it no more than that as a graph. The reward of this
format is its own (`score_trace`). Source: "Teaching Gemma to Show Its Work".
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dagger_core.diagnostics import Diagnostic
from dagger_core.formats.trace.quantity import quantity
from dagger_core.formats.trace.reading import read_trace
from dagger_core.formats.trace.reward import TraceScore, Weights, score_trace
from dagger_core.formats.trace.writing import NoAnswer, from_solution, write
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number
from dagger_core.ops import CONST
from dagger_core.parse import Parsed

__all__ = ["NoAnswer", "Trace", "TraceScore", "Weights", "from_solution", "score_trace"]

_PROMPT = """\
Solve the problem step by step, in the language of the problem. Number the steps (Step 1: …) and \
end with a conclusion. Write exactly this and nothing else:

<reasoning>step-by-step thinking</reasoning>
<answer>final answer</answer>

Q: {question}
A:"""


class Trace:
    """The format as an object of the `Format` protocol."""

    name = "trace"
    candidates = 1

    def messages(self, question: str) -> list[dict[str, str]]:
        """One user turn: what to write, and the question as `Q: … A:`."""
        return [{"role": "user", "content": _PROMPT.format(question=question.strip())}]

    def write(self, graph: Graph, question: str) -> str:
        """The explanation of a graph as a trace.

        Raises:
            NoAnswer: the graph does not execute.
        """
        return write(graph, question)

    def read(self, text: str, question: str = "") -> Parsed:
        """The answer as a graph of one const, or a diagnostic that says why there is none."""
        answer = read_trace(text).answer
        if answer is None:
            return Parsed(None, (Diagnostic("no-trace-answer"),))
        stated = quantity(answer)
        if stated is None:
            return Parsed(None, (Diagnostic("trace-answer-unread", None, {"answer": answer}),))
        node = Node(FINAL, CONST, _written(stated.value), label=" ".join(answer.split()))
        return Parsed(Graph((node,)), (Diagnostic("trace-asserts", FINAL),))

    def partial(self, text: str, question: str = "") -> tuple[Node, ...]:
        """The answer, once it is complete."""
        graph = self.read(text, question).graph
        return () if graph is None else graph.nodes

    def grammar(self, question: str) -> str | None:
        """None: reasoning is free text."""
        return None


def _written(value: Number) -> int | str | Decimal:
    """A value as a node holds it: exact, a fraction as text."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return Decimal(repr(value)) if isinstance(value, float) else value
