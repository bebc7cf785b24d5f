"""Keeping a Solution: into the store, out of it as training files, and as pictures."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from annotate import RevisionConflict, Store
from annotate.exchange import Failure
from annotate.exchange import export as export_examples
from dagger_core.codegen import EXPORTS, Export
from dagger_core.diagnostics import EditError, Lang, StoreError
from dagger_core.execute import Execution, execute
from dagger_core.render import render, standalone, to_dot
from demo.services import Person
from demo.solution import Solution
from demo.texts import words

DOWNLOADS = ("svg", "png", "pdf", "json")
SCHEMAS = ("sft", "grpo")
_FETCHED_WITHIN = 600
"""Seconds after which a browser has long copied its file."""


def save(store: Store, solution: Solution, person: Person, lang: Lang) -> Solution:
    """Append the graph to the store, signed by a person, in the set they may write to.

    Raises:
        DaggerError: there is nothing to save, or the store cannot keep it. Where somebody else
            saved meanwhile, both versions are kept and the solution says so.
    """
    text, attempt = words(lang), solution.attempt
    if solution.graph is None:
        raise EditError("nothing-to-keep")
    good = _is_good(solution)
    try:
        revision = store.save(
            question=solution.question,
            graph=solution.graph,
            author=person.name,
            status="accepted" if person.curator and good else "draft",
            answer=solution.gold or None,
            parent=_parent(store, solution, person),
            reason="edited" if attempt and solution.graph != attempt.graph else "",
            model=attempt.model if attempt else "",
            model_text=attempt.text if attempt else "",
            model_graph=attempt.graph if attempt else None,
            project=person.project,
        )
    except RevisionConflict as conflict:
        theirs = conflict.theirs
        said = text.saved_meanwhile.format(author=theirs.author, time=_clock(theirs.at))
        return replace(solution, parent=theirs.id, saved_at=said)
    said = text.saved_apart if not person.curator else text.saved if good else text.saved_faulty
    said = said.format(time=_clock(revision.at), author=revision.author)
    return replace(solution, parent=revision.id, saved_at=said)


def _is_good(solution: Solution) -> bool:
    """Whether a graph may teach a model: it has no errors, and the right answer if one is given."""
    right = not solution.gold or (solution.score is not None and solution.score.correct)
    return right and not any(finding.severity == "error" for finding in solution.findings)


def _parent(store: Store, solution: Solution, person: Person) -> int | None:
    """The revision a solution comes from, if it is one of the set the person writes to."""
    question = store.find_question(solution.question, person.project)
    if question is None or solution.parent is None:
        return None
    same = store.revision(solution.parent).question_id == question.id
    return solution.parent if same else None


def _clock(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M:%S")


def download(solution: Solution, fmt: str, lang: Lang) -> str:
    """The path of a file with a solution: its picture, its JSON, or its graph in other languages.

    Raises:
        DaggerError: there is no graph, or it cannot be drawn.
    """
    graph = solution.graph
    if graph is None:
        raise EditError("nothing-to-keep")
    if fmt in EXPORTS:
        return _written(EXPORTS[fmt], execute(graph), lang)
    path = new_file(f"graph.{fmt}")
    if fmt == "json":
        path.write_text(graph.to_json() + "\n", encoding="utf-8")
        return str(path)
    picture = render(to_dot(graph, solution.execution, lang=lang), fmt)  # type: ignore[arg-type]
    path.write_bytes(standalone(picture) if fmt == "svg" else picture)
    return str(path)


def _written(target: Export, execution: Execution, lang: Lang) -> str:
    """The path of a file with a graph in another language."""
    path, text = new_file(f"graph{target.suffix}"), target.write(execution, lang)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return str(path)


def export(store: Store, person: Person, schema: str, lang: Lang) -> tuple[str, str]:
    """The path of a file with all saved examples in a published schema, and what to say of it.

    Raises:
        DaggerError: nothing has been saved yet, or the person is no curator.
    """
    if not person.curator:
        raise StoreError("curators-only")
    path = new_file(f"dagger-{schema}.jsonl")
    done = export_examples(store.examples(project=person.project), path, schema)
    if not done.rows and not done.failures:
        raise StoreError("nothing-saved")
    return str(path), export_said(done.rows, done.failures, lang)


def export_said(rows: int, failures: Sequence[Failure], lang: Lang) -> str:
    """How many rows were written, and why others were not."""
    text = words(lang)
    said = str(text.export_done.format(count=rows))
    if failures:
        reasons = Counter(failure.reason.text(lang) for failure in failures)
        listed = "; ".join(f"{reason} ({count})" for reason, count in reasons.most_common(3))
        said += ". " + text.export_left_out.format(count=len(failures), reasons=listed)
    return said


def new_file(name: str) -> Path:
    """A place for a file that is on its way to a browser; places long past are given up."""
    root = Path(tempfile.gettempdir()) / f"dagger-files-{os.getpid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    for folder in root.iterdir():
        if time.time() - folder.stat().st_mtime > _FETCHED_WITHIN:
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(dir=root)) / name
