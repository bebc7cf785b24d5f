"""Soup: the average of the weights of models that were trained from the same start.

Often better than each of them, at the cost of one: Wortsman et al. 2022 (arXiv 2203.05482).
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from dagger_core.diagnostics import RecipeError
from dagger_core.generate.catalog import ABOUT
from train.record import RECORD, versions

_WEIGHTS = "model.safetensors"


def average(folders: Sequence[Path], out: Path, shares: Sequence[float] = ()) -> None:
    """Write the average of models as a model, in bfloat16, with the first one's tokenizer.

    Args:
        folders: at least two, with `config.json`, `model.safetensors` and a tokenizer.
        shares: how much of each, together 1; equal if empty.

    Raises:
        RecipeError: the models do not go together, or the shares do not fit them.
    """
    shares = tuple(shares) or (1 / len(folders),) * len(folders)
    _check(folders, shares)
    model = AutoModelForCausalLM.from_pretrained(folders[0], dtype=torch.float32)
    mixed = dict(model.named_parameters())  # which has tied weights once
    with torch.no_grad():
        for value in mixed.values():
            value.mul_(shares[0])
        for folder, share in zip(folders[1:], shares[1:], strict=True):
            other = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
            theirs = dict(other.named_parameters())
            if {k: v.shape for k, v in theirs.items()} != {k: v.shape for k, v in mixed.items()}:
                raise RecipeError(f"{folder} and {folders[0]} differ in layers or widths.")
            for name, value in mixed.items():
                value.add_(theirs[name], alpha=share)
    out.mkdir(parents=True, exist_ok=True)
    model.to(torch.bfloat16).save_pretrained(out)
    AutoTokenizer.from_pretrained(folders[0]).save_pretrained(out)
    if (folders[0] / ABOUT).is_file():
        shutil.copy(folders[0] / ABOUT, out)
    (out / RECORD).write_text(_record(folders, shares), "utf-8")


def _check(folders: Sequence[Path], shares: Sequence[float]) -> None:
    if len(folders) < 2:
        raise RecipeError("An average takes at least two models.")
    for folder in folders:
        if not (folder / _WEIGHTS).is_file():
            raise RecipeError(
                f"{folder} has no {_WEIGHTS}. Only whole models can be averaged, no adapters."
            )
    if len({(folder / "tokenizer.json").read_bytes() for folder in folders}) > 1:
        raise RecipeError("The models have different tokenizers, so their weights differ in kind.")
    if len(shares) != len(folders) or not math.isclose(sum(shares), 1) or min(shares) <= 0:
        raise RecipeError("There must be a share above 0 for every model, together 1.")


def _record(folders: Sequence[Path], shares: Sequence[float]) -> str:
    """The record of a soup: of what it is made, with the record of every part that has one."""
    parts = []
    for folder, share in zip(folders, shares, strict=True):
        digest = hashlib.sha256((folder / _WEIGHTS).read_bytes()).hexdigest()
        own = folder / RECORD
        record = json.loads(own.read_text("utf-8")) if own.is_file() else None
        parts.append({"share": share, "weights_sha256": digest, "record": record})
    made = {"method": "average", "parts": parts, "versions": versions()}
    return json.dumps(made, indent=2) + "\n"
