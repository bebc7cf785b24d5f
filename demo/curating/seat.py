"""Seat: a desk with an item of the queue on it, and how its item comes and goes.

No gradio here but what `Desk` brings. Whoever calls says which person acts; only curators change
the store.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from annotate import NewRevision, Question, Revision, RevisionConflict, Status, Store, Suggestion
from annotate import undo as undoing
from annotate.assignment import UNREVIEWED, skip, take
from annotate.projects import settings
from annotate.queue import Filter, page
from dagger_core.diagnostics import EditError, StoreError
from dagger_core.diff import same_graph
from dagger_core.graph import Graph
from dagger_core.numerals.show import written
from demo.curating.memory import NOTHING, Memory
from demo.desk import Desk
from demo.services import VISITORS, Person, Services
from demo.solution import Attempt, Solution, new_key

#: Longer than this nobody works on one item: they went away.
_LONGEST_SECONDS = 1800.0
_PAGE = 200


@dataclass(frozen=True)
class Seat(Desk):
    """One open Annotate page.

    Args:
        memory: what its browser remembers.
        question: the item on the desk.
        suggestion: what a model or a file proposed for it, the newest with a graph.
        theirs: what somebody else saved meanwhile, to be compared with one's own.
        since: when the item came on the desk, by `time.monotonic`.
        drafted: when the draft was last written.
    """

    memory: Memory = NOTHING
    question: Question | None = None
    suggestion: Suggestion | None = None
    theirs: Revision | None = None
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
        drafted=None,
    )


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
    fresh = _fresh(question, head, suggestion)
    draft = services.drafts.get(draft_key(seat.memory, question_id))
    kept = draft is not None and bool(draft.history) and not _is_outdated(draft, head)
    theirs = None
    if kept and draft is not None and head is not None and draft.parent != head.id:
        theirs = head
    return replace(
        seat.remember(item=question_id, project=question.project),
        solution=replace(draft, key=new_key()) if kept and draft else fresh,
        question=question,
        suggestion=suggestion,
        theirs=theirs,
        since=time.monotonic(),
        drafted=None,
    )


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
        return replace(seat, solution=parted, theirs=conflict.theirs)
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
    newest = independent(store, question.id)
    if len(newest) < settings(store, question.project).overlap:
        return
    first, *others = newest.values()
    if first.graph is None or first.status not in ("accepted", "discarded"):
        return
    for other in others:
        same = other.graph is not None and same_graph(first.graph, other.graph)
        if other.status != first.status or not same:
            return
    head = store.latest(question.id)
    store.revise(
        question.id,
        NewRevision(
            first.graph,
            first.status,
            person.name,
            answer=first.answer,
            reason=f"{len(newest)} annotators agree",
            parent=head.id if head else None,
        ),
    )


def independent(store: Store, question_id: int) -> dict[str, Revision]:
    """The newest decision of everybody who worked on a question independently."""
    newest: dict[str, Revision] = {}
    for revision in store.revisions(question_id):
        if revision.track:
            newest[revision.track] = revision
    return {name: r for name, r in newest.items() if r.status != "pending"}


def pass_over(services: Services, seat: Seat, person: Person) -> Seat:
    """Skip the question on the desk: others get it, this person does not get it again."""
    question = _owned(seat, person)
    skip(services.store, question.id, person.name)
    done = (*seat.memory.done, -question.id)
    return advance(services, seat.remember(done=done, undone=()), person)


def advance(services: Services, seat: Seat, person: Person, *, leaving: bool = False) -> Seat:
    """Take up the next question that the filter lets through and nobody has done.

    Args:
        leaving: the question on the desk stays undecided; the next one in the queue is meant.
    """
    store, memory = services.store, seat.memory
    wanted = _unreviewed(memory.chosen)
    if person.curator and wanted is not None and not leaving:
        overlap = settings(store, memory.project).overlap
        question = take(
            store,
            person.name,
            wanted,
            project=memory.project,
            sort=memory.sort,
            overlap=overlap,
        )
        return take_up(services, seat, person, question.id) if question else clear(seat)
    following = _following(store, memory, wanted or memory.chosen)
    return clear(seat) if following is None else take_up(services, seat, person, following)


def _unreviewed(chosen: Filter) -> Filter | None:
    """The filter, for what nobody has decided; None where it asks for decided items only."""
    statuses = chosen.statuses or UNREVIEWED.statuses
    left = tuple(status for status in statuses if status in UNREVIEWED.statuses)
    return replace(chosen, statuses=left) if left else None


def _following(store: Store, memory: Memory, chosen: Filter) -> int | None:
    """The question after the one on the desk, in the order of the queue; the first after none."""
    start, seen = 0, memory.item == 0
    first: int | None = None
    while True:
        found = page(
            store, chosen, project=memory.project, sort=memory.sort, start=start, limit=_PAGE
        )
        for item in found.items:
            first = item.question_id if first is None else first
            if seen:
                return item.question_id
            seen = item.question_id == memory.item
        if not found.more:
            return first if first != memory.item else None
        start += _PAGE


def take_back(services: Services, seat: Seat, person: Person) -> Seat:
    """Undo the last decision and put its question back on the desk, as it was.

    Raises:
        DaggerError: there is none, or somebody else has saved since.
    """
    if not seat.memory.done:
        raise EditError("nothing-to-undo")
    *rest, last = seat.memory.done
    seat = seat.remember(done=tuple(rest))
    if last < 0:
        return take_up(services, seat, person, -last)
    revision = _restore(services, last, person)
    seat = take_up(services, _reopened(services, seat, revision), person, revision.question_id)
    return seat.remember(undone=(*seat.memory.undone, revision.id))


def _reopened(services: Services, seat: Seat, revision: Revision) -> Seat:
    """Make the draft go on from the revision that undid its decision."""
    key = draft_key(seat.memory, revision.question_id)
    draft = services.drafts.get(key)
    if draft is not None:
        services.drafts.keep(key, replace(draft, parent=revision.id, saved_at=""))
    return seat


def do_again(services: Services, seat: Seat, person: Person) -> Seat:
    """Do the decision again that was undone last, and go on.

    Raises:
        DaggerError: there is none, or somebody else has saved since.
    """
    if not seat.memory.undone:
        raise EditError("nothing-to-redo")
    *rest, last = seat.memory.undone
    seat = seat.remember(undone=tuple(rest))
    revision = _restore(services, last, person)
    key = draft_key(seat.memory, revision.question_id)
    draft = services.drafts.get(key)
    if draft is not None:
        services.drafts.keep(key, replace(draft, parent=revision.id, saved_at=revision.status))
    return advance(services, seat.remember(done=(*seat.memory.done, revision.id)), person)


def _restore(services: Services, revision_id: int, person: Person) -> Revision:
    """Undo a revision of one's own."""
    if not person.curator:
        raise StoreError("visitors-cannot-decide")
    if services.store.revision(revision_id).author != person.name:
        raise StoreError("not-your-decision")
    return undoing.undo(services.store, revision_id, person.name)


Move = Callable[[Services, Seat, Person], Seat]
