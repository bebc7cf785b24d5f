"""The clock of a run: what it asks for when its minutes are over."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

pytest.importorskip("transformers")

from transformers import TrainerControl

from train.pace import Clock

STATE = SimpleNamespace(global_step=3, max_steps=100, stateful_callbacks={})


@pytest.mark.parametrize(
    ("minutes", "strategy", "ends", "evaluates"),
    [(1e-9, "steps", True, True), (1e-9, "no", True, False), (60.0, "steps", False, False)],
)
def test_held_out_problems_are_asked_once_more_when_time_is_over(
    minutes: float, strategy: str, ends: bool, evaluates: bool
) -> None:
    clock, control = Clock(minutes), TrainerControl()
    args = SimpleNamespace(eval_strategy=strategy, load_best_model_at_end=False)
    clock.on_train_begin(args, STATE)
    clock.on_step_end(args, STATE, control)
    assert (control.should_training_stop, control.should_evaluate) == (ends, evaluates)
