"""The composite reward of a trace: R = 0.6·correctness + 0.25·structure + 0.15·confidence.

Source: "Teaching Gemma to Show Its Work" (Gemma3-1B, SFT and GRPO). It names the three parts,
their weights, and what each looks for; the rules are ours where it is silent:

- correctness is 1 if the answer's quantity is the gold one (`same_quantity`), else 0. A text with
  no closed answer or with more than one earns nothing.
- structure is the mean of four shares, each 0 where there is no closed reasoning:
  - steps: 0, ½, 1 for one, two, three or more different steps. A step is a line, or a sentence
    where there is one line only, of at least three words or with a number in it.
  - markers: 0, ½, 1 for no, one, two or more steps numbered from 1 without a gap
    ("Step 1:", "2.", "ধাপ ৩:").
  - transitions: 1 if a transition word stands anywhere ("then", "because", "তাই"), else 0.
  - conclusion: ½ if the last step opens with a word of conclusion ("Therefore", "অতএব"), and ½ if
    it names the number that the answer states.
- confidence is how well the text knows whether it is right: 1 − (c − correctness)² with the
  certainty c that it states ("Confidence: 80%" is 0.8), or 1 if it leaves no doubt
  ("obviously", "অবশ্যই"), 0.3 if it leaves one ("probably", "সম্ভবত"), and 0.7 else; doubt
  outweighs certainty. A wrong answer so earns 0 if it is sure, 0.51 if plain and 0.91 if
  unsure; a right one 1, 0.91 and 0.51. Without exactly one closed answer it is 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from dagger_core.formats.trace.quantity import Quantity, quantity, same_quantity
from dagger_core.formats.trace.reading import ANSWER, ANSWER_END, read_trace
from dagger_core.formats.trace.words import (
    CERTAIN,
    CONCLUSION,
    DOUBT,
    STATED,
    STEP_MARK,
    TRANSITION,
)
from dagger_core.numerals import mentions

_SURE, _PLAIN, _UNSURE = 1.0, 0.7, 0.3
_MOST_STEPS, _FEWEST_WORDS = 3, 3
_OPENING = 40
_SENTENCE_MARKS = str.maketrans(dict.fromkeys("।!?", "\n"))


class Weights(NamedTuple):
    """What each part is worth."""

    correctness: float = 0.6
    structure: float = 0.25
    confidence: float = 0.15


#: The published weights.
PUBLISHED = Weights()


class TraceScore(NamedTuple):
    """What a trace earns; every part is in [0, 1].

    Args:
        format: whether the text is exactly a reasoning and an answer; logged, not paid.
        weights: what the parts are worth.
    """

    format: bool
    correctness: float
    structure: float
    confidence: float
    weights: Weights = PUBLISHED

    @property
    def total(self) -> float:
        """The composite reward."""
        w = self.weights
        paid = w.correctness * self.correctness + w.structure * self.structure
        return paid + w.confidence * self.confidence

    @property
    def parts(self) -> dict[str, float]:
        """The parts by name, without their weights."""
        return {
            "format": float(self.format),
            "correctness": self.correctness,
            "structure": self.structure,
            "confidence": self.confidence,
        }


def score_trace(text: str, gold: Any, weights: Weights = PUBLISHED) -> TraceScore:
    """The composite reward of a text against a gold answer: a number, or text with a unit."""
    trace = read_trace(text)
    right = correctness(text, gold)
    return TraceScore(
        trace.exact,
        right,
        structure(trace.reasoning or "", quantity(trace.answer or "")),
        confidence(text, right),
        weights,
    )


def stated(text: str) -> Quantity | None:
    """The quantity that a text answers with, if it has exactly one closed answer."""
    if text.count(ANSWER) != 1 or text.count(ANSWER_END) != 1:
        return None
    return quantity(read_trace(text).answer or "")


def correctness(text: str, gold: Any) -> float:
    """1 if the one answer of the text is the gold answer, else 0."""
    answer, wanted = stated(text), quantity(gold)
    return float(answer is not None and wanted is not None and same_quantity(answer, wanted))


def structure(reasoning: str, answer: Quantity | None) -> float:
    """How far a reasoning has the form of steps with a conclusion, in [0, 1]."""
    found = steps(reasoning)
    if not found:
        return 0.0
    several = (min(len(found), _MOST_STEPS) - 1) / (_MOST_STEPS - 1)
    numbered = min(markers(reasoning), 2) / 2
    linked = float(TRANSITION.search(reasoning.lower()) is not None)
    return (several + numbered + linked + conclusion(found[-1], answer)) / 4


def steps(reasoning: str) -> list[str]:
    """The different steps of a reasoning, in order."""
    lines = reasoning.splitlines()
    if len(lines) < 2:
        lines = reasoning.translate(_SENTENCE_MARKS).replace(". ", "\n").splitlines()
    bodies = {" ".join(STEP_MARK.sub("", line, count=1).lower().split()): line for line in lines}
    return [line for body, line in bodies.items() if _says_something(body)]


def _says_something(body: str) -> bool:
    return len(body.split()) >= _FEWEST_WORDS or any(letter.isdigit() for letter in body)


def markers(reasoning: str) -> int:
    """How many lines are numbered 1, 2, 3 … without a gap, from the first."""
    count = 0
    for line in reasoning.splitlines():
        found = STEP_MARK.match(line)
        if found is not None and int(found[1] or found[2]) == count + 1:
            count += 1
    return count


def conclusion(last: str, answer: Quantity | None) -> float:
    """½ for a last step that opens as a conclusion, ½ for one that names the answer's number."""
    body = STEP_MARK.sub("", last, count=1).lower().strip()
    opens = CONCLUSION.search(body[:_OPENING]) is not None
    named = answer is not None and any(abs(answer.value) == m.value for m in mentions(last))
    return (opens + named) / 2


def certainty(text: str) -> float:
    """How sure a text says it is, in [0, 1]."""
    found = STATED.search(text)
    if found is not None:
        return min(int(found[1]), 100) / 100
    lowered = text.lower()
    if DOUBT.search(lowered):
        return _UNSURE
    return _SURE if CERTAIN.search(lowered) else _PLAIN


def confidence(text: str, right: float) -> float:
    """How well the text's certainty fits its being right (`right` is 1) or wrong (0)."""
    if text.count(ANSWER) != 1 or text.count(ANSWER_END) != 1:
        return 0.0
    return 1.0 - (certainty(text) - right) ** 2
