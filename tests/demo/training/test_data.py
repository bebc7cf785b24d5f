"""The data of a job: the accepted graphs, files, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dagger_core.diagnostics import DaggerError
from demo.services import Services
from demo.training.checks import permitted
from demo.training.data import Look, choose, count_accepted, histogram, located, look
from tests.demo.train_app import keep, services
from train.recipe import Recipe, load
from train.tasks import read_tasks

KEPT = 8
RECIPE = load("tiny").changed(bank=20, vocab=600)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("data")
    keep(folder, KEPT)
    made = services(folder, public=True)
    yield made
    made.store.close()


def looked(behind: Services, folder: Path, recipe: Recipe, kind: str, path: str = "") -> Look:
    chosen = choose(behind, recipe, kind, path, 0.5)
    found = located(chosen, folder)
    return look(chosen, found, read_tasks(found))


def test_accepted_graphs_that_are_right_are_trained_on(behind: Services, tmp_path: Path) -> None:
    assert count_accepted(behind) == KEPT + 1
    found = looked(behind, tmp_path, RECIPE, "kept")
    assert found.samples + found.held_out == KEPT + 20
    assert 0 < found.held_out < KEPT
    ((where, why),) = found.left_out
    assert where == "examples"
    assert "987,654,321" in why.text("en")
    assert "উত্তর" in why.text("bn")
    assert len(found.lengths) == found.samples
    assert min(found.lengths) > 3


def test_of_a_large_bank_a_part_is_looked_at(behind: Services, tmp_path: Path) -> None:
    found = looked(behind, tmp_path, RECIPE.changed(bank=50_000), "recipe")
    assert (found.samples, found.bank) == (50_000, 50_000)
    assert found.bank_looked == len(found.lengths) < 1000


def test_file_of_published_rows(behind: Services, tmp_path: Path) -> None:
    from annotate.exchange import export

    path = tmp_path / "mine.jsonl"
    export(behind.store.examples(), path, "sft")
    found = looked(behind, tmp_path, RECIPE.changed(bank=0, dataset="x"), "file", str(path))
    assert found.samples == KEPT


def test_tokenizer_that_cannot_be_had_is_said(behind: Services, tmp_path: Path) -> None:
    found = looked(behind, tmp_path, RECIPE.changed(init=str(tmp_path / "gone")), "recipe")
    assert found.samples == 20
    assert not found.lengths
    assert found.unmeasured


@pytest.mark.parametrize(("kind", "path"), [("file", ""), ("file", None), ("x", ""), (None, "")])
def test_no_data(behind: Services, kind: str, path: str) -> None:
    with pytest.raises(DaggerError):
        choose(behind, RECIPE, kind, path, 0.1)


def test_histogram_counts_every_sample() -> None:
    lengths = [*range(30, 230), 1000]
    (chart,) = histogram(lengths, "en")
    counts = chart["series"][0]["points"]
    assert sum(count for _, count in counts) == len(lengths)
    assert counts[0][0] == 30
    assert counts[-1] == (counts[-1][0], 1.0)
    assert len(counts) <= 24
    assert chart["bars"]
    assert histogram([], "en") == []
    assert len(histogram([5, 5], "bn")[0]["series"][0]["points"]) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"init": "/etc"}, "init"),
        ({"init": "gpt2"}, "init"),
        ({"dataset": "/etc/passwd"}, "dataset"),
        ({"dataset": "../../x.jsonl"}, "dataset"),
        ({"dataset": "tests"}, "dataset"),
        ({"eval_dataset": "/etc/passwd"}, "eval_dataset"),
        ({"data_dir": "/etc", "data": {"passwd": 1}}, "data_dir"),
        ({"data": {"../x": 1}}, "data"),
        ({"vllm_url": "http://10.0.0.1"}, "vllm_url"),
        ({"report_to": "wandb"}, "report_to"),
        ({"max_steps": 51}, "max_steps"),
        ({"max_steps": 0}, "max_steps"),
        ({"max_minutes": 6.0}, "max_minutes"),
    ],
)
def test_public_app_trains_only_on_what_it_offers(
    behind: Services, changes: dict[str, object], field: str
) -> None:
    chosen = choose(behind, RECIPE.changed(**changes), "recipe", None, 0)
    said = [str(error) for error in permitted(behind, chosen, frozenset({"", "mine"}))]
    assert any(field in one for one in said)


def test_public_app_permits_what_is_on_its_lists(behind: Services, tmp_path: Path) -> None:
    for kind in ("recipe", "kept"):
        chosen = choose(behind, RECIPE.changed(init="mine"), kind, None, 0.1)
        assert not list(permitted(behind, chosen, frozenset({"", "mine"})))
    hub = choose(behind, RECIPE.changed(dataset="dipta007/dagger"), "recipe", None, 0)
    assert not list(permitted(behind, hub, frozenset({""})))
