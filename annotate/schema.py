"""Tables of the annotation store (SQLAlchemy 2, declarative).

The record is append-only: triggers made by the first migration refuse UPDATE and DELETE on all
its tables. Drafts are no part of it (see `annotate.drafts`). The tables themselves are made by
the migrations; this module says how the code sees them.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC; SQLite has no time zones, so there it is kept naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(timezone.utc)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        aware: datetime = value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value
        return aware.astimezone(timezone.utc)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        float: Double(),
        datetime: UtcDateTime(),
    }


class ProjectRow(Base):
    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]


class QuestionRow(Base):
    """A word problem. `norm` is the text by which duplicates are found, `key` its hash."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str] = mapped_column(String(64))
    norm: Mapped[str]
    text: Mapped[str]
    answer: Mapped[str | None]
    lang: Mapped[str] = mapped_column(String(8))
    source: Mapped[str]
    external_id: Mapped[str]
    group: Mapped[str] = mapped_column("group_key")
    at: Mapped[datetime]


class SuggestionRow(Base):
    """What a model (or an imported file) proposed for a question. Never a person's answer."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_question", "question_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    model: Mapped[str]
    text: Mapped[str]
    graph: Mapped[str | None]
    settings: Mapped[str]
    at: Mapped[datetime]


class BatchRow(Base):
    """One bulk action; its revisions name it, so that it can be undone as one."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    action: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]


class RevisionRow(Base):
    """One saved state of a question's graph, by one author.

    `track` is "" for the shared chain, or an annotator's name where several people annotate
    the same question independently. `conflicts_with` names the revision that had become the
    newest of its track before this one arrived; such a revision is kept but heads nothing.
    """

    __tablename__ = "revision"
    __table_args__ = (
        Index("ix_revision_head", "question_id", "track", "id"),
        Index("ix_revision_batch", "batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    conflicts_with: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    track: Mapped[str]
    status: Mapped[str] = mapped_column(String(16))
    graph: Mapped[str | None]
    answer: Mapped[str | None]
    author: Mapped[str]
    reason: Mapped[str]
    seconds: Mapped[float | None]
    at: Mapped[datetime]


class AssignmentRow(Base):
    """A question handed to an annotator until a time."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_question", "question_id"),
        Index("ix_assignment_annotator", "annotator", "question_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    annotator: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[datetime]


class SettingRow(Base):
    """A setting of a project; the newest of a name counts."""

    __tablename__ = "setting"
    __table_args__ = (Index("ix_setting_project", "project_id", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str] = mapped_column(String(64))
    value: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]


class CommentRow(Base):
    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_question", "question_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    author: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


class DraftRow(Base):
    """An unfinished edit, as the page wrote it, under a random key of the browser."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_key", "key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(128))
    document: Mapped[str]
    at: Mapped[datetime]


class StateRow(Base):
    """What the queue filters and sorts by: derived from the record, and remade from it at will.

    Args:
        right: whether the graph gives the gold answer; None if either is missing.
        uncertainty: 0 (all suggestions agree, with the gold answer if there is one) to 1.
        annotators: how many people have worked on it, alone and not undone.
    """

    __tablename__ = "state"
    __table_args__ = (
        Index("ix_state_status", "project_id", "status", "question_id"),
        Index("ix_state_uncertainty", "project_id", "uncertainty", "question_id"),
    )

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    status: Mapped[str] = mapped_column(String(16))
    lang: Mapped[str] = mapped_column(String(8))
    source: Mapped[str]
    model: Mapped[str]
    author: Mapped[str]
    right: Mapped[bool | None]
    distractors: Mapped[int]
    uncertainty: Mapped[float]
    annotators: Mapped[int]


class TagRow(Base):
    """An operation ("op:add") or a diagnostic ("code:cycle") of a question's present graph."""

    __tablename__ = "tag"
    __table_args__ = (Index("ix_tag_question", "question_id"),)

    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
