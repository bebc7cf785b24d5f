"""Decisions about the item on a desk: accepted, discarded, flagged, skipped; and what comes next.

Whoever calls says which person acts; only curators decide.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from annotate import NewRevision, Question, RevisionConflict, Status, Store
from annotate.assignment import UNREVIEWED, skip, take
from annotate.filtering import Filter
from annotate.independent import decisions, unanimous
from annotate.projects import settings
from annotate.queue import following
from annotate.records import DECIDED
from dagger_core.diagnostics import EditError, StoreError
from dagger_core.numerals.show import written
from demo.curating.seat import Seat, choose, clear, draft_key, leave, take_up, track_of
from demo.services import Person, Services
from demo.solution import Solution

#: Longer than this nobody works on one item: they went away.
_LONGEST_SECONDS = 1800.0


def decide(
    services: Services, seat: Seat, person: Person, status: Status, proposed: str = ""
) -> Seat:
    """Save the desk's graph with a status and take up the next question.

    Where somebody else saved first, both are kept, and the seat has theirs to compare with.

    Raises:
        DaggerError: a visitor, nothing on the desk, or a graph that must not be accepted.
    """
    question, solution, store = _owned(seat, person), seat.solution, services.store
    if status == "accepted":
        _check_acceptable(solution)
    answer: object = solution.gold or None
    if status == "flagged":
        answer = proposed.strip() or _own_answer(solution)
    track = track_of(store, question.project, person)
    new = NewRevision(
        solution.graph,
        status,
        person.name,
        answer=answer,  # type: ignore[arg-type]  # text, checked by the store
        reason=_reason(seat),
        parent=_parent(store, solution, track),
        track=track,
        suggestion_id=seat.suggestion.id if seat.suggestion else None,
        seconds=_seconds(seat),
    )
    try:
        saved = store.revise(question.id, new)
    except RevisionConflict as conflict:
        parted = replace(solution, parent=conflict.theirs.id, saved_at="")
        services.drafts.keep(draft_key(seat.memory, question.id), parted)
        return replace(seat, solution=parted, theirs=conflict.theirs, others=())
    # A decision is a step like any other: what was undone before it cannot be redone after it.
    steps = solution.history[: solution.at + 1]
    kept = replace(solution, history=steps, parent=saved.id, saved_at=status)
    services.drafts.keep(draft_key(seat.memory, question.id), kept)
    if track:
        _conclude(store, question, person)
    done = (*seat.memory.done, saved.id)
    return advance(services, seat.remember(done=done, undone=()), person)


def _owned(seat: Seat, person: Person) -> Question:
    if not person.curator:
        raise StoreError("visitors-cannot-decide")
    if seat.question is None:
        raise EditError("nothing-on-desk")
    return seat.question


def _check_acceptable(solution: Solution) -> None:
    if solution.graph is None or not solution.graph.nodes:
        raise EditError("nothing-to-keep")
    error = next((f for f in solution.findings if f.severity == "error"), None)
    if error is not None:
        raise EditError("accept-has-errors", problem=error.text())
    if solution.gold and not (solution.score and solution.score.correct):
        raise EditError("accept-is-wrong", gold=solution.gold)


def _own_answer(solution: Solution) -> str | None:
    value = solution.execution.answer if solution.execution else None
    return None if value is None else str(written(value))


def _reason(seat: Seat) -> str:
    suggested = seat.suggestion.graph if seat.suggestion else None
    graph = seat.solution.graph
    edited = suggested is not None and graph is not None and graph != suggested
    return "edited" if edited else ""


def _parent(store: Store, solution: Solution, track: str) -> int | None:
    """What the work started from, if it is of the chain that is added to."""
    if solution.parent is None:
        return None
    return solution.parent if store.revision(solution.parent).track == track else None


def _seconds(seat: Seat) -> float | None:
    seconds = time.monotonic() - seat.since if seat.since else 0.0
    return round(seconds, 1) if 0 < seconds < _LONGEST_SECONDS else None


def _conclude(store: Store, question: Question, person: Person) -> None:
    """Where enough people decided independently and all the same, that is the decision."""
    found = decisions(store, question.id)
    if len(found) < settings(store, question.project).overlap or not unanimous(found):
        return
    first, head = next(iter(found.values())), store.latest(question.id)
    if first.status == "draft" or (head is not None and head.status in DECIDED):
        return
    agreed = NewRevision(
        first.graph,
        first.status,
        person.name,
        answer=first.answer,
        reason=f"{len(found)} annotators agree",
        parent=head.id if head else None,
    )
    with suppress(RevisionConflict):  # somebody else concluded the same at the same moment
        store.revise(question.id, agreed)


def pass_over(services: Services, seat: Seat, person: Person) -> Seat:
    """Skip the question on the desk: others get it, this person does not get it again."""
    question = _owned(seat, person)
    skip(services.store, question.id, person.name)
    done = (*seat.memory.done, -question.id)
    return advance(services, seat.remember(done=done, undone=()), person)


def advance(services: Services, seat: Seat, person: Person) -> Seat:
    """Take up the next question that the filter lets through and nobody has done.

    A curator's is assigned to them in the same step, and the one they leave is free again.
    """
    store, memory = services.store, seat.memory
    wanted = _unreviewed(memory.chosen)
    queue: dict[str, Any] = {"project": memory.project, "sort": memory.sort}
    if not person.curator or wanted is None:
        number = following(store, wanted or memory.chosen, memory.item, **queue)
        return choose(services, seat, person, number) if number else leave(services, seat, person)
    overlap = settings(store, memory.project).overlap
    question = take(store, person.name, wanted, overlap=overlap, after=memory.item, **queue)
    return take_up(services, seat, person, question.id) if question else clear(seat)


def _unreviewed(chosen: Filter) -> Filter | None:
    """The filter, for what nobody has decided; None where it asks for decided items only."""
    statuses = chosen.statuses or UNREVIEWED.statuses
    left = tuple(status for status in statuses if status in UNREVIEWED.statuses)
    return replace(chosen, statuses=left) if left else None
