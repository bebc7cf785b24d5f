"""The queue: every filter lets through what it names, sorted as asked, a page at a time."""

from __future__ import annotations

import pytest

from annotate import NewQuestion, NewRevision, Store
from annotate.filtering import Filter
from annotate.queue import SORTS, Sort, count, page, place, progress
from dagger_core.graph import Graph, Node


def _sum(one: int, other: int, op: str = "add") -> Graph:
    return Graph(
        [
            Node("n1", "const", one),
            Node("n2", "const", other),
            Node("n3", "const", 99, distractor=True),
            Node("s", op, None, ("n1", "n2")),
            Node("final_result", "identity", None, ("s",)),
        ]
    )


@pytest.fixture
def curated(store: Store) -> Store:
    """Four questions: right, wrong, flagged by bela, and one without a graph."""
    right = store.add_question(NewQuestion("Two and 3?", answer=5, source="asdiv"))
    wrong = store.add_question(NewQuestion("৪টি ও ৫টি কলম?", answer=10, source="bmwp"))
    flagged = store.add_question(NewQuestion("7 over 0?", answer=1))
    store.add_question(NewQuestion("100% of nothing", source="asdiv"))
    store.suggest(right.id, model="tiny", text="a", graph=_sum(2, 3))
    for number, graph in enumerate([_sum(4, 5), _sum(5, 5)]):
        store.suggest(wrong.id, model="big", text=str(number), graph=graph)
    store.suggest(wrong.id, model="big", text="last", graph=_sum(4, 5))
    store.revise(flagged.id, NewRevision(_sum(7, 0, "div"), "flagged", "bela", answer=2))
    store.add_question(NewQuestion("elsewhere"), project="other")
    return store


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(), [1, 2, 3, 4]),
        (Filter(statuses=("pending",)), [1, 2, 4]),
        (Filter(statuses=("flagged", "accepted")), [3]),
        (Filter(lang="bn"), [2]),
        (Filter(source="asdiv"), [1, 4]),
        (Filter(right=True), [1]),
        (Filter(right=False), [2, 3]),
        (Filter(distractors=(1, 1)), [1, 2, 3]),
        (Filter(distractors=(0, 0)), [4]),
        (Filter(op="div"), [3]),
        (Filter(op="add", right=False), [2]),
        (Filter(code="zero-divisor"), [3]),
        (Filter(model="tiny"), [1]),
        (Filter(annotator="bela"), [3]),
        (Filter(text="  AND ৩"), [1]),
        (Filter(text="4টি"), [2]),
        (Filter(text="100%"), [4]),
        (Filter(text="%"), [4]),
        (Filter(text="_"), []),
        (Filter(op="nonsense"), []),
    ],
)
def test_filters(curated: Store, chosen: Filter, found: list[int]) -> None:
    shown = page(curated, chosen)
    assert [item.question_id for item in shown.items] == found
    assert not shown.more
    assert count(curated, chosen) == len(found)


def test_sorts(curated: Store) -> None:
    order = {
        sort: [item.question_id for item in page(curated, sort=sort).items]
        for sort in ("oldest", "newest", "uncertain")
    }
    assert order["oldest"] == [1, 2, 3, 4]
    assert order["newest"] == [4, 3, 2, 1]
    assert order["uncertain"][0] == 2
    uncertain = page(curated, sort="uncertain").items[0]
    assert uncertain.uncertainty == pytest.approx(2 / 3)


def test_pages_join_up(curated: Store) -> None:
    pages = [page(curated, start=start, limit=3) for start in (0, 3, 6)]
    assert [[item.question_id for item in shown.items] for shown in pages] == [[1, 2, 3], [4], []]
    assert [shown.more for shown in pages] == [True, False, False]
    assert count(curated) == 4


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("chosen", [Filter(), Filter(lang="en")])
def test_the_place_of_each_question(curated: Store, chosen: Filter, sort: Sort) -> None:
    order = [item.question_id for item in page(curated, chosen, sort=sort).items]
    assert [place(curated, chosen, number, sort=sort) for number in order] == list(
        range(len(order))
    )


def test_what_a_filter_leaves_out_has_no_place(curated: Store) -> None:
    assert place(curated, Filter(text="nowhere"), 1) is None
    assert place(curated, Filter(), 99) is None


def test_an_unknown_project_is_empty(curated: Store) -> None:
    assert page(curated, project="none").items == ()
    assert count(curated, project="none") == 0


def test_the_state_follows_the_newest_revision(curated: Store) -> None:
    mended = NewRevision(_sum(5, 5), "accepted", "asha")
    curated.revise(2, mended)
    (item,) = page(curated, Filter(statuses=("accepted",))).items
    assert (item.question_id, item.right, item.author) == (2, True, "asha")
    assert progress(curated) == {
        "pending": 2,
        "draft": 0,
        "accepted": 1,
        "discarded": 0,
        "flagged": 1,
    }


def test_a_proposed_answer_is_not_the_gold_one(curated: Store) -> None:
    curated.revise(1, NewRevision(_sum(2, 3), "flagged", "asha", answer=6))
    assert [item.question_id for item in page(curated, Filter(right=True)).items] == [1]
