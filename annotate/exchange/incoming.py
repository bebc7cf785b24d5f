"""A row of a source as what it brings to the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotate.records import graph_text
from annotate.texts import TEXT_LIMIT, clean
from annotate.writing import NewQuestion
from dagger_core.diagnostics import SourceError
from dagger_core.rows.columns import Columns, answer_value, graph_value, question_text


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a row brings: a question, and perhaps a graph that somebody proposed for it.

    Args:
        text: the graph as it was written, if it was text.
        graph: the graph as it is stored.
    """

    question: NewQuestion
    graph: str | None = None
    text: str = ""
    model: str = ""


def read_row(values: Mapping[str, Any], columns: Columns, source: str = "") -> Incoming:
    """What a row brings. Raises a `DaggerError`, naming the column, for what cannot be kept."""
    cells = {field: values.get(name) for field, name in columns.items()}
    if cells.get("question") is None:
        raise SourceError("column-empty", column=columns.get("question", "question"))
    column, written = columns.get("graph", ""), cells.get("graph")
    text = clean(written, f"column {column!r}") if isinstance(written, str) else ""
    graph = graph_value(text or written, column)
    origin = _word(cells.get("source")) or source
    group = _word(cells.get("group"))
    return Incoming(
        NewQuestion(
            question_text(cells["question"]),
            answer_value(cells.get("answer")),
            lang=_word(cells.get("lang")),
            source=origin,
            external_id=_word(cells.get("id")),
            group=group[:1_000],
        ),
        graph_text(graph),
        clean(text, "graph", TEXT_LIMIT),
        _word(cells.get("model")) or f"import {origin}".strip(),
    )


def _word(value: Any) -> str:
    return "" if value is None else str(value)
