"""Rows into a file, one at a time: JSON lines or Parquet, complete or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from dagger_core.diagnostics import StoreError

if TYPE_CHECKING:
    from annotate.exchange.schemas import Schema

BATCH = 1_000


class Writer(Protocol):
    """Takes rows in order."""

    def write(self, row: dict[str, Any]) -> None: ...


class JsonLines:
    """One JSON object a line, UTF-8."""

    def __init__(self, path: Path, _schema: Schema) -> None:
        self._file = path.open("wb")
        self._encoder = msgspec.json.Encoder(decimal_format="number")

    def write(self, row: dict[str, Any]) -> None:
        self._file.write(self._encoder.encode(row))
        self._file.write(b"\n")

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class Parquet:
    """Column groups of `BATCH` rows, so that memory stays flat."""

    def __init__(self, path: Path, schema: Schema) -> None:
        import pyarrow.parquet as pq

        self._schema = schema.arrow()
        self._writer = pq.ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []

    def write(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows = []


KINDS: dict[str, type[JsonLines] | type[Parquet]] = {".jsonl": JsonLines, ".parquet": Parquet}


@contextmanager
def new_file(path: Path, schema: Schema) -> Iterator[Writer]:
    """A writer of the kind the suffix names; the file appears when all rows are in it.

    Raises `StoreError` for a suffix that is neither .jsonl nor .parquet.
    """
    if path.suffix not in KINDS:
        raise StoreError(f"Cannot write {path.name}: the name must end in {' or '.join(KINDS)}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        writer = KINDS[path.suffix](unfinished, schema)
        try:
            yield writer
        finally:
            writer.close()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
