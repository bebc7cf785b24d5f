"""Alembic scripts of the store; run by `annotate.database.Database` when a database is opened."""
