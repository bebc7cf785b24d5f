"""Tasks: problems as a model is asked them in training, from any source that a recipe names.

A recipe's rows come from its `dataset` (a file, a folder or a Hub name, in any schema that the
project reads), from its files of example lines, and from the problem bank.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dagger_core.diagnostics import DaggerError, RecipeError, Sentence, SourceError
from dagger_core.execute import execute
from dagger_core.formats import FORMATS, Format
from dagger_core.formats.trace import from_solution
from dagger_core.graph import Graph
from dagger_core.numerals import Number, TooLarge, read_number
from dagger_core.rows.columns import answer_value, graph_value, question_text, recognise
from dagger_core.rows.sources import BadRow, NumberedRow, read_rows
from train.dataset import LeftOut, rows_of
from train.problems import Problem, stream
from train.recipe import TEST_SEED, Recipe
from train.split import held_out, keys_of

#: The seed of the problems that the shipped model is trained on.
_SHIPPED_SEED = 1


@dataclass(frozen=True, slots=True)
class Task:
    """One problem.

    Args:
        question: its text.
        gold: the right answer: a number, or text with its unit; None where nobody knows.
        graph: the gold graph, where there is one.
        response: what the model should answer, in the recipe's format; "" where nobody knows.
        keys: what it has in common with its variants (`train.split`).
        origin: its source and row, for messages.
    """

    question: str
    gold: Number | str | None
    graph: Graph | None = None
    response: str = ""
    keys: tuple[str, ...] = ()
    origin: str = ""


@dataclass
class Tasks:
    """What a recipe trains on and evaluates on.

    Args:
        train: in the order of the sources.
        evaluation: rows that are never trained on.
        left_out: how many rows were left out, by source and reason.
    """

    train: list[Task] = field(default_factory=list)
    evaluation: list[Task] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=Counter)

    @property
    def digest(self) -> str:
        """A hash of everything that is trained on, in its order."""
        return digest((t.question, str(t.gold), t.response) for t in self.train)


def digest(rows: Iterable[Iterable[str]]) -> str:
    """A hash of rows of texts, in their order."""
    total = hashlib.sha256()
    for row in rows:
        for text in row:
            total.update(text.encode("utf-8", "surrogatepass") + b"\0")
        total.update(b"\n")
    return total.hexdigest()


def read_tasks(recipe: Recipe) -> Tasks:
    """The tasks of a recipe, the same for the same recipe and files.

    Raises:
        RecipeError: a source that the recipe names cannot be read.
    """
    tasks, form = Tasks(), FORMATS.get(recipe.format)
    if form is None:
        raise RecipeError(
            "field-choices", field="format", value=repr(recipe.format), choices=", ".join(FORMATS)
        )
    if recipe.dataset:
        split = recipe.dataset_split
        tasks.train += _of_source(recipe.dataset, recipe, split, form, tasks.left_out)
    if recipe.data:
        _add_files(recipe, form, tasks)
    if recipe.bank or recipe.eval_bank:
        _add_bank(recipe, form, tasks)
    if recipe.eval_dataset or recipe.eval_split:
        source, split = recipe.eval_dataset or recipe.dataset, recipe.eval_split or "train"
        tasks.evaluation += _of_source(source, recipe, split, form, tasks.left_out)
    if recipe.eval_rows:
        del tasks.evaluation[recipe.eval_rows :]
    return tasks


def _of_source(
    source: str, recipe: Recipe, split: str, form: Format, left_out: LeftOut
) -> Iterator[Task]:
    name = Path(source).name
    try:
        for row in read_rows(source, config=recipe.dataset_config or None, split=split):
            if isinstance(row, BadRow):
                left_out[name, row.reason.general()] += 1
                continue
            try:
                yield _of_row(row, name, form)
            except DaggerError as error:
                left_out[name, Sentence.of(error).general()] += 1
    except SourceError as error:
        raise RecipeError("dataset-unreadable", problem=error) from error


def _of_row(row: NumberedRow, name: str, form: Format) -> Task:
    values = dict(row.values)
    turns = values.pop("messages", None) or values.get("conversations")
    if turns is not None:
        values["conversations"] = turns
        values.setdefault("response", _said(turns))
        values.setdefault("english_answer", values.get("answer"))
    _, columns = recognise(tuple(values))
    cells = {field: values.get(column) for field, column in columns.items()}
    question = question_text(cells.get("question")).strip()
    if not question:
        raise SourceError("question-empty")
    written = next((text for text in (cells.get("graph"), _said(turns)) if _is_text(text)), "")
    graph = None if written and form.name == "trace" else graph_value(cells.get("graph"))
    return _task(
        question,
        answer_value(cells.get("answer")),
        graph,
        form,
        written=str(written),
        solution=cells.get("answer"),
        group=str(cells.get("group") or ""),
        origin=f"{name} row {row.number}",
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _said(turns: Any) -> str | None:
    """What the assistant says last in a conversation."""
    turns = [t for t in turns or () if isinstance(t, Mapping) and t.get("role") == "assistant"]
    content = turns[-1].get("content") if turns else None
    return content if isinstance(content, str) else None


def _task(
    question: str,
    answer: Any,
    graph: Graph | None,
    form: Format,
    *,
    written: str = "",
    solution: Any = None,
    group: str = "",
    origin: str = "",
) -> Task:
    """The task of what is known about a problem.

    What is written already is learned as it stands if the format can read it; else the gold
    graph is written out; a worked solution becomes a trace.
    """
    gold = _gold(answer)
    if gold is None and graph is not None:
        gold = execute(graph).answer
    response = written.strip() if written and form.read(written, question).graph else ""
    if not response and graph is not None:
        response = form.write(graph, question)
    if not response and form.name == "trace" and isinstance(solution, str):
        response = from_solution(solution)
    return Task(question, gold, graph, response, keys_of([question], group), origin)


def _gold(answer: Any) -> Number | str | None:
    """A gold answer: a number, or the text of one with its unit."""
    if answer is None or answer == "":
        return None
    try:
        number = read_number(answer)
    except TooLarge:
        raise SourceError("answer-too-large") from None
    return str(answer).strip() if number is None else number


def _add_files(recipe: Recipe, form: Format, tasks: Tasks) -> None:
    """The recipe's files of example lines: what is held out is for evaluation."""
    rows = rows_of(recipe)
    hidden = held_out(rows, recipe.held_out)
    for name, part in rows.items():
        for number, row in enumerate(part, 1):
            example = row.example
            try:
                task = _task(
                    example.question,
                    example.answer,
                    example.graph,
                    form,
                    group=example.group,
                    origin=f"{name} row {number}",
                )
            except DaggerError as error:
                tasks.left_out[name, Sentence.of(error).general()] += 1
                continue
            if row.keys[0] in hidden:
                tasks.evaluation.append(task)
            else:
                tasks.train += [task] * recipe.data[name]


