"""How a graph is asked for and how it is written: one Format each, by name.

A new format is a module with a class that has the methods of `Format`, and a row in `FORMATS`.
"""

from __future__ import annotations

from typing import Protocol

from dagger_core.formats.chain_of_thought import ChainOfThought
from dagger_core.formats.compact import Compact
from dagger_core.formats.dagger_json import DaggerChat, DaggerJson
from dagger_core.formats.trace import Trace
from dagger_core.graph import Graph, Node
from dagger_core.parse import Parsed

Messages = list[dict[str, str]]


class Format(Protocol):
    """One way to write a graph as text."""

    name: str
    #: How many others are tried where the likeliest answer can hardly be one; 1, where texts are
    #: long, is none.
    candidates: int

    def messages(self, question: str) -> Messages:
        """The chat messages that ask a model for the graph of a question."""

    def write(self, graph: Graph, question: str) -> str:
        """The graph as the text a model should answer."""

    def read(self, text: str, question: str) -> Parsed:
        """What a model's answer says; never raises for bad text."""

    def partial(self, text: str, question: str) -> tuple[Node, ...]:
        """The nodes that are complete so far in an answer that is still being written."""

    def grammar(self, question: str) -> str | None:
        """A grammar (Lark, as llguidance reads it) of all good answers, or None."""


#: Every format by its name.
FORMATS: dict[str, Format] = {
    fmt.name: fmt for fmt in (DaggerJson(), DaggerChat(), Compact(), Trace(), ChainOfThought())
}
