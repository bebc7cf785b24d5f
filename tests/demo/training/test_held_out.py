"""Two models on problems that neither was trained on, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("trl")

import torch

from dagger_core.diagnostics import DaggerError
from dagger_core.generate.catalog import Catalog
from demo.training import held_out
from train.jobs import Job, Status
from train.jobs.job import RECIPE
from train.recipe import load
from train.sft import run


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job that is done; nothing that it held out is in its recipe."""
    torch.set_num_threads(1)
    recipe = load("tiny").changed(max_steps=1, bank=32, eval_bank=0)
    job = Job(tmp_path / "runs" / "20260101-000000-000-tiny")
    run(recipe, job.folder)
    (job.folder / RECIPE).write_text(recipe.to_toml(), "utf-8")
    job.write(Status("done", "sft", recipe="tiny"))
    return job


@pytest.fixture
def catalog(job: Job) -> Catalog:
    return Catalog(job.folder.parents[1] / "models", job.folder.parent)


def test_both_answer_the_same_problems(job: Job, catalog: Catalog) -> None:
    assert held_out.kept(job) is None
    told = list(held_out.ask_both(catalog, job, f"runs/{job.name}", 2))
    assert told[-1] == (4, 4)
    assert sorted(told) == told
    outcome = held_out.kept(job)
    assert outcome is not None
    before, after, found = outcome
    assert before["model"] == after["model"]
    assert len(found.pairs) == 2
    assert found.unmatched == 0


def test_closed_early_it_keeps_nothing(job: Job, catalog: Catalog) -> None:
    asking = held_out.ask_both(catalog, job, f"runs/{job.name}", 5)
    next(asking)
    asking.close()
    with pytest.raises(StopIteration):
        next(asking)
    assert held_out.kept(job) is None


def test_a_model_that_is_none_is_told(job: Job, catalog: Catalog) -> None:
    with pytest.raises(DaggerError, match="no-such"):
        list(held_out.ask_both(catalog, job, "runs/no-such", 2))


@pytest.mark.parametrize("written", ["", "[]", '["gone.json", "gone.json"]', "{"])
def test_an_outcome_that_cannot_be_read_is_none(job: Job, written: str) -> None:
    (job.folder / "before_after.json").write_text(written, "utf-8")
    assert held_out.kept(job) is None
