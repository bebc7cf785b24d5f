"""How far a run is, from its events."""

from __future__ import annotations

from demo.training.follow import Progress, progress
from train.events import Event


def test_before_anything_is_told() -> None:
    assert progress([]) == Progress()


def test_steps_and_minutes_whichever_is_over_first() -> None:
    start = Event(100.0, "start", 0, {"max_steps": 240})
    told = Event(400.0, "progress", 24, {"max_steps": 240, "seconds_left": 100.0})
    assert progress([start, told]) == Progress(24, 240, 0.75, 100.0)
    late = Event(400.0, "progress", 216, {"max_steps": 240, "seconds_left": 100.0})
    assert progress([start, late]).share == 0.9


def test_resumed_run_counts_its_time_from_its_last_beginning() -> None:
    events = [
        Event(0.0, "start", 0, {"max_steps": 100}),
        Event(5000.0, "start", 50, {"max_steps": 100}),
        Event(5010.0, "progress", 60, {"max_steps": 100, "seconds_left": 40.0}),
    ]
    assert progress(events) == Progress(60, 100, 0.6, 40.0)


def test_events_without_a_beginning_or_with_other_values_are_no_error() -> None:
    assert progress([Event(1.0, "progress", 7, {"max_steps": "x"})]) == Progress(7, 0, 0.0, None)
