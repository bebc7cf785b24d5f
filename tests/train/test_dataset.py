"""What a recipe trains on: rows of files and problems of the bank, varied."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from dagger_core.example import Example
from train.dataset import prepare
from train.problems import stream
from train.recipe import Recipe, load


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    """Rows with distractors of their own, and some problems of the bank."""
    problems = islice(stream(21, "en", 2, ["RED", "OAD"], neat=True), 40)
    rows = [
        Example(p.question, p.graph, p.answer, p.lang, "mine", str(number)).to_line()
        for number, p in enumerate(problems)
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(rows), "utf-8")
    return load("tiny").changed(
        data={"mine": 1}, data_dir=str(tmp_path), asides=["mine"], bank=60, bank_seed=3
    )


def distractors(recipe: Recipe, source: str) -> int:
    found = [one for one in prepare(recipe).samples if one.source == source and one.lang == "en"]
    return sum(len(one.distractors) for one in found)


def test_sentences_of_others_go_into_as_many_problems_as_the_recipe_says(recipe: Recipe) -> None:
    none = recipe.changed(aside_share=0.0)
    many = recipe.changed(aside_share=0.0, bank_aside_share=0.8)
    assert distractors(many, "bank") > 1.5 * distractors(none, "bank")
    assert distractors(recipe.changed(aside_share=0.8), "mine") > distractors(none, "mine")


def test_the_same_recipe_gives_the_same_samples(recipe: Recipe) -> None:
    assert prepare(recipe).samples == prepare(recipe).samples


def test_without_variants_rows_stay_as_they_are(recipe: Recipe) -> None:
    plain = recipe.changed(vary=False, bank_aside_share=0.8, aside_share=0.8)
    texts = {one.text for one in prepare(plain).samples if one.source == "bank"}
    assert texts == {one.text for one in prepare(plain.changed(bank_aside_share=0.0)).samples
                     if one.source == "bank"}  # fmt: skip
