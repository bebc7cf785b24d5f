"""Bulk actions and undo: previewed, counted, done, and brought back as if nothing had been."""

from __future__ import annotations

import pytest

from annotate import NewQuestion, NewRevision, Store
from annotate.bulk import accept_right, apply_fix, fixed, preview, run
from annotate.filtering import Filter
from annotate.queue import progress
from annotate.undo import undo, undo_batch
from dagger_core.check import check
from dagger_core.diagnostics import StoreError
from dagger_core.graph import Graph, Node


def _graph(value: int, *, idle_flag: bool = True) -> Graph:
    """value + 1, beside a number that does not matter."""
    return Graph(
        [
            Node("n1", "const", value),
            Node("n2", "const", 1),
            Node("n3", "const", 77, distractor=idle_flag),
            Node("n4", "const", 78, distractor=idle_flag),
            Node("s", "add", None, ("n1", "n2")),
            Node("final_result", "identity", None, ("s",)),
        ]
    )


@pytest.fixture
def suggested(store: Store) -> Store:
    """1, 2: right; 3: wrong; 4: right but for its flags; 5: right, but discarded."""
    for number in range(1, 6):
        value = number + (number == 3)
        text = f"q{number}: {value} and 1, not 77 or 78"
        question = store.add_question(NewQuestion(text, answer=number + 1))
        graph = _graph(value, idle_flag=number != 4)
        store.suggest(question.id, model="m", text="t", graph=graph)
    store.revise(5, NewRevision(_graph(5), "discarded", "asha"))
    return store


def _statuses(store: Store) -> list[str]:
    latest = [store.latest(number) for number in range(1, 6)]
    return [revision.status if revision else "-" for revision in latest]


def test_accept_all_that_are_right(suggested: Store) -> None:
    seen = preview(suggested, accept_right())
    assert (seen.count, [item.question_id for item in seen.items]) == (2, [1, 2])
    assert _statuses(suggested) == ["-", "-", "-", "-", "discarded"]
    batch = run(suggested, accept_right(), "asha")
    assert batch.revisions == 2
    assert _statuses(suggested) == ["accepted", "accepted", "-", "-", "discarded"]
    revision = suggested.latest(1)
    assert revision is not None
    assert (revision.graph, revision.author, revision.batch_id) == (_graph(1), "asha", batch.id)
    assert revision.suggestion_id is not None


def test_one_undo_brings_all_back(suggested: Store) -> None:
    before = progress(suggested)
    batch = run(suggested, accept_right(), "asha")
    undone = undo_batch(suggested, batch.id, "asha")
    assert (undone.revisions, undone.kept) == (2, 0)
    assert progress(suggested) == before
    assert preview(suggested, accept_right()).count == 2
    again = undo_batch(suggested, undone.id, "asha")
    assert again.revisions == 2
    assert progress(suggested)["accepted"] == 2


def test_undo_leaves_alone_what_was_saved_since(suggested: Store) -> None:
    batch = run(suggested, accept_right(), "asha")
    newest = suggested.latest(1)
    assert newest is not None
    later = suggested.revise(1, NewRevision(_graph(1), "flagged", "bela", parent=newest.id))
    undone = undo_batch(suggested, batch.id, "asha")
    assert (undone.revisions, undone.kept) == (1, 1)
    assert suggested.latest(1) == later


def test_a_filter_narrows_the_action(suggested: Store) -> None:
    assert run(suggested, accept_right(), "asha", Filter(text="q2")).revisions == 1
    assert _statuses(suggested) == ["-", "accepted", "-", "-", "discarded"]


def test_apply_one_fix_to_all_that_have_it(suggested: Store) -> None:
    action = apply_fix("unused-number")
    assert preview(suggested, action).count == 1
    assert run(suggested, action, "asha").revisions == 1
    revision = suggested.latest(4)
    assert revision is not None
    assert (revision.status, revision.graph) == ("draft", _graph(4))
    assert preview(suggested, action).count == 0
    assert preview(suggested, accept_right()).count == 3


def test_fixed_mends_every_node() -> None:
    mended = fixed(_graph(1, idle_flag=False), "unused-number")
    assert mended == _graph(1)
    assert check(mended) == []
    assert fixed(mended, "cycle") == mended


def test_a_stopped_action_can_be_undone(suggested: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.bulk.DONE_AT_ONCE", 1)

    def stop(done: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        run(suggested, accept_right(), "asha", progress=stop)
    assert progress(suggested)["accepted"] == 1
    newest = suggested.latest(1)
    assert newest is not None
    assert undo_batch(suggested, newest.batch_id or 0, "asha").revisions == 1


def test_undo_of_an_accidental_discard(store: Store, pens: Graph) -> None:
    kept = store.save(question="q", graph=pens, author="asha", answer=54, status="accepted")
    discarded = store.save(
        question="q", graph=None, author="asha", status="discarded", parent=kept.id
    )
    restored = undo(store, discarded.id, "asha")
    assert (restored.graph, restored.status, restored.answer) == (pens, "accepted", "54")
    assert store.latest(kept.question_id) == restored
    redone = undo(store, restored.id, "asha")
    assert redone.status == "discarded"


def test_undo_of_the_first_revision_is_pending(store: Store, pens: Graph) -> None:
    first = store.save(question="q", graph=pens, author="asha", status="discarded")
    assert undo(store, first.id, "asha").status == "pending"
    assert progress(store)["pending"] == 1


def test_only_the_newest_can_be_undone(store: Store, pens: Graph) -> None:
    first = store.save(question="q", graph=pens, author="asha")
    store.save(question="q", graph=pens, author="bela", parent=first.id)
    with pytest.raises(StoreError, match="bela has saved it since"):
        undo(store, first.id, "asha")
    with pytest.raises(StoreError, match="no revision 99"):
        undo(store, 99, "asha")
    with pytest.raises(StoreError, match="no bulk action 99"):
        undo_batch(store, 99, "asha")
