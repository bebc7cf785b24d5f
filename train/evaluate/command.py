"""`python -m train evaluate`: from names on a command line to a report in a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from dagger_core.diagnostics import DaggerError, ModelUnavailable, SettingsError, SourceError
from dagger_core.formats import FORMATS
from dagger_core.generate import Generator, LocalGenerator, ScriptedGenerator, Settings
from dagger_core.generate.catalog import Catalog, about
from dagger_core.rows.sources import NumberedRow, read_rows
from train.evaluate.answers import Asker
from train.evaluate.cache import Cache
from train.evaluate.report import KEYS, VERSION, evaluate
from train.evaluate.sets import EvaluationSet, Trouble, load_sets
from train.evaluate.writing import printed, save

ENDPOINT, GOLD, ANSWERS = "endpoint", "gold", "answers:"
#: Where answers are kept, in the folder of runs.
ANSWERS_FILE = "answers.sqlite3"
_ROOT = Path(__file__).resolve().parents[2]
#: The longest answer that is waited for, by format; the published evaluation had 2048.
_LONGEST = {"compact": 96}
_LONGEST_OTHERWISE = 2048
_SHOWN_TROUBLES = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen on the command line beside model and data; see its help."""

    form: str = ""
    limit: int = 0
    batch: int = 32
    jobs: int = 8
    timeout: float = 300.0
    grammar: bool = True
    fresh: bool = False
    only_json: bool = False
    changes: tuple[str, ...] = ()


def run(model: str, data: Sequence[str], out: Path | None, options: Options) -> Path:
    """Evaluate, print the table, and write the report; without `out` where the app finds it.

    Raises:
        DaggerError: the model or a set cannot be had, or an option makes no sense.
    """
    sets = load_sets(data, options.limit)
    catalog = Catalog.from_environment(_ROOT)
    form = options.form or format_of(model, catalog)
    settings = sampling(form, options.changes)
    if model == GOLD:
        generator, sets = gold(sets, form)
    else:
        generator = open_model(model, catalog, options.grammar)
    kept = None if isinstance(generator, ScriptedGenerator) else catalog.runs / ANSWERS_FILE
    cache = Cache(kept, fresh=options.fresh)
    asker = Asker(generator, settings, options.batch, options.jobs, options.timeout, cache)
    with Bar() as bar:
        report = evaluate(
            asker,
            sets,
            bar.show,
            title=next((one.title for one in catalog.choices() if one.key == model), ""),
            noted={
                "grammar": options.grammar,
                "jobs": options.jobs,
                "timeout": options.timeout,
                "limit": options.limit,
                "sources": list(data),
            },
        )
    path = save(report, out, catalog.runs, only_json=options.only_json)
    print(printed(report))
    for trouble in report["troubles"][:_SHOWN_TROUBLES]:
        row = f" row {trouble['number']}" if trouble["number"] else ""
        print(f"! {trouble['set']}{row}: {trouble['text']}")
    more = len(report["troubles"]) - _SHOWN_TROUBLES
    if more > 0:
        print(f"! … and {more} more; the report has them all.")
    print(f"Report: {path}")
    return path


def format_of(model: str, catalog: Catalog) -> str:
    """How a model writes: what its folder or its recipe says, or the published table.

    A model that nobody here knows is asked in the published format.
    """
    if model == GOLD:
        return "compact"
    known = next((choice.format for choice in catalog.choices() if choice.key == model), None)
    if known is not None:
        return known
    folder = Path(model).expanduser()
    return str(about(folder).get("format", "compact" if folder.is_dir() else "dagger_json"))


def sampling(form: str, changes: Sequence[str]) -> Settings:
    """Greedy settings for a format, with changes of the form `name=value`.

    Raises:
        SettingsError: there is no such setting or format, or it cannot have this value.
    """
    settings = Settings(format=form, max_new_tokens=_LONGEST.get(form, _LONGEST_OTHERWISE))
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or name not in Settings.__dataclass_fields__:
            known = ", ".join(Settings.__dataclass_fields__)
            raise SettingsError(f"--set {change}: write it as name=value, with one of {known}.")
        try:
            given: Any = value if name == "format" else json.loads(value)
        except ValueError:
            given = value
        settings = replace(settings, **{name: given})
    return settings


def open_model(model: str, catalog: Catalog, grammar: bool = True) -> Generator:
    """The model of a name on the command line: one of the catalog, or any folder or Hub name.

    Raises:
        ModelUnavailable, EndpointError: it cannot be had.
    """
    if model == ENDPOINT:
        if catalog.endpoint is None:
            raise ModelUnavailable("DAGGER_ENDPOINT_URL is not set: where is the endpoint?")
        return catalog.endpoint
    if model.startswith(ANSWERS):
        return replayed(Path(model.removeprefix(ANSWERS)))
    offered = any(choice.key == model for choice in catalog.choices())
    weights = catalog.weights(model) if offered else model
    return LocalGenerator(weights, name=model if offered else None, constrained=grammar)


def gold(sets: Sequence[EvaluationSet], form: str) -> tuple[Generator, list[EvaluationSet]]:
    """The sets' own graphs as a model, and the sets without the problems that have none.

    Raises:
        SourceError: no problem has a graph.
    """
    texts: dict[str, str] = {}
    left = []
    for one in sets:
        troubles = list(one.troubles)
        items = []
        for item in one.items:
            try:
                if item.example.graph is None:
                    raise SourceError("It has no graph.")
                texts[item.question] = FORMATS[form].write(item.example.graph, item.question)
                items.append(item)
            except (DaggerError, ValueError) as error:
                troubles.append(Trouble(one.name, item.number, f"No gold answer: {error}"))
        left.append(EvaluationSet(one.name, items, troubles))
    if not texts:
        raise SourceError("No problem of these sets has a graph, so there are no gold answers.")
    return ScriptedGenerator(texts, name=GOLD), left


def replayed(path: Path) -> Generator:
    """Answers from a file, made elsewhere: rows with `question` and `text`.

    Raises:
        SourceError: the file cannot be read or has no such rows.
    """
    rows = (row.values for row in read_rows(path) if isinstance(row, NumberedRow))
    texts = {
        str(row["question"]): str(row["text"]) for row in rows if {"question", "text"} <= row.keys()
    }
    if not texts:
        raise SourceError(f"{path.name}: no row has a question and a text.")
    return ScriptedGenerator(texts, name=path.stem)


class Bar:
    """A progress bar on the terminal; nothing where errors go into a file."""

    def __enter__(self) -> Bar:
        from tqdm import tqdm

        self._bar = tqdm(unit=" answers", disable=not sys.stderr.isatty(), file=sys.stderr)
        return self

    def show(self, done: int, total: int) -> None:
        """So many of all answers are there."""
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def __exit__(self, *_: object) -> None:
        self._bar.close()


def read_report(path: Path) -> dict[str, Any]:
    """A report from its file.

    Raises:
        SourceError: the file is no report.
    """
    try:
        report: Any = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise SourceError(f"{path.name} is no report: {error}.") from error
    if not isinstance(report, dict) or not report.keys() >= KEYS or report["version"] != VERSION:
        raise SourceError(f"{path.name} is no report of this version.")
    return report
