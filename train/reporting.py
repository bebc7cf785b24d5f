"""What a trainer tells while it trains: a callback that writes its events."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import TrainerCallback
from transformers.trainer_utils import has_length

from train.events import EventWriter, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds between two events that only tell how far a run is.
_PROGRESS_EVERY = 1.0
#: What `on_log` gets at the end of a run, besides the metrics of steps.
_TOTALS = "train_runtime"
#: What a line of the log says, in this order.
_FIRST = (
    *("eval_reward", "reward", "eval_loss", "loss", "mean_token_accuracy", "kl"),
    *("frac_reward_zero_std", "completions/mean_length", "learning_rate", "grad_norm"),
    *("step_time", "train_loss", "train_runtime"),
)
_PARTS = ("parts/", "eval_parts/")


class EventCallback(TrainerCallback):  # type: ignore[misc]
    """Writes what happens in a run to the `events.jsonl` of its folder.

    Args:
        folder: of the run.
        max_minutes: after which the run ends whatever its step; 0 is no limit.
    """

    def __init__(self, folder: Path, max_minutes: float = 0.0) -> None:
        self._folder, self._max_seconds = folder, max_minutes * 60
        self._events: EventWriter | None = None
        self._began = self._told = 0.0
        self._first_step = 0

    def sample(
        self,
        step: int,
        question: str,
        text: str,
        reward: float,
        parts: Mapping[str, float | None],
        gold: str,
    ) -> None:
        """Write down a completion that the model was rewarded for."""
        self._write(
            "sample",
            step,
            question=question,
            text=text,
            reward=reward,
            parts=dict(parts),
            gold=gold,
        )

    def on_train_begin(self, args: Any, state: Any, *_: Any, **__: Any) -> None:
        """Begins the clock: loading and preparing do not count."""
        if state.is_world_process_zero:
            self._events = EventWriter(self._folder)
        self._began, self._first_step = time.monotonic(), state.global_step
        self._write("start", state.global_step, max_steps=state.max_steps)

    def on_step_end(self, args: Any, state: Any, *_: Any, **__: Any) -> None:
        """Tells how far the run is, once a second at most."""
        now = time.monotonic()
        if now - self._told >= _PROGRESS_EVERY or state.global_step >= state.max_steps:
            self._told = now
            left = self._seconds_left(state.global_step, state.max_steps, now - self._began)
            self._write("progress", state.global_step, max_steps=state.max_steps, seconds_left=left)

    def _seconds_left(self, step: int, max_steps: int, passed: float) -> float | None:
        done = step - self._first_step
        left = [passed / done * max(0, max_steps - step)] if done > 0 else []
        if self._max_seconds:
            left.append(max(0.0, self._max_seconds - passed))
        return round(min(left), 1) if left else None

    def on_log(self, args: Any, state: Any, *_: Any, logs: Any = None, **__: Any) -> None:
        """The metrics of steps."""
        metrics = {name: value for name, value in (logs or {}).items() if name != "epoch"}
        if self._events is not None:
            print(line(state.global_step, metrics), flush=True)
        if metrics and _TOTALS not in metrics and not any(map(_of_evaluation, metrics)):
            self._write("step", state.global_step, **metrics)

    def on_evaluate(
        self,
        args: Any,
        state: Any,
        *_: Any,
        metrics: Any = None,
        eval_dataloader: Any = None,
        **__: Any,
    ) -> None:
        """The metrics of an evaluation, and of how many samples it was."""
        named = {name: value for name, value in (metrics or {}).items() if name != "epoch"}
        if has_length(eval_dataloader):
            named["eval_samples"] = len(eval_dataloader.dataset)
        self._write("evaluation", state.global_step, **named)

    def on_save(self, args: Any, state: Any, *_: Any, **__: Any) -> None:
        """A checkpoint is there."""
        path = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        inside = path.relative_to(self._folder) if path.is_relative_to(self._folder) else path
        self._write("save", state.global_step, path=str(inside))

    def on_train_end(self, args: Any, state: Any, *_: Any, **__: Any) -> None:
        """The trainer has done what it had to."""
        self._write("end", state.global_step)

    def _write(self, kind: Kind, step: int, /, **values: Any) -> None:
        if self._events is not None:  # only one of several processes writes
            self._events.write(kind, step, **values)


def line(step: int, metrics: Mapping[str, Any]) -> str:
    """The metrics that matter as a line of the log; the events have all of them."""
    said = [
        f"{name} {float(metrics[name]):.4g}"
        for name in (*_FIRST, *(name for name in metrics if name.startswith(_PARTS)))
        if isinstance(metrics.get(name), int | float)
    ]
    return f"step {step}: {', '.join(said)}"


def _of_evaluation(name: str) -> bool:
    return name.startswith("eval_")
