"""A node's value or arguments as one line of text, as forms and tables have it, and back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from dagger_core.graph import Node
from dagger_core.numerals import TooLarge, plain_number


def input_text(node: Node) -> str:
    """A const's number, or an operation's arguments with commas between them."""
    if node.is_const:
        return "" if node.val is None else _text(node.val)
    return ", ".join(_text(arg) for arg in node.args)


def input_changes(op_is_const: bool, text: str) -> dict[str, Any]:
    """The fields of a node that a line of text stands for: `val`, or `args`."""
    if op_is_const:
        return {"val": _value(text), "args": ()}
    return {"val": None, "args": tuple(_value(part) for part in _split(text))}


def _text(value: Any) -> str:
    if isinstance(value, str):
        # Commas separate arguments, and quotes keep a text from being taken for a number.
        return json.dumps(value, ensure_ascii=False) if "," in value or '"' in value else value
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _split(text: str) -> list[str]:
    parts, quoted = [""], False
    for character in text:
        quoted ^= character == '"'
        if character == "," and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _value(text: str) -> Any:
    """A number where the text is one in ASCII digits, else the text."""
    text = text.strip()
    if not text:
        return None
    if text.startswith('"'):
        try:
            return json.loads(text)
        except ValueError:
            return text
    try:
        number = plain_number(text) if text.isascii() and "/" not in text else None
    except TooLarge:
        return text
    if number is None:
        return text
    return number if isinstance(number, int) else Decimal(text.replace(",", ""))
