"""TRL's trainers as recipes have them: our optimizer and schedules, and whole checkpoints."""

from __future__ import annotations

from typing import Any

import torch
from transformers import PreTrainedModel
from trl import GRPOTrainer, SFTTrainer

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


class SparseSft(Sft):
    """The same with an output layer at labelled positions only, for a small model on a CPU.

    TRL's fused head computes all positions there, which is 58% of a step where one position in
    ten has a label.
    """

    def compute_loss(
        self,
        model: PreTrainedModel,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> Any:
        """The mean loss of the labelled tokens."""
        hidden = model.base_model(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], use_cache=False
        ).last_hidden_state[:, :-1]
        labels = inputs["labels"][:, 1:]
        learned = labels != -100
        logits = model.get_output_embeddings()(hidden[learned]).float()
        total = torch.nn.functional.cross_entropy(logits, labels[learned], reduction="sum")
        loss = total / (learned.sum() if num_items_in_batch is None else num_items_in_batch)
        return (loss, None) if return_outputs else loss


class Grpo(FollowsRecipe, GRPOTrainer):  # type: ignore[misc]
    """GRPOTrainer as a recipe has it."""
