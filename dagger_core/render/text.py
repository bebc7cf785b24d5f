"""Text from models and people, made fit for a picture: clean, short, wrapped, and quoted.

Nothing here can become markup, an escape or an attribute: `quoted` is the only way by which
such text reaches DOT.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import graphviz

_ELLIPSIS = "…"
_VIRAMA = "\N{BENGALI SIGN VIRAMA}"
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
# Signs that turn the direction of the text after them, for the reader to be deceived.
_BIDI_CLASSES = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
# One letter may carry this many marks; more are a column of ink over the neighbours.
_MOST_MARKS = 8
# Text longer than this is cut before any work is done on it.
_LONGEST = 600


def clean(text: str) -> str:
    """One line without control, direction and unassigned characters, spaces collapsed."""
    kept = "".join(map(_drawable, text[:_LONGEST]))
    return " ".join(kept.split()) + (_ELLIPSIS if len(text) > _LONGEST else "")


def _drawable(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cn" or unicodedata.bidirectional(char) in _BIDI_CLASSES:
        return ""
    return char


def clusters(text: str) -> Iterator[str]:
    """The letters as a reader counts them: a Bangla conjunct with its signs is one."""
    letter = ""
    for char in text:
        mark = char in _JOINERS or unicodedata.category(char).startswith("M")
        joined = letter.rstrip(_JOINERS).endswith(_VIRAMA) and char.isalpha()
        if letter and not mark and not joined:
            yield letter
            letter = char
        elif len(letter) < _MOST_MARKS:
            letter += char
    if letter:
        yield letter


def shorten(text: str, width: int) -> str:
    """At most `width` letters of cleaned text, the last one "…" where something was cut."""
    return _shorten(text[: _LONGEST + 1], width)


@lru_cache(maxsize=2048)
def _shorten(text: str, width: int) -> str:
    # A graph is drawn again and again while it is edited, mostly with the same labels.
    letters = list(clusters(clean(text)))
    if len(letters) <= width:
        return "".join(letters)
    return "".join(letters[: width - 1]).rstrip() + _ELLIPSIS


def wrap(text: str, width: int, lines: int) -> list[str]:
    """Cleaned text as at most `lines` lines of at most `width` letters."""
    rows: list[list[str]] = [[]]
    for word in clean(text).split(" "):
        letters = list(clusters(word))
        if rows[-1] and len(rows[-1]) + 1 + len(letters) > width:
            rows.append([])
        if rows[-1]:
            rows[-1].append(" ")
        rows[-1] += letters
        while len(rows[-1]) > width:
            rows[-1:] = [rows[-1][:width], rows[-1][width:]]
    joined = ["".join(row) for row in rows if row]
    if len(joined) > lines:
        last = list(clusters(joined[lines - 1]))[: width - 1]
        joined[lines - 1 :] = ["".join(last).rstrip().rstrip(_ELLIPSIS) + _ELLIPSIS]
    return joined


def quoted(lines: Iterable[str]) -> str:
    """Lines as one DOT label, centred, in which no character means anything but itself."""
    # Graphviz reads HTML entities even in plain labels, so an ampersand is one itself.
    escaped = (graphviz.escape(line.replace("&", "&amp;")) for line in lines)
    label: str = graphviz.nohtml("\\n".join(escaped))
    return label
