"""JSON text -> values as written: decimals exactly, whole numbers of any length, no NaN.

This is the careful reader. It says where a text breaks and reads what quicker ones refuse.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|"
    r"(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_LONGEST_INT = 1000


class JsonFault(ValueError):
    """A text that is not JSON.

    Args:
        code: bad-json, bare-number or too-deep, as in the table of diagnostics.
        at: the offset where it breaks.
        params: what the sentence of the code mentions besides the place.
    """

    def __init__(self, code: str, at: int, **params: Any) -> None:
        super().__init__(code)
        self.code, self.at, self.params = code, at, params


class _Constant(ValueError):
    """NaN, Infinity or -Infinity, which Python reads and RFC 8259 does not have."""


def loads(text: str) -> Any:
    """The value of a JSON text; floats are Decimals, half surrogate pairs are U+FFFD.

    Raises:
        JsonFault: the text is not JSON, or nested too deeply.
    """
    text = _LONE_SURROGATE.sub(r"\\ufffd", text.encode("utf-8", "replace").decode())
    try:
        return json.loads(text, parse_int=_int, parse_float=decimal, parse_constant=_refuse)
    except json.JSONDecodeError as fault:
        raise JsonFault("bad-json", fault.pos, detail=fault.msg) from None
    except RecursionError:
        raise JsonFault("too-deep", 0) from None
    except _Constant as name:
        raise JsonFault("bare-number", text.find(str(name)), token=str(name)) from None


def decimal(digits: str) -> Decimal | str:
    """A JSON number as a Decimal, or as text if its exponent is beyond what a Decimal holds."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


def place(text: str, at: int) -> dict[str, int]:
    """The line and column, from 1, of an offset."""
    return {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}


def _refuse(name: str) -> Any:
    raise _Constant(name)


def _int(digits: str) -> int | Decimal:
    # Python refuses to convert thousands of digits to an int; such a number is too large anyway.
    return int(digits) if len(digits) < _LONGEST_INT else Decimal(digits)
