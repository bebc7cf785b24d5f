"""TRL's SFTTrainer with our optimizer, a schedule by the clock, and a loss that skips prompts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch
from transformers import PreTrainedModel, TrainerCallback
from trl import SFTTrainer

from train.optimizer import MuonWithAdamW
from train.recipe import Recipe


class Clock(TrainerCallback):  # type: ignore[misc]
    """Knows how much of a run is over, by steps or by minutes, and ends it in time."""

    def __init__(self, max_steps: int, max_minutes: float) -> None:
        self.max_steps = max_steps
        self.max_seconds = max_minutes * 60
        self.started = time.monotonic()

    def progress(self, step: int) -> float:
        """The share of the run that is over, in [0, 1]."""
        share = step / self.max_steps
        if self.max_seconds:
            share = max(share, (time.monotonic() - self.started) / self.max_seconds)
        return min(share, 1.0)

    def on_train_begin(self, *_: Any, **__: Any) -> None:
        """Starts the clock: loading and preparing do not count."""
        self.started = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Ends the run when its time is over."""
        if self.progress(state.global_step) >= 1.0:
            control.should_training_stop = True


class GraphTrainer(SFTTrainer):  # type: ignore[misc]
    """SFTTrainer whose learning rate follows the clock: it rises, stays, and falls to zero."""

    def __init__(self, recipe: Recipe, **arguments: Any) -> None:
        self._recipe = recipe
        self._clock = Clock(arguments["args"].max_steps, recipe.max_minutes)
        super().__init__(callbacks=[self._clock], **arguments)

    def create_optimizer(self, *arguments: Any) -> torch.optim.Optimizer:
        """The optimizer of the recipe."""
        recipe = self._recipe
        if recipe.optimizer == "adamw":
            return super().create_optimizer(*arguments)
        self.optimizer = MuonWithAdamW(
            self.model, recipe.learning_rate, recipe.weight_decay, recipe.beta2
        )
        return self.optimizer

    def create_scheduler(
        self, num_training_steps: int, optimizer: torch.optim.Optimizer | None = None
    ) -> Any:
        """The schedule of the recipe."""
        shape = schedule(self._recipe.warmup, self._recipe.decay)
        self.lr_scheduler = torch.optim.lr_scheduler.LambdaLR(
            optimizer or self.optimizer, lambda step: shape(self._clock.progress(step))
        )
        return self.lr_scheduler

    def compute_loss(
        self,
        model: PreTrainedModel,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> Any:
        """The mean loss of the labelled tokens.

        TRL's fused head computes all positions on a CPU, which is 58% of a step where one
        position in ten has a label.
        """
        hidden = model.base_model(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], use_cache=False
        ).last_hidden_state[:, :-1]
        labels = inputs["labels"][:, 1:]
        learned = labels != -100
        logits = model.get_output_embeddings()(hidden[learned]).float()
        total = torch.nn.functional.cross_entropy(logits, labels[learned], reduction="sum")
        loss = total / (learned.sum() if num_items_in_batch is None else num_items_in_batch)
        return (loss, None) if return_outputs else loss


def schedule(warmup: float, decay: float) -> Callable[[float], float]:
    """A factor for the learning rate by the share of the run that is over."""

    def factor(share: float) -> float:
        rising = (share + 1e-3) / warmup if warmup else 1.0
        falling = (1.0 - share) / decay if decay else 1.0
        return max(0.0, min(1.0, rising, falling))

    return factor
