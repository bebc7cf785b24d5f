"""What the store hands out: frozen values, free of the database that they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

import msgspec

from annotate import schema
from annotate.texts import TEXT_LIMIT
from dagger_core import jsontext
from dagger_core.diagnostics import Conflict, StoreError
from dagger_core.graph import Graph

Status = Literal["pending", "draft", "accepted", "discarded", "flagged"]
STATUSES: tuple[Status, ...] = get_args(Status)
UNDECIDED: tuple[Status, ...] = ("pending", "draft")
DECIDED: tuple[Status, ...] = ("accepted", "discarded", "flagged")

_DECODER = msgspec.json.Decoder(float_hook=jsontext.decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")
# U+0000 as JSON writes it, unless it is the end of an escaped backslash.
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Question:
    """A word problem with its gold answer as it was written, if one is known."""

    id: int
    project: str
    text: str
    answer: str | None
    lang: str
    source: str
    external_id: str
    group: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a model, or an imported file, proposed for a question."""

    id: int
    question_id: int
    model: str
    text: str
    graph: Graph | None
    settings: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a question's graph.

    Args:
        answer: the answer the author holds to be right; None stands for the question's own.
            On a flagged revision it is the answer proposed instead of the gold one.
        track: "" for the shared chain, an annotator's name for independent annotation.
        conflicts_with: the revision that had come first, where this one lost the race; it is
            kept, but is not the newest of anything.
        seconds: the time the author spent on it, if the page measured it.
    """

    id: int
    question_id: int
    parent_id: int | None
    conflicts_with: int | None
    suggestion_id: int | None
    batch_id: int | None
    track: str
    status: Status
    graph: Graph | None
    answer: str | None
    author: str
    reason: str
    seconds: float | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    question_id: int
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished edit: the page's own document, and when it was kept."""

    key: str
    document: str
    at: datetime


class RevisionConflict(Conflict):
    """Somebody else saved first. Both revisions are kept and at hand.

    To put one's own work on top, save it again with `parent=conflict.theirs.id`.
    """

    def __init__(self, mine: Revision, theirs: Revision) -> None:
        self.mine = mine
        self.theirs = theirs
        super().__init__(
            f"{theirs.author or 'Somebody'} saved this question at {theirs.at:%H:%M:%S} UTC, "
            f"before you. Both are kept: theirs as revision {theirs.id}, yours as {mine.id}."
        )


def graph_text(graph: Graph | None) -> str | None:
    """A graph as it is stored: compact JSON, decimals as written.

    Raises `StoreError` for a graph that cannot be kept: too large, nested too deeply, or with a
    character that no database takes.
    """
    if graph is None:
        return None
    try:
        text = _ENCODER.encode(graph.to_obj()).decode()
    except UnicodeEncodeError as error:
        raise StoreError("graph-has-half-character") from error
    except RecursionError as error:
        raise StoreError("nested-too-deeply") from error
    if _ESCAPED_NUL.search(text):
        raise StoreError("graph-has-nul")
    if len(text) > TEXT_LIMIT:
        raise StoreError("graph-too-long", length=f"{len(text):,}", limit=f"{TEXT_LIMIT:,}")
    return text


def graph_of(text: str | None) -> Graph | None:
    """A stored graph; decimals come back exactly as they were written."""
    return None if text is None else Graph.from_obj(_DECODER.decode(text))


def question(row: schema.QuestionRow, project: str) -> Question:
    return Question(
        row.id,
        project,
        row.text,
        row.answer,
        row.lang,
        row.source,
        row.external_id,
        row.group,
        row.at,
    )


def suggestion(row: schema.SuggestionRow) -> Suggestion:
    return Suggestion(
        row.id,
        row.question_id,
        row.model,
        row.text,
        graph_of(row.graph),
        msgspec.json.decode(row.settings),
        row.at,
    )


def revision(row: schema.RevisionRow) -> Revision:
    return Revision(
        row.id,
        row.question_id,
        row.parent_id,
        row.conflicts_with,
        row.suggestion_id,
        row.batch_id,
        row.track,
        row.status,  # type: ignore[arg-type]  # the table's CHECK holds it to Status
        graph_of(row.graph),
        row.answer,
        row.author,
        row.reason,
        row.seconds,
        row.at,
    )


def comment(row: schema.CommentRow) -> Comment:
    return Comment(row.id, row.question_id, row.author, row.text, row.at)