def _add_bank(recipe: Recipe, form: Format, tasks: Tasks) -> None:
    """Problems of the bank; what is evaluated on has situations that are not trained on."""
    known: set[str] = set()
    if recipe.bank_unlike:
        known |= _templates(_SHIPPED_SEED, recipe.bank_unlike)
    chosen = list(itertools.islice(_fitting(recipe.bank_seed, known, recipe), recipe.bank))
    known.update(problem.template for problem in chosen)
    tasks.train += [_bank_task(problem, form) for problem in chosen]
    # Two situations may come to the same text, as 2 + 3 = ? does.
    trained_on = {key for task in tasks.train for key in task.keys}
    for_test = (_bank_task(problem, form) for problem in _fitting(TEST_SEED, known, recipe))
    new = (task for task in for_test if trained_on.isdisjoint(task.keys))
    tasks.evaluation += itertools.islice(new, recipe.eval_bank)


@cache
def _templates(seed: int, count: int) -> frozenset[str]:
    """The situations of the first problems of a seed; of many it takes a minute, so it is kept."""
    return frozenset(problem.template for problem in itertools.islice(stream(seed), count))


def _fitting(seed: int, known: set[str], recipe: Recipe) -> Iterator[Problem]:
    """The bank's problems in other situations than are known, as short as the recipe wants."""
    for problem in stream(seed):
        if problem.template not in known and problem.steps <= recipe.longest:
            yield problem


def _bank_task(problem: Problem, form: Format) -> Task:
    return _task(
        problem.question,
        problem.answer,
        problem.graph,
        form,
        group=f"bank {problem.template}",
        origin="bank",
    )
