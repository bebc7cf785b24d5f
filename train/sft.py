"""Supervised fine-tuning: a recipe in, a model folder out.

The model starts from random weights and a tokenizer of its own, or from a model that is there.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    Qwen3Config,
    set_seed,
)
from trl import SFTConfig

from train.dataset import prepare, tokenize
from train.recipe import Recipe
from train.tokenizer import build_tokenizer
from train.trainer import GraphTrainer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from train.samples import Sample

_TOKENIZER_SAMPLES = 40_000
_POSITIONS = 1024


@dataclass(frozen=True)
class RunResult:
    """What a training run left behind.

    Args:
        model: the folder with weights, tokenizer, recipe and `run.json`.
        steps: optimizer steps done.
        samples: samples prepared.
        loss: mean training loss of the whole run.
        seconds: of training alone.
    """

    model: Path
    steps: int
    samples: int
    loss: float
    seconds: float


def run(recipe: Recipe, out: Path) -> RunResult:
    """Trains and saves a model to `out`; checkpoints go to `out/checkpoints`.

    Raises:
        RecipeError: data that the recipe names cannot be had.
    """
    set_seed(recipe.seed)
    prepared = prepare(recipe)
    model, tokenizer = _model(recipe, prepared.samples)
    dataset = tokenize(prepared.samples, tokenizer, recipe)
    trainer = GraphTrainer(
        recipe=recipe,
        model=model,
        args=_arguments(recipe, out, len(dataset)),
        train_dataset=dataset,
        processing_class=tokenizer,
    )
    started = time.monotonic()
    done = trainer.train()
    seconds = time.monotonic() - started
    result = RunResult(out, done.global_step, len(dataset), done.training_loss, seconds)
    save(model, tokenizer, out)
    (out / "recipe.toml").write_text(replace(recipe, data_dir="").to_toml(), "utf-8")
    left_out = {f"{name}: {why}": count for (name, why), count in prepared.left_out.items()}
    record = {
        "steps": result.steps,
        "samples": result.samples,
        "loss": result.loss,
        "seconds": round(seconds),
        "parameters": model.num_parameters(),
        "left_out": left_out,
    }
    (out / "run.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    return result


def save(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, out: Path) -> None:
    """Saves a model in bfloat16 with its tokenizer, as the Auto classes load them."""
    model.config.use_cache = True  # the trainer switches it off, and writing needs it
    model.to(torch.bfloat16).save_pretrained(out)
    tokenizer.save_pretrained(out)


def _model(
    recipe: Recipe, samples: Sequence[Sample]
) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    if recipe.init:
        model = AutoModelForCausalLM.from_pretrained(recipe.init, dtype=torch.float32)
        return model, AutoTokenizer.from_pretrained(recipe.init)
    texts = (text for s in samples[:_TOKENIZER_SAMPLES] for text in (s.prompt, s.answer))
    tokenizer = build_tokenizer(texts, recipe.vocab)
    config = Qwen3Config(
        vocab_size=recipe.vocab,
        hidden_size=recipe.hidden,
        intermediate_size=recipe.hidden * 8 // 3 // 32 * 32,
        num_hidden_layers=recipe.layers,
        num_attention_heads=recipe.heads,
        num_key_value_heads=recipe.heads,
        head_dim=recipe.hidden // recipe.heads,
        max_position_embeddings=_POSITIONS,
        tie_word_embeddings=True,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return AutoModelForCausalLM.from_config(config), tokenizer


def _arguments(recipe: Recipe, out: Path, samples: int) -> SFTConfig:
    epoch = -(-samples // recipe.batch)
    return SFTConfig(
        output_dir=str(out / "checkpoints"),
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        weight_decay=recipe.weight_decay,
        adam_beta2=recipe.beta2,
        optim="adamw_torch_fused",
        max_steps=recipe.max_steps or max(1, round(epoch * recipe.epochs)),
        bf16=recipe.bf16,
        use_cpu=not torch.cuda.is_available(),
        activation_checkpointing=False,
        max_length=None,
        shuffle_dataset=False,
        dataset_kwargs={"skip_prepare_dataset": True},
        train_sampling_strategy="group_by_length",
        dataloader_pin_memory=torch.cuda.is_available(),
        save_strategy="steps" if recipe.save_steps else "no",
        save_steps=recipe.save_steps or 1,
        save_total_limit=2,
        logging_steps=recipe.log_steps,
        report_to="none",
        seed=recipe.seed,
        disable_tqdm=True,
    )
