"""The store of annotations: everything anybody saved, in the order it was saved.

Nothing is overwritten. A save appends a `Revision`; the newest revision of a question (that
lost no race, see `RevisionConflict`) is its state, and the state of any past moment is read
from the same rows. One `Store` serves all threads of a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import reading, records, state, writing
from annotate.database import Database
from annotate.drafts import Drafts
from annotate.records import Comment, Question, Revision, RevisionConflict, Status, Suggestion
from annotate.schema import CommentRow, ProjectRow, QuestionRow, RevisionRow, SuggestionRow
from annotate.texts import clean, normalised, question_key
from annotate.writing import Answer, NewQuestion, NewRevision
from dagger_core.diagnostics import StoreError
from dagger_core.example import Example
from dagger_core.graph import Graph

DEFAULT_PROJECT = "default"


class Store:
    """An open store. Every method that writes returns only after the disk has it.

    Raises `StoreError` for what cannot be kept (its text says what and why).
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.drafts = Drafts(database)

    @classmethod
    def open(cls, url: str | Path) -> Store:
        """Open a SQLite file (a path or URL) or PostgreSQL (a URL), migrating it if need be.

        Raises:
            DatabaseTooNew: a newer version of this program has migrated it.
            StoreError: it cannot be opened.
        """
        database = Database(url)
        state.fill(database)
        return cls(database)

    def close(self) -> None:
        self.database.close()

    def save(
        self,
        *,
        question: str,
        graph: Graph | None,
        author: str,
        status: Status = "draft",
        answer: Answer = None,
        parent: int | None = None,
        reason: str = "",
        model: str = "",
        model_text: str = "",
        model_graph: Graph | None = None,
        settings: Mapping[str, Any] | None = None,
        seconds: float | None = None,
        source: str = "",
        project: str = DEFAULT_PROJECT,
    ) -> Revision:
        """Append a revision to the question with this text, which is made if it is new.

        With `model`, what the model said is kept beside it as a `Suggestion`. `parent` is the
        revision that the author started from, None for none.

        Raises:
            RevisionConflict: somebody else saved since `parent`; both revisions are kept.
        """
        with self.database.write() as session:
            gold = None if status == "flagged" else answer
            row = writing.question_row(
                session,
                writing.project_id(session, project),
                NewQuestion(question, gold, source=source),
            )
            suggested = None
            if model:
                suggested = writing.suggestion_row(
                    session,
                    row.id,
                    model=model,
                    text=model_text,
                    graph=model_graph,
                    settings=settings,
                ).id
            new = NewRevision(
                graph,
                status,
                author,
                answer=answer,
                reason=reason,
                parent=parent,
                suggestion_id=suggested,
                seconds=seconds,
            )
            saved = _append(session, row, new)
        return _kept(*saved)

    def revise(self, question_id: int, new: NewRevision) -> Revision:
        """Append a revision to a question that is in the store.

        Raises:
            RevisionConflict: somebody else saved since `new.parent`; both revisions are kept.
        """
        with self.database.write() as session:
            saved = _append(session, writing.locked_question(session, question_id), new)
        return _kept(*saved)

    def add_question(self, new: NewQuestion, project: str = DEFAULT_PROJECT) -> Question:
        """A question without a revision: pending. The one there is, if the text is known."""
        with self.database.write() as session:
            row = writing.question_row(session, writing.project_id(session, project), new)
            state.refresh(session, [row])
            return records.question(row, project)

    def suggest(
        self,
        question_id: int,
        *,
        model: str,
        text: str,
        graph: Graph | None,
        settings: Mapping[str, Any] | None = None,
    ) -> Suggestion:
        """Keep what a model said about a question."""
        with self.database.write() as session:
            question = writing.locked_question(session, question_id)
            row = writing.suggestion_row(
                session, question_id, model=model, text=text, graph=graph, settings=settings
            )
            state.refresh(session, [question])
            return records.suggestion(row)

    def comment(self, question_id: int, *, author: str, text: str) -> Comment:
        """Append a comment to a question."""
        with self.database.write() as session:
            writing.locked_question(session, question_id)
            row = CommentRow(
                question_id=question_id,
                author=clean(author, "author's name", 200),
                text=clean(text, "comment", 10_000),
                at=writing.now(),
            )
            session.add(row)
            session.flush()
            return records.comment(row)

    def question(self, question_id: int) -> Question:
        """A question by id. Raises `StoreError` if there is none."""
        found = self._question(QuestionRow.id == question_id)
        if found is None:
            raise StoreError(f"There is no question {question_id}.")
        return found

    def find_question(self, text: str, project: str = DEFAULT_PROJECT) -> Question | None:
        """The question with the same normalised text."""
        key = question_key(normalised(clean(text, "question").strip()))
        return self._question(sa.and_(QuestionRow.key == key, ProjectRow.name == project))

    def latest(
        self, question_id: int, *, track: str = "", at: datetime | None = None
    ) -> Revision | None:
        """The state of a question, now or at a past moment; None before the first save."""
        with self.database.read() as session:
            row = writing.newest_row(session, question_id, track, at)
            return records.revision(row) if row else None

    def revision(self, revision_id: int) -> Revision:
        """A revision by id. Raises `StoreError` if there is none."""
        with self.database.read() as session:
            row = session.get(RevisionRow, revision_id)
            if row is None:
                raise StoreError("no-such-revision", id=revision_id)
            return records.revision(row)

    def revisions(self, question_id: int) -> list[Revision]:
        """All revisions of a question, oldest first, with those that lost a race."""
        with self.database.read() as session:
            return [records.revision(row) for row in _of(session, RevisionRow, question_id)]

    def suggestions(self, question_id: int) -> list[Suggestion]:
        """All suggestions for a question, oldest first."""
        with self.database.read() as session:
            return [records.suggestion(row) for row in _of(session, SuggestionRow, question_id)]

    def comments(self, question_id: int) -> list[Comment]:
        """All comments on a question, oldest first."""
        with self.database.read() as session:
            return [records.comment(row) for row in _of(session, CommentRow, question_id)]

    def projects(self) -> list[str]:
        """Names of the projects, oldest first."""
        with self.database.read() as session:
            return list(session.scalars(sa.select(ProjectRow.name).order_by(ProjectRow.id)))

    def examples(
        self,
        status: Status = "accepted",
        *,
        project: str | None = None,
        at: datetime | None = None,
    ) -> Iterator[Example]:
        """The questions whose state has this status (now or at a past moment), as examples.

        Reads in pages: memory stays flat, and what is saved meanwhile does not show.
        """
        return reading.examples(self.database, status, project, at)

    def _question(self, which: sa.ColumnElement[bool]) -> Question | None:
        wanted = sa.select(QuestionRow, ProjectRow.name).join(ProjectRow).where(which)
        with self.database.read() as session:
            found = session.execute(wanted).first()
            return records.question(*found) if found else None


def _append(
    session: Session, question: QuestionRow, new: NewRevision
) -> tuple[Revision, Revision | None]:
    """The appended revision, and the one that came first if it lost a race."""
    row = writing.revision_row(session, question, new)
    state.refresh(session, [question])
    theirs = session.get(RevisionRow, row.conflicts_with) if row.conflicts_with else None
    return records.revision(row), records.revision(theirs) if theirs else None


def _kept(mine: Revision, theirs: Revision | None) -> Revision:
    if theirs is not None:
        raise RevisionConflict(mine, theirs)
    return mine


def _of(session: Session, table: Any, question_id: int) -> Any:
    return session.scalars(
        sa.select(table).where(table.question_id == question_id).order_by(table.id)
    )
