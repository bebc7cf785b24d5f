"""What a job will be trained on: from where, how much, how long, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from annotate.exchange.schemas import check_example
from dagger_core.diagnostics import DaggerError, JobError, Lang, Sentence
from dagger_core.formats import FORMATS
from demo.services import CURATED, Services
from demo.training.curves import Line, chart
from train.dataset import LeftOut
from train.recipe import Recipe
from train.tasks import Task, Tasks

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

Kind = Literal["recipe", "kept", "file"]
KINDS: tuple[Kind, ...] = ("recipe", "kept", "file")
#: The file of a job's own examples.
_NAME = "examples"
#: Problems of the bank, and rows, that are looked at: all would take minutes.
_LOOKED_AT = 300
_FEW = 24
_MEASURED = 1500
_BARS = 24


@dataclass(frozen=True)
class Chosen:
    """A recipe with the data it is to be trained on.

    Args:
        lines: example lines by file name, which become the job's own.
        dataset: a file of rows that becomes the job's own.
        left_out: rows that did not even become lines, by file and reason.
    """

    recipe: Recipe
    lines: Mapping[str, Sequence[str]] | None = None
    dataset: Path | None = None
    left_out: LeftOut = field(default_factory=Counter)


def choose(
    services: Services, recipe: Recipe, kind: str, path: str | None, held_out: float
) -> Chosen:
    """The recipe with the data that somebody chose.

    Args:
        path: the uploaded file, for the kind "file".
        held_out: share of the accepted graphs that is not trained on.

    Raises:
        DaggerError: there is no such data.
    """
    if kind == "kept":
        lines, left_out = _accepted(services)
        if not lines:
            raise JobError("nothing-accepted")
        share = {"": held_out} if 0 < held_out < 1 else {}
        recipe = recipe.changed(data={_NAME: 1}, held_out=share, dataset="", data_dir="")
        return Chosen(recipe, {_NAME: lines}, left_out=left_out)
    if kind == "file":
        if not path:
            raise JobError("no-data-file")
        return Chosen(recipe.changed(dataset=path, data={}, data_dir=""), dataset=Path(path))
    if kind != "recipe":
        raise JobError("no-data-file")
    return Chosen(recipe)


def count_accepted(services: Services) -> int:
    """How many accepted graphs the store has."""
    return sum(1 for _ in services.store.examples(project=CURATED))


def _accepted(services: Services) -> tuple[list[str], LeftOut]:
    """The lines of all accepted examples that read back and execute; what is wrong with others."""
    lines: list[str] = []
    left_out: LeftOut = Counter()
    for example in services.store.examples(project=CURATED):
        checked = check_example(example)
        if isinstance(checked, Sentence):
            left_out[_NAME, checked] += 1
        else:
            lines.append(replace(example, answer=checked.answer).to_line())
    return lines, left_out


@dataclass(frozen=True)
class Look:
    """What was found in the data.

    Args:
        samples: rows to train on, the whole bank counted.
        held_out: rows that are kept from training.
        bank, bank_looked: problems of the bank, and how many of them were looked at.
        left_out: rows left out, by source and reason.
        lengths: tokens of the samples that were measured; of their prompts, for GRPO.
        limit: the most tokens one may have, and the field that says so.
        unmeasured: why there are no lengths.
    """

    samples: int
    held_out: int
    bank: int
    bank_looked: int
    left_out: LeftOut
    lengths: Sequence[int]
    limit: tuple[str, int]
    unmeasured: str = ""


def located(chosen: Chosen, folder: Path) -> Recipe:
    """The recipe with its data where it can be read, and of the bank any part.

    What `bank_unlike` leaves out is like the rest in all that is looked at, and finding it takes
    a minute.

    Args:
        folder: where lines may be written.
    """
    recipe = chosen.recipe
    if chosen.lines is not None:
        for name, lines in chosen.lines.items():
            (folder / f"{name}.jsonl").write_text("".join(f"{ln}\n" for ln in lines), "utf-8")
        recipe = recipe.changed(data_dir=str(folder))
    few = {name: min(getattr(recipe, name), _LOOKED_AT) for name in ("bank", "eval_bank")}
    return recipe.changed(**few, bank_unlike=0)


def few(recipe: Recipe, whole: Recipe) -> Recipe:
    """A few of the very problems that a whole recipe trains on, and of its bank no others.

    Args:
        recipe: as `located` gave it.
    """
    return recipe.changed(bank=min(whole.bank, _FEW), bank_unlike=whole.bank_unlike, eval_bank=0)


def look(chosen: Chosen, recipe: Recipe, tasks: Tasks) -> Look:
    """What there is to say about data.

    Args:
        recipe: as `located` gave it. tasks: what it trains on.
    """
    bank, prompts = chosen.recipe.bank, recipe.stage == "grpo"
    limit = "max_prompt_length" if prompts else "max_length"
    lengths, problem = _lengths(recipe, tasks.train[-_MEASURED:], prompts)
    return Look(
        samples=len(tasks.train) - recipe.bank + bank,
        held_out=len(tasks.evaluation),
        bank=bank,
        bank_looked=recipe.bank,
        left_out=tasks.left_out + chosen.left_out,
        lengths=lengths,
        limit=(limit, getattr(recipe, limit)),
        unmeasured=problem,
    )


def _lengths(recipe: Recipe, tasks: Sequence[Task], prompts: bool) -> tuple[list[int], str]:
    """Tokens of each task, or why they cannot be counted here."""
    from train.encoding import encode

    form = FORMATS[recipe.format]
    asked = [(form.messages(task.question), task.response) for task in tasks]
    try:
        tokenizer = _tokenizer(recipe, asked)
    except (OSError, ValueError, DaggerError) as error:
        return [], str(error).partition("\n")[0]
    encoded = list(encode(tokenizer, asked))
    return [len(one.prompt) + (0 if prompts else len(one.answer)) for one in encoded], ""


def _tokenizer(recipe: Recipe, asked: Sequence[Any]) -> PreTrainedTokenizerBase:
    """The tokenizer of the model to start from, or one as the training would make."""
    if not recipe.init:
        from train.tokenizer import build_tokenizer

        texts = [text for messages, said in asked for text in (messages[-1]["content"], said)]
        return build_tokenizer(texts, recipe.vocab)
    from train.models import open_tokenizer

    return open_tokenizer(recipe.init)


def histogram(lengths: Sequence[int], lang: Lang) -> list[dict[str, Any]]:
    """The chart of how many samples have how many tokens."""
    if not lengths:
        return []
    low, high = min(lengths), max(lengths)
    width = max(1, -(-(high - low + 1) // _BARS))
    bars = Counter(low + (length - low) // width * width for length in lengths)
    points = [(start, float(bars[start])) for start in range(low, high + 1, width)]
    return [{**one, "bars": True} for one in chart("tokens", [Line("", points)], lang)]
