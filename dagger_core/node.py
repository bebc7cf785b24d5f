"""Node: one line of a graph, with every field as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from dagger_core.ops import CONST, find_op, is_const


class Node(msgspec.Struct, frozen=True, gc=False):
    """One node, as written.

    Args:
        id: its name; a Graph strips it.
        op: "const" for a number of the question, else an operation's name; "" if missing.
        val: a const's number as written: int, Decimal, text, or whatever JSON stood there.
        args: ids or bare numbers, as written.
        distractor: whether it is marked as not mattering for the answer.
        label: what it stands for, in the question's language.
    """

    id: str = ""
    op: str = ""
    val: Any = None
    args: tuple[Any, ...] = ()
    distractor: bool = False
    label: str = ""

    @classmethod
    def from_obj(cls, obj: Mapping[str, Any]) -> Node:
        """The node in a decoded JSON object, whatever types a model gave its fields.

        An integer id becomes text, a scalar in place of `args` a list of one, and a flag may
        be text ("true"). Unknown keys are passed over.
        """
        return cls(
            _text(obj.get("id")).strip(),
            _text(obj.get("op")),
            obj.get("val"),
            _args(obj.get("args")),
            str(obj.get("distractor")).strip().lower() in ("true", "1", "yes"),
            _text(obj.get("label")),
        )

    @property
    def is_const(self) -> bool:
        """Whether it is an input node."""
        return self.op == CONST or is_const(self.op)

    @property
    def meaning(self) -> str:
        """Its label, or "" where that only repeats the operation ("multiply", "গুণ", "×")."""
        op, label = find_op(self.op), self.label.strip()
        telling = () if op is None else (op.name, op.en, op.bn, op.symbol, *op.aliases)
        return "" if label.lower() in telling else label

    def to_obj(self) -> dict[str, Any]:
        """The node as JSON values, with the keys and their order of the published format.

        What its kind has no use for (arguments of a const, the value of an operation) is
        written only where it is there.
        """
        val, args = {"val": self.val}, {"args": list(self.args)}
        if self.is_const:
            body = {**val, **args} if self.args else val
        else:
            body = args if self.val is None else {**val, **args}
        return {
            "id": self.id,
            "op": self.op,
            **body,
            "distractor": self.distractor,
            "label": self.label,
        }

    def to_json(self) -> str:
        """The node on one line, with a space after colons and commas as published."""
        text = encode(self.to_obj())
        return _STRING_OR_MARK.sub(lambda m: m[0] + " " if m[0] in ":," else m[0], text)


def encode(obj: Any) -> str:
    """A JSON value on one line; Decimals are written as the numbers they were read from."""
    return _ENCODER.encode(obj).decode()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, bool) else str(value)


def _args(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _raw_decimal(value: Decimal) -> msgspec.Raw:
    # A Decimal came from a JSON number and goes back as the same number, digit for digit.
    return msgspec.Raw(str(value).encode())


_ENCODER = msgspec.json.Encoder(decimal_format=_raw_decimal)
_STRING_OR_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[:,]')
