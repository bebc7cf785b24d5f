"""Decisions taken back and made again: undo of what was saved, and redo of the undo.

What can be undone is what the browser remembers; the store says whether it still can.
"""

from __future__ import annotations

from dataclasses import replace

from annotate import Revision
from annotate import undo as undoing
from dagger_core.diagnostics import EditError, StoreError
from demo.curating.deciding import advance
from demo.curating.seat import Seat, choose, draft_key
from demo.services import Person, Services

#: A step taken back or again: the seat afterwards, and why the decision stands if it does. Then it
#: is forgotten here, so that the next undo or redo goes on with the one before it.
Outcome = tuple[Seat, StoreError | None]
_STANDS = ("saved-since", "not-your-decision", "no-such-revision")


def take_back(services: Services, seat: Seat, person: Person) -> Outcome:
    """Undo the last decision and put its question back on the desk, as it was.

    Raises:
        DaggerError: there is none, or this person decides nothing.
    """
    if not seat.memory.done:
        raise EditError("nothing-to-undo")
    _check_curator(person)
    *rest, last = seat.memory.done
    seat = seat.remember(done=tuple(rest))
    if last < 0:
        return choose(services, seat, person, -last), None
    try:
        revision = _restore(services, last, person)
    except StoreError as reason:
        if reason.said not in _STANDS:
            raise
        return seat, reason
    _reopen(services, seat, revision)
    seat = choose(services, seat, person, revision.question_id)
    return seat.remember(undone=(*seat.memory.undone, revision.id)), None


def do_again(services: Services, seat: Seat, person: Person) -> Outcome:
    """Do the decision again that was undone last, and go on.

    Raises:
        DaggerError: there is none, or this person decides nothing.
    """
    if not seat.memory.undone:
        raise EditError("nothing-to-redo")
    _check_curator(person)
    *rest, last = seat.memory.undone
    seat = seat.remember(undone=tuple(rest))
    try:
        revision = _restore(services, last, person)
    except StoreError as reason:
        if reason.said not in _STANDS:
            raise
        return seat, reason
    _reopen(services, seat, revision, saved_at=revision.status)
    return advance(services, seat.remember(done=(*seat.memory.done, revision.id)), person), None


def _check_curator(person: Person) -> None:
    if not person.curator:
        raise StoreError("visitors-cannot-decide")


def _restore(services: Services, revision_id: int, person: Person) -> Revision:
    """Undo a revision of one's own."""
    if services.store.revision(revision_id).author != person.name:
        raise StoreError("not-your-decision")
    return undoing.undo(services.store, revision_id, person.name)


def _reopen(services: Services, seat: Seat, revision: Revision, saved_at: str = "") -> None:
    """Make the draft of a question go on from the revision that undid a decision about it."""
    key = draft_key(seat.memory, revision.question_id)
    draft = services.drafts.get(key)
    if draft is not None:
        services.drafts.keep(key, replace(draft, parent=revision.id, saved_at=saved_at))
