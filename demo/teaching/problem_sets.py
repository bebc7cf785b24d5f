"""Problem sets: where the problems of a lesson or a worksheet come from."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Sequence

from dagger_core.diagnostics import EditError, Lang, StoreError
from dagger_core.numerals.show import plain
from demo import actions
from demo.inspecting.sharing import open_link
from demo.services import Person, Services
from demo.solution import Solution, new_key
from train.problems import KINDS, Kind, stream

MOST_PROBLEMS = 30
MOST_STEPS = 6
_LONGEST = 60_000
_LINK = re.compile(r"(?:^|#)(\d{1,4}\.[A-Za-z0-9_-]+)\Z", re.ASCII)


def from_bank(
    lang: Lang, steps: int, kinds: Sequence[Kind], count: int, seed: int
) -> tuple[Solution, ...]:
    """Problems from the bank, each with its graph; the same for the same seed.

    Args:
        steps: operations of each; 0: any number.
        kinds: one sentence that does not matter of each kind goes into every problem.

    Raises:
        EditError: an argument is out of range.
    """
    known = lang in ("en", "bn") and all(kind in KINDS for kind in kinds)
    if not known or not 0 <= steps <= MOST_STEPS or not 1 <= count <= MOST_PROBLEMS:
        raise EditError("set-out-of-range", most=MOST_PROBLEMS)
    made = stream(seed, lang, steps or None, list(kinds), neat=True)
    return tuple(
        Solution(one.question, plain(one.answer), history=(one.graph,), key=new_key())
        for one in itertools.islice(made, count)
    )


def pasted(text: str) -> list[Solution]:
    """Questions with an empty line between them, or links; a link brings its graph with it.

    Raises:
        DaggerError: there is none, or too many, or one that is too long, or a bad link.
    """
    parts = [part.strip() for part in re.split(r"\n\s*\n", text[:_LONGEST]) if part.strip()]
    # Links stand one a line.
    pieces = [line for part in parts for line in (part.split() if _links(part) else [part])]
    if not pieces:
        raise EditError("question-missing")
    if len(pieces) > MOST_PROBLEMS or len(text) > _LONGEST:
        raise EditError("set-out-of-range", most=MOST_PROBLEMS)
    return [_solution(piece) for piece in pieces]


def _links(part: str) -> bool:
    return all(_LINK.search(word) for word in part.split())


def _solution(piece: str) -> Solution:
    link = _LINK.search(piece)
    if link is None or any(character.isspace() for character in piece):
        return actions.ask(Solution(key=new_key()), piece, "")
    return open_link(link[1])


def saved(services: Services, person: Person, count: int) -> tuple[Solution, ...]:
    """The graphs that were saved last, in the set that a person writes to.

    Raises:
        StoreError: nothing is saved, or the person is a stranger.
    """
    if not person.curator:
        raise StoreError("saved-for-curators")
    if not 1 <= count <= MOST_PROBLEMS:
        raise EditError("set-out-of-range", most=MOST_PROBLEMS)
    examples = services.store.examples(project=person.project)
    latest = deque((example for example in examples if example.graph), maxlen=count)
    if not latest:
        raise StoreError("nothing-saved")
    return tuple(
        Solution(
            example.question,
            "" if example.answer is None else plain(example.answer),
            history=() if example.graph is None else (example.graph,),
            key=new_key(),
        )
        for example in latest
    )
