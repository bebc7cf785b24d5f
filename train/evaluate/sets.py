"""What a model is evaluated on: problems of a published set, a file, or the problem bank.

A set is named by

- a name of `PUBLISHED_SETS`, which the Hub has: `mgsm`, `msvamp`, `mgsm+d`, `msvamp+d`, `gsm8k`;
  `published` is the four of the published table;
- `bank`: the problem bank, with seeds that no model here is trained on;
- a file (.jsonl, .csv, .tsv, .parquet) or a folder, of any schema that the project reads;
- a dataset on the Hub, as `owner/name`, `owner/name:config` or `owner/name:config:split`;
- `name=SOURCE`: any of these under another name: `mgsm+d=distractmath.jsonl`.

`+d` at the end of a name says that every problem of the set has a distractor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dagger_core.diagnostics import ExampleError, SourceError
from dagger_core.example import Example
from dagger_core.graph import Graph
from dagger_core.numerals import Number, TooLarge, read_number
from dagger_core.rows.columns import Columns, answer_value, graph_value, question_text, recognise
from dagger_core.rows.sources import BadRow, NumberedRow, read_rows
from train.evaluate.items import Item

#: Name on the Hub, config and split of each published set.
PUBLISHED_SETS: Mapping[str, tuple[str, str, str]] = {
    "mgsm": ("jbross-ibm-research/mgsm", "bn", "test"),
    "msvamp": ("Mathoctopus/MSVAMP", "bn", "test"),
    "mgsm+d": ("dipta007/DistractMath-Bn", "mgsm", "train"),
    "msvamp+d": ("dipta007/DistractMath-Bn", "msvamp", "train"),
    "gsm8k": ("openai/gsm8k", "main", "test"),
}
_TABLE = ("mgsm", "msvamp", "mgsm+d", "msvamp+d")
BANK, BANK_ROWS = "bank", 400
_KINDS = {"related": "RED", "orthogonal": "OAD", "null": "NEED"}
_CODE = re.compile(r"\b(RED|OAD|NEED)\b")
_BANGLA = re.compile(r"[\u0980-\u09ff]")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a set that a person should know; the rest of it is evaluated.

    Args:
        number: the row, 0 for the whole set.
    """

    set: str
    number: int
    text: str


@dataclass(frozen=True)
class EvaluationSet:
    """The problems of a set, and what is the matter with it."""

    name: str
    items: Sequence[Item]
    troubles: Sequence[Trouble] = ()


def load_sets(names: Sequence[str], limit: int = 0) -> list[EvaluationSet]:
    """The sets of these names, each of them once.

    Args:
        limit: only the first rows of each; 0 is all.

    Raises:
        SourceError: a set cannot be read, or none is named.
    """
    given = [part for name in names for part in (_TABLE if name == "published" else (name,))]
    if not given:
        raise SourceError("Which problems? Name a set, a file or a dataset on the Hub.")
    taken: Counter[str] = Counter()
    sets = []
    for spec in given:
        name, source = _named(spec)
        taken[name] += 1
        name = name if taken[name] == 1 else f"{name} ({taken[name]})"
        sets.append(read_set(name, _rows(source), limit))
    return sets


def _named(spec: str) -> tuple[str, str]:
    """A set's name and source: a name is what it is called, a file's is its stem."""
    name, equals, source = spec.partition("=")
    if equals and name and source and "/" not in name:
        return name, source
    stem = re.split(r"[/\\]", spec)[-1]
    return re.sub(r"\.(jsonl|ndjson|csv|tsv|parquet)$", "", stem), spec


def _rows(source: str) -> Iterator[NumberedRow | BadRow]:
    if source == BANK:
        return bank()
    if source in PUBLISHED_SETS:
        hub, config, split = PUBLISHED_SETS[source]
        return read_rows(hub, config=config, split=split)
    hub, *parts = source.split(":")
    if parts and "/" in hub and len(parts) <= 2:
        return read_rows(hub, config=parts[0] or None, split=(parts[1:] or ["test"])[0])
    return read_rows(source, split="test")


