"""A question as a model of the compact format sees it: its numbers as mentions `[1] [2] …`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from dagger_core.asked import asked
from dagger_core.numerals.mentions import Mention, mentions
from dagger_core.numerals.words import Exact

#: Most mentions that are shown to a model; later numbers of a text stay as they are.
MAX_MENTIONS = 40

_NUMERAL = re.compile(r"[\d.,]+")


def shown(question: str) -> list[Mention]:
    """The mentions that have a number in the compact format, in the order of the text."""
    return mentions(question)[:MAX_MENTIONS]


def masked(question: str, found: Sequence[Mention]) -> str:
    """The question in lower case and NFC, with `[1] [2] …` in place of these mentions.

    Words that say how a number is meant stay behind it: `[2] %`, `[3] twice`.
    """
    parts: list[str] = []
    end = 0
    for number, mention in enumerate(found, 1):
        parts += [question[end : mention.start], f" [{number}] ", _manner(mention), " "]
        end = mention.end
    parts.append(question[end:])
    return " ".join(unicodedata.normalize("NFC", "".join(parts)).lower().split())


def _manner(mention: Mention) -> str:
    """What a mention says besides its value: "twice", "%", "rd"; nothing for plain numbers."""
    if mention.kind == "digit":
        return ""
    if mention.kind == "word" and mention.value != 1 and mention.value.denominator == 1:
        return ""
    return _NUMERAL.sub(" ", mention.text)


def assemble(text: str, values: Sequence[Exact]) -> str:
    """The user turn: what is asked, the masked text, and its mentions from small to large.

    What is asked stands first because a causal model then reads every number knowing it.
    """
    by_size = sorted(range(len(values)), key=lambda place: (values[place], place))
    return f"{asked(text)} | {text} | {' '.join(f'[{place + 1}]' for place in by_size)}".rstrip()


def prompt(question: str) -> str:
    """The user turn for a question."""
    found = shown(question)
    return assemble(masked(question, found), [mention.value for mention in found])
