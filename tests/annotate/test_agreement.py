"""Agreement: alpha as published, shares per item and annotator, only where two people worked."""

from __future__ import annotations

import pytest

from annotate import NewQuestion, NewRevision, Store
from annotate.agreement import _alpha, agreement, measure
from dagger_core.graph import Graph, Node


def _graph(one: int, other: int, op: str = "sub", *, flag: bool = True) -> Graph:
    return Graph(
        [
            Node("n1", "const", one),
            Node("n2", "const", other),
            Node("n3", "const", 50, distractor=flag),
            Node("s", op, None, ("n1", "n2")),
            Node("final_result", "identity", None, ("s",)),
        ]
    )


def test_alpha_is_the_published_one() -> None:
    """Data and alpha (nominal, 0.743) of Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), part C."""
    coders = ("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.")
    columns = zip(*(coder.replace(" ", "") for coder in coders), strict=True)
    units = [[label for label in column if label != "."] for column in columns]
    assert _alpha([unit for unit in units if len(unit) > 1]) == pytest.approx(0.743, abs=5e-4)


def test_full_agreement_under_other_names() -> None:
    swapped = Graph(
        [
            Node("a", "const", 3),
            Node("b", "const", 50, distractor=True),
            Node("c", "const", 9),
            Node("final_result", "sub", None, ("c", "a")),
        ]
    )
    found = measure(
        {
            1: {"asha": _graph(9, 3), "bela": swapped},
            2: {"asha": _graph(5, 4), "bela": _graph(5, 4)},
        }
    )
    assert (found.answer, found.graph, found.distractors, found.node_f1) == (1, 1, 1, 1)


def test_disagreement_is_seen_per_item_and_annotator() -> None:
    found = measure(
        {
            1: {"asha": _graph(9, 3), "bela": _graph(9, 3), "chad": _graph(3, 9)},
            2: {"asha": _graph(5, 4), "bela": _graph(5, 4, flag=False)},
        }
    )
    first, second = found.items
    assert first.annotators == ("asha", "bela", "chad")
    assert first.answer == pytest.approx(1 / 3)
    assert first.graph == pytest.approx(1 / 3)
    assert first.node_f1 == pytest.approx((1 + 0.75 + 0.75) / 3)
    assert (second.answer, second.graph, second.node_f1) == (1, 0, 1)
    shares = {a.annotator: (a.questions, a.answer, a.graph) for a in found.annotators}
    assert shares["asha"] == (2, pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert shares["chad"] == (1, 0, 0)
    assert found.graph is not None
    assert found.graph < 0.5
    assert found.distractors is not None
    assert found.distractors < 1


def test_nothing_to_compare() -> None:
    empty = measure({})
    assert (empty.answer, empty.graph, empty.distractors, empty.node_f1) == (None,) * 4
    assert empty.items == empty.annotators == ()


def test_two_that_fail_agree_that_there_is_no_answer() -> None:
    broken = _graph(1, 0, "div")
    assert measure({1: {"asha": broken, "bela": broken}}).items[0].answer == 1


def test_only_the_newest_graphs_of_two_or_more_people_count(store: Store) -> None:
    shared = store.add_question(NewQuestion("one")).id
    for name, graph in (("asha", _graph(9, 3)), ("bela", _graph(3, 9))):
        store.revise(shared, NewRevision(graph, "accepted", name, track=name))
    mended = store.latest(shared, track="bela")
    assert mended is not None
    store.revise(
        shared, NewRevision(_graph(9, 3), "accepted", "bela", track="bela", parent=mended.id)
    )
    store.revise(shared, NewRevision(None, "discarded", "chad", track="chad"))
    alone = store.add_question(NewQuestion("two")).id
    store.revise(alone, NewRevision(_graph(1, 1), "accepted", "asha"))
    found = agreement(store)
    (item,) = found.items
    assert (item.question_id, item.annotators) == (shared, ("asha", "bela"))
    assert item.graph == 1
    assert agreement(store, "elsewhere").items == ()


def test_who_settles_a_disagreement_is_no_annotator(store: Store) -> None:
    number = store.add_question(NewQuestion("one")).id
    for name, graph in (("asha", _graph(9, 3)), ("bela", _graph(3, 9))):
        store.revise(number, NewRevision(graph, "accepted", name, track=name))
    before = agreement(store)
    store.revise(number, NewRevision(_graph(9, 3), "accepted", "chad", reason="adjudicated"))
    store.revise(number, NewRevision(_graph(9, 3), "accepted", "bela", parent=3))
    assert agreement(store) == before
    assert before.items[0].graph == 0
