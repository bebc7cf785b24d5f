"""Alembic's environment: runs the migrations on the connection that `annotate.database` gives."""

from __future__ import annotations

from alembic import context

from annotate.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
