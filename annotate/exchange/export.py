"""Examples into a file of a published schema; every row is read back and executed first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotate.exchange.schemas import PUBLISHED_ROWS, check_example
from annotate.exchange.writers import new_file
from dagger_core.diagnostics import Sentence, StoreError
from dagger_core.example import Example


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that was not written, and why."""

    id: str
    question: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Export:
    """A written file.

    Args:
        sha256: the file's hash, in hex.
        failures: the examples left out.
    """

    path: Path
    schema: str
    rows: int
    sha256: str
    failures: tuple[Failure, ...]


def export(examples: Iterable[Example], path: str | Path, schema: str = "sft") -> Export:
    """Write examples in a published schema, `sft` or `grpo`, as .jsonl or .parquet.

    The file is replaced in one step when all rows are in it. Memory stays flat, however many
    examples there are (but for the list of failures).

    Raises:
        StoreError: an unknown schema or kind of file.
    """
    if schema not in PUBLISHED_ROWS:
        raise StoreError(f"There is no schema {schema!r}; use one of {', '.join(PUBLISHED_ROWS)}.")
    columns, make_row = PUBLISHED_ROWS[schema]
    path, rows, failures = Path(path), 0, []
    with new_file(path, columns) as writer:
        for example in examples:
            checked = check_example(example)
            if isinstance(checked, Sentence):
                failures.append(Failure(example.id, example.question, checked))
                continue
            writer.write(make_row(checked))
            rows += 1
    return Export(path, schema, rows, file_hash(path), tuple(failures))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
