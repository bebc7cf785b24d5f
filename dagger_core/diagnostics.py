"""What can be wrong, as data: one table of codes, one value, one tree of errors.

A `Diagnostic` speaks about something a model or a person wrote and is never raised.
The errors below are for callers' mistakes and for the outside world:

    DaggerError
    ├── EditError             an edit that does not fit the graph it is applied to
    ├── SettingsError         a setting outside its range
    ├── RenderError           a picture that could not be made
    │   ├── GraphTooLarge     more nodes or edges than are drawn
    │   ├── RenderTimeout     the layout took too long and was stopped
    │   └── FontMissing       the font with Bangla shapes is not there
    ├── GenerationError       a model that did not answer
    │   ├── ModelUnavailable  weights that cannot be had, found or loaded
    │   └── EndpointError     a server that refused, failed or fell silent
    ├── StoreError            the database of revisions
    │   ├── Conflict          somebody else saved first
    │   └── DatabaseTooNew    written by a later version of this program
    ├── LinkTooLong           a graph that does not fit into the address of a page
    ├── SourceError           a file or dataset that cannot be read
    ├── ExampleError          a line of a dataset that is not an example
    ├── RecipeError           a training recipe that cannot work
    └── JobError              a training job that cannot be started or changed
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import tomlkit

from dagger_core.numerals.show import localized, show

if TYPE_CHECKING:
    from dagger_core.edit import Edit

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
Severity = Literal["error", "warning", "info"]
Lang = Literal["en", "bn"]


class DaggerError(Exception):
    """Root of every error this project raises on purpose; its text is fit for a person.

    Args:
        said: a name in `errors.toml`, which has the sentence in both languages, or the English
            sentence itself.
        params: what the sentence mentions.
    """

    def __init__(self, said: str = "", **params: object) -> None:
        super().__init__(said)
        self.said, self.params = said, params

    def text(self, lang: Lang = "en") -> str:
        """The error as one sentence; in English where nobody wrote it in Bangla."""
        sentence = _sentences().get(self.said)
        if sentence is None:
            return self.said
        return _filled(sentence[lang], self.params, lang)

    def __str__(self) -> str:
        return self.text()


class EditError(DaggerError):
    """An edit that does not fit the graph it is applied to."""


class SettingsError(DaggerError):
    """A setting outside its range."""


class RenderError(DaggerError):
    """A picture that could not be made."""


class GraphTooLarge(RenderError):
    """More nodes or edges than are drawn."""


class RenderTimeout(RenderError):
    """The layout took too long and was stopped."""


class FontMissing(RenderError):
    """The font with Bangla shapes is not there."""


class GenerationError(DaggerError):
    """A model that did not answer."""


class ModelUnavailable(GenerationError):
    """Weights that cannot be had, found or loaded."""


class EndpointError(GenerationError):
    """A server that refused, failed or fell silent."""


class StoreError(DaggerError):
    """The database of revisions could not do what was asked."""


class Conflict(StoreError):
    """Somebody else saved a revision since the parent was read."""


class DatabaseTooNew(StoreError):
    """The database was written by a later version of this program."""


class LinkTooLong(DaggerError):
    """A graph that does not fit into the address of a page."""


class SourceError(DaggerError):
    """A file or dataset that cannot be read, or a row of it that means nothing."""


class ExampleError(DaggerError):
    """A line of a dataset that is not an example."""


class RecipeError(DaggerError):
    """A training recipe that cannot work."""


class JobError(DaggerError):
    """A training job that cannot be started or changed; also why one ended as it did."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of diagnostic: its stable name, how bad it is, and its sentence by language."""

    name: str
    severity: Severity
    en: str
    bn: str


@cache
def codes() -> Mapping[str, Code]:
    """The table of all codes, read once from `diagnostics.toml` beside this module."""
    return {name: Code(name, **row) for name, row in _table("diagnostics.toml").items()}


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    """What errors say, by name and language."""
    return _table("errors.toml")


def _table(name: str) -> Mapping[str, dict[str, Any]]:
    text = resources.files("dagger_core").joinpath(name).read_text("utf-8")
    table: dict[str, dict[str, Any]] = tomlkit.parse(text).unwrap()
    return table


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a graph or a text.

    Args:
        code: a name in `diagnostics.toml`; stable across versions.
        node: the id of the node it belongs to, if it belongs to one.
        params: what the sentence of the code mentions (ids, numbers, positions).
        fix: an edit that mends it for certain, where there is one.
    """

    code: str
    node: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    fix: Edit | None = None

    @property
    def severity(self) -> Severity:
        """`error` stops the answer, `warning` is likely wrong, `info` is worth knowing."""
        return codes()[self.code].severity

    def text(self, lang: Lang = "en") -> str:
        """The finding as one sentence in English or Bangla."""
        code = codes()[self.code]
        template = code.bn if lang == "bn" else code.en
        return _filled(template, {"node": self.node or "?", **self.params}, lang)

    def to_obj(self) -> dict[str, Any]:
        """The finding as plain JSON: code, severity, node, English sentence."""
        return {
            "code": self.code,
            "severity": self.severity,
            "node": self.node,
            "text": self.text(),
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said in both languages, which can be counted and compared."""

    en: str
    bn: str

    @classmethod
    def of(cls, said: DaggerError | Diagnostic) -> Sentence:
        """What an error or a finding says."""
        return cls(said.text("en"), said.text("bn"))

    @classmethod
    def named(cls, name: str, **params: object) -> Sentence:
        """A sentence of `errors.toml`."""
        return cls.of(DaggerError(name, **params))

    def text(self, lang: Lang = "en") -> str:
        """The sentence in English or Bangla."""
        return self.bn if lang == "bn" else self.en

    def general(self) -> Sentence:
        """The sentence without what it says after a colon, which is about one case only."""
        return Sentence(*(part.partition(":")[0].rstrip(".।") for part in (self.en, self.bn)))

    def __str__(self) -> str:
        return self.en


def _filled(template: str, params: Mapping[str, Any], lang: Lang) -> str:
    # Ids and texts come from models and may be as long as the whole answer.
    said = {key: brief(in_language(value, lang), 200) for key, value in params.items()}
    return template.format_map(said)


def in_language(value: Any, lang: Lang) -> Any:
    """What a sentence mentions; another sentence, and a number, in the language of the whole."""
    if isinstance(value, DaggerError | Diagnostic | Sentence):
        return value.text(lang)
    if isinstance(value, Fraction):
        return show(value, lang)
    counted = isinstance(value, int | float) and not isinstance(value, bool)
    # What else is a text may be a name, whose digits are its own.
    grouped = isinstance(value, str) and _GROUPED.fullmatch(value)
    return localized(str(value), lang) if counted or grouped else value


def brief(value: Any, limit: int = 60) -> str:
    """Something a model wrote, short enough for a message."""
    if isinstance(value, dict | list | tuple):
        return "{…}" if isinstance(value, dict) else "[…]"  # it may be of any size and depth
    text = str(value)
    return text if len(text) <= limit else text[:limit] + "…"
