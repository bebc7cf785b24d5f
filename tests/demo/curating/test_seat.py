"""Items on a desk: given back when they are left, and decisions that others built upon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotate import NewQuestion, NewRevision, Store
from annotate.assignment import holders
from annotate.projects import ProjectSettings, change_settings
from dagger_core.diagnostics import StoreError
from demo.curating import deciding, documents, seat, taking_back
from demo.curating.memory import Memory
from demo.curating.seat import Seat
from demo.services import Person, Services, new_browser_key
from demo.solution import Solution
from tests.demo.curating.test_page import graph
from tests.demo.solve_app import services

ASHA, VISITOR = Person("asha", curator=True), Person("guest", curator=False)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Services]:
    made = services(tmp_path / "dagger.sqlite3")
    for number in (1, 2, 3):
        question = made.store.add_question(NewQuestion(f"{number} pens and 2 more?", number + 2))
        made.store.suggest(question.id, model="m", text="", graph=graph(number, 2))
    yield made
    made.drafts.close()
    made.store.close()


@pytest.fixture
def desk(app: Services) -> Seat:
    """Asha's page, with the first item on it."""
    memory = Memory(new_browser_key(), name="asha")
    return deciding.advance(app, Seat(Solution(), memory=memory), ASHA)


def _decide_two(app: Services, desk: Seat) -> Seat:
    return deciding.decide(app, deciding.decide(app, desk, ASHA, "accepted"), ASHA, "discarded")


def _saves(store: Store, question: int) -> None:
    """Bela saves a question over what it is now."""
    head = store.latest(question)
    assert head is not None
    store.revise(question, NewRevision(head.graph, "flagged", "bela", parent=head.id))


def test_an_item_that_is_left_is_free_and_its_draft_kept(app: Services, desk: Seat) -> None:
    assert holders(app.store, 1) == ["asha"]
    key = seat.draft_key(desk.memory, 1)
    app.drafts.keep(key, desk.solution)
    left = seat.leave(app, desk, ASHA)
    assert (left.question, left.memory.item) == (None, 0)
    assert holders(app.store, 1) == []
    assert app.drafts.get(key) is not None


def test_a_visitor_gives_nothing_back(app: Services, desk: Seat) -> None:
    seat.leave(app, desk, VISITOR)
    assert holders(app.store, 1) == ["asha"]


def test_undo_passes_over_what_somebody_saved_since(app: Services, desk: Seat) -> None:
    desk = _decide_two(app, desk)
    _saves(app.store, 2)
    desk, stands = taking_back.take_back(app, desk, ASHA)
    assert stands is not None
    assert "bela has saved it since" in stands.text()
    assert desk.memory.item == 3
    desk, stands = taking_back.take_back(app, desk, ASHA)
    assert stands is None
    assert (desk.memory.item, desk.memory.done) == (1, ())
    statuses = [(head and head.status) for head in map(app.store.latest, (1, 2))]
    assert statuses == ["pending", "flagged"]


def test_redo_passes_over_what_somebody_saved_since(app: Services, desk: Seat) -> None:
    desk = _decide_two(app, desk)
    for _ in range(2):
        desk, _stands = taking_back.take_back(app, desk, ASHA)
    _saves(app.store, 1)
    desk, stands = taking_back.do_again(app, desk, ASHA)
    assert stands is not None
    desk, stands = taking_back.do_again(app, desk, ASHA)
    assert stands is None
    head = app.store.latest(2)
    assert head is not None
    assert head.status == "discarded"


def test_decisions_of_another_database_are_passed_over(app: Services, desk: Seat) -> None:
    desk, stands = taking_back.take_back(app, desk.remember(done=(99,)), ASHA)
    assert stands is not None
    assert desk.memory.done == ()


def test_visitors_take_nothing_back(app: Services, desk: Seat) -> None:
    with pytest.raises(StoreError, match="only curators"):
        taking_back.take_back(app, _decide_two(app, desk), VISITOR)


def test_the_queue_turns_to_the_page_of_the_item(app: Services, desk: Seat) -> None:
    for number in range(documents.LINES):
        app.store.add_question(NewQuestion(f"more {number}"))
    turned = documents.followed(app.store, desk.remember(item=documents.LINES + 2).memory)
    assert turned.start == documents.LINES
    shown = documents.queue(app.store, turned, "bn")
    assert shown["place"] == "৩১–৩৩"
    assert documents.followed(app.store, desk.remember(item=2).memory).start == 0


def test_who_works_independently_sees_their_own_progress(app: Services, desk: Seat) -> None:
    change_settings(app.store, "default", ProjectSettings(overlap=2), "asha")
    desk = deciding.decide(app, seat.take_up(app, desk, ASHA, 1), ASHA, "accepted")
    shown = documents.queue(app.store, desk.memory, "en")
    assert shown["bar"] == {"done": 1, "total": 3, "text": "1 of 3 done by you"}
    assert [line["status"] for line in shown["items"]] == ["accepted", "pending", "pending"]
    others = documents.queue(app.store, replace(desk.memory, name="bela"), "en")
    assert others["bar"]["done"] == 0
    assert others["items"][0]["status"] == "pending"
    desk, _ = taking_back.take_back(app, desk, ASHA)
    assert documents.queue(app.store, desk.memory, "en")["bar"]["done"] == 0


def test_a_page_that_is_no_more_is_the_first(app: Services, desk: Seat) -> None:
    shown = documents.queue(app.store, desk.remember(start=documents.LINES).memory, "en")
    assert (shown["start"], len(shown["items"])) == (0, 3)
