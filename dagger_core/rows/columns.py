"""Which column of a source is what, and how its values are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from dagger_core.diagnostics import SourceError
from dagger_core.graph import Graph
from dagger_core.parse import lenient

Field = Literal["question", "answer", "graph", "id", "group", "lang", "source", "model"]
FIELDS: tuple[Field, ...] = get_args(Field)
Columns = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class KnownSchema:
    """A published schema: it is recognised by its columns.

    Args:
        needs: the columns that a source must have to be this.
        source: what the rows say they come from, unless a column does.
    """

    name: str
    needs: frozenset[str]
    columns: Columns
    source: str = ""


#: The more particular first: the first that fits is taken.
KNOWN: tuple[KnownSchema, ...] = (
    KnownSchema(
        "dagger sft",
        frozenset({"conversations", "response", "english_answer"}),
        {"question": "conversations", "graph": "response", "answer": "english_answer"},
        "dipta007/dagger",
    ),
    KnownSchema(
        "dagger grpo",
        frozenset({"prompt", "solution", "question"}),
        {"question": "question", "answer": "solution"},
        "dipta007/dagger",
    ),
    KnownSchema(
        "DistractMath-Bn",
        frozenset({"original_question", "modified_question", "ground_truth"}),
        {
            "question": "modified_question",
            "answer": "ground_truth",
            "group": "original_question",
        },
        "dipta007/DistractMath-Bn",
    ),
    KnownSchema(
        "MGSM",
        frozenset({"question", "answer_number"}),
        {"question": "question", "answer": "answer_number"},
        "MGSM",
    ),
    KnownSchema(
        "MSVAMP",
        frozenset({"m_query", "response"}),
        {"question": "m_query", "answer": "response"},
        "MSVAMP",
    ),
    KnownSchema(
        "example lines",
        frozenset({"question", "graph"}),
        {name: name for name in FIELDS},
    ),
    KnownSchema("GSM8K", frozenset({"question", "answer"}), {name: name for name in FIELDS}),
)

#: Likely names of columns, for files of no known schema.
_LIKELY: Mapping[Field, tuple[str, ...]] = {
    "question": ("question", "problem", "query", "text", "body", "prompt", "input"),
    "answer": ("answer", "solution", "gold", "ground_truth", "result", "label", "output"),
    "graph": ("graph", "completion", "response"),
    "id": ("id", "row_index", "index"),
    "group": ("group",),
    "lang": ("lang", "language"),
    "source": ("source", "dataset"),
    "model": ("model",),
}


def recognise(names: Sequence[str]) -> tuple[KnownSchema | None, Columns]:
    """The published schema that has these columns, if one does, and what each is."""
    present = {name: name for name in names}
    for schema in KNOWN:
        if schema.needs <= set(present):
            columns = {f: name for f, name in schema.columns.items() if name in present}
            return schema, columns
    lowered = {name.lower(): name for name in names}
    guesses: dict[Field, str] = {}
    for field, likely in _LIKELY.items():
        found = next((lowered[name] for name in likely if name in lowered), None)
        if found is not None:
            guesses[field] = found
    return None, guesses


def question_text(value: Any) -> str:
    """A question: text, or the messages that ask it, with or without the published prompt."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        users = [m for m in value if isinstance(m, Mapping) and m.get("role") == "user"]
        content = users[-1].get("content") if users else None
        if isinstance(content, str):
            return _asked(content)
    raise SourceError("question-not-text", value=repr(str(value)[:80]))


def _asked(message: str) -> str:
    """The question of the published prompt, which puts it last; else the whole message."""
    before, output, after = message.rpartition("\nOutput:")
    _, mark, question = before.rpartition("Question:\n")
    return question.strip() if output and mark and not after.strip() else message


def answer_value(value: Any) -> Any:
    """An answer: a number or text; of a worked solution ("… #### 72") what stands at its end."""
    if isinstance(value, str) and "####" in value:
        return value.rpartition("####")[2]
    return value


def graph_value(value: Any, column: str = "graph") -> Graph | None:
    """A graph: an object, or a model's text that holds one; an empty cell has none."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        parsed = lenient(value)
        if parsed.graph is None:
            raise SourceError("column-not-graph", column=column, problem=parsed.diagnostics[0])
        return parsed.graph
    try:
        return Graph.from_obj(value)
    except ValueError as error:
        raise SourceError("column-not-graph", column=column, problem=f"{error}.") from error
