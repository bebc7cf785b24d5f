"""The plots of reports, as Vega-Lite specifications: pages show them, files hold them as SVG."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dagger_core.render import fonts
from train.evaluate.published import published

Report = Mapping[str, Any]
Spec = dict[str, Any]
Value = dict[str, Any]
#: Told apart by colour-blind people, too (Okabe and Ito), on white and on black.
_PALETTE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8A8A8A"]
_MOST_FAILURES = 12


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the plots, in one language."""

    accuracy: str = "Accuracy (%)"
    tokens: str = "Tokens per answer"
    drop: str = "Drop in accuracy (points)"
    kind: str = "Kind of distractor"
    distractors: str = "Distractors"
    operations: str = "Operations"
    failures: str = "Wrong answers"
    model: str = "Model"
    published: str = "published"
    ours: str = "measured here"
    source: str = "Source"


def tokens(reports: Sequence[Report], words: Words, *, theirs: bool = True) -> Spec:
    """Accuracy against tokens per answer: one point a model, with its interval."""
    values: list[Value] = [
        {
            "model": name,
            "source": words.ours,
            "tokens": report["tokens"],
            "accuracy": 100 * report["accuracy"],
            **_ends(report["intervals"].get("accuracy")),
        }
        for name, report in _named(reports)
        if report["accuracy"] is not None and report["tokens"]
    ]
    if theirs:
        values += [
            {
                "model": row.name,
                "source": words.published,
                "tokens": row.tokens,
                "accuracy": row.average,
            }
            for row in published().models
            if row.tokens
        ]
    x = {
        "field": "tokens",
        "type": "quantitative",
        "title": words.tokens,
        "scale": {"type": "log", "nice": True},
        "axis": {"tickCount": 5, "format": "~s"},
    }
    y = _axis("accuracy", words.accuracy, domain=[0, 100])
    point = {
        "mark": {"type": "point", "filled": True, "size": 90, "tooltip": True},
        "encoding": {
            "x": x,
            "y": y,
            "color": _colour("source", words.source),
            "shape": {"field": "source", "type": "nominal", "legend": None},
        },
    }
    labels = [
        {
            "transform": [{"filter": f"datum.low_label == {low}"}],
            "mark": {
                "type": "text",
                "aria": False,
                "align": "left",
                "dx": 8,
                "dy": 10 if low == "true" else -8,
            },
            "encoding": {"x": x, "y": y, "text": {"field": "model"}},
        }
        for low in ("false", "true")
    ]
    for value in values:
        value["low_label"] = any(_above(value, other) for other in values)
    return _chart(values, [_rule({"x": x}), point, *labels])


def _above(value: Value, other: Value) -> bool:
    """Whether another point is so near above that the labels would lie on each other."""
    near = 0.5 < other["tokens"] / value["tokens"] < 2
    return bool(near and 0 < other["accuracy"] - value["accuracy"] < 6)


def drops(reports: Sequence[Report], words: Words) -> Spec:
    """How many points of accuracy each kind of distractor costs, model by model."""
    values = [
        {
            "model": name,
            "group": kind,
            "value": 100 * drop["drop"],
            **_ends(drop["interval"]),
        }
        for name, report in _named(reports)
        for kind, drop in report.get("drops", {}).items()
    ]
    if values:
        values += _published_drops(words)
    return bars(values, words.kind, words.drop, words.model)


def _published_drops(words: Words) -> list[Value]:
    """What the published errors by kind mean for the drop from the sets without distractors."""
    models = {row.name: row for row in published().models}
    return [
        {
            "model": f"{name} · {words.published}",
            "group": kind,
            "value": round(models[name].over(distracted=False) - (100 - error), 1),
        }
        for name, errors in published().errors.items()
        for kind, error in errors.items()
    ]


def groups(reports: Sequence[Report], by: str, words: Words) -> Spec:
    """Accuracy by the number of distractors or operations, model by model.

    Args:
        by: "distractors" or "operations".
    """
    values = [
        {
            "model": name,
            "group": group,
            "value": 100 * part["accuracy"],
            **_ends(part["intervals"].get("accuracy")),
        }
        for name, report in _named(reports)
        for group, part in report[f"by_{by}"].items()
        if part["accuracy"] is not None
    ]
    return bars(values, getattr(words, by), words.accuracy, words.model)


