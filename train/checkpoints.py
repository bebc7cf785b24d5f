"""Checkpoints that are there completely or not at all, and runs that can be ended at any moment."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import TrainerCallback
from transformers.trainer_utils import (
    PREFIX_CHECKPOINT_DIR,
    get_last_checkpoint,
    rotate_checkpoints,
)

from dagger_core.diagnostics import RecipeError
from train.recipe import Recipe, load

if TYPE_CHECKING:
    from transformers import Trainer
else:
    Trainer = object

FOLDER, STATE = "checkpoints", "trainer_state.json"
_RECIPE = "recipe.toml"
_WRITING = ".writing"
#: Fields that may differ between the beginning of a run and its resumption.
_FREE = frozenset(
    {"about", "about_bn", "data_dir", "max_steps", "max_minutes", "epochs", "report_to"}
    | {"save_steps", "save_minutes", "keep", "log_steps", "micro_batch", "use_vllm", "vllm_url"}
)


class AtomicCheckpoints(Trainer):  # type: ignore[misc]
    """A trainer that writes a checkpoint aside and moves it to its place when it is complete."""

    _aside: Path | None = None

    def _get_output_dir(self, trial: Any) -> str:
        return str(self._aside or super()._get_output_dir(trial))

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        folder = Path(super()._get_output_dir(trial))
        name = f"{PREFIX_CHECKPOINT_DIR}-{self.state.global_step}"
        self._aside = folder / _WRITING
        if self.args.should_save:
            shutil.rmtree(self._aside, ignore_errors=True)
        self.accelerator.wait_for_everyone()
        try:
            super()._save_checkpoint(model, trial)
        finally:
            aside, self._aside = self._aside, None
        self.accelerator.wait_for_everyone()
        if self.args.should_save:
            self._name_best(folder)
            self.state.save_to_json(str(aside / name / STATE))
            _move(aside / name, folder / name)
            rotate_checkpoints(
                output_dir=str(folder),
                save_total_limit=self.args.save_total_limit,
                best_model_checkpoint=self.state.best_model_checkpoint,
            )
        self.accelerator.wait_for_everyone()

    def _name_best(self, folder: Path) -> None:
        """The best checkpoint by the place it will have, not where it is being written."""
        if self.state.best_global_step:
            best = folder / f"{PREFIX_CHECKPOINT_DIR}-{self.state.best_global_step}"
            if best.is_dir() or self.state.best_global_step == self.state.global_step:
                self.state.best_model_checkpoint = str(best)


def _move(new: Path, place: Path) -> None:
    for file in new.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
    shutil.rmtree(place, ignore_errors=True)
    new.replace(place)


def last_checkpoint(out: Path, recipe: Recipe) -> str | None:
    """The checkpoint that a run in this folder goes on from, None for a new run.

    Raises:
        RecipeError: the folder holds a run of another recipe.
    """
    folder = out / FOLDER
    if not folder.is_dir():
        folder.mkdir(parents=True)
    shutil.rmtree(folder / _WRITING, ignore_errors=True)
    found: str | None = get_last_checkpoint(str(folder))
    problem = other_run(out, recipe)
    if problem is not None:
        raise RecipeError(problem)
    (folder / _RECIPE).write_text(recipe.to_toml(), "utf-8")
    return found


def other_run(out: Path, recipe: Recipe) -> str | None:
    """What tells a recipe from the one whose run is in a folder; None if it can go on there."""
    folder = out / FOLDER
    kept = folder / _RECIPE
    if not kept.is_file() or not get_last_checkpoint(str(folder)):
        return None
    old = load(str(kept))
    for name in Recipe.__dataclass_fields__:
        before, now = getattr(old, name), getattr(recipe, name)
        if name not in _FREE and before != now:
            return (
                f"{name}: the run in {out} has {before!r}, this recipe has {now!r}. "
                "Choose another folder, or delete its checkpoints to begin anew."
            )
    return None


class StopOnSignal(TrainerCallback):  # type: ignore[misc]
    """Ends a run after the step in which SIGTERM or Ctrl-C comes; what it has learned is saved.

    Attributes:
        asked: whether such a signal came.
    """

    def __init__(self) -> None:
        self.asked = False

    @contextmanager
    def listening(self) -> Iterator[StopOnSignal]:
        """Takes the signals over, as far as this thread may."""
        former: dict[int, Any] = {}
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                former[number] = signal.signal(number, self._ask)
        except ValueError:  # only the main thread hears signals
            pass
        try:
            yield self
        finally:
            for heard, handler in former.items():
                signal.signal(heard, handler)

    def _ask(self, number: int, frame: Any) -> None:
        if self.asked and number == signal.SIGINT:
            raise KeyboardInterrupt  # the second Ctrl-C means it
        self.asked = True

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Saves and stops, on all devices after the same step."""
        if _any_device(self.asked, args.device):
            self.asked = True
            control.should_save = control.should_training_stop = True


def _any_device(asked: bool, device: torch.device) -> bool:
    if not (torch.distributed.is_available() and torch.distributed.is_initialized()):
        return asked
    flag = torch.tensor(int(asked), device=device)
    torch.distributed.all_reduce(flag, torch.distributed.ReduceOp.MAX)
    return bool(flag.item())
