"""Events of runs -> curves: which metrics are drawn, in which order, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dagger_core.diagnostics import Lang
from demo.training.texts import train_words
from train.events import Event

#: A screen has no room for more points in one line.
_MOST_POINTS = 240
#: What a reward is made of: its parts, and further rewards beside it.
_PARTS, _REWARDS, _MAIN = "parts/", "rewards/", "score"
_HELD_OUT = "eval_reward"


@dataclass(frozen=True, slots=True)
class Metric:
    """One chart: the metrics of a trainer that are drawn in it, the first one foremost.

    Args:
        key: names the texts `chart_KEY` and `help_KEY`.
        names: as trainers call them.
    """

    key: str
    names: tuple[str, ...]


METRICS = (
    Metric("held_out", (_HELD_OUT,)),
    Metric("reward", ("reward",)),
    Metric("parts", ()),
    Metric("reward_std", ("reward_std",)),
    Metric("no_signal", ("frac_reward_zero_std",)),
    Metric("length", ("completions/mean_length",)),
    Metric("cut_off", ("completions/clipped_ratio",)),
    Metric("kl", ("kl",)),
    Metric("loss", ("loss", "eval_loss")),
    Metric("accuracy", ("mean_token_accuracy", "eval_mean_token_accuracy")),
    Metric("entropy", ("entropy",)),
    Metric("rate", ("learning_rate",)),
    Metric("gradient", ("grad_norm",)),
)
#: The values of a metric by step.
Course = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart.

    Args:
        errors: the standard error of a point, by its step, where it is known.
    """

    name: str
    points: Course
    errors: Mapping[int, float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The line as the view draws it."""
        errors = {"errors": self.errors} if self.errors else {}
        return {"name": self.name, "points": _thinned(self.points), **errors}


def points(events: Iterable[Event], name: str) -> Course:
    """The course of one metric; where a run resumed from an earlier step, the later word counts."""
    found: dict[int, float] = {}
    for event in events:
        value = event.values.get(name) if event.kind in ("step", "evaluation") else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[event.step] = float(value)
    return sorted(found.items())


def errors(events: Iterable[Event], name: str) -> dict[int, float]:
    """The standard error of a metric of evaluations by step: how much of it may be chance.

    It is that of a mean over samples; trainers tell their standard deviation as `<name>_std`.
    """
    found: dict[int, float] = {}
    for event in events:
        if event.kind == "evaluation" and name in event.values:
            std, samples = event.values.get(f"{name}_std"), event.values.get("eval_samples")
            if isinstance(std, int | float) and isinstance(samples, int) and samples > 0:
                found[event.step] = round(std / samples**0.5, 6)
    return found


def reward_parts(events: Iterable[Event]) -> dict[str, str]:
    """The metrics that a reward is made of, with what each part is called."""
    parts: dict[str, str] = {}
    for name in sorted({name for event in events if event.kind == "step" for name in event.values}):
        if name.startswith(_PARTS):
            parts[name] = name.removeprefix(_PARTS)
        elif name.startswith(_REWARDS) and name.endswith("/mean"):
            part = name.removeprefix(_REWARDS).removesuffix("/mean")
            parts |= {} if part == _MAIN else {name: part}
    return parts


def run_charts(events: Sequence[Event], lang: Lang) -> list[dict[str, Any]]:
    """The charts of one run."""
    text = train_words(lang)
    charts = []
    rewarded = any(_HELD_OUT in event.values for event in events)
    for metric in METRICS:
        # GRPO has nothing to compare a held-out answer with: its loss there is always 0.
        named = {name: name for name in metric.names if not (rewarded and name == "eval_loss")}
        if metric.key == "parts":
            named = reward_parts(events)
        lines = [
            Line(getattr(text, f"line_{label}", label), points(events, name), errors(events, name))
            for name, label in named.items()
        ]
        # A reward has parts, and a loss may be evaluated: what this run has none of is not named.
        charts += chart(metric.key, [line for line in lines if line.points], lang)
    return charts


def compared_charts(runs: Mapping[str, Sequence[Event]], lang: Lang) -> list[dict[str, Any]]:
    """The charts of several runs laid over each other, one line a run."""
    charts = []
    for metric in (metric for metric in METRICS if metric.names):
        (drawn, *_), lines = metric.names, []
        for name, events in runs.items():
            lines.append(Line(name, points(events, drawn), errors(events, drawn)))
        charts += chart(metric.key, lines, lang)
    return charts


def chart(key: str, lines: Sequence[Line], lang: Lang) -> list[dict[str, Any]]:
    """The chart of these lines, if any has a point.

    A line without points is kept, so that a run has the same colour in all charts.
    """
    if not any(line.points for line in lines):
        return []
    text = train_words(lang)
    return [
        {
            "key": key,
            "title": getattr(text, f"chart_{key}"),
            "help": getattr(text, f"help_{key}"),
            "series": [line.document() for line in lines],
        }
    ]


def _thinned(course: Course) -> Course:
    """Fewer points with the same shape: of every stretch, the lowest and the highest."""
    if len(course) <= _MOST_POINTS:
        return course
    size = -(-2 * len(course) // _MOST_POINTS)
    kept: Course = []
    for start in range(0, len(course), size):
        part = course[start : start + size]
        ends = {min(part, key=lambda point: point[1]), max(part, key=lambda point: point[1])}
        kept += sorted(ends)
    return kept if kept[-1] == course[-1] else [*kept, course[-1]]