def failures(report: Report, words: Words, names: Mapping[Any, str]) -> Spec:
    """How often each kind of failure is, most frequent first."""
    found = sorted(report["failures"].items(), key=lambda one: -one[1])[:_MOST_FAILURES]
    values = [{"kind": names.get(kind, kind), "count": count} for kind, count in found]
    encoding = {
        "y": {"field": "kind", "type": "nominal", "sort": None, "title": None,
              "axis": {"labelLimit": 260}},
        "x": _axis("count", words.failures),
    }  # fmt: skip
    bar = {"mark": {"type": "bar", "color": _PALETTE[0], "tooltip": True}, "encoding": encoding}
    text = {
        "mark": {"type": "text", "aria": False, "align": "left", "dx": 4},
        "encoding": {**encoding, "text": {"field": "count"}},
    }
    return _chart(values, [bar, text], height={"step": 22})


def files(report: Report, names: Mapping[Any, str]) -> Iterator[tuple[str, Spec]]:
    """The plots that are worth having of one report, by name."""
    words = Words()
    if report["accuracy"] is not None:
        # Beside figures on other problems, a point would say nothing.
        theirs = bool(report["sets"].keys() & published().models[0].sizes.keys())
        yield "tokens", tokens([report], words, theirs=theirs)
    if report.get("drops"):
        yield "drops", drops([report], words)
    for by in ("distractors", "operations"):
        if len(report[f"by_{by}"]) > 1:
            yield by, groups([report], by, words)
    if report["failures"]:
        yield "failures", failures(report, words, names)


def svg(spec: Spec) -> str:
    """A plot as an SVG file."""
    import vl_convert

    vl_convert.register_font_directory(str(fonts.FOLDER))
    drawn = {**spec, "width": 560, "background": "white"}
    return str(vl_convert.vegalite_to_svg(json.dumps(drawn)))


def bars(values: list[Value], group: str, value: str, model: str) -> Spec:
    """Bars in groups, with their intervals.

    Args:
        values: of each bar: group, model, value, and low and high where it has an interval.
        group: the title of the groups, and likewise of `value` and `model`.
    """
    place = {
        "x": {"field": "group", "type": "nominal", "sort": None, "title": group,
              "axis": {"labelAngle": 0, "labelLimit": 180}},
        "xOffset": {"field": "model", "sort": None},
    }  # fmt: skip
    bar = {
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            **place,
            "y": {**_axis("value", value), "stack": None},
            "color": _colour("model", model),
        },
    }
    return _chart(values, [bar, _rule(place)])


def _rule(place: Spec) -> Spec:
    """The interval of a value, as an upright line."""
    return {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "rule", "aria": False, "strokeWidth": 1.5, "color": _PALETTE[-1]},
        "encoding": {
            **place,
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _chart(values: list[Value], layers: list[Spec], height: Any = 300) -> Spec:
    font = ", ".join(dict.fromkeys(face.family for face in fonts.FACES)) + ", sans-serif"
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "width": "container",
        "height": height,
        "layer": layers,
        # Drawn as SVG, so that the page's own colours, light or dark, are those of its texts.
        "usermeta": {"embedOptions": {"actions": False, "renderer": "svg"}},
        "background": None,
        "config": {
            "font": font,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
            "legend": {"orient": "bottom", "labelLimit": 320, "columns": 2},
        },
    }


def _axis(name: str, title: str, domain: list[int] | None = None) -> Spec:
    scale = {"scale": {"domain": domain}} if domain else {}
    return {"field": name, "type": "quantitative", "title": title, **scale}


def _colour(name: str, title: str) -> Spec:
    return {
        "field": name,
        "type": "nominal",
        "title": title,
        "sort": None,
        "scale": {"range": _PALETTE},
    }


def _ends(interval: Sequence[float] | None) -> Value:
    return {} if interval is None else {"low": 100 * interval[0], "high": 100 * interval[1]}


def _named(reports: Sequence[Report]) -> list[tuple[str, Report]]:
    """The reports by names that are all different: model, data and, if need be, the time."""
    names = [f"{report['title']} · {report['data']}" for report in reports]
    return [
        (name if names.count(name) == 1 else f"{name} · {str(report['at'])[:19]}", report)
        for name, report in zip(names, reports, strict=True)
    ]
