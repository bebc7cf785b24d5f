"""Text -> Trace: what stands between the tags, and whether it is all there is."""

from __future__ import annotations

from typing import NamedTuple

REASONING, REASONING_END = "<reasoning>", "</reasoning>"
ANSWER, ANSWER_END = "<answer>", "</answer>"


class Trace(NamedTuple):
    """What a text says.

    Args:
        reasoning: between the first pair of reasoning tags; None if it is not closed.
        answer: between the last pair of answer tags; None if it is not closed.
        exact: whether the text is one reasoning and one answer behind it, and nothing else.
    """

    reasoning: str | None
    answer: str | None
    exact: bool


def read_trace(text: str) -> Trace:
    """The trace in a text; linear in its length, and never raises."""
    exact = all(text.count(tag) == 1 for tag in (REASONING, REASONING_END, ANSWER, ANSWER_END))
    begin = text.find(REASONING)
    end = text.find(REASONING_END, begin) if begin >= 0 else -1
    reasoning = text[begin + len(REASONING) : end].strip() if end >= 0 else None
    last = text.rfind(ANSWER_END)
    first = text.rfind(ANSWER, 0, last) if last >= 0 else -1
    answer = text[first + len(ANSWER) : last].strip() if first >= 0 else None
    if exact:
        between = text[end + len(REASONING_END) : first] if 0 <= begin < end < first else "-"
        around = text[:begin] + between + text[last + len(ANSWER_END) :]
        exact = bool(reasoning) and bool(answer) and not around.strip()
    return Trace(reasoning, answer, exact)
