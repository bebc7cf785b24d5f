"""Faults of a recipe as data; their sentences are in `faults.toml`, in English and Bangla."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import tomlkit

from dagger_core.diagnostics import Lang, Severity, brief, in_language
from dagger_core.numerals import localized

_NUMBER = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands in the way of a run, or is worth knowing before it.

    Args:
        code: a name in `faults.toml`; stable.
        params: what its sentences mention.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def field(self) -> str:
        """The field of the recipe that it is about."""
        return _table()[self.code]["field"]

    @property
    def severity(self) -> Severity:
        """`error` stops the run, `warning` spoils it, `info` is worth knowing."""
        severity: Severity = _table()[self.code]["severity"]  # type: ignore[assignment]
        return severity

    def text(self, lang: Lang = "en") -> str:
        """What is the matter, as one sentence."""
        return self._say(lang, lang, _in_digits)

    def remedy(self, lang: Lang = "en") -> str:
        """What to set."""
        # What is to be typed into a field has its digits.
        return self._say(f"set_{lang}", lang, lambda value, _: value)

    def _say(self, key: str, lang: Lang, show: Callable[[str, Lang], str]) -> str:
        params = {
            name: show(brief(in_language(value, lang), 300), lang)
            for name, value in self.params.items()
        }
        return _table()[self.code][key].format_map(params)


def _in_digits(value: str, lang: Lang) -> str:
    """A number in the digits of a language; what is more than a number stays as it is."""
    return localized(value, lang) if _NUMBER.fullmatch(value) else value


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("train").joinpath("faults.toml").read_text("utf-8")
    table: Mapping[str, Mapping[str, str]] = tomlkit.parse(text).unwrap()
    return table
