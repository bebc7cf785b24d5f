"""Models of runs."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

from dataclasses import replace

import torch
from transformers import AutoModelForCausalLM

from train.models import drop_out, mix_in_start, scratch_config
from train.recipe import load
from train.tokenizer import build_tokenizer


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


def test_a_share_of_the_start_is_mixed_in(tmp_path: Path) -> None:
    tiny = replace(load("tiny"), vocab=64, hidden=32, layers=2, heads=2)
    config = scratch_config(replace(tiny, init=""))
    start, model = (AutoModelForCausalLM.from_config(config) for _ in range(2))
    start.save_pretrained(tmp_path)
    build_tokenizer(["a pen and two pens"], 300).save_pretrained(tmp_path)
    learned = {name: value.clone() for name, value in model.state_dict().items()}
    mix_in_start(model, replace(tiny, init=str(tmp_path), lora_r=0, start_share=0.25))
    for name, value in model.state_dict().items():
        expected = 0.25 * start.state_dict()[name] + 0.75 * learned[name]
        torch.testing.assert_close(value, expected)
