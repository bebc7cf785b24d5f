"""How much may be trained here: steps, minutes and jobs, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dagger_core.diagnostics import JobError
from train.recipe import Recipe

STEPS, MINUTES = "DAGGER_TRAIN_STEPS", "DAGGER_TRAIN_MINUTES"
SLOTS, WAITING = "DAGGER_TRAIN_JOBS", "DAGGER_TRAIN_QUEUE"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may ask for.

    Args:
        steps: most optimizer steps of a job; 0 is no limit.
        minutes: most minutes of a job; 0 is no limit.
        slots: jobs that run at once.
        waiting: most jobs that wait; 0 is no limit.
    """

    steps: int = 0
    minutes: float = 0.0
    slots: int = 1
    waiting: int = 0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, public: bool) -> Limits:
        """The limits of an app: none on a person's own machine unless the environment says.

        Raises:
            JobError: a setting is no number.
        """
        base = cls(2000, 60.0, 1, 5) if public else cls()
        return cls(
            int(_number(environ, STEPS, base.steps)),
            _number(environ, MINUTES, base.minutes),
            max(1, int(_number(environ, SLOTS, base.slots))),
            int(_number(environ, WAITING, base.waiting)),
        )

    def fitted(self, recipe: Recipe) -> Recipe:
        """The recipe, cut to what may be trained here."""
        steps, minutes = recipe.max_steps, recipe.max_minutes
        if self.steps:
            steps = min(steps or self.steps, self.steps)
        if self.minutes:
            minutes = min(minutes or self.minutes, self.minutes)
        return recipe.changed(max_steps=steps, max_minutes=minutes)

    def check(self, recipe: Recipe) -> None:
        """Whether a recipe keeps within the limits.

        Raises:
            JobError: it does not; the text names the field and what to set.
        """
        if self.steps and not 0 < recipe.max_steps <= self.steps:
            raise JobError("job-too-many-steps", limit=self.steps)
        if self.minutes and recipe.max_minutes > self.minutes:
            raise JobError("job-too-many-minutes", limit=f"{self.minutes:g}")


#: One job at a time, and nothing else: for a person's own machine.
NO_LIMITS = Limits()


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name, "").strip()
    try:
        value = float(text) if text else float(default)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise JobError("not-a-limit", setting=name, value=text)
    return value
