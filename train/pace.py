"""The pace of a run: how much of it is over, by steps or minutes, and the learning rate by that."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback
from transformers.trainer_callback import ExportableState


class Clock(TrainerCallback, ExportableState):  # type: ignore[misc]
    """Knows how much of a run is over and ends it in time; minutes go on where a run resumes.

    Args:
        max_steps, max_minutes: whichever is over first ends the run; 0 minutes is no limit.
        save_minutes: minutes between checkpoints; 0 is none.
    """

    def __init__(self, max_minutes: float = 0.0, save_minutes: float = 0.0) -> None:
        self.max_seconds, self.save_seconds = max_minutes * 60, save_minutes * 60
        self.max_steps = 0
        self._begun = self._saved = time.monotonic()

    def progress(self, step: int) -> float:
        """The share of the run that is over, in [0, 1]."""
        share = step / self.max_steps if self.max_steps else 0.0
        if self.max_seconds:
            share = max(share, (time.monotonic() - self._begun) / self.max_seconds)
        return min(share, 1.0)

    def state(self) -> dict[str, Any]:
        """The seconds trained so far, as a checkpoint keeps them."""
        return {"args": {}, "attributes": {"seconds": time.monotonic() - self._begun}}

    def on_train_begin(self, args: Any, state: Any, *_: Any, **__: Any) -> None:
        """Starts the clock: loading and preparing do not count."""
        kept = state.stateful_callbacks.get(type(self).__name__, {})
        kept = kept[-1] if isinstance(kept, list) and kept else kept
        spent = kept.get("attributes", {}).get("seconds", 0.0) if state.global_step else 0.0
        self.max_steps = state.max_steps
        self._saved = time.monotonic()
        self._begun = self._saved - spent

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Ends the run when its time is over, and asks for checkpoints by the minute."""
        if self.progress(state.global_step) >= 1.0:
            control.should_training_stop = True
            # The trainer does so by itself only where its steps are over.
            control.should_evaluate |= args.eval_strategy != "no"
            control.should_save |= args.load_best_model_at_end
        if self.save_seconds and time.monotonic() - self._saved >= self.save_seconds:
            self._saved = time.monotonic()
            control.should_save = True


def schedule(warmup: float, decay: float) -> Callable[[float], float]:
    """A factor for the learning rate by the share of the run that is over."""

    def factor(share: float) -> float:
        rising = (share + 1e-3) / warmup if warmup else 1.0
        falling = (1.0 - share) / decay if decay else 1.0
        return max(0.0, min(1.0, rising, falling))

    return factor
