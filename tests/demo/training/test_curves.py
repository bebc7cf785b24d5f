"""Curves: which metrics are drawn, over which steps, and how much of them."""

from __future__ import annotations

import pytest

from demo.training.curves import METRICS, compared_charts, points, run_charts
from demo.training.texts import train_words
from train.events import Event


def step(number: int, **values: object) -> Event:
    return Event(0.0, "step", number, values)


GRPO = [
    step(
        number,
        **{
            "reward": number / 10,
            "reward_std": 0.5,
            "rewards/score/mean": number / 10,
            "rewards/grounding/mean": 0.25,
            "parts/correct": 0.5,
            "frac_reward_zero_std": 0.75,
            "completions/mean_length": 20.0,
            "kl": 0.01,
            "loss": 0.0,
            "learning_rate": 1e-5,
            "unheard_of": 1,
        },
    )
    for number in range(1, 4)
]


def test_run_of_grpo_has_the_curves_that_matter() -> None:
    charts = {chart["key"]: chart for chart in run_charts(GRPO, "en")}
    assert list(charts) == [
        *("reward", "parts", "reward_std", "no_signal", "length", "kl", "loss", "rate")
    ]
    assert charts["reward"]["series"] == [
        {"name": "reward", "points": [(1, 0.1), (2, 0.2), (3, 0.3)]}
    ]
    # The score is the reward itself; what stands beside it is a part.
    names = [one["name"] for one in charts["parts"]["series"]]
    assert names == ["correct", "grounding"]


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_every_chart_has_its_words(lang: str) -> None:
    text = train_words(lang)  # type: ignore[arg-type]
    for metric in METRICS:
        assert getattr(text, f"chart_{metric.key}")
        assert getattr(text, f"help_{metric.key}")


def test_evaluation_is_a_second_line() -> None:
    events = [step(1, loss=2.0), Event(0.0, "evaluation", 1, {"eval_loss": 3.0})]
    (chart,) = run_charts(events, "en")
    assert [one["name"] for one in chart["series"]] == ["training", "held out"]


def test_held_out_reward_is_a_chart_and_its_empty_loss_is_none() -> None:
    values = {"eval_reward": 1.5, "eval_loss": 0.0}
    charts = {
        one["key"]: one for one in run_charts([*GRPO, Event(0, "evaluation", 0, values)], "en")
    }
    assert charts["held_out"]["series"] == [{"name": "eval_reward", "points": [(0, 1.5)]}]
    assert [one["name"] for one in charts["loss"]["series"]] == ["training"]


def test_held_out_reward_says_how_much_of_it_may_be_chance() -> None:
    values = {"eval_reward": 1.5, "eval_reward_std": 0.5, "eval_samples": 400}
    unknown = {"eval_reward": 1.6, "eval_reward_std": 0.5}
    events = [Event(0, "evaluation", 0, values), Event(0, "evaluation", 9, unknown)]
    (chart,) = run_charts(events, "en")
    assert chart["series"][0]["errors"] == {0: 0.025}
    (chart,) = compared_charts({"a": events}, "bn")
    assert chart["series"][0]["errors"] == {0: 0.025}


def test_of_a_resumed_run_the_later_word_counts() -> None:
    events = [step(1, loss=2.0), step(2, loss=9.0), step(2, loss=1.0), step(3, loss=0.5)]
    assert points(events, "loss") == [(1, 2.0), (2, 1.0), (3, 0.5)]


def test_what_is_no_number_is_no_point() -> None:
    events = [step(1, loss=None), step(2, loss="high"), step(3, loss=True), step(4, loss=1)]
    assert points(events, "loss") == [(4, 1.0)]


def test_long_runs_keep_their_peaks_in_few_points() -> None:
    events = [step(number, loss=100.0 if number == 777 else 1.0) for number in range(1, 5001)]
    (chart,) = run_charts(events, "en")
    course = chart["series"][0]["points"]
    assert len(course) <= 250
    assert (777, 100.0) in course
    assert course[-1][0] == 5000
    assert course == sorted(course)


def test_compared_runs_keep_their_place_without_points() -> None:
    charts = compared_charts({"a": [step(1, loss=1.0)], "b": GRPO}, "en")
    reward = next(chart for chart in charts if chart["key"] == "reward")
    assert [(one["name"], len(one["points"])) for one in reward["series"]] == [("a", 0), ("b", 3)]


def test_nothing_to_draw() -> None:
    assert run_charts([], "en") == compared_charts({}, "bn") == []
