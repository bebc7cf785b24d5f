"""TRL's trainers as recipes have them: our optimizer and schedules, and whole checkpoints."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any
from unittest.mock import patch

import torch
from trl import GRPOTrainer, SFTTrainer
from trl.trainer import utils

from train.checkpoints import AtomicCheckpoints
from train.optimizer import MuonWithAdamW
from train.pace import Clock, schedule
from train.recipe import Recipe


class FollowsRecipe(AtomicCheckpoints):
    """A trainer with the optimizer and the learning rate of a recipe."""

    def __init__(self, *arguments: Any, recipe: Recipe, clock: Clock, **named: Any) -> None:
        self._recipe, self._clock = recipe, clock
        named["callbacks"] = [clock, *named.get("callbacks", ())]
        super().__init__(*arguments, **named)

    def train(self, *arguments: Any, **named: Any) -> Any:
        """Trains; on a CPU, too, the output layer is computed only where a token is learned.

        TRL does so where it has Triton. Elsewhere it computes all positions, prompts and padding
        as well, so that shapes stay the same for devices that compile for a shape; of a step of
        a small model that is up to two thirds.
        """
        anywhere = patch.object(utils, "_use_triton", lambda device: True, create=True)
        with anywhere if self.args.use_cpu else nullcontext():
            return super().train(*arguments, **named)

    def create_optimizer(self, *arguments: Any) -> torch.optim.Optimizer:
        """The optimizer of the recipe."""
        recipe = self._recipe
        if recipe.optimizer != "muon":
            return super().create_optimizer(*arguments)
        self.optimizer = MuonWithAdamW(
            self.model, recipe.learning_rate, recipe.weight_decay, recipe.beta2
        )
        return self.optimizer

    def create_scheduler(
        self, num_training_steps: int, optimizer: torch.optim.Optimizer | None = None
    ) -> Any:
        """The schedule of the recipe; `clock` follows the minutes, too."""
        if self._recipe.schedule != "clock":
            return super().create_scheduler(num_training_steps, optimizer)
        shape = schedule(self._recipe.warmup, self._recipe.decay)
        self._clock.max_steps = num_training_steps
        self.lr_scheduler = torch.optim.lr_scheduler.LambdaLR(
            optimizer or self.optimizer, lambda step: shape(self._clock.progress(step))
        )
        return self.lr_scheduler


class Sft(FollowsRecipe, SFTTrainer):  # type: ignore[misc]
    """SFTTrainer as a recipe has it."""


class Grpo(FollowsRecipe, GRPOTrainer):  # type: ignore[misc]
    """GRPOTrainer as a recipe has it."""
