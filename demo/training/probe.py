"""A few groups sampled before GRPO: where all answers earn the same, nothing would be learned."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from dagger_core.diagnostics import JobError
from dagger_core.generate import LocalGenerator, Settings
from dagger_core.numerals.show import written
from train.recipe import Recipe
from train.rewards import Rewards
from train.tasks import Task

#: Prompts that are sampled, and most completions of each.
_PROMPTS, _MOST = 6, 8


@dataclass(frozen=True)
class Group:
    """One prompt, and what each of its completions earned."""

    question: str
    rewards: tuple[float, ...]

    @property
    def spread(self) -> float:
        """Standard deviation of the rewards; 0 is a group that teaches nothing."""
        return statistics.pstdev(self.rewards)

    @property
    def mean(self) -> float:
        """Mean of the rewards."""
        return statistics.fmean(self.rewards)


@dataclass(frozen=True)
class Probe:
    """What a few groups of the starting model say about a run.

    Args:
        seconds: of a completion, in a batch.
        steps: that the whole run has.
        minutes: that the sampling of the whole run would take at this pace.
        most: minutes after which the run ends in any case; 0 is no limit.
    """

    groups: tuple[Group, ...]
    seconds: float
    steps: int
    minutes: float
    most: float


def probe(recipe: Recipe, tasks: Sequence[Task], prompts: int) -> Probe:
    """Sample groups of a recipe's starting model and pay them as the training would.

    Args:
        prompts: how many prompts the run has, of which the tasks may be a part.

    Raises:
        JobError: it starts from nothing, or has no prompt with a right answer.
        GenerationError: the model cannot be had, or does not write.
    """
    usable = [task for task in tasks if task.gold is not None]
    if not recipe.init or not usable:
        raise JobError("nothing-to-probe")
    some = usable[:: max(1, len(usable) // _PROMPTS)][:_PROMPTS]
    count = min(recipe.generations, _MOST)
    settings = Settings(
        temperature=recipe.temperature,
        top_p=recipe.top_p,
        top_k=recipe.top_k,
        max_new_tokens=recipe.max_completion_length,
        seed=recipe.seed,
        format=recipe.format,
    )
    generator = LocalGenerator(recipe.init, constrained=False)
    generator.warm()
    asked = [task for task in some for _ in range(count)]
    began = time.monotonic()
    answers = generator.generate_batch([task.question for task in asked], settings)
    seconds = (time.monotonic() - began) / len(asked)
    earned = _paid(recipe, asked, [one.text for one in answers])
    groups = tuple(
        Group(task.question, tuple(earned[place * count : (place + 1) * count]))
        for place, task in enumerate(some)
    )
    steps = recipe.max_steps or math.ceil(
        recipe.epochs * prompts * recipe.generations / recipe.batch
    )
    minutes = steps * recipe.batch * seconds / 60
    return Probe(groups, seconds, steps, minutes, recipe.max_minutes)


def _paid(recipe: Recipe, tasks: Sequence[Task], texts: Sequence[str]) -> list[float]:
    """What each text earns, by the reward functions of the training."""
    rewards = Rewards(recipe)
    columns = {
        "question": [task.question for task in tasks],
        "solution": [_gold(task) for task in tasks],
        "graph": ["" if task.graph is None else task.graph.to_json() for task in tasks],
    }
    for function in rewards.functions:
        function(None, texts, **columns)
    return [rewards.total(place) for place in range(len(texts))]


def _gold(task: Task) -> str:
    return task.gold if isinstance(task.gold, str) else str(written(task.gold or 0))
