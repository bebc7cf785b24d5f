"""Text made uniform for matching, with the way back to the original offsets."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

# Two code points that are one letter, and code points that are not seen at all.
_PAIRS = {
    "\u09af\u09bc": "\u09df",
    "\u09a1\u09bc": "\u09dc",
    "\u09a2\u09bc": "\u09dd",
    "\u09c7\u09be": "\u09cb",
    "\u09c7\u09d7": "\u09cc",
}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CHANGES = re.compile("|".join([*_PAIRS, f"[{_INVISIBLE}]"]))

_ZEROS = "\u0660\u06f0\u0966\u09e6\uff10"  # Arabic, Persian, Devanagari, Bangla, full-width
_SINGLE = str.maketrans(
    {
        **dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)),
        **{chr(ord(zero) + i): str(i) for zero in _ZEROS for i in range(10)},
        **dict.fromkeys("\t\n\r\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\uff05\u066a", "%"),
        "\u2044": "/",
    }
)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text with ASCII digits, lower-case Latin, one encoding of every Bangla letter,
    plain spaces and hyphens; and for each of its characters (and its end) the offset in `text`.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for found in _CHANGES.finditer(text):
        pieces.append(text[last : found.start()])
        offsets.extend(range(last, found.start()))
        if found[0] in _PAIRS:
            pieces.append(_PAIRS[found[0]])
            offsets.append(found.start())
        last = found.end()
    pieces.append(text[last:])
    folded = "".join(pieces).translate(_SINGLE)
    return folded, [*offsets, *range(last, len(text) + 1)] if offsets else range(len(text) + 1)
