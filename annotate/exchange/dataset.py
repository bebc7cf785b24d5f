"""A dataset folder: every schema in every split, a card, and a manifest with hashes.

The folder loads with `datasets.load_dataset(folder, "sft")` and can be pushed to the Hub as is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

import msgspec
import sqlalchemy as sa

from annotate.exchange.export import Failure, file_hash
from annotate.exchange.pairs import pairs
from annotate.exchange.schemas import DPO, PUBLISHED_ROWS, REVISIONS, Row, Schema, check_example
from annotate.exchange.splits import DEFAULT_SHARES, Splits
from annotate.exchange.writers import Writer, new_file
from annotate.reading import PAGE
from annotate.schema import ProjectRow, QuestionRow, RevisionRow
from annotate.store import Store
from dagger_core.diagnostics import Sentence, StoreError

MANIFEST = "manifest.json"
CARD = "README.md"


class File(msgspec.Struct, frozen=True):
    """One file of a dataset, as its manifest has it."""

    path: str
    config: str
    split: str
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a dataset folder holds and how it was made."""

    created: str
    project: str
    shares: dict[str, float]
    seed: int
    files: tuple[File, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """A written dataset folder; `failures` are the accepted examples left out of it."""

    folder: Path
    manifest: Manifest
    failures: tuple[Failure, ...]


def write_dataset(
    store: Store,
    folder: str | Path,
    project: str,
    *,
    title: str = "Computational graphs",
    licence: str = "",
    shares: Mapping[str, float] = DEFAULT_SHARES,
    seed: int = 0,
    suffix: Literal[".parquet", ".jsonl"] = ".parquet",
    with_revisions: bool = False,
) -> Dataset:
    """Write the accepted examples of a project: configs sft, grpo and dpo, split by problem.

    `with_revisions` adds the raw revisions of the project, with the names of their authors.

    Raises:
        StoreError: a folder that has other files in it, or shares that do not add up to 1.
    """
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise StoreError(f"{folder.name} has other files in it. Give an empty folder.")
    splits = Splits(shares, seed)
    for example in store.examples(project=project):
        splits.add(example.question, example.group)
    failures: list[Failure] = []
    with ExitStack() as stack:
        files = _Files(stack, folder, suffix)
        for example in store.examples(project=project):
            checked = check_example(example)
            if isinstance(checked, Sentence):
                failures.append(Failure(example.id, example.question, checked))
                continue
            for schema, make_row in PUBLISHED_ROWS.values():
                files.write(schema, splits.of(example.question), make_row(checked))
        for question, row in pairs(store.database, project):
            files.write(DPO, splits.of(question), row)
        if with_revisions:
            for row in revision_rows(store, project):
                files.write(REVISIONS, "all", row)
    manifest = Manifest(
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        project=project,
        shares=dict(shares),
        seed=seed,
        files=files.written(),
        left_out=len(failures),
    )
    (folder / CARD).write_text(card(manifest, title, licence), "utf-8")
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    return Dataset(folder, manifest, tuple(failures))


class _Files:
    """The open files of a dataset, each made when its first row comes."""

    def __init__(self, stack: ExitStack, folder: Path, suffix: str) -> None:
        self._stack, self._folder, self._suffix = stack, folder, suffix
        self._open: dict[tuple[str, str], Writer] = {}
        self._rows: dict[tuple[str, str], int] = {}

    def write(self, schema: Schema, split: str, row: Row) -> None:
        key = (schema.name, split)
        if key not in self._open:
            self._open[key] = self._stack.enter_context(new_file(self._path(*key), schema))
        self._open[key].write(row)
        self._rows[key] = self._rows.get(key, 0) + 1

    def written(self) -> tuple[File, ...]:
        """The files, once they are closed."""
        return tuple(
            File(
                path=self._path(config, split).relative_to(self._folder).as_posix(),
                config=config,
                split=split,
                rows=rows,
                sha256=file_hash(self._path(config, split)),
            )
            for (config, split), rows in sorted(self._rows.items())
        )

    def _path(self, config: str, split: str) -> Path:
        return self._folder / config / f"{split}{self._suffix}"


def altered(folder: str | Path) -> list[str]:
    """The files of a dataset folder that are gone or not what its manifest says.

    Raises `StoreError` if there is no manifest.
    """
    folder = Path(folder)
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise StoreError(f"{folder.name} has no readable {MANIFEST}.") from error
    return [
        file.path
        for file in manifest.files
        if not (folder / file.path).is_file() or file_hash(folder / file.path) != file.sha256
    ]


def revision_rows(store: Store, project: str) -> Iterator[Row]:
    """Every revision of a project as it was saved, oldest first."""
    wanted = (
        sa.select(RevisionRow, QuestionRow.text)
        .join(QuestionRow, QuestionRow.id == RevisionRow.question_id)
        .join(ProjectRow, ProjectRow.id == QuestionRow.project_id)
        .where(ProjectRow.name == project)
        .order_by(RevisionRow.id)
        .limit(PAGE)
    )
    last = 0
    while True:
        with store.database.read() as session:
            page = session.execute(wanted.where(RevisionRow.id > last)).all()
        for revision, question in page:
            values = {name: getattr(revision, name, None) for name in REVISIONS.columns}
            yield values | {"question": question, "at": revision.at.isoformat()}
        if len(page) < PAGE:
            return
        last = page[-1][0].id


def card(manifest: Manifest, title: str, licence: str) -> str:
    """The dataset card: what the Hub reads from its head, and what a person reads below."""
    from huggingface_hub import DatasetCardData

    configs: dict[str, list[dict[str, str]]] = {}
    for file in manifest.files:
        configs.setdefault(file.config, []).append({"split": file.split, "path": file.path})
    head = DatasetCardData(
        language=["bn", "en"],
        license=licence or None,
        pretty_name=title,
        task_categories=["text-generation"],
        tags=["math-word-problems", "computational-graph", "sft", "grpo", "dpo"],
        configs=[{"config_name": name, "data_files": files} for name, files in configs.items()],
    )
    rows = "\n".join(f"| {f.config} | {f.split} | {f.rows:,} |" for f in manifest.files)
    return f"""---
{head.to_yaml()}
---

# {" ".join(title.split())}

Math word problems with computational graphs, accepted by a person. The graph of every row was
written, read back and executed to its answer before the row was written; {manifest.left_out}
accepted examples failed that and were left out.

| config | split | rows |
|---|---|---|
{rows}

`sft` and `grpo` have the columns of `dipta007/dagger`; `dpo` has a model's suggestion as rejected
and the accepted graph as chosen. Variants of a problem are all in one split.
Written {manifest.created}; hashes of the files are in `{MANIFEST}`.
"""
