"""Settings of a project, append-only like the record; an index to search questions by any part.

The index is made of trigrams: by FTS5 on SQLite, by pg_trgm on PostgreSQL. Where a server or a
build of SQLite does not have them, search reads all texts, as before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project_id", sa.Integer, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_setting_project", "setting", ["project_id", "name", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER setting_append_only BEFORE UPDATE OR DELETE ON setting "
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
        )
        _index_on_postgresql()
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER setting_append_only_{change.lower()} BEFORE {change} ON setting "
            "BEGIN SELECT RAISE(ABORT, 'setting is append-only'); END"
        )
    _index_on_sqlite()


def _index_on_postgresql() -> None:
    try:
        with op.get_bind().begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            op.execute("CREATE INDEX ix_question_part ON question USING gin (norm gin_trgm_ops)")
    except sa.exc.DBAPIError:
        pass  # the extension is not installed, or may not be created


def _index_on_sqlite() -> None:
    try:
        op.execute(
            "CREATE VIRTUAL TABLE question_part USING fts5("
            "norm, content='question', content_rowid='id', tokenize='trigram', detail='full')"
        )
    except sa.exc.DBAPIError:
        return  # built without FTS5, or older than its trigrams
    op.execute("INSERT INTO question_part (rowid, norm) SELECT id, norm FROM question")
    op.execute(
        "CREATE TRIGGER question_part_follows AFTER INSERT ON question BEGIN "
        "INSERT INTO question_part (rowid, norm) VALUES (new.id, new.norm); END"
    )


def downgrade() -> None:
    raise NotImplementedError("the record is never dropped; remove the database by hand")
