"""Averages of models."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from transformers import AutoModelForCausalLM

from dagger_core.diagnostics import RecipeError
from train.models import scratch_config
from train.recipe import load
from train.soup import average
from train.tokenizer import build_tokenizer


def made(folder: Path, words: str = "a pen and two pens", **shape: int) -> Path:
    small = {"vocab": 320, "hidden": 32, "layers": 2, "heads": 2, **shape}
    recipe = replace(load("tiny"), init="", **small)  # type: ignore[arg-type]
    model = AutoModelForCausalLM.from_config(scratch_config(recipe))
    model.to(torch.bfloat16).save_pretrained(folder)
    build_tokenizer([words] * 50, 700).save_pretrained(folder)
    return folder


def weights(folder: Path) -> dict[str, torch.Tensor]:
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return dict(model.named_parameters())


def test_every_weight_is_the_average(tmp_path: Path) -> None:
    parts = [made(tmp_path / name) for name in "abc"]
    (parts[0] / "dagger.json").write_text('{"format": "compact"}')
    average(parts, tmp_path / "out", (0.5, 0.25, 0.25))
    a, b, c = (weights(part) for part in parts)
    for name, value in weights(tmp_path / "out").items():
        expected = 0.5 * a[name] + 0.25 * b[name] + 0.25 * c[name]
        torch.testing.assert_close(value, expected, rtol=1e-2, atol=1e-4)  # bfloat16
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert [part["share"] for part in record["parts"]] == [0.5, 0.25, 0.25]
    assert (tmp_path / "out" / "dagger.json").is_file()
    assert (tmp_path / "out" / "tokenizer.json").is_file()


def test_models_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one"), made(tmp_path / "two")
    wide = made(tmp_path / "wide", hidden=64)
    foreign = made(tmp_path / "foreign", "quite other words here")
    (tmp_path / "empty").mkdir()
    for folders, shares, said in (
        ([one], (), "at least two"),
        ([one, tmp_path / "empty"], (), "no model.safetensors"),
        ([one, foreign], (), "tokenizers"),
        ([one, wide], (), "layers or widths"),
        ([one, two], (0.5,), "share"),
        ([one, two], (0.7, 0.7), "share"),
        ([one, two], (1.0, 0.0), "share"),
    ):
        with pytest.raises(RecipeError, match=said):
            average(folders, tmp_path / "out", shares)
    assert not (tmp_path / "out").exists()
