"""The derived state of every question, for the queue. It is filled when the store is opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "state",
        sa.Column("question_id", sa.Integer, sa.ForeignKey("question.id"), primary_key=True),
        sa.Column("project_id", sa.Integer, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("revision_id", sa.Integer, sa.ForeignKey("revision.id")),
        sa.Column("suggestion_id", sa.Integer, sa.ForeignKey("suggestion.id")),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("right", sa.Boolean),
        sa.Column("distractors", sa.Integer, nullable=False),
        sa.Column("uncertainty", sa.Double, nullable=False),
        sa.Column("annotators", sa.Integer, nullable=False),
    )
    op.create_table(
        "tag",
        sa.Column("tag", sa.String(64), primary_key=True),
        sa.Column("question_id", sa.Integer, sa.ForeignKey("question.id"), primary_key=True),
    )
    op.create_index("ix_state_status", "state", ["project_id", "status", "question_id"])
    op.create_index("ix_state_uncertainty", "state", ["project_id", "uncertainty", "question_id"])
    op.create_index("ix_tag_question", "tag", ["question_id"])


def downgrade() -> None:
    op.drop_table("tag")
    op.drop_table("state")
