"""Seat: a desk with an item of the queue on it, and how an item is taken up.

No gradio here but what `Desk` brings. Whoever calls says which person acts; only curators change
the store.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime

from annotate import Question, Revision, Store, Suggestion
from annotate.assignment import give_back, hold, holders
from annotate.projects import settings
from dagger_core.diagnostics import StoreError
from dagger_core.graph import Graph
from demo.curating.memory import NOTHING, Memory
from demo.desk import Desk
from demo.services import VISITORS, Person, Services
from demo.solution import Attempt, Solution, new_key


@dataclass(frozen=True)
class Seat(Desk):
    """One open Annotate page.

    Args:
        memory: what its browser remembers.
        question: the item on the desk.
        suggestion: what a model or a file proposed for it, the newest with a graph.
        theirs: what somebody else saved meanwhile, to be compared with one's own.
        others: who else has the item on their desk.
        since: when the item came on the desk, by `time.monotonic`.
        drafted: when the draft was last written.
    """

    memory: Memory = NOTHING
    question: Question | None = None
    suggestion: Suggestion | None = None
    theirs: Revision | None = None
    others: tuple[str, ...] = ()
    since: float = 0.0
    drafted: datetime | None = None

    @property
    def baseline(self) -> Graph | None:
        """What the edit is compared with: the other person's graph, or the suggestion."""
        if self.theirs is not None:
            return self.theirs.graph
        return self.suggestion.graph if self.suggestion else None

    def remember(self, **changes: object) -> Seat:
        """The seat of a browser that remembers something else."""
        return replace(self, memory=replace(self.memory, **changes))  # type: ignore[arg-type]


def draft_key(memory: Memory, question_id: int) -> str:
    """Under which the draft of one browser for one question is kept."""
    return f"{memory.key}:{question_id}"


def track_of(store: Store, project: str, person: Person) -> str:
    """The chain of revisions a person adds to: their own where several work independently."""
    return person.name if settings(store, project).overlap > 1 else ""


def clear(seat: Seat) -> Seat:
    """The seat with nothing on the desk."""
    nothing = Solution(key=new_key())
    return replace(
        seat.remember(item=0),
        solution=nothing,
        question=None,
        suggestion=None,
        theirs=None,
        others=(),
        drafted=None,
    )


def leave(services: Services, seat: Seat, person: Person) -> Seat:
    """The seat with nothing on the desk; others can take the item at once, its draft is kept."""
    if person.curator and seat.question is not None:
        give_back(services.store, seat.question.id, person.name)
    return clear(seat)


def choose(services: Services, seat: Seat, person: Person, question_id: int) -> Seat:
    """Put a question on the desk that somebody chose: it is theirs as long as they work on it.

    Raises:
        StoreError: there is no such question, or it is not for this person.
    """
    if person.curator:
        hold(services.store, question_id, person.name, leaving=seat.memory.item)
    return take_up(services, seat, person, question_id)


def take_up(services: Services, seat: Seat, person: Person, question_id: int) -> Seat:
    """Put a question on the desk, with this browser's draft of it.

    Raises:
        StoreError: there is no such question, or it is not for this person.
    """
    store = services.store
    question = store.question(question_id)
    if question.project == VISITORS and not person.curator:
        raise StoreError("curators-only")
    track = track_of(store, question.project, person)
    head = store.latest(question_id, track=track)
    suggestions = store.suggestions(question_id)
    suggestion = next((s for s in reversed(suggestions) if s.graph), None) or (
        suggestions[-1] if suggestions else None
    )
    solution, theirs = _fresh(question, head, suggestion), None
    draft = services.drafts.get(draft_key(seat.memory, question_id))
    if draft is not None and draft.history and not _is_outdated(draft, head):
        solution = replace(draft, key=new_key(), attempt=solution.attempt)
        theirs = head if head is not None and draft.parent != head.id else None
    same = seat.question is not None and seat.question.id == question_id
    return replace(
        seat.remember(item=question_id, project=question.project),
        solution=solution,
        question=question,
        suggestion=suggestion,
        theirs=theirs,
        others=() if track else _others(store, question_id, person),
        since=seat.since if same else time.monotonic(),
        drafted=None,
    )


def _others(store: Store, question_id: int, person: Person) -> tuple[str, ...]:
    return tuple(name for name in holders(store, question_id) if name != person.name)


def _is_outdated(draft: Solution, head: Revision | None) -> bool:
    """All of it was saved, and the question has moved on since."""
    return bool(draft.saved_at) and draft.parent != (head.id if head else None)


def _fresh(question: Question, head: Revision | None, suggestion: Suggestion | None) -> Solution:
    attempt = None
    if suggestion is not None:
        attempt = Attempt(suggestion.model, suggestion.text, suggestion.graph)
    graph = head.graph if head and head.graph else suggestion.graph if suggestion else None
    answer = head.answer if head and head.status != "flagged" and head.answer else question.answer
    return Solution(
        question=question.text,
        gold=answer or "",
        attempt=attempt,
        history=(graph,) if graph is not None else (),
        key=new_key(),
        parent=head.id if head else None,
        saved_at=head.status if head and head.status != "pending" else "",
    )
