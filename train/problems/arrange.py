"""Sentences as one text, with the habits of different sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from train.problems.figures import Lang

_BEFORE_END = re.compile(r"\s*([.,?!।])(?=\s|$)")
_BEFORE_APOSTROPHE = re.compile(r"(?<=\w)'s\b")
_CONDITION = re.compile(
    r"\w+ (gave|bought|lost|sold|found|ate|used|got|received|spent|paid|earned|took) [^.]*\.$"
)
_ASKS = ("How ", "What ", "how ", "what ")
_FRONTED = re.compile(r"How (many|much) [^?]*\?$")
_PRONOUNS = re.compile(r"\b(he|she|his|her|him|it|its|they|them|their|this|that|there)\b")


def arrange(body: Sequence[str], question: str, lang: Lang, rng: Random, neat: bool = False) -> str:
    """The text: body and question, now and then joined or turned round.

    Unless `neat`, it is now and then spaced out, or ends without its mark, as in some datasets.
    """
    text = _join(body, question, lang, rng)
    if neat:
        return text
    if rng.random() < 0.1:
        text = _BEFORE_END.sub(r" \1", text)
        text = _BEFORE_APOSTROPHE.sub(" 's", text)
    if rng.random() < 0.03:
        text = text.rstrip("?। ")
    return text


def _join(body: Sequence[str], question: str, lang: Lang, rng: Random) -> str:
    habit = rng.random()
    if lang == "bn":
        # Sentences strung together with commas.
        if body and habit < 0.08:
            return ", ".join(sentence.rstrip("।") for sentence in [*body, question])
    elif body and habit < 0.1 and _CONDITION.match(body[-1]) and question.startswith(_ASKS):
        return " ".join([*body[:-1], _conditional(body[-1], question, rng)])
    elif body and habit > 0.94 and _FRONTED.match(question) and not _PRONOUNS.search(question):
        return " ".join([question, *body])
    return " ".join([*body, question])


def _conditional(event: str, question: str, rng: Random) -> str:
    if event.split(" ", 1)[0] in ("He", "She", "It", "They", "We"):
        event = event[0].lower() + event[1:]
    if rng.random() < 0.5:
        return f"If {event} {question}"
    return f"If {event[:-1]}, {question[0].lower()}{question[1:]}"
