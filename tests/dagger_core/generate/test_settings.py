"""Settings: ranges, messages, and the knobs a form is built from."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dagger_core.diagnostics import DaggerError, SettingsError
from dagger_core.generate import Settings, knobs


def test_defaults_are_greedy_and_valid() -> None:
    settings = Settings()
    assert settings.greedy
    assert settings.format == "dagger_json"
    assert not Settings(temperature=0.7).greedy


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"temperature": -0.1}, "temperature must be between 0 and 2, not -0.1"),
        ({"temperature": 5}, "temperature must be between 0 and 2, not 5"),
        ({"temperature": "hot"}, "temperature must be a number, not 'hot'"),
        ({"temperature": math.nan}, "temperature must be a number, not nan"),
        ({"temperature": None}, "temperature must be a number, not None"),
        ({"top_p": 0}, "top_p must be between 0.01 and 1, not 0"),
        ({"top_k": 1.5}, "top_k must be a whole number, not 1.5"),
        ({"top_k": True}, "top_k must be a whole number, not True"),
        ({"max_new_tokens": 0}, "max_new_tokens must be between 1 and 8192, not 0"),
        ({"seed": -1}, "seed must be between 0 and"),
        ({"format": "xml"}, "Unknown format 'xml'. Known formats: chain_of_thought, compact,"),
        ({"format": ["compact"]}, "Unknown format"),
    ],
)
def test_bad_values_are_refused_by_name(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(**changes)
    assert message in str(caught.value)
    assert isinstance(caught.value, DaggerError)


def test_every_field_has_a_knob_in_both_languages() -> None:
    table = knobs()
    assert list(table) == [
        "temperature", "top_p", "top_k", "max_new_tokens", "seed", "format",
    ]  # fmt: skip
    for name, knob in table.items():
        assert knob.en, name
        assert knob.bn, name
        assert knob.help_en.endswith("."), name
        assert knob.help_bn.endswith("।"), name


@pytest.mark.parametrize("name", ["temperature", "top_p", "top_k", "max_new_tokens", "seed"])
def test_both_ends_of_every_range_are_allowed(name: str) -> None:
    knob = knobs()[name]
    for end in (knob.minimum, knob.maximum):
        assert end is not None
        value = int(end) if knob.whole else end
        assert getattr(Settings(**{name: value}), name) == value
