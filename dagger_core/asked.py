"""What a question asks: its sentences, and the one of them that asks."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.?!।])\s+")


def sentences(text: str) -> list[str]:
    """The text cut behind every full stop, danda, question or exclamation mark."""
    return _SENTENCE_END.split(text)


def asked(text: str) -> str:
    """The last sentence with a question mark, or the last one."""
    parts = sentences(text)
    return next((part for part in reversed(parts) if "?" in part), parts[-1])
