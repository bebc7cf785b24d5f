"""Models of runs."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from dataclasses import replace

import torch
from transformers import AutoModelForCausalLM

from train.models import drop_out, scratch_config
from train.recipe import load


def test_dropout_is_for_training_only_and_is_not_saved() -> None:
    config = scratch_config(replace(load("tiny"), init="", vocab=64, hidden=32, layers=2, heads=2))
    model = AutoModelForCausalLM.from_config(config)
    before = set(model.state_dict())
    tokens = torch.tensor([[3, 4, 5, 6]])
    model.eval()
    clean = model(tokens).logits
    drop_out(model, 0.5)
    assert torch.equal(model(tokens).logits, clean)
    assert set(model.state_dict()) == before
    model.train()
    assert not torch.equal(model(tokens).logits, model(tokens).logits)
