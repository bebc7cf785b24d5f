"""Seconds of a GRPO step beside a bare TRL script of the same configuration, and what ours adds.

    python -m bench.grpo [--model models/dagger-mini] [--steps 4] [--rounds 2]

Both train the same model on the same prompts of the bank, in turns within one run, so that a busy
machine slows both alike. The bare script has the same GRPOConfig and a reward function that only
calls `dagger_core`: no events, no samples, no clock, no atomic checkpoints.

Prints the best mean CPU seconds of a step of each, their ratio, and the share of a step that is
spent in our reward functions.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from transformers import set_seed
from trl import GRPOTrainer

from dagger_core.formats import FORMATS
from dagger_core.score import score_written
from train import grpo
from train.models import open_model
from train.recipe import Recipe, load
from train.rewards import Reward, text_of
from train.tasks import read_tasks

READ = FORMATS["compact"].read


class Stopwatch:
    """CPU seconds within the training loops and the reward functions that it is put around."""

    def __init__(self) -> None:
        self.training = self.rewards = 0.0

    def around(self, owner: type, name: str, kind: str) -> None:
        """Time a method of a class from now on."""
        method = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return method(*arguments, **named)
            finally:
                setattr(self, kind, getattr(self, kind) + time.process_time() - began)

        setattr(owner, name, timed)

    def take(self) -> tuple[float, float]:
        """What was measured since the last time."""
        taken = self.training, self.rewards
        self.training = self.rewards = 0.0
        return taken


def bare_reward(prompts: Any, completions: Any, **columns: Any) -> list[float]:
    """What a person would write first."""
    rewards = []
    rows = zip(completions, columns["question"], columns["solution"], strict=True)
    for completion, question, gold in rows:
        graph = READ(text_of(completion), question).graph
        rewards.append(0.0 if graph is None else score_written(graph, gold).total)
    return rewards


def bare(recipe: Recipe, out: Path) -> None:
    """The same training without this project's trainer, callbacks and rewards."""
    set_seed(recipe.seed)
    tasks = read_tasks(recipe)
    start = open_model(recipe)
    trainer = GRPOTrainer(
        model=start.model,
        args=grpo.config(recipe, out, [1.0]),
        reward_funcs=bare_reward,
        train_dataset=grpo.prompts(tasks.train, recipe, start.tokenizer, tasks.left_out),
        processing_class=start.tokenizer,
        peft_config=start.adapter,
    )
    trainer.train()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="models/dagger-mini")
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    watch = Stopwatch()
    watch.around(Reward, "__call__", "rewards")
    # Ours is a subclass, so both train by it.
    watch.around(GRPOTrainer, "train", "training")
    with tempfile.TemporaryDirectory() as folder:
        recipe = load("shipped-grpo").changed(
            init=options.model, max_steps=options.steps, max_minutes=0, save_minutes=0,
            schedule="constant", bank=200, bank_unlike=0, eval_bank=0, eval_steps=0,
        )  # fmt: skip
        ours, bares, shares = [], [], []
        for number in range(options.rounds):
            for name, run in (("ours", grpo.run), ("bare", bare)):
                run(recipe, Path(folder, f"{name}{number}"))
                training, rewards = watch.take()
                (ours if name == "ours" else bares).append(training / options.steps)
                if name == "ours":
                    shares.append(rewards / training)
    print(f"CPU seconds of a step: ours {min(ours):.3f}, bare TRL {min(bares):.3f}")
    print(f"ratio {min(ours) / min(bares):.3f}, share of our reward {min(shares):.2%}")


if __name__ == "__main__":
    main()
