"""The published format: the whole graph as JSON in a fence.

The prompt is byte for byte what the published GRPO models were trained on (model card
dipta007/dagger-4B_GRPO); `write` lays the graph out as its example does.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from dagger_core.graph import Graph, Node
from dagger_core.parse import Parsed, lenient, partial

_SYSTEM = "You are an expert Bangla Math Reasoner. Solve by constructing a Computational Graph."


@cache
def _template() -> str:
    return resources.files("dagger_core.formats").joinpath("dagger_json.txt").read_text("utf-8")


def prompt(question: str) -> str:
    """The published user prompt with the question in its place."""
    head, tail = _template().format(question="\0").split("\0")
    return head + question + tail


class DaggerJson:
    """The published prompt and fence."""

    name = "dagger_json"
    candidates = 1

    def messages(self, question: str) -> list[dict[str, str]]:
        """One user message: the published prompt."""
        return [{"role": "user", "content": prompt(question)}]

    def write(self, graph: Graph, question: str = "") -> str:
        """The graph as fenced JSON, closed on its last line as in the published example."""
        return f"```json\n{graph.to_json()}```"

    def read(self, text: str, question: str = "") -> Parsed:
        """The graph in an answer, read leniently; the question does not matter."""
        return lenient(text)

    def partial(self, text: str, question: str = "") -> tuple[Node, ...]:
        """The nodes that are complete so far; the question does not matter."""
        return partial(text)

    def grammar(self, question: str) -> str | None:
        """None: the published models are not constrained."""
        return None


class DaggerChat(DaggerJson):
    """The prompt of the published SFT cards: a system sentence and the bare question."""

    name = "dagger_chat"
    candidates = 1

    def messages(self, question: str) -> list[dict[str, str]]:
        """A system message and the question (model card dipta007/dagger-12B_SFT)."""
        return [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": question}]
