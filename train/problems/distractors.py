"""Sentences with numbers that do not matter, put into any question.

Kinds: RED, a related entity (another person's count of the same things); OAD, an orthogonal
attribute (a price, weight or age that nothing asks about); NEED, a null-effect event (promised,
planned or cancelled).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

from dagger_core.graph import Graph, Node
from dagger_core.numerals.read import Number, read_number
from train.problems.assemble import const, fill
from train.problems.figures import Lang
from train.problems.foreign import read_scene
from train.problems.scene import Scene
from train.problems.tables import Row, rows_of
from train.problems.topics import touches

Kind = Literal["RED", "OAD", "NEED"]
KINDS: tuple[Kind, ...] = ("RED", "OAD", "NEED")


@dataclass(frozen=True, slots=True)
class Distractor:
    """A number that does not matter: its kind, the sentence it stands in, its value."""

    kind: Kind
    sentence: str
    value: Number


#: A sentence that begins like this leans on the one before it.
_LEANING = re.compile(
    r"(if |when |then |later,? |after that,? |next,? |so |of )?"
    r"(he|she|it|they|his|her|their|its|this|these|that|those|them|each|every|both|the rest)\b"
    r"|(তারপর |পরে |এরপর |যদি |পরদিন )?"
    r"(সে|তিনি|তার|তাকে|তারা|তাদের|তা |এটি|এগুলো|এর|তাঁর|তাতে|প্রতি|বাকি|যার)",
    re.IGNORECASE,
)
#: A sentence with the space after it; "Mr." and "2.5" end none.
_SENTENCE = re.compile(
    r".+?(?:[.?!।](?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)\s+|$)", re.DOTALL
)
_NAMED = re.compile(r"\{([Aopr])1?(?:'s|\.\w+)?\}")
_LATE_SHARE = 0.6
_REDRAWS = 20


@dataclass(frozen=True, slots=True)
class Inserted:
    """A number that was put in: its kind, its key, and its sentence with marks for numbers."""

    kind: Kind
    key: str
    sentence: str


def insert(
    scene: Scene,
    body: Sequence[str],
    question: str,
    kinds: Sequence[Kind],
    avoid: Collection[Number] = (),
) -> tuple[list[str], list[Inserted]]:
    """The body with a distractor of each kind, whose numbers are not among those to avoid.

    They stand where the sentence after them does not lean on the one before, or last.
    """
    sentences = list(body)
    added: list[Inserted] = []
    taken: set[str] = set()
    for place, kind in enumerate(kinds):
        text = " ".join([*sentences, question])
        row, phrase = _choose(scene, kind, text, taken)
        taken.add(row.name)
        scene.clear = False
        sentence = scene.say(phrase, _numbers(row, scene.rng, avoid), f"d{place}.")
        sentences.insert(_gap(sentences, scene.rng), sentence)
        said = (one.key for one in scene.written if one.key.startswith(f"d{place}."))
        added.extend(Inserted(kind, key, sentence) for key in said)
    return sentences, added


def _numbers(row: Row, rng: Random, avoid: Collection[Number]) -> dict[str, Number]:
    values: dict[str, Number] = {}
    for _ in range(_REDRAWS):
        values = {}
        for key, source in row.ranges:
            values[key] = source.draw(rng, values)
        if not set(values.values()) & set(avoid):
            break
    return values


def _choose(scene: Scene, kind: Kind, text: str, taken: set[str]) -> tuple[Row, str]:
    rows = [
        row
        for row in rows_of("distractor", kind)
        if row.name not in taken and not touches(row.topic, text)
    ]
    known = frozenset(scene.used & {"A", "o"}) | ({"p", "r"} if "o" in scene.used else set())
    fitting = [(row, _phrases(row, scene.lang, known)) for row in rows]
    whole = [(row, row.texts[scene.lang]) for row in rows_of("distractor", kind)]
    row, phrases = scene.rng.choice([pair for pair in fitting if pair[1]] or whole)
    return row, scene.rng.choice(phrases)


@cache
def _phrases(row: Row, lang: Lang, known: frozenset[str]) -> tuple[str, ...]:
    """The phrasings that name nobody and nothing but what the question knows."""
    return tuple(text for text in row.texts[lang] if set(_NAMED.findall(text)) <= known)


def _gap(sentences: Sequence[str], rng: Random) -> int:
    gaps = [place for place in range(1, len(sentences)) if not _LEANING.match(sentences[place])]
    return rng.choice(gaps) if gaps and rng.random() > _LATE_SHARE else len(sentences)


def distract(
    question: str, graph: Graph, kind: Kind, n: int, rng: Random, lang: Lang
) -> tuple[str, Graph]:
    """The question with `n` sentences of this kind, and its graph with their numbers as nodes.

    Persons and things are those of the question where they can be told; the answer stays.

    Raises:
        ValueError: `kind` or `lang` is unknown, or `n` is negative.
    """
    if kind not in KINDS or lang not in ("en", "bn") or n < 0:
        raise ValueError(f"cannot insert {n} distractors of kind {kind!r} in {lang!r}")
    scene = read_scene(question, rng, lang)
    *body, last = _SENTENCE.findall(question.rstrip()) or [""]
    here = [read_number(node.val) for node in graph if node.is_const]
    avoid = {value for value in here if value is not None}
    sentences, added = insert(scene, body, last, [kind] * n, avoid)
    filled = {one.sentence: fill(one.sentence, scene.written, lang) for one in added}
    text = "".join(filled[part][0] + " " if part in filled else part for part in sentences)
    numbers = [one for part in sentences if part in filled for one in filled[part][1]]
    ids = (f"d{place}" for place in range(1, len(graph.nodes) + len(numbers) + 1))
    free = (node_id for node_id in ids if node_id not in graph.index)
    nodes = [const(next(free), one.value, one.label, distractor=True) for one in numbers]
    return text + last, Graph(_placed(graph.nodes, nodes))


def _placed(nodes: Sequence[Node], new: Sequence[Node]) -> list[Node]:
    first = next((place for place, node in enumerate(nodes) if not node.is_const), len(nodes))
    return [*nodes[:first], *new, *nodes[first:]]
