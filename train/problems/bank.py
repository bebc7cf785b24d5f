"""Word problems without end: question, graph, answer, and what does not matter in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from dagger_core.graph import Graph
from dagger_core.numerals.read import Number
from train.problems.arrange import arrange
from train.problems.assemble import build, fill, stray
from train.problems.distractors import KINDS, Distractor, Inserted, Kind, insert
from train.problems.expression import steps
from train.problems.figures import Lang
from train.problems.scene import MARK, Scene
from train.problems.story import Draft, write

_DISTRACTOR_WEIGHTS = (50, 32, 14, 4)
_LANGS: tuple[Lang, ...] = ("bn", "en")
_LOWER_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Problem:
    """A word problem with everything that is known about it.

    Args:
        question: its text.
        graph: numbers in text order (those that do not matter are marked), operations, answer.
        answer: what the graph's `final_result` is.
        lang: "bn" or "en".
        template: the situations it is made of, to split by; same for both languages.
        steps: operations on the way to the answer.
        distractors: numbers of the situations that the answer does not need, then inserted ones.
            Words that only count what is listed ("two tests") have a node and no kind.
    """

    question: str
    graph: Graph
    answer: Number
    lang: Lang
    template: str
    steps: int
    distractors: tuple[Distractor, ...]


def generate(
    rng: Random,
    lang: Lang | None = None,
    steps: int | None = None,
    distractors: int | Sequence[Kind] | None = None,
    neat: bool = False,
) -> Problem:
    """A problem at random, the same for the same state of `rng`.

    Args:
        lang: its language; either if None.
        steps: operations, 1 to 6; any number if None.
        distractors: how many sentences to insert, or their kinds; 0 to 3 if None.
        neat: a story, typed with care, for people to read; else also plain arithmetic, or as
            carelessly typed as datasets are.

    Raises:
        ValueError: an argument is out of range.
    """
    if steps is not None and not 1 <= steps <= 6:
        raise ValueError(f"a problem has 1 to 6 steps, not {steps}")
    chosen: Lang = rng.choice(_LANGS) if lang is None else lang
    return finish(write(rng, chosen, steps, not neat), _kinds(rng, distractors), neat)


def stream(
    seed: int,
    lang: Lang | None = None,
    steps: int | None = None,
    distractors: int | Sequence[Kind] | None = None,
    neat: bool = False,
) -> Iterator[Problem]:
    """Problems without end, the same for the same seed; arguments as in `generate`."""
    rng = Random(seed)
    while True:
        yield generate(rng, lang, steps, distractors, neat)


def finish(draft: Draft, kinds: Sequence[Kind] = (), neat: bool = False) -> Problem:
    """The problem of a draft, with distractors of these kinds; `neat` as in `generate`."""
    scene = draft.scene
    body, added = insert(scene, draft.body, draft.question, kinds)
    marked = arrange(body, draft.question, scene.lang, scene.rng, neat)
    question, placed = fill(marked, scene.written, scene.lang)
    placed = sorted([*placed, *stray(question, placed)], key=lambda one: one.start)
    unused = draft.unused | {one.key for one in added}
    lower = scene.lang == "en" and not neat and scene.rng.random() < _LOWER_SHARE
    return Problem(
        question=question.lower() if lower else question,
        graph=build(draft.value, placed, frozenset(unused), scene.lang),
        answer=draft.answer,
        lang=scene.lang,
        template=draft.template,
        steps=steps(draft.value),
        distractors=tuple(_distractors(draft, body, added)),
    )


def _distractors(
    draft: Draft, body: Sequence[str], added: Sequence[Inserted]
) -> Iterator[Distractor]:
    written = {quantity.key: quantity for quantity in draft.scene.written}
    sentences = [*body, draft.question]
    for place, quantity in enumerate(draft.scene.written):
        if quantity.key in draft.unused:
            mark = chr(MARK + place)
            sentence = next(text for text in sentences if mark in text)
            yield Distractor("RED", _plain(draft.scene, sentence), quantity.value)
    for one in added:
        yield Distractor(one.kind, _plain(draft.scene, one.sentence), written[one.key].value)


def _plain(scene: Scene, sentence: str) -> str:
    return fill(sentence, scene.written, scene.lang)[0]


def _kinds(rng: Random, distractors: int | Sequence[Kind] | None) -> Sequence[Kind]:
    if distractors is None:
        distractors = rng.choices(range(len(_DISTRACTOR_WEIGHTS)), _DISTRACTOR_WEIGHTS)[0]
    if isinstance(distractors, int):
        if distractors < 0:
            raise ValueError("the number of distractors cannot be negative")
        return rng.choices(KINDS, k=distractors)
    unknown = set(distractors) - set(KINDS)
    if unknown:
        raise ValueError(f"unknown kinds of distractors: {', '.join(sorted(unknown))}")
    return tuple(distractors)
