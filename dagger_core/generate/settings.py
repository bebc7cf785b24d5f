"""How a completion is sampled: one frozen value, and what a form or command line says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from dagger_core.diagnostics import SettingsError


@dataclass(frozen=True, slots=True)
class Knob:
    """How one setting is shown and what it may be: label, help, closed range of a number."""

    en: str
    bn: str
    help_en: str
    help_bn: str
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    whole: bool = False
    optional: bool = False


def _setting(default: Any, knob: Knob) -> Any:
    return field(default=default, metadata={"knob": knob})


@dataclass(frozen=True, slots=True)
class Settings:
    """Sampling settings of one request; every field carries its `Knob` in its metadata.

    Raises:
        SettingsError: a value of the wrong type or outside its range, or an unknown format.
    """

    temperature: float = _setting(
        0.0,
        Knob(
            "Temperature",
            "তাপমাত্রা",
            "0 always takes the likeliest token; higher values vary more.",
            "০ হলে সবসময় সবচেয়ে সম্ভাব্য টোকেন; বাড়ালে উত্তর বেশি বদলায়।",
            minimum=0.0,
            maximum=2.0,
            step=0.05,
        ),
    )
    top_p: float = _setting(
        1.0,
        Knob(
            "Top-p",
            "টপ-পি",
            "Sample from the likeliest tokens that together hold this probability; 1 is all.",
            "যে সম্ভাব্য টোকেনগুলোর মোট সম্ভাবনা এতটা, শুধু সেগুলো থেকে বাছাই; ১ মানে সব।",
            minimum=0.01,
            maximum=1.0,
            step=0.01,
        ),
    )
    top_k: int = _setting(
        0,
        Knob(
            "Top-k",
            "টপ-কে",
            "Sample from this many likeliest tokens only; 0 is all.",
            "সবচেয়ে সম্ভাব্য এতগুলো টোকেন থেকেই বাছাই; ০ মানে সব।",
            minimum=0,
            maximum=1000,
            step=1,
            whole=True,
        ),
    )
    max_new_tokens: int = _setting(
        1024,
        Knob(
            "Longest answer (tokens)",
            "সর্বোচ্চ দৈর্ঘ্য (টোকেন)",
            "The model is stopped after this many tokens.",
            "এতগুলো টোকেনের পর মডেল থেমে যাবে।",
            minimum=1,
            maximum=8192,
            step=1,
            whole=True,
        ),
    )
    seed: int | None = _setting(
        None,
        Knob(
            "Seed",
            "সীড",
            "The same seed gives the same answer again; empty draws a new one each time.",
            "একই সীডে একই উত্তর আসে; খালি রাখলে প্রতিবার নতুন।",
            minimum=0,
            maximum=2**31 - 1,
            step=1,
            whole=True,
            optional=True,
        ),
    )
    format: str = _setting(
        "dagger_json",
        Knob(
            "Format",
            "ফরম্যাট",
            "How the model is asked and how it writes the graph.",
            "মডেলকে কীভাবে বলা হয় আর সে গ্রাফ কীভাবে লেখে।",
        ),
    )

    def __post_init__(self) -> None:
        for name, knob in knobs().items():
            if name != "format":
                _check_number(name, getattr(self, name), knob)
        _check_format(self.format)

    @property
    def greedy(self) -> bool:
        """Whether the likeliest token is always taken; then `top_p`, `top_k`, `seed` are idle."""
        return self.temperature == 0


def knobs() -> Mapping[str, Knob]:
    """The knob of every setting, by field name, in the order of a form."""
    settings: tuple[Field[Any], ...] = fields(Settings)
    return {item.name: item.metadata["knob"] for item in settings}


def _check_number(name: str, value: object, knob: Knob) -> None:
    if value is None and knob.optional:
        return
    kinds = (int,) if knob.whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not math.isfinite(value):
        problem = "setting-not-whole" if knob.whole else "setting-not-a-number"
        raise SettingsError(problem, name=name, value=repr(value))
    low, high = knob.minimum, knob.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise SettingsError(
            "setting-out-of-range", name=name, low=f"{low:g}", high=f"{high:g}", value=f"{value:g}"
        )


def _check_format(name: object) -> None:
    from dagger_core.formats import FORMATS

    if not isinstance(name, str) or name not in FORMATS:
        raise SettingsError(
            f"Unknown format {name!r}. Known formats: {', '.join(sorted(FORMATS))}."
        )
