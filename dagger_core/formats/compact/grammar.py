"""The grammar of valid compact answers to one question, for constrained decoding."""

from __future__ import annotations

import math

from dagger_core.formats.compact.question import shown
from dagger_core.formats.compact.symbols import CONSTANTS
from dagger_core.ops import OPS, Op

#: Most steps that a constrained model may write.
MAX_STEPS = 12


def grammar(question: str) -> str:
    """A Lark grammar, as llguidance reads it, of all valid answers to this question.

    Step k has a rule of its own whose arguments are the mentions and the steps before k, so that
    every sentence is a grounded, acyclic graph with the right numbers of arguments. It has the
    flags of mentions only, and neither `&` nor `= const`, which no model should write.
    """
    found = shown(question)
    numbers = [f'"[{number}]"' for number in range(1, len(found) + 1)]
    readings = [
        f'"[{number}]:{reading}"'
        for number, mention in enumerate(found, 1)
        for reading in range(2, len(mention.readings) + 1)
    ]
    constants = [f'"#{text}"' for text in CONSTANTS]
    rules = [
        "start: s1",
        'sp: " "?',
        f"input: sp ({' | '.join(numbers + readings + constants)})",
        f'tail: (sp "!" (sp ({" | ".join(numbers)}))+)?' if numbers else 'tail: ""',
    ]
    for step in range(1, MAX_STEPS + 2):
        earlier = "".join(f' | sp "{{{before}}}"' for before in range(1, step))
        rules.append(f"a{step}: input{earlier}")
        rules.append(f"op{step}: {' | '.join(_call(op, f'a{step}') for op in OPS.values())}")
        another = f"sp op{step} s{step + 1} | " if step <= MAX_STEPS else ""
        rules.append(f"s{step}: {another}{_ending(step)}")
    return "\n".join(rules) + "\n"


def _call(op: Op, argument: str) -> str:
    arguments = [argument] * op.least
    if op.most == math.inf:
        arguments.append(f"{argument}*")
    else:
        arguments += [f"{argument}?"] * int(op.most - op.least)
    return " ".join([f'"{op.name}"', *arguments])


def _ending(step: int) -> str:
    """What may follow `step - 1` steps: a final part, which is needed if there are none."""
    final = f'sp "=" (a{step} | sp op{step})'
    return f"({final})? tail" if step > 1 else f"{final} tail"
