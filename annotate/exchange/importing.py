"""Files, folders and Hub datasets into the store: previewed, then all good rows at once.

Rows are read and checked first, onto a temporary file, while others work on; then the good ones
go in by a single transaction. A graph that comes with a row is kept as a suggestion: it is
nobody's answer until somebody accepts it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import state
from annotate.database import Database
from annotate.exchange.incoming import Incoming, read_row
from annotate.schema import QuestionRow, SuggestionRow
from annotate.store import DEFAULT_PROJECT, Store
from annotate.writing import insert_new, now, project_id
from dagger_core.diagnostics import Sentence, SourceError, StoreError
from dagger_core.rows.columns import FIELDS, Columns, KnownSchema, recognise
from dagger_core.rows.sources import BadRow, NumberedRow, read_rows

SHOWN = 20
CHUNK = 500
REPORTED = 1_000


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a source, read as the columns say.

    Args:
        schema: the published schema that was recognised, or None.
        names: the columns there are.
        columns: what they are taken for, by field.
        rows: number of the row, and what it brings or why it is no good.
    """

    schema: KnownSchema | None
    names: tuple[str, ...]
    columns: Columns
    rows: tuple[tuple[int, Incoming | BadRow], ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import; of errors and duplicates the first `REPORTED` are named.

    Args:
        questions, suggestions: how many were added.
        bad, repeated: how many rows were no good, or ask what is known already.
        duplicates: the rows that repeat, and what they repeat.
    """

    questions: int
    suggestions: int
    bad: int
    repeated: int
    errors: tuple[BadRow, ...]
    duplicates: tuple[BadRow, ...]


def preview(
    source: str | Path,
    columns: Columns | None = None,
    *,
    config: str | None = None,
    split: str = "train",
) -> Preview:
    """The first rows of a source, and what its columns are taken for.

    Raises:
        SourceError: the source cannot be read.
    """
    rows = list(islice(read_rows(source, config=config, split=split), SHOWN))
    names = _names(rows)
    schema, guessed = recognise(names)
    chosen = guessed if columns is None else columns
    return Preview(
        schema, names, chosen, tuple((row.number, _read(row, chosen, schema)) for row in rows)
    )


def import_source(
    store: Store,
    source: str | Path,
    columns: Columns | None = None,
    *,
    project: str = DEFAULT_PROJECT,
    config: str | None = None,
    split: str = "train",
) -> Imported:
    """Add the questions of a source to a project, all good rows in one transaction.

    Args:
        columns: name of the column for each field; None takes what `preview` shows.

    Raises:
        SourceError: the source cannot be read; nothing is added then.
    """
    shown = preview(source, columns, config=config, split=split)
    if shown.rows:
        _check_columns(shown)
    errors = _Report()
    with tempfile.TemporaryFile() as spool:
        for row in read_rows(source, config=config, split=split):
            incoming = _read(row, shown.columns, shown.schema)
            if isinstance(incoming, BadRow):
                errors.add(incoming)
            else:
                _spool(spool, row.number, incoming)
        spool.seek(0)
        with store.database.write() as session:
            added = _insert(store.database, session, spool, project_id(session, project))
    state.fill(store.database)
    return Imported(
        added.questions,
        added.suggestions,
        errors.count,
        added.duplicates.count,
        tuple(errors.rows),
        tuple(added.duplicates.rows),
    )


def _check_columns(shown: Preview) -> None:
    there_are = f"There are: {', '.join(shown.names) or 'none'}."
    if "question" not in shown.columns:
        raise SourceError(f"Which column is the question? {there_are}")
    for field, name in shown.columns.items():
        if field not in FIELDS:
            raise SourceError(f"There is no field {field!r}; use one of {', '.join(FIELDS)}.")
        if name not in shown.names:
            raise SourceError(f"There is no column {name!r} for the {field}. {there_are}")


class _Report:
    """Counts bad rows and remembers the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.rows: list[BadRow] = []

    def add(self, row: BadRow) -> None:
        self.count += 1
        if len(self.rows) < REPORTED:
            self.rows.append(row)


def _names(rows: Sequence[NumberedRow | BadRow]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for row in rows:
        if isinstance(row, NumberedRow):
            names.update(dict.fromkeys(row.values))
    return tuple(names)


def _read(
    row: NumberedRow | BadRow, columns: Columns, schema: KnownSchema | None
) -> Incoming | BadRow:
    if isinstance(row, BadRow):
        return row
    try:
        incoming = read_row(row.values, columns, schema.source if schema else "")
        incoming.question.values(project=0)
    except (SourceError, StoreError) as error:
        return BadRow(row.number, Sentence.of(error))
    return incoming


class _Spooled(msgspec.Struct, array_like=True):
    number: int
    question: dict[str, Any]
    graph: str | None
    text: str
    model: str


def _spool(spool: IO[bytes], number: int, incoming: Incoming) -> None:
    question = incoming.question.values(project=0)
    del question["at"], question["project_id"]
    row = _Spooled(number, question, incoming.graph, incoming.text, incoming.model)
    spool.write(msgspec.json.encode(row) + b"\n")


def _spooled(spool: IO[bytes]) -> Iterator[list[_Spooled]]:
    decoder = msgspec.json.Decoder(_Spooled)
    while chunk := [decoder.decode(line) for line in islice(spool, CHUNK)]:
        yield chunk


class _Added:
    def __init__(self) -> None:
        self.questions = 0
        self.suggestions = 0
        self.duplicates = _Report()


def _insert(database: Database, session: Session, spool: IO[bytes], project: int) -> _Added:
    added, moment = _Added(), now()
    for turn, chunk in enumerate(_spooled(spool)):
        database.analyze(session, turn)
        known = _ids(session, project, chunk)
        fresh: dict[str, _Spooled] = {}
        for row in chunk:
            key = row.question["key"]
            if key in known or key in fresh:
                again = (
                    Sentence.named("repeats-question", number=known[key])
                    if key in known
                    else Sentence.named("repeats-row", number=fresh[key].number)
                )
                added.duplicates.add(BadRow(row.number, again))
            else:
                fresh[key] = row
        if not fresh:
            continue
        questions = [row.question | {"project_id": project, "at": moment} for row in fresh.values()]
        insert_new(session, QuestionRow, questions)
        ids = _ids(session, project, chunk)
        suggestions = [
            {
                "question_id": ids[key],
                "model": row.model,
                "text": row.text,
                "graph": row.graph,
                "settings": "{}",
                "at": moment,
            }
            for key, row in fresh.items()
            if row.graph is not None
        ]
        if suggestions:
            session.execute(sa.insert(SuggestionRow), suggestions)
        added.questions += len(questions)
        added.suggestions += len(suggestions)
    return added


def _ids(session: Session, project: int, chunk: Sequence[_Spooled]) -> dict[str, int]:
    """The questions of a chunk that the project has, by key."""
    found = session.execute(
        sa.select(QuestionRow.key, QuestionRow.id).where(
            QuestionRow.project_id == project,
            QuestionRow.key.in_([row.question["key"] for row in chunk]),
        )
    )
    return dict(found.tuples().all())
