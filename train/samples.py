"""Samples: word problems as a model of the compact format is trained on them.

A sample keeps the masked question and the compact answer as text, so that what augmentation does
to it (new sentences, other names) is plain text work; the prompt is put together last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dagger_core.diagnostics import Sentence
from dagger_core.example import Example
from dagger_core.formats.compact.question import assemble, masked, shown
from dagger_core.formats.compact.symbols import CONSTANTS
from dagger_core.formats.compact.writing import NotGrounded, write
from dagger_core.numerals.words import Exact
from train.canonical import canonical

_MENTION = re.compile(r"\[(\d+)\]")
_CONSTANT = re.compile(r"#(\S+)")


@dataclass(frozen=True, slots=True)
class Sample:
    """One training sample.

    Args:
        text: the masked question.
        values: the values of its mentions, in order.
        answer: the compact text to learn.
        lang: "bn" or "en".
        source: the dataset it comes from.
    """

    text: str
    values: tuple[Exact, ...]
    answer: str
    lang: str
    source: str

    @property
    def prompt(self) -> str:
        """The user turn, as `Compact.messages` gives it for the question."""
        return assemble(self.text, self.values)

    @property
    def distractors(self) -> frozenset[int]:
        """The numbers of the mentions that are marked as distractors."""
        return frozenset(map(int, _MENTION.findall(self.answer.partition("!")[2])))


def sample_of(example: Example) -> Sample | Sentence:
    """The sample of an example, or why it cannot be one.

    The reasons are few and fixed, so that they can be counted.
    """
    if example.graph is None:
        return Sentence.named("left-no-graph")
    try:
        answer = canonical(write(example.graph, example.question), example.question)
    except NotGrounded:
        return Sentence.named("left-broken-graph")
    if not set(_CONSTANT.findall(answer)) <= set(CONSTANTS):
        return Sentence.named("left-unknown-number")
    found = shown(example.question)
    sample = Sample(
        text=masked(example.question, found),
        values=tuple(mention.value for mention in found),
        answer=answer,
        lang="bn" if example.lang == "bn" else "en",
        source=example.source,
    )
    return Sentence.named("left-ambiguous") if _ambiguous(sample) else sample


def _ambiguous(sample: Sample) -> bool:
    """Whether a distractor equals a number that matters, so that which is meant is a guess."""
    flagged = sample.distractors
    values = dict(enumerate(sample.values, 1))
    marked = {values[number] for number in flagged}
    return any(value in marked for number, value in values.items() if number not in flagged)


def mentions_in(text: str) -> list[int]:
    """The numbers of the mentions in a masked text, in order."""
    return [int(number) for number in _MENTION.findall(text)]


def renumber(text: str, new: Callable[[int], int]) -> str:
    """The text with every mention `[n]` as `[new(n)]`."""
    return _MENTION.sub(lambda found: f"[{new(int(found[1]))}]", text)


def with_distractors(answer: str, numbers: Sequence[int]) -> str:
    """A compact answer with exactly these mentions marked as distractors."""
    steps = answer.partition("!")[0].strip()
    others = re.findall(r"\{\d+\}|#\S+|=", answer.partition("!")[2])
    flagged = [f"[{number}]" for number in sorted(numbers)] + others
    return " ".join([steps, "!", *flagged]) if flagged else steps


def insert(
    sample: Sample, place: int, sentence: str, values: Sequence[Exact], parts: Sequence[str]
) -> Sample:
    """The sample with a sentence that does not matter before its sentence number `place`.

    Args:
        sentence: its masked text, with mentions from `[1]` on.
        values: the values of these mentions.
        parts: the sentences of the sample's text.
    """
    before = sum(len(mentions_in(part)) for part in parts[:place])
    count = len(values)

    def moved(number: int) -> int:
        return number if number <= before else number + count

    new = renumber(sentence, lambda number: number + before)
    old = [renumber(part, moved) for part in parts]
    answer = renumber(sample.answer, moved)
    flagged = {moved(number) for number in sample.distractors}
    flagged.update(range(before + 1, before + count + 1))
    return replace(
        sample,
        text=" ".join([*old[:place], new, *old[place:]]),
        values=(*sample.values[:before], *values, *sample.values[before:]),
        answer=with_distractors(answer, sorted(flagged)),
    )


def drop(sample: Sample, place: int, parts: Sequence[str]) -> Sample:
    """The sample without its sentence number `place`, whose mentions are all distractors."""
    gone = mentions_in(parts[place])
    count, before = len(gone), sum(len(mentions_in(part)) for part in parts[:place])

    def moved(number: int) -> int:
        return number if number <= before else number - count

    left = [renumber(part, moved) for part in (*parts[:place], *parts[place + 1 :])]
    flagged = sorted(moved(number) for number in sample.distractors - set(gone))
    steps = renumber(with_distractors(sample.answer, []), moved)
    return replace(
        sample,
        text=" ".join(left),
        values=(*sample.values[:before], *sample.values[before + count :]),
        answer=with_distractors(steps, flagged) if flagged else steps,
    )
