"""The plots of the Results page: which there are, in the words of a language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradio.components.plot import PlotData

from dagger_core.diagnostics import Lang
from dagger_core.numerals import localized
from demo.texts import words
from train.evaluate import plots
from train.evaluate.plots import Report, Spec, Words

#: By name, the text with its title.
PLOTS = {
    "tokens": "plot_tokens_title",
    "drops": "plot_drop_title",
    "distractors": "plot_distractors",
    "operations": "plot_operations",
}
_MAKE: Mapping[str, Callable[[Sequence[Report], Words], Spec]] = {
    "tokens": plots.tokens,
    "drops": plots.drops,
    "distractors": lambda reports, said: plots.groups(reports, "distractors", said),
    "operations": lambda reports, said: plots.groups(reports, "operations", said),
}


def plot(name: str, reports: Sequence[Report], lang: Lang) -> PlotData | None:
    """A plot of these reports, or None where they have nothing for it."""
    spec: dict[str, Any] = _MAKE[name](reports, _words(lang))
    if not spec["data"]["values"]:
        return None
    if lang == "bn":
        _in_bangla_digits(spec)
    return PlotData(type="altair", plot=json.dumps(spec))


def _in_bangla_digits(spec: dict[str, Any]) -> None:
    numbers = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}
    digits = [localized(str(digit), "bn") for digit in range(10)]
    spec["usermeta"]["embedOptions"]["formatLocale"] = {**numbers, "numerals": digits}
    for value in spec["data"]["values"]:
        if "group" in value:
            value["group"] = localized(str(value["group"]), "bn")


def _words(lang: Lang) -> Words:
    text = words(lang)
    return Words(
        accuracy=text.plot_accuracy,
        tokens=text.plot_tokens,
        drop=text.plot_drop,
        kind=text.plot_kind,
        distractors=text.plot_distractors,
        operations=text.plot_operations,
        failures=text.plot_failures,
        model=text.column_model,
        published=text.plot_published,
        ours=text.plot_ours,
        source=text.plot_source,
    )
