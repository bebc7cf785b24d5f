"""Text on its way into the store: what is refused, and what counts as the same question."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from dagger_core.diagnostics import StoreError

QUESTION_LIMIT = 20_000
TEXT_LIMIT = 1_000_000

_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))
_SPACE_AT_PUNCTUATION = re.compile(r"\s*([^\w\s])\s*")
_BENGALI = re.compile(r"[\u0980-\u09ff]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def clean(text: str, field: str, limit: int = TEXT_LIMIT) -> str:
    """The text itself, if both databases can keep it; otherwise a `StoreError` naming the field.

    PostgreSQL cannot keep U+0000 and neither can keep half a surrogate pair, so both refuse both.
    """
    if len(text) > limit:
        raise StoreError(f"The {field} has {len(text):,} characters; the limit is {limit:,}.")
    if "\0" in text:
        position = text.index("\0") + 1
        raise StoreError(
            f"The {field} has a NUL character (U+0000) at position {position}. Remove it."
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise StoreError(
            f"The {field} has half a character (a lone surrogate) at position {error.start + 1}. "
            "Remove it."
        ) from error
    return text


def normalised(question: str) -> str:
    """The question without what does not make it another one.

    Case, Unicode composition, the script of digits, zero-width joiners, runs of white space and
    white space beside punctuation are levelled; words, numbers and punctuation stay.
    """
    text = unicodedata.normalize("NFC", question.translate(_JOINERS)).casefold()
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(_SPACE_AT_PUNCTUATION.sub(r"\1", text).split())


def question_key(norm: str) -> str:
    """A fixed-length key of a normalised question, for the unique index."""
    return hashlib.sha256(norm.encode("utf-8")).hexdigest()


def language(text: str) -> str:
    """`bn` if the text has more Bengali than Latin characters, else `en`."""
    bengali, latin = len(_BENGALI.findall(text)), len(_LATIN.findall(text))
    return "bn" if bengali > latin else "en"
