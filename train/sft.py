"""Supervised fine-tuning: a recipe in, a model or an adapter out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import set_seed
from trl import SFTConfig

from dagger_core.diagnostics import RecipeError, Sentence
from dagger_core.formats import FORMATS
from train.dataset import LeftOut, prepare
from train.encoding import Asked, encode, labelled
from train.models import drop_out, open_model
from train.recipe import Recipe
from train.record import RunResult
from train.running import Prepared, Run, arguments
from train.tasks import Task, digest, read_tasks
from train.trainer import Sft

if TYPE_CHECKING:
    from datasets import Dataset

_TOKENIZER_SAMPLES = 40_000


def run(recipe: Recipe, out: Path) -> RunResult:
    """Trains into a run's folder: weights in `adapter`, `checkpoints`, `events.jsonl`.

    A run that was interrupted goes on from its last checkpoint.

    Raises:
        RecipeError: data that the recipe names cannot be had, or the folder holds another run.
        ModelUnavailable: the model to start from cannot be had.
    """
    set_seed(recipe.seed)
    current = Run("sft", recipe, out)
    train, evaluation, left_out = rows(recipe)
    start = open_model(recipe, (text for row in train[:_TOKENIZER_SAMPLES] for text in _texts(row)))
    datasets = [
        _encoded(start.tokenizer, part, recipe, left_out, dropout)
        for part, dropout in ((train, recipe.subword_dropout), (evaluation, 0.0))
    ]
    if not len(datasets[0]):
        raise RecipeError("data: no row is left to train on. See `check` for the reasons.")
    if recipe.dropout and not start.trains_adapter:
        drop_out(start.model, recipe.dropout)
    trainer = Sft(
        recipe=recipe,
        clock=current.clock,
        model=start.model,
        args=_config(recipe, out, len(datasets[0])),
        train_dataset=datasets[0],
        eval_dataset=datasets[1] if len(datasets[1]) else None,
        processing_class=start.tokenizer,
        peft_config=start.adapter,
        callbacks=current.callbacks,
    )
    hashed = digest((*_texts(row), "") for row in train)
    return current.train(trainer, start, Prepared(len(datasets[0]), hashed, left_out))


def rows(recipe: Recipe) -> tuple[list[Asked], list[Asked], LeftOut]:
    """What is asked and answered in training and in evaluation, and what was left out.

    Compact rows of files and of the bank are varied (`train.dataset`); all others stay as they
    are.
    """
    if recipe.format == "compact" and not recipe.dataset:
        prepared = prepare(recipe)
        asked: list[Asked] = [
            ([{"role": "user", "content": sample.prompt}], sample.answer)
            for sample in prepared.samples
        ]
        return asked, [], Counter(prepared.left_out)
    tasks = read_tasks(recipe)
    return (
        _asked(tasks.train, recipe, tasks.left_out),
        _asked(tasks.evaluation, recipe, tasks.left_out),
        tasks.left_out,
    )


def _asked(tasks: Iterable[Task], recipe: Recipe, left_out: LeftOut) -> list[Asked]:
    form = FORMATS[recipe.format]
    asked: list[Asked] = []
    for task in tasks:
        if task.response:
            asked.append((form.messages(task.question), task.response))
        else:
            left_out[task.origin.partition(" row ")[0], Sentence.named("left-no-answer")] += 1
    return asked


def _texts(row: Asked) -> tuple[str, str]:
    messages, answer = row
    return "\n".join(message["content"] for message in messages), answer


def _encoded(
    tokenizer: Any,
    part: list[Asked],
    recipe: Recipe,
    left_out: LeftOut,
    subword_dropout: float,
) -> Dataset:
    tokens = encode(tokenizer, part, subword_dropout)
    made = labelled(tokens, recipe.prompt_loss, recipe.max_length, recipe.seed)
    if len(made) < len(part):
        left_out["", Sentence.named("left-long-row")] += len(part) - len(made)
    return made


def _config(recipe: Recipe, out: Path, samples: int) -> SFTConfig:
    named = arguments(recipe, out)
    if not recipe.max_steps and not recipe.packing:
        # Whole batches only, the last one short: the clock has to know the number of steps.
        epoch = -(-samples // recipe.batch)
        named["max_steps"] = max(1, round(epoch * recipe.epochs))
    return SFTConfig(
        **named,
        max_length=recipe.max_length if recipe.packing else None,
        packing=recipe.packing,
        shuffle_dataset=False,
        # Rows are tokens with labels already; only packing has to be done.
        dataset_kwargs={"skip_prepare_dataset": not recipe.packing},
        train_sampling_strategy="random" if recipe.packing else "group_by_length",
    )
