"""Problems as chains of situations: an opener, events that change the quantity, a question.

Any opener of a domain can meet any of its events and questions, so the rows of the tables
multiply. A shape is a row that is a whole problem by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from random import Random

from dagger_core.numerals.read import Number, TooLarge
from dagger_core.ops import OpFailure
from train.problems.expression import (
    Expression,
    evaluate,
    flatten,
    names,
    operations,
    steps,
    substitute,
)
from train.problems.figures import Lang
from train.problems.ranges import NoSuchNumber
from train.problems.scene import Scene
from train.problems.tables import Entry, Row, rows, rows_of

MOST_STEPS = 6
_ATTEMPTS = 500
_STEP_WEIGHTS = (28, 32, 18, 11, 7, 4)
#: How often a problem of 1, 2, … steps is a shape rather than a chain.
_SHAPE_SHARE = (0.9, 0.85, 0.7, 0.45, 0.15, 0.0)
_COMMON = {"add", "sub", "mul", "div", "sum", "mean", "max", "min", "floor", "ceil"}
_ENOUGH = 0.75
_BARE = "symbols"
_CONNECTIVE_SHARE = 0.25
_INTRO_SHARE = 0.08
_CONNECTIVES: dict[Lang, tuple[str, ...]] = {
    "en": ("Then ", "Later, ", "After that, ", "Next, ", "The next day, ", "A little later "),
    "bn": ("তারপর ", "পরে ", "এরপর ", "পরদিন ", "কিছুক্ষণ পর "),
}
_SENTENCE_END = re.compile(r"(?<=[.?!।])\s+")


class DeadEnd(Exception):
    """This attempt leads to no sane problem; try another."""


@dataclass(slots=True)
class Draft:
    """A problem before its text and graph stand.

    Args:
        body: sentences before the question, with marks for numbers (see scene).
        question: the last sentence.
        value: what is asked, in keys of quantities.
        template: names of the rows it is made of.
        unused: keys of numbers that the rows mention and the answer does not need.
    """

    scene: Scene
    body: list[str]
    question: str
    value: Expression
    answer: Number
    template: str
    unused: frozenset[str]


@dataclass(slots=True)
class _Chain:
    """Situations chosen so far, and the quantity after them."""

    rng: Random
    thing: Entry
    rows: list[tuple[Row, dict[str, Number]]] = field(default_factory=list)
    values: dict[str, Number] = field(default_factory=dict)
    quantity: Expression = 0
    amount: Number = 0
    every: tuple[Expression, ...] = ()

    def add(self, row: Row) -> None:
        """Let the situation happen, with numbers of its own; raises DeadEnd."""
        prefix = f"{len(self.rows)}."
        state: dict[str, Expression | tuple[Expression, ...]] = {
            "q": self.quantity,
            "every": self.every,
        }
        own: dict[str, Number] = {}
        try:
            for key, source in row.ranges:
                own[key] = source.draw(self.rng, {"q": self.amount, **own})
                self.values[prefix + key] = own[key]
                state[key] = prefix + key
            for condition in row.where:
                if evaluate(substitute(condition, state), self.values) <= 0:
                    raise DeadEnd
            self.quantity = flatten(substitute(row.value, state))
            self.amount = evaluate(self.quantity, self.values)
        except (NoSuchNumber, ZeroDivisionError, OpFailure, TooLarge) as error:
            raise DeadEnd from error
        if not _sane(self.amount, row):
            raise DeadEnd
        self.every = (*self.every, self.quantity)
        self.rows.append((row, own))

    def after(self, row: Row) -> int:
        """How many operations the quantity takes after the situation."""
        state = {"q": self.quantity, "every": self.every}
        return steps(flatten(substitute(row.value, state)))

    def fits(self, row: Row) -> bool:
        """Whether the situation may come next."""
        if not self.thing.suits(row.needs, row.avoids):
            return False
        if row.history and len(self.every) < 2:
            return False
        return all(row is not earlier or row.shift for earlier, _ in self.rows)


def _sane(value: Number, row: Row) -> bool:
    if isinstance(value, float) or value <= 0:
        return False
    return value == int(value) if row.exact else (Fraction(value) * 1000).denominator == 1


def write(rng: Random, lang: Lang, wanted: int | None, bare: bool = True) -> Draft:
    """A problem with the wanted number of operations, or with any from 1 to 6.

    Args:
        bare: whether it may be plain arithmetic, without a story.
    """
    if wanted is None:
        wanted = rng.choices(range(1, MOST_STEPS + 1), _STEP_WEIGHTS)[0]
    for _ in range(_ATTEMPTS):
        try:
            shapes = _shapes(wanted, bare)
            if shapes and rng.random() < _SHAPE_SHARE[wanted - 1]:
                return write_shape(rng, lang, rng.choice(shapes))
            return _write_chain(rng, lang, wanted)
        except DeadEnd:
            continue
    raise RuntimeError(f"no problem with {wanted} steps in {_ATTEMPTS} attempts")


@cache
def _shapes(wanted: int, bare: bool) -> tuple[Row, ...]:
    """Shapes of so many steps, each as often as it is to be told; rare operations more often."""
    shapes = [
        row
        for row in rows()
        if row.role == "shape" and row.cost == wanted and (bare or row.domain != _BARE)
    ]
    rare = [row for row in shapes if not operations(row.value) <= _COMMON]
    told = [row for row in shapes for _ in range(row.share)]
    # However large the bank grows, about one problem in nine has a rare operation.
    return (*told, *rare * max(4, len(told) // (8 * max(len(rare), 1))))


@cache
def _openers(most: int) -> tuple[Row, ...]:
    return tuple(row for row in rows() if row.role == "opener" and row.cost <= most)


def write_shape(rng: Random, lang: Lang, row: Row) -> Draft:
    """The problem that one shape tells.

    Raises:
        DeadEnd: its ranges never give sane numbers.
    """
    scene = Scene.draw(rng, lang, row.needs, row.avoids)
    for _ in range(_ATTEMPTS):
        chain = _Chain(rng, scene.things[0])
        try:
            chain.add(row)
        except DeadEnd:
            continue
        return _tell(chain, scene)
    raise DeadEnd(f"no sane numbers for {row.name} in {_ATTEMPTS} attempts")


def _write_chain(rng: Random, lang: Lang, wanted: int) -> Draft:
    opener = rng.choice(_openers(wanted))
    scene = Scene.draw(rng, lang, opener.needs, opener.avoids)
    chain = _Chain(rng, scene.things[0])
    chain.add(opener)
    while True:
        here = chain.rows[-1][0].to
        ask = _ask(chain, here, wanted) if rng.random() < _ENOUGH else None
        if ask:
            chain.add(ask)
            return _tell(chain, scene)
        left = max(wanted - steps(chain.quantity), 1)
        events = [r for r in rows_of(here, "event") if r.cost <= left and chain.fits(r)]
        if not events or len(chain.rows) > MOST_STEPS + 1:
            raise DeadEnd
        chain.add(rng.choice(events))


def _ask(chain: _Chain, domain: str, wanted: int) -> Row | None:
    """A question that makes the problem exactly as long as wanted, or None."""
    # The stages of a domain (work1, work2) have events of their own and the same questions.
    asks = list(rows_of(domain.rstrip("0123456789"), "ask"))
    chain.rng.shuffle(asks)
    left = wanted - steps(chain.quantity)
    # Joined additions are one sum, so a question may cost one step less than it does alone.
    likely = (row for row in asks if row.history or left <= row.cost <= left + 1)
    return next((r for r in likely if chain.fits(r) and chain.after(r) == wanted), None)


def _tell(chain: _Chain, scene: Scene) -> Draft:
    sentences = _intro(scene) if chain.rows[0][0].role == "opener" else []
    for place, (row, own) in enumerate(chain.rows):
        phrase = scene.rng.choice(row.texts[scene.lang])
        follows = row.role == "event" and phrase.startswith("{S}")
        if follows and scene.rng.random() < _CONNECTIVE_SHARE:
            phrase = scene.rng.choice(_CONNECTIVES[scene.lang]) + phrase
        sentences.extend(_SENTENCE_END.split(scene.say(phrase, own, f"{place}.")))
        if row.shift:
            scene.shift()
    needed = names(chain.quantity)
    return Draft(
        scene=scene,
        body=sentences[:-1],
        question=sentences[-1],
        value=chain.quantity,
        answer=chain.amount,
        template=">".join(row.name for row, _ in chain.rows),
        unused=frozenset(chain.values) - needed,
    )


def _intro(scene: Scene) -> list[str]:
    """Now and then a first sentence without numbers."""
    if scene.rng.random() > _INTRO_SHARE:
        return []
    row = scene.rng.choice(rows_of("intro", "plain"))
    return [scene.say(scene.rng.choice(row.texts[scene.lang]), {}, "")]
