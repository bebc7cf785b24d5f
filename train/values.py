"""Values of a dataclass's fields as files and command lines have them, read as the field's type."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from dagger_core.diagnostics import RecipeError


@cache
def _types(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def typed(owner: type, name: str, value: Any) -> Any:
    """A value as the type of a field; text is read as TOML unless the field is text.

    Raises:
        RecipeError: there is no such field, or the value is not of its type.
    """
    kind = _types(owner).get(name)
    if kind is None:
        likely = ", ".join(alike(name, _types(owner)))
        raise RecipeError("no-such-field-of-recipe", field=name, likely=likely)
    origin = typing.get_origin(kind)
    if isinstance(value, str) and kind is not str:
        try:
            value = tomlkit.parse(f"value = {value}").unwrap()["value"]
        except TOMLKitError as error:
            raise RecipeError(
                "not-a-value", field=name, value=repr(value), problem=error
            ) from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if origin is tuple and isinstance(value, list):
        value = tuple(value)
    wanted = Mapping if origin is not None and origin is not tuple else origin or kind
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
        raise RecipeError(_wrong(kind), field=name, value=repr(value))
    return types.MappingProxyType(dict(value)) if isinstance(value, Mapping) else value


def alike(name: str, known: Iterable[str]) -> list[str]:
    """What somebody may have meant by a name that there is not, the likeliest first."""
    return difflib.get_close_matches(name, known, n=4, cutoff=0.0)


def plain(value: Any) -> Any:
    """A field's value as TOML and JSON have it."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _wrong(kind: Any) -> str:
    """The name of the sentence that says that a value is not of a type."""
    names = {int: "not-whole", float: "not-number", bool: "not-boolean", str: "not-text"}
    return names.get(kind, "not-list" if typing.get_origin(kind) is tuple else "not-table")
