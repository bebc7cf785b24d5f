"""Handing out questions: to enough people, never to more, never twice to one."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from annotate import NewQuestion, NewRevision, RevisionConflict, Store
from annotate.assignment import give_back, hold, holders, skip, take
from annotate.filtering import Filter
from annotate.undo import undo
from dagger_core.diagnostics import StoreError
from dagger_core.graph import Graph


@pytest.fixture
def three(store: Store) -> Store:
    for name in ("one", "two", "three"):
        store.add_question(NewQuestion(name))
    return store


def _take(store: Store, annotator: str, **settings: object) -> int | None:
    question = take(store, annotator, **settings)  # type: ignore[arg-type]
    return question.id if question else None


def test_two_annotators_get_two_questions(three: Store) -> None:
    assert [_take(three, name) for name in ("asha", "bela", "chad", "dana")] == [1, 2, 3, None]


def test_what_one_holds_one_gets_again(three: Store) -> None:
    assert [_take(three, "asha"), _take(three, "asha")] == [1, 1]


def test_after_saving_comes_the_next(three: Store, pens: Graph) -> None:
    three.revise(_take(three, "asha") or 0, NewRevision(pens, "accepted", "asha"))
    assert _take(three, "asha") == 2


def test_a_skipped_question_goes_to_others_only(three: Store) -> None:
    assert _take(three, "asha") == 1
    skip(three, 1, "asha")
    assert _take(three, "asha") == 2
    assert _take(three, "bela") == 1
    with pytest.raises(StoreError, match="no question 99"):
        skip(three, 99, "asha")


def test_what_is_given_back_is_free_at_once(three: Store) -> None:
    assert _take(three, "asha") == 1
    give_back(three, 1, "bela")
    assert _take(three, "bela") == 2
    give_back(three, 1, "asha")
    assert holders(three, 1) == []
    assert _take(three, "chad") == 1
    with pytest.raises(StoreError, match="no question 99"):
        give_back(three, 99, "asha")


def test_what_is_held_too_long_is_free(three: Store) -> None:
    assert _take(three, "asha", hold=timedelta(microseconds=1)) == 1
    assert _take(three, "bela") == 1
    assert _take(three, "asha") == 2


def test_overlap_counts_people_who_hold_and_people_who_saved(three: Store, pens: Graph) -> None:
    chosen = Filter(text="one")
    assert _take(three, "asha", chosen=chosen, overlap=2) == 1
    three.revise(1, NewRevision(pens, "accepted", "asha", track="asha"))
    assert _take(three, "bela", chosen=chosen, overlap=2) == 1
    assert _take(three, "chad", chosen=chosen, overlap=2) is None
    three.revise(1, NewRevision(pens, "accepted", "bela", track="bela"))
    assert _take(three, "chad", chosen=chosen, overlap=2) is None
    assert _take(three, "chad", chosen=chosen, overlap=3) == 1


def test_fifty_at_once(store: Store, pens: Graph) -> None:
    for number in range(20):
        store.add_question(NewQuestion(f"q{number}"))
    saved: list[tuple[int, str]] = []

    def work(name: str) -> None:
        while (question := take(store, name, overlap=2)) is not None:
            store.revise(question.id, NewRevision(pens, "draft", name, track=name))
            saved.append((question.id, name))

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(work, (f"a{number}" for number in range(50))))
    assert Counter(question for question, _ in saved) == dict.fromkeys(range(1, 21), 2)
    assert len(set(saved)) == 40
    for question_id in range(1, 21):
        assert len(store.revisions(question_id)) == 2


def test_a_hold_does_not_keep_others_from_saving(three: Store, pens: Graph) -> None:
    _take(three, "asha")
    theirs = three.revise(1, NewRevision(pens, "accepted", "bela"))
    with pytest.raises(RevisionConflict) as caught:
        three.revise(1, NewRevision(None, "discarded", "asha"))
    assert caught.value.theirs == theirs


def test_what_was_taken_back_or_done_in_bulk_comes_again(three: Store, pens: Graph) -> None:
    saved = three.revise(1, NewRevision(pens, "discarded", "asha"))
    assert _take(three, "asha") == 2
    undo(three, saved.id, "asha")
    skip(three, 2, "asha")
    assert _take(three, "asha") == 1


@pytest.mark.parametrize(("sort", "order"), [("oldest", [1, 2, 3]), ("newest", [3, 2, 1])])
def test_going_on_from_a_question(three: Store, sort: str, order: list[int]) -> None:
    first, second, third = order
    assert _take(three, "asha", sort=sort, after=first) == second
    assert _take(three, "asha", sort=sort, after=second) == third
    assert _take(three, "asha", sort=sort, after=third) == first


def test_going_on_from_the_more_uncertain(three: Store, pens: Graph) -> None:
    for number, wrong in ((1, 1), (2, 3), (3, 0)):
        for place in range(4):
            graph = None if place < wrong else pens
            three.suggest(number, model=f"m{place}", text="t", graph=graph)
    assert _take(three, "asha", sort="uncertain") == 2
    assert _take(three, "asha", sort="uncertain", after=2) == 1
    assert _take(three, "asha", sort="uncertain", after=1) == 3
    assert _take(three, "asha", sort="uncertain", after=3) == 2


def test_what_one_leaves_others_get(three: Store) -> None:
    assert _take(three, "asha") == 1
    assert _take(three, "bela", after=1) == 2
    assert _take(three, "asha", after=1) == 3
    assert _take(three, "chad") == 1
    assert _take(three, "asha", after=3) == 3


def test_many_who_go_on_never_meet(store: Store) -> None:
    for number in range(30):
        store.add_question(NewQuestion(f"q{number}"))
    places = dict.fromkeys((f"a{number}" for number in range(10)), 0)

    def go_on(name: str) -> None:
        for _ in range(5):
            places[name] = _take(store, name, after=places[name]) or 0

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(go_on, list(places)))
    assert len(set(places.values())) == 10
    assert all(list(holders(store, number)) == [name] for name, number in places.items())


def test_a_question_that_was_chosen_is_held(three: Store, pens: Graph) -> None:
    hold(three, 1, "asha")
    assert _take(three, "bela") == 2
    hold(three, 3, "asha", leaving=1)
    assert _take(three, "chad") == 1
    hold(three, 1, "bela")
    assert list(holders(three, 1)) == ["bela", "chad"]
    three.revise(1, NewRevision(pens, "accepted", "bela"))
    assert list(holders(three, 1)) == ["chad"]
    with pytest.raises(StoreError, match="no question 99"):
        hold(three, 99, "asha")


def test_who_opens_a_skipped_question_again_may_get_it(three: Store) -> None:
    skip(three, 1, "asha")
    hold(three, 1, "asha")
    assert _take(three, "asha", after=3) == 1
