"""Rows of a file, a folder or a Hub dataset, one at a time, however large or broken it is.

A row comes with its number (the line of a text file, counted from 1; else the row). What cannot
be read as a row is a `BadRow`; a source that cannot be read at all is a `SourceError`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dagger_core import jsontext
from dagger_core.diagnostics import SourceError

LINE_LIMIT = 4_000_000
PARQUET_ROWS = 200
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)

_DECODER = msgspec.json.Decoder(dict[str, Any], float_hook=jsontext.decimal)


class NumberedRow(NamedTuple):
    """A row and where it stands."""

    number: int
    values: dict[str, Any]


class BadRow(NamedTuple):
    """Something that is no good row, where it stands, and why."""

    number: int
    reason: str


Rows = Iterator[NumberedRow | BadRow]


def read_rows(source: str | Path, *, config: str | None = None, split: str = "train") -> Rows:
    """The rows of a source.

    Args:
        source: a .jsonl, .csv, .tsv or .parquet file; a folder that `datasets` can read; or the
            name of a dataset on the Hub ("owner/name").
        config, split: which part of a folder or Hub dataset.

    Raises:
        SourceError: no such source, or one that cannot be read (also while rows are read).
    """
    path = Path(source)
    if path.is_dir():
        return _folder_rows(path, config, split)
    if path.is_file():
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            raise SourceError(f"Cannot read {path.name}: use {', '.join(_READERS)}.")
        return reader(path)
    if HUB_NAME.fullmatch(str(source)):
        return _dataset_rows(str(source), config, split)
    raise SourceError(f"There is no file or folder {path.name}.")


def _json_lines(path: Path) -> Rows:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_LIMIT):
            number += 1
            if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
                while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                    pass
                yield BadRow(number, f"The line is longer than {LINE_LIMIT:,} bytes.")
            elif line.strip():
                yield _json_row(number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _json_row(number: int, line: bytes) -> NumberedRow | BadRow:
    try:
        return NumberedRow(number, _DECODER.decode(line))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return BadRow(number, f"Not a JSON object: {error}.")


def _delimited(delimiter: str) -> Callable[[Path], Rows]:
    def rows(path: Path) -> Rows:
        # Bytes that are no UTF-8 become surrogates, which the store refuses row by row.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter)
            while True:
                try:
                    row = next(reader, None)
                except csv.Error as error:
                    yield BadRow(reader.reader.line_num, f"Not a line of CSV: {error}.")
                    continue
                if row is None:
                    return
                if None in row or None in row.values():
                    wanted = len(reader.fieldnames or ())
                    yield BadRow(reader.line_num, f"It does not have {wanted} columns.")
                else:
                    yield NumberedRow(reader.line_num, dict(row))

    return rows


def _parquet(path: Path) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=PARQUET_ROWS):
                for values in batch.to_pylist():
                    number += 1
                    yield NumberedRow(number, values)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"Cannot read {path.name} after row {number}: {error}") from error


_READERS: dict[str, Callable[[Path], Rows]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _delimited(","),
    ".tsv": _delimited("\t"),
    ".parquet": _parquet,
}


def _folder_rows(path: Path, config: str | None, split: str) -> Rows:
    """A folder written by `save_to_disk`, or one of data files."""
    for folder in (path, path / split):
        if (folder / "dataset_info.json").is_file() and (folder / "state.json").is_file():
            return _numbered(path.name, partial(_load_saved, str(folder)))
    return _dataset_rows(str(path), config, split)


def _load_saved(folder: str) -> Any:
    import datasets

    return datasets.load_from_disk(folder)


def _dataset_rows(name: str, config: str | None, split: str) -> Rows:
    import datasets

    load = partial(datasets.load_dataset, name, config, split=split, streaming=True)
    return _numbered(Path(name).name, load)


def _numbered(name: str, load: Callable[[], Any]) -> Rows:
    from datasets.exceptions import DatasetsError

    number = 0
    try:
        for values in load():
            number += 1
            yield NumberedRow(number, values)
    # What `datasets` raises for names, networks and formats has no common root but these.
    except (DatasetsError, OSError, ValueError, RuntimeError, KeyError) as error:
        raise SourceError(f"Cannot read the dataset {name} after row {number}: {error}") from error
