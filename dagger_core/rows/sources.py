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
from dagger_core.diagnostics import Sentence, SourceError

LINE_LIMIT = 4_000_000
PARQUET_ROWS = 200
#: A JSON array is read as a whole.
ARRAY_LIMIT = 64_000_000
#: What a Parquet file may unpack to: as many rows, and as many bytes at a time.
PARQUET_ROWS_LIMIT = 5_000_000
PARQUET_LIMIT = 2_000_000_000
BATCH_LIMIT = 64_000_000
#: So long the Hub may take to say that it is there, in seconds.
HUB_SECONDS = 10
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)

_DECODER = msgspec.json.Decoder(dict[str, Any], float_hook=jsontext.decimal)


class NumberedRow(NamedTuple):
    """A row and where it stands."""

    number: int
    values: dict[str, Any]


class BadRow(NamedTuple):
    """Something that is no good row, where it stands, and why."""

    number: int
    reason: Sentence


Rows = Iterator[NumberedRow | BadRow]


def read_rows(source: str | Path, *, config: str | None = None, split: str = "train") -> Rows:
    """The rows of a source.

    Args:
        source: a .jsonl, .json, .csv, .tsv or .parquet file; a folder that `datasets` can read;
            or the name of a dataset on the Hub ("owner/name").
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
            raise SourceError("not-a-source", name=path.name, known=", ".join(_READERS))
        return reader(path)
    if HUB_NAME.fullmatch(str(source)):
        _check_hub(str(source))
        return _dataset_rows(str(source), config, split)
    raise SourceError("no-such-source", name=path.name)


def _json_lines(path: Path) -> Rows:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_LIMIT):
            number += 1
            if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
                while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                    pass
                yield BadRow(number, Sentence.named("row-too-long", limit=f"{LINE_LIMIT:,}"))
            elif line.strip():
                yield _json_row(number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _json_row(number: int, line: bytes) -> NumberedRow | BadRow:
    try:
        return NumberedRow(number, _DECODER.decode(line))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return BadRow(number, Sentence.named("row-not-json", problem=error))


def _json_array(path: Path) -> Rows:
    """The objects of a JSON array, numbered from 1; or of the one array in an object."""
    if path.stat().st_size > ARRAY_LIMIT:
        raise SourceError("array-too-large", name=path.name, limit=f"{ARRAY_LIMIT:,}")
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        rows = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        found = _only_array(data)
        if found is None:
            raise SourceError("not-an-array", name=path.name, problem=error) from error
        rows = found
    for number, row in enumerate(rows, 1):
        yield _json_row(number, bytes(row))


def _only_array(data: bytes) -> list[msgspec.Raw] | None:
    """The one array of objects in a JSON object like {"data": [...]}, if it is that."""
    try:
        fields = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        arrays = [text for raw in fields.values() if (text := bytes(raw)).startswith(b"[")]
        return msgspec.json.decode(arrays[0], type=list[msgspec.Raw]) if len(arrays) == 1 else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _delimited(delimiter: str) -> Callable[[Path], Rows]:
    def rows(path: Path) -> Rows:
        # Bytes that are no UTF-8 become surrogates, which the store refuses row by row.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter)
            while True:
                try:
                    row = next(reader, None)
                except csv.Error as error:
                    reason = Sentence.named("row-not-csv", problem=error)
                    yield BadRow(reader.reader.line_num, reason)
                    continue
                if row is None:
                    return
                if None in row or None in row.values():
                    wanted = len(reader.fieldnames or ())
                    yield BadRow(reader.line_num, Sentence.named("row-columns", wanted=wanted))
                else:
                    yield NumberedRow(reader.line_num, dict(row))

    return rows


def _parquet(path: Path) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            _check_size(path, file.metadata)
            for batch in file.iter_batches(batch_size=PARQUET_ROWS):
                if batch.nbytes > BATCH_LIMIT:
                    raise SourceError("rows-too-large", name=path.name, number=number)
                for values in batch.to_pylist():
                    number += 1
                    yield NumberedRow(number, values)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(
            "source-breaks-off", name=path.name, number=number, problem=error
        ) from error


def _check_size(path: Path, metadata: Any) -> None:
    """A small file can unpack to more than a machine holds; refuse it by what it says of itself."""
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    if metadata.num_rows > PARQUET_ROWS_LIMIT or unpacked > PARQUET_LIMIT:
        raise SourceError(
            "parquet-too-large",
            name=path.name,
            rows=f"{metadata.num_rows:,}",
            size=f"{unpacked:,}",
            most_rows=f"{PARQUET_ROWS_LIMIT:,}",
            most=f"{PARQUET_LIMIT:,}",
        )


_READERS: dict[str, Callable[[Path], Rows]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json_array,
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


def _check_hub(name: str) -> None:
    """Ask the Hub for a dataset once, and shortly: `datasets` tries for minutes.

    Raises `SourceError` where the Hub cannot be reached; what it says of a name, `datasets` says.
    """
    import httpx
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return  # what is in the local cache is read without the network
    try:
        httpx.head(f"{constants.ENDPOINT}/api/datasets/{name}", timeout=HUB_SECONDS)
    except (httpx.HTTPError, OSError) as error:
        raise SourceError("hub-unreachable", name=name, problem=error) from error


def _numbered(name: str, load: Callable[[], Any]) -> Rows:
    from datasets.exceptions import DatasetsError

    number = 0
    try:
        for values in load():
            number += 1
            yield NumberedRow(number, values)
    # What `datasets` raises for names, networks and formats has no common root but these.
    except (DatasetsError, OSError, ValueError, RuntimeError, KeyError) as error:
        raise SourceError("source-breaks-off", name=name, number=number, problem=error) from error
