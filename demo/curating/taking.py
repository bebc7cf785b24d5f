"""Taking a project's accepted graphs out: as one file, as a dataset folder, or to the Hub."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate import Store
from annotate.exchange import Failure, export
from annotate.exchange.dataset import Dataset, revision_rows, write_dataset
from annotate.exchange.hub import push_folder
from annotate.exchange.pairs import pairs
from annotate.exchange.schemas import DPO, REVISIONS, Row, Schema
from annotate.exchange.writers import KINDS as SUFFIXES
from annotate.exchange.writers import new_file
from dagger_core.diagnostics import StoreError
from demo import keeping

KINDS = ("dataset", "sft", "grpo", "dpo", "revisions")


@dataclass(frozen=True)
class Wanted:
    """What is to be written: one of `KINDS`, as .jsonl or .parquet, and the share held out."""

    kind: str
    suffix: str = ".jsonl"
    held_out: float = 0.1


@dataclass(frozen=True)
class Taken:
    """A written file, the rows in it, and what was left out."""

    path: Path
    rows: int
    failures: Sequence[Failure] = ()


def take_out(store: Store, project: str, wanted: Wanted) -> Taken:
    """Write a file with what was accepted in a project.

    Raises:
        StoreError: nothing can be written, or no such kind of file.
    """
    if wanted.kind not in KINDS or wanted.suffix not in SUFFIXES:
        raise StoreError("no-such-file-kind")
    if wanted.kind == "dataset":
        taken = _zipped(store, project, wanted)
    elif wanted.kind in ("dpo", "revisions"):
        taken = _rows(store, project, wanted)
    else:
        path = keeping.new_file(f"{wanted.kind}{wanted.suffix}")
        done = export(store.examples(project=project), path, wanted.kind)
        taken = Taken(path, done.rows, done.failures)
    if not taken.rows and not taken.failures:
        raise StoreError("nothing-saved")
    return taken


def _rows(store: Store, project: str, wanted: Wanted) -> Taken:
    schema: Schema = DPO if wanted.kind == "dpo" else REVISIONS
    rows: Iterator[Row] = revision_rows(store, project)
    if wanted.kind == "dpo":
        rows = (row for _, row in pairs(store.database, project))
    path, count = keeping.new_file(f"{wanted.kind}{wanted.suffix}"), 0
    with new_file(path, schema) as writer:
        for row in rows:
            writer.write(row)
            count += 1
    return Taken(path, count)


def _dataset(store: Store, project: str, wanted: Wanted) -> Dataset:
    shares = {"train": 1 - wanted.held_out, "val": wanted.held_out}
    suffix = ".parquet" if wanted.suffix == ".parquet" else ".jsonl"
    return write_dataset(
        store,
        keeping.new_file("dataset"),
        project,
        shares=shares,
        suffix=suffix,  # type: ignore[arg-type]
    )


def _zipped(store: Store, project: str, wanted: Wanted) -> Taken:
    written = _dataset(store, project, wanted)
    archive = shutil.make_archive(str(written.folder), "zip", written.folder)
    rows = sum(file.rows for file in written.manifest.files)
    return Taken(Path(archive), rows, written.failures)


def push(store: Store, project: str, name: str, held_out: float, private: bool) -> str:
    """Put the dataset of a project on the Hub; its address.

    Raises:
        StoreError: nothing was accepted, or the Hub refused or could not be reached.
    """
    written = _dataset(store, project, Wanted("dataset", ".parquet", held_out))
    if not written.manifest.files:
        raise StoreError("nothing-saved")
    return push_folder(written.folder, name, private=private)
