"""The schemas that datasets of graphs are exchanged in, and one row of each.

`sft` and `grpo` have the columns and types of the published dataset `dipta007/dagger`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dagger_core.diagnostics import Diagnostic, Sentence
from dagger_core.example import Example
from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.graph import Graph
from dagger_core.numerals import Number, same_answer, show
from dagger_core.parse import strict

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
PUBLISHED = FORMATS["dagger_json"]


@dataclass(frozen=True, slots=True)
class Checked:
    """An example whose graph was written, read back and executed to the right answer."""

    example: Example
    response: str
    answer: Number


def check_example(example: Example) -> Checked | Sentence:
    """The example, ready to be a row; or the reason why it must not be one."""
    if example.graph is None:
        return Sentence.named("left-no-graph")
    response = PUBLISHED.write(example.graph, example.question)
    parsed = strict(response)
    if parsed.graph is None:
        return Sentence.of(parsed.diagnostics[0])
    if parsed.graph.nodes != example.graph.nodes:
        return Sentence.named("left-not-readable-again")
    value = _answer(parsed.graph)
    if isinstance(value, Diagnostic):
        return Sentence.of(value)
    if example.answer is not None and not same_answer(value, example.answer):
        return Sentence.named("left-wrong", value=show(value), answer=show(example.answer))
    return Checked(example, response, value if example.answer is None else example.answer)


def _answer(graph: Graph) -> Number | Diagnostic:
    execution, final = execute(graph), graph.final
    if final is None:
        return Diagnostic("no-final")
    if final.is_const:
        return Diagnostic("const-final", final.id)
    failure = execution.failure(final.id)
    if failure is not None:
        return execution.failure(failure.params.get("source", final.id)) or failure
    assert execution.answer is not None
    return execution.answer


def sft_row(checked: Checked) -> Row:
    turns = PUBLISHED.messages(checked.example.question)
    return {
        "conversations": [*turns, {"role": "assistant", "content": checked.response}],
        "response": checked.response,
        "english_answer": float(checked.answer),
    }


def grpo_row(checked: Checked) -> Row:
    return {
        "prompt": PUBLISHED.messages(checked.example.question),
        "solution": float(checked.answer),
        "question": checked.example.question,
    }


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a file: name and kind of each."""

    name: str
    columns: Mapping[str, Literal["turns", "text", "number", "id"]]

    def arrow(self) -> pa.Schema:
        """The columns for Parquet, with the types the published datasets have."""
        import pyarrow as pa

        types = {
            "turns": pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())])),
            "text": pa.string(),
            "number": pa.float64(),
            "id": pa.int64(),
        }
        return pa.schema([(name, types[kind]) for name, kind in self.columns.items()])


SFT = Schema("sft", {"conversations": "turns", "response": "text", "english_answer": "number"})
GRPO = Schema("grpo", {"prompt": "turns", "solution": "number", "question": "text"})
DPO = Schema("dpo", {"prompt": "turns", "chosen": "turns", "rejected": "turns"})
REVISIONS = Schema(
    "revisions",
    {
        "id": "id",
        "question_id": "id",
        "question": "text",
        "parent_id": "id",
        "conflicts_with": "id",
        "track": "text",
        "status": "text",
        "graph": "text",
        "answer": "text",
        "author": "text",
        "reason": "text",
        "at": "text",
    },
)

#: The schemas that take examples, and what makes a row of one.
PUBLISHED_ROWS: Mapping[str, tuple[Schema, Callable[[Checked], Row]]] = {
    "sft": (SFT, sft_row),
    "grpo": (GRPO, grpo_row),
}