def bank() -> Iterator[NumberedRow]:
    """Problems of the bank, with the seed that is only ever evaluated on."""
    from train.problems import stream
    from train.recipe import TEST_SEED

    for number, problem in enumerate(islice(stream(TEST_SEED), BANK_ROWS), 1):
        yield NumberedRow(
            number,
            {
                "id": str(number),
                "question": problem.question,
                "graph": problem.graph,
                "answer": problem.answer,
                "lang": problem.lang,
                "group": problem.template,
                "kinds": [one.kind for one in problem.distractors],
            },
        )


def read_set(name: str, rows: Iterator[NumberedRow | BadRow], limit: int = 0) -> EvaluationSet:
    """A set from its rows; what is no problem is named and left out.

    Raises:
        SourceError: the source breaks off, or no column is the question.
    """
    items: dict[str, Item] = {}
    troubles: list[Trouble] = []
    listed = list(islice(rows, limit or None))
    columns = _columns(name, listed)
    for row in listed:
        try:
            if isinstance(row, BadRow):
                raise SourceError(str(row.reason))
            item = _item(name, row, columns)
            first = items.setdefault(" ".join(item.question.split()), item)
            if first is not item:
                same = "" if first.gold == item.gold else ", with another answer"
                raise SourceError(f"It repeats row {first.number}{same}.")
        except (SourceError, ExampleError) as error:
            troubles.append(Trouble(name, row.number, str(error)))
    if items and all(item.gold is None for item in items.values()):
        troubles.insert(0, Trouble(name, 0, "It has no answers: how many are right is not known."))
    elif not items:
        troubles.insert(0, Trouble(name, 0, "It has no problem that can be read."))
    else:
        troubles += [
            Trouble(name, item.number, "It has no answer.")
            for item in items.values()
            if item.gold is None
        ]
    return EvaluationSet(name, list(items.values()), troubles)


def _columns(name: str, rows: Sequence[NumberedRow | BadRow]) -> Columns:
    names = dict.fromkeys(key for row in rows if isinstance(row, NumberedRow) for key in row.values)
    _, columns = recognise(tuple(names))
    if names and "question" not in columns:
        raise SourceError(f"{name}: which column is the question? It has {', '.join(names)}.")
    return columns


def _item(name: str, row: NumberedRow, columns: Columns) -> Item:
    cells = {field: row.values.get(column) for field, column in columns.items()}
    question = question_text(cells.get("question"))
    if not question.strip():
        raise SourceError("Its question is empty.")
    graph = cells.get("graph")
    example = Example(
        question=question,
        graph=graph if isinstance(graph, Graph) else graph_value(graph),
        answer=_answer(cells.get("answer")),
        lang=str(cells.get("lang") or ("bn" if _BANGLA.search(question) else "en")),
        source=name,
        id=str(cells.get("id") or row.number),
        group=str(cells.get("group") or ""),
    )
    original = row.values.get("original_question") or row.values.get("seed_question") or ""
    stated = answer_value(cells.get("answer"))
    return Item(
        name,
        row.number,
        example,
        _kinds(row.values),
        str(original),
        stated.strip() if isinstance(stated, str) and stated.strip() else None,
    )


def _answer(value: Any) -> Number | None:
    """The answer: digits of any script, with grouping, with a unit."""
    value = answer_value(value)
    if value is None or value == "":
        return None
    try:
        number = read_number(value)
    except TooLarge:
        raise SourceError("Its answer is too large to be a number.") from None
    if number is None:
        raise SourceError(f"Its answer is not a number: {str(value)[:60]!r}.")
    return number


def _kinds(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of a row's distractors, by their short names where they have one."""
    given = values.get("kinds") or values.get("augmentation_type") or values.get("distractor_type")
    kinds: dict[str, None] = {}
    for text in given if isinstance(given, list) else [given] if given else []:
        known = _CODE.findall(str(text).upper())
        known = known or [code for word, code in _KINDS.items() if word in str(text).lower()]
        kinds.update(dict.fromkeys(known or [str(text)]))
    return tuple(sorted(kinds))
