"""What every run shares, by SFT or GRPO: arguments, callbacks, resuming, what is left behind."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import PrinterCallback

from dagger_core.diagnostics import RecipeError
from train.batches import device_count, share_out
from train.checkpoints import FOLDER, StopOnSignal, last_checkpoint
from train.dataset import LeftOut
from train.models import Start, mix_in_start, save_model
from train.pace import Clock
from train.recipe import Recipe
from train.record import Record, RunResult
from train.reporting import EventCallback

#: The folder of weights within that of a run; models to choose from are looked for there.
MODEL = "adapter"


@dataclass(frozen=True)
class Prepared:
    """What a run trains on.

    Args:
        samples: how many rows there are.
        data: their hash.
        left_out: rows that are not trained on, by source and reason.
    """

    samples: int
    data: str
    left_out: LeftOut


class Run:
    """One run in its folder: made before its trainer, asked to train it afterwards.

    Attributes:
        clock, events: callbacks of the run; the trainer gets them.
        resumed: the checkpoint it goes on from.

    Raises:
        RecipeError: the folder holds a run of another recipe.
    """

    def __init__(self, method: str, recipe: Recipe, out: Path) -> None:
        self.method, self.recipe, self.out = method, recipe, out
        self.clock = Clock(recipe.max_minutes, recipe.save_minutes)
        self.events = EventCallback(out, recipe.max_minutes)
        self._stop = StopOnSignal()
        self.resumed = last_checkpoint(out, recipe)

    @property
    def callbacks(self) -> list[Any]:
        """What the trainer is to call, besides the clock."""
        return [self._stop, self.events]

    def train(self, trainer: Any, start: Start, prepared: Prepared) -> RunResult:
        """Train to the end or until a signal comes, and save what was learned.

        Raises:
            RecipeError: `start_share` for weights in shards.
        """
        if self.recipe.start_share and (trainer.is_fsdp_enabled or trainer.is_deepspeed_enabled):
            raise RecipeError("start-share-needs")
        parameters, trained = _counts(trainer.model)
        trainer.remove_callback(PrinterCallback)  # every metric there is, a screen of them a step
        began = time.monotonic()
        with self._stop.listening():
            done = trainer.train(resume_from_checkpoint=self.resumed)
        seconds = time.monotonic() - began
        folder = self.out / MODEL
        result = RunResult(
            folder,
            done.global_step,
            prepared.samples,
            done.training_loss,
            seconds,
            self._stop.asked and done.global_step < trainer.state.max_steps,
        )
        if self.recipe.start_share:
            mix_in_start(trainer.model, self.recipe)
        save_model(trainer, start.tokenizer, folder)
        if trainer.args.should_save:
            left_out = {f"{name}: {why}": n for (name, why), n in prepared.left_out.items()}
            Record(
                self.method,
                self.recipe,
                result,
                parameters,
                trained,
                prepared.data,
                left_out,
                _last_metrics(trainer.state.log_history),
                start.trains_adapter,
            ).write()
        return result


def arguments(recipe: Recipe, out: Path) -> dict[str, Any]:
    """The arguments that SFTConfig and GRPOConfig share.

    Raises:
        RecipeError: the batch cannot be divided among devices and micro-batches.
    """
    micro, accumulation = share_out(recipe, device_count())
    gpu = torch.cuda.is_available()
    named: dict[str, Any] = {
        "output_dir": str(out / FOLDER),
        "per_device_train_batch_size": micro,
        "per_device_eval_batch_size": micro,
        "gradient_accumulation_steps": accumulation,
        "learning_rate": recipe.learning_rate,
        "weight_decay": recipe.weight_decay,
        "adam_beta2": recipe.beta2,
        "max_grad_norm": recipe.max_grad_norm,
        "optim": "adamw_torch_fused",
        "num_train_epochs": recipe.epochs,
        "max_steps": recipe.max_steps or -1,
        "warmup_steps": recipe.warmup_steps or recipe.warmup,
        "bf16": recipe.bf16,
        "use_cpu": not gpu,
        "activation_checkpointing": recipe.gradient_checkpointing,
        "dataloader_pin_memory": gpu,
        "save_strategy": "steps" if recipe.save_steps else "no",
        "save_steps": recipe.save_steps or 1,
        "save_total_limit": recipe.keep,
        "eval_strategy": "steps" if recipe.eval_steps else "no",
        "eval_steps": recipe.eval_steps or None,
        "eval_on_start": bool(recipe.eval_steps),
        "load_best_model_at_end": recipe.keep_best,
        "metric_for_best_model": "eval_loss" if recipe.keep_best else None,
        "logging_steps": recipe.log_steps,
        "report_to": recipe.report_to,
        "run_name": out.name,
        "seed": recipe.seed,
        "disable_tqdm": True,
    }
    if recipe.schedule != "clock":
        named["lr_scheduler_type"] = recipe.schedule
    if recipe.schedule == "cosine_with_min_lr":
        named["lr_scheduler_kwargs"] = {"min_lr": recipe.min_learning_rate}
    return named


def _counts(model: torch.nn.Module) -> tuple[int, int]:
    """All parameters, and those that are trained."""
    values = list(model.parameters())
    return sum(v.numel() for v in values), sum(v.numel() for v in values if v.requires_grad)


def _last_metrics(history: list[dict[str, Any]]) -> dict[str, Any]:
    """The last value of every metric that was logged."""
    last: dict[str, Any] = {}
    for logged in history:
        last.update({name: value for name, value in logged.items() if value is not None})
    return last
