"""The record: projects, questions, suggestions, revisions, assignments, comments; and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RECORD = ("project", "question", "suggestion", "batch", "revision", "assignment", "comment")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _ref(name: str, target: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _time(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        "project", _id(), sa.Column("name", sa.Text, nullable=False, unique=True), _time("at")
    )
    op.create_table(
        "question",
        _id(),
        _ref("project_id", "project"),
        sa.Column("key", sa.String(64), nullable=False),
        _text("norm"),
        _text("text"),
        _text("answer", nullable=True),
        sa.Column("lang", sa.String(8), nullable=False),
        _text("source"),
        _text("external_id"),
        _text("group_key"),
        _time("at"),
        sa.UniqueConstraint("project_id", "key"),
    )
    op.create_table(
        "suggestion",
        _id(),
        _ref("question_id", "question"),
        _text("model"),
        _text("text"),
        _text("graph", nullable=True),
        _text("settings"),
        _time("at"),
    )
    op.create_table(
        "batch",
        _id(),
        _ref("project_id", "project"),
        _text("action"),
        _text("author"),
        _time("at"),
    )
    op.create_table(
        "revision",
        _id(),
        _ref("question_id", "question"),
        _ref("parent_id", "revision", nullable=True),
        _ref("conflicts_with", "revision", nullable=True),
        _ref("suggestion_id", "suggestion", nullable=True),
        _ref("batch_id", "batch", nullable=True),
        _text("track"),
        sa.Column("status", sa.String(16), nullable=False),
        _text("graph", nullable=True),
        _text("answer", nullable=True),
        _text("author"),
        _text("reason"),
        sa.Column("seconds", sa.Double, nullable=True),
        _time("at"),
        sa.CheckConstraint(
            "status IN ('pending', 'draft', 'accepted', 'discarded', 'flagged')",
            name="ck_revision_status",
        ),
    )
    op.create_table(
        "assignment",
        _id(),
        _ref("question_id", "question"),
        _text("annotator"),
        _time("at"),
        _time("until"),
    )
    op.create_table(
        "comment",
        _id(),
        _ref("question_id", "question"),
        _text("author"),
        _text("text"),
        _time("at"),
    )
    op.create_table(
        "draft",
        _id(),
        sa.Column("key", sa.String(128), nullable=False),
        _text("document"),
        _time("at"),
    )
    _create_indexes()
    _forbid_changes()


def _create_indexes() -> None:
    op.create_index("ix_suggestion_question", "suggestion", ["question_id", "id"])
    op.create_index("ix_revision_head", "revision", ["question_id", "track", "id"])
    op.create_index("ix_revision_batch", "revision", ["batch_id"])
    op.create_index("ix_assignment_question", "assignment", ["question_id"])
    op.create_index("ix_assignment_annotator", "assignment", ["annotator", "question_id"])
    op.create_index("ix_comment_question", "comment", ["question_id", "id"])
    op.create_index("ix_draft_key", "draft", ["key", "id"])


def _forbid_changes() -> None:
    """The database itself refuses to change or remove a row of the record."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in RECORD:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION append_only()"
            )
        return
    for table in RECORD:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_append_only_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    raise NotImplementedError("the record is never dropped; remove the database by hand")
