"""How a batch is shared out among devices, and what each does at once."""

from __future__ import annotations

import os

from dagger_core.diagnostics import RecipeError
from train.recipe import Recipe


def device_count() -> int:
    """The processes of this run, one a device, as `accelerate launch` tells them."""
    told = os.environ.get("WORLD_SIZE", "")
    return max(1, int(told)) if told.isdigit() else 1


def share_out(recipe: Recipe, devices: int) -> tuple[int, int]:
    """Samples of a device at once, and how often that is done for a step.

    Raises:
        RecipeError: the batch cannot be divided so.
    """
    micro = recipe.micro_batch or max(1, recipe.batch // devices)
    if recipe.batch % (micro * devices):
        raise RecipeError(
            f"batch: {recipe.batch} cannot be divided into micro-batches of {micro} on "
            f"{devices} devices. Set batch to a multiple of {micro * devices}."
        )
    return micro, recipe.batch // (micro * devices)
