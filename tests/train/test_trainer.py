"""The trainers: TRL's losses, without its work at positions that nothing is learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trl")

import torch
from trl.trainer import utils

from train import grpo, sft
from train.recipe import load
from train.trainer import FollowsRecipe


@pytest.fixture
def positions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many positions the output layer is computed at, step by step."""
    torch.set_num_threads(1)
    counted: list[int] = []
    head = utils._ChunkedLogProbFunction
    apply = head.apply

    def count(hidden: torch.Tensor, *rest: Any) -> Any:
        counted.append(len(hidden))
        return apply(hidden, *rest)

    monkeypatch.setattr(head, "apply", count)
    return counted


@pytest.mark.parametrize("method", [sft, grpo], ids=["sft", "grpo"])
def test_output_layer_is_computed_where_something_is_learned(
    method: Any, positions: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changes = {"max_steps": 1, "eval_steps": 0, "bank": 32}
    if method is grpo:
        changes |= {"batch": 8, "generations": 4, "mask_truncated": False}
    recipe = load("tiny").changed(**changes)
    ours = method.run(recipe, tmp_path / "ours")
    monkeypatch.delattr(FollowsRecipe, "train")
    plain = method.run(recipe, tmp_path / "plain")
    few, all_of_them = positions
    assert 0 < few < 0.6 * all_of_them
    assert ours.loss == pytest.approx(plain.loss, abs=1e-6)


def test_trl_is_as_it_was_afterwards(tmp_path: Path) -> None:
    before = utils._use_triton
    sft.run(load("tiny").changed(max_steps=1, bank=32), tmp_path)
    assert utils._use_triton is before
