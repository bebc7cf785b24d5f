"""One way to write each calculation, so that a model has one answer to learn.

Datasets write the same calculation in many ways. Canonical text has the arguments of + and × in
the order of the question, steps in the order in which they are needed, `sum` for three terms and
`add` for two, and the first reading of a mention where a product or quotient allows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dagger_core.formats.compact.question import shown
from dagger_core.formats.compact.symbols import symbols
from dagger_core.numerals.mentions import Mention

_SYMMETRIC = frozenset({"add", "sum", "mul", "mean", "min", "max", "gcd", "lcm"})
_INVERSE = {"mul": "div", "div": "mul"}
_NEVER = 10_000


@dataclass(frozen=True, slots=True)
class Step:
    """One operation and its arguments, as symbols."""

    op: str
    args: tuple[str, ...]


def canonical(text: str, question: str) -> str:
    """The canonical form of a valid compact text; texts with final parts keep their steps."""
    head, mark, flags = text.partition(" ! ")
    if "=" in text or "&" in head:
        return text
    steps = [_simpler(step, shown(question)) for step in _steps(head)]
    order = list(_needed(steps, len(steps)))
    if len(order) < len(steps):
        return text
    names = {f"{{{old}}}": f"{{{new}}}" for new, old in enumerate(order, 1)}
    parts = [_line(steps[old - 1], steps, names) for old in order]
    return " ".join(parts) + mark + flags


def _steps(text: str) -> list[Step]:
    steps: list[Step] = []
    for symbol in symbols(text):
        if symbol.kind == "word":
            steps.append(Step(symbol.text, ()))
        else:
            steps[-1] = Step(steps[-1].op, (*steps[-1].args, symbol.text))
    return steps


def _simpler(step: Step, found: Sequence[Mention]) -> Step:
    op, args = step.op, step.args
    if op == "sum" and len(args) == 2:
        op = "add"
    elif op == "add" and len(args) > 2:
        op = "sum"
    elif op in _INVERSE and len(args) == 2:
        places = (1,) if op == "div" else (0, 1)
        for place in places:
            turned = _inverted(args[place], found)
            if turned:
                rest = args[1 - place]
                return Step(_INVERSE[op], (rest, turned))
    return Step(op, args)


def _inverted(symbol: str, found: Sequence[Mention]) -> str | None:
    """The first reading of a mention, or 100 for 0.01, if it is one over this symbol."""
    if symbol == "#0.01":
        return "#100"
    number = re.fullmatch(r"\[(\d+)\]:(\d)", symbol)
    if number is None:
        return None
    mention = found[int(number[1]) - 1]
    reading = mention.readings[int(number[2]) - 1]
    return f"[{number[1]}]" if reading * mention.value == 1 else None


def _needed(steps: Sequence[Step], last: int) -> Iterator[int]:
    """Numbers of the steps that step `last` needs, and itself, each after its arguments."""
    done: set[int] = set()
    stack = [(last, False)]
    while stack:
        number, ready = stack.pop()
        if number in done:
            continue
        if ready:
            done.add(number)
            yield number
            continue
        stack.append((number, True))
        args = _ordered(steps[number - 1], steps)
        stack += [(int(arg[1:-1]), False) for arg in reversed(args) if arg[0] == "{"]


def _ordered(step: Step, steps: Sequence[Step]) -> tuple[str, ...]:
    if step.op not in _SYMMETRIC:
        return step.args
    return tuple(sorted(step.args, key=lambda arg: _first_mention(arg, steps)))


def _first_mention(symbol: str, steps: Sequence[Step]) -> int:
    """The number of the first mention in what a symbol stands for; constants come last."""
    waiting, seen, first = [symbol], set(), _NEVER
    while waiting:
        one = waiting.pop()
        if one[0] == "[":
            first = min(first, int(one[1 : one.index("]")]))
        elif one[0] == "{" and one not in seen:
            seen.add(one)
            waiting.extend(steps[int(one[1:-1]) - 1].args)
    return first


def _line(step: Step, steps: Sequence[Step], names: Mapping[str, str]) -> str:
    return " ".join([step.op, *(names.get(arg, arg) for arg in _ordered(step, steps))])
