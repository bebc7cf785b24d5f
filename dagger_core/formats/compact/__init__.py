"""The compact format: operations over the numbers of the question, and nothing else.

The numbers of a question are its mentions, `[1] [2] …` in the order of the text. A model that
writes this format sees the question with mentions in place of numbers and answers

    sub [1] [4] mul {1} [3] ! [2]

which reads: step 1 is [1] − [4]; step 2 is step 1 × [3]; [2] is a distractor. Const nodes, their
values and their labels follow from the mentions. The whole language, in this order:

    step…    an operation and its arguments: mentions `[n]`, earlier steps `{k}`, constants that
             stand nowhere in the text `#7`, and `[n]:2` for the second reading of a mention
             (1/5 for 20%, 2 for "half")
    = …      what final_result is, if it is not simply the last step: an argument, an operation
             with its arguments, or `const` and a number
    & …      numbers that are kept as nodes though nothing uses them
    ! …      nodes marked as distractors (`=` is final_result itself)

Spaces between symbols mean nothing. `write` and `read` keep every operation with its arguments in
their order, the order of steps, every value, every distractor flag, and which numbers are nodes.
They do not keep ids, labels (made from the text around the mention) and the order of const nodes;
equal constants that stand nowhere in the text become one node, and a bare number used as an
argument becomes such a constant.
"""

from __future__ import annotations

from dagger_core.formats.compact.grammar import grammar
from dagger_core.formats.compact.question import prompt
from dagger_core.formats.compact.reading import partial, read
from dagger_core.formats.compact.writing import NotGrounded, write
from dagger_core.graph import Graph, Node
from dagger_core.parse import Parsed

__all__ = ["Compact", "NotGrounded"]


class Compact:
    """The format as an object of the `Format` protocol."""

    name = "compact"
    candidates = 6

    def messages(self, question: str) -> list[dict[str, str]]:
        """One user turn: the question with mentions in place of its numbers."""
        return [{"role": "user", "content": prompt(question)}]

    def write(self, graph: Graph, question: str) -> str:
        """The graph as compact text.

        Raises:
            NotGrounded: the graph is broken or not sorted, or a const is no number.
        """
        return write(graph, question)

    def read(self, text: str, question: str) -> Parsed:
        """The graph of a compact text, and a diagnostic for all that means nothing in it."""
        return read(text, question)

    def partial(self, text: str, question: str) -> tuple[Node, ...]:
        """The nodes that a text still being written has complete."""
        return partial(text, question)

    def grammar(self, question: str) -> str | None:
        """A Lark grammar, as llguidance reads it, of all valid answers to the question."""
        return grammar(question)
