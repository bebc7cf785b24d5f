"""What a recipe from scratch trains on: samples from its files and the problem bank, varied."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal

from dagger_core.diagnostics import RecipeError, Sentence
from dagger_core.example import Example
from train.augment import Augment, lexicon
from train.problems import KINDS, distract, stream
from train.recipe import TEST_SEED, Recipe
from train.samples import Sample, sample_of
from train.split import Row, families, held_out, read_rows

_OPERATION = re.compile(r"[a-z_]+ ")


#: How many rows were left out, by source and reason.
LeftOut = Counter[tuple[str, Sentence]]


@dataclass(frozen=True)
class Prepared:
    """The samples of a recipe.

    Args:
        samples: in random order.
        left_out: how many rows of each file were left out, by reason.
    """

    samples: Sequence[Sample]
    left_out: LeftOut


def rows_of(recipe: Recipe) -> dict[str, list[Row]]:
    """The rows of the recipe's files, by file.

    Raises:
        RecipeError: `data_dir` is not set or a file cannot be read.
    """
    if recipe.data and not recipe.data_dir:
        raise RecipeError("data-dir-missing")
    return {name: read_rows(Path(recipe.data_dir) / f"{name}.jsonl") for name in recipe.data}


def prepare(recipe: Recipe) -> Prepared:
    """The samples of a recipe, the same for the same recipe and files."""
    rng = Random(recipe.seed)
    rows = rows_of(recipe)
    hidden = held_out(rows, recipe.held_out)
    left_out: LeftOut = Counter()
    base: dict[str, list[Sample]] = {name: [] for name in rows}
    extra: list[Sample] = []
    questions: list[str] = []
    for name, row in ((name, row) for name, part in rows.items() for row in part):
        if row.keys[0] in hidden:
            left_out[name, Sentence.named("left-held-out")] += 1
            continue
        sample = _fitting(row.example, recipe)
        if isinstance(sample, Sentence):
            left_out[name, sample] += 1
            continue
        base[name].append(sample)
        questions += [row.example.question] if sample.lang == "en" else []
        extra.extend(_distracted(row.example, recipe, rng))
    bank = list(itertools.islice(_of_bank(recipe), recipe.bank))
    everything = [*bank, *(sample for part in base.values() for sample in part)]
    words = lexicon(
        everything, [s for name in recipe.asides for s in base.get(name, ())], questions
    )
    vary = Augment(words, add=recipe.aside_share, noise_per_word=recipe.noise)
    light = replace(
        vary, names=0.0, things=vary.things / 2, add=recipe.bank_aside_share, remove=0.0
    )
    if not recipe.vary:
        vary = light = Augment(words, 0.0, 0.0, 0.0, 0.0, 0.0)
    samples = [vary(sample, rng) for sample in extra]
    for name, times in recipe.data.items():
        samples += [vary(sample, rng) for sample in base[name] * times]
    samples += [light(sample, rng) for sample in bank]
    rng.shuffle(samples)
    return Prepared(samples, left_out)


def _fitting(example: Example, recipe: Recipe) -> Sample | Sentence:
    sample = sample_of(example)
    if isinstance(sample, Sample) and len(_OPERATION.findall(sample.answer)) > recipe.longest:
        return Sentence.named("left-too-many-steps")
    return sample


def _distracted(example: Example, recipe: Recipe, rng: Random) -> Iterator[Sample]:
    """The example with distractors of the bank, as many times as the recipe says."""
    for _ in range(recipe.distract):
        graph = example.graph
        if graph is None:
            return
        lang: Literal["en", "bn"] = "bn" if example.lang == "bn" else "en"
        kind, count = rng.choice(KINDS), rng.choice((1, 1, 2))
        question, changed = distract(example.question, graph, kind, count, rng, lang)
        sample = _fitting(replace(example, question=question, graph=changed), recipe)
        if isinstance(sample, Sample):
            yield sample


def _of_bank(recipe: Recipe) -> Iterator[Sample]:
    for problem in stream(recipe.bank_seed):
        example = Example(problem.question, problem.graph, problem.answer, problem.lang, "bank")
        sample = _fitting(example, recipe)
        if isinstance(sample, Sample):
            yield sample


def held_out_rows(recipe: Recipe, never: Sequence[str] = ()) -> dict[str, list[str]]:
    """The lines of each file that a recipe holds out.

    Args:
        never: further files in `data_dir`, never trained on: of them, the rows that are held out
            or share no family with any training file.
    """
    rows = rows_of(recipe)
    others = {name: read_rows(Path(recipe.data_dir) / f"{name}.jsonl") for name in never}
    every = {**rows, **others}
    shares = {**recipe.held_out, **dict.fromkeys(never, 0.0)}
    hidden = held_out(every, shares)
    family = families(row for part in every.values() for row in part)
    trained = {family[row.keys[0]] for part in rows.values() for row in part}
    return {
        name: [
            row.line
            for row in part
            if row.keys[0] in hidden or (name in others and family[row.keys[0]] not in trained)
        ]
        for name, part in every.items()
    }


def bank_rows(recipe: Recipe, count: int) -> dict[str, list[str]]:
    """Problems of the bank that a recipe is not trained on, as lines.

    `bank` has other seeds; `bank_new` only combinations of situations that no problem of the
    training seed has.
    """
    seen = {problem.template for problem in itertools.islice(stream(recipe.bank_seed), recipe.bank)}
    fresh = (problem for problem in stream(TEST_SEED) if problem.template not in seen)
    parts = {
        "bank": itertools.islice(stream(TEST_SEED), count),
        "bank_new": itertools.islice(fresh, count),
    }
    return {
        name: [
            Example(p.question, p.graph, p.answer, p.lang, "bank", str(n), p.template).to_line()
            for n, p in enumerate(problems)
        ]
        for name, problems in parts.items()
    }
