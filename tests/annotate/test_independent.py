"""Independent annotation: who says the same, and which questions wait for somebody to settle."""

from __future__ import annotations

import pytest

from annotate import NewQuestion, NewRevision, Store
from annotate.independent import (
    decisions,
    disagreements,
    own_progress,
    own_statuses,
    unanimous,
)
from annotate.records import Status
from annotate.undo import undo
from dagger_core.graph import Graph, Node

Said = tuple[Status, Graph | None, str | None]

OTHER = Graph([Node("a", "const", 1), Node("final_result", "identity", None, ("a",))])


def _decided(store: Store, *said: Said) -> int:
    """A question that people decided independently."""
    number = store.add_question(NewQuestion(f"question {len(store.projects())} {said}")).id
    for name, (status, graph, answer) in zip(("asha", "bela", "chad"), said, strict=False):
        new = NewRevision(graph, status, name, answer=answer, track=name)
        store.revise(number, new)
    return number


def _renamed(graph: Graph) -> Graph:
    names = {node.id: f"x{place}" for place, node in enumerate(graph.nodes)}
    obj = graph.to_obj()
    for node in obj["nodes"]:
        node["id"] = names[node["id"]] if node["id"] != "final_result" else "final_result"
        node["args"] = [names.get(arg, arg) for arg in node.get("args", [])]
    return Graph.from_obj(obj)


def test_what_is_the_same(store: Store, pens: Graph) -> None:
    same: list[tuple[Said, Said]] = [
        (("accepted", pens, None), ("accepted", _renamed(pens), None)),
        (("discarded", pens, None), ("discarded", None, None)),
        (("flagged", pens, "54"), ("flagged", OTHER, "54.0")),
        (("accepted", None, None), ("accepted", None, None)),
    ]
    for said in same:
        assert unanimous(decisions(store, _decided(store, *said)))
    assert disagreements(store) == []


@pytest.mark.parametrize("second", ["graph", "status", "flag"])
def test_what_differs_waits_to_be_settled(store: Store, pens: Graph, second: str) -> None:
    said: dict[str, tuple[Said, Said]] = {
        "graph": (("accepted", pens, None), ("accepted", OTHER, None)),
        "status": (("accepted", pens, None), ("discarded", pens, None)),
        "flag": (("flagged", pens, "54"), ("flagged", pens, "55")),
    }
    number = _decided(store, *said[second])
    assert disagreements(store) == [number]
    assert disagreements(store, "elsewhere") == []
    settled = store.revise(number, NewRevision(pens, "accepted", "dana"))
    assert disagreements(store) == []
    undo(store, settled.id, "dana")
    assert disagreements(store) == [number]


def test_who_took_it_back_has_no_say(store: Store, pens: Graph) -> None:
    number = _decided(store, ("accepted", pens, None), ("discarded", None, None))
    last = store.latest(number, track="bela")
    assert last is not None
    undo(store, last.id, "bela")
    assert list(decisions(store, number)) == ["asha"]
    assert disagreements(store) == []


def test_what_somebody_decided_on_their_own(store: Store, pens: Graph) -> None:
    first = _decided(store, ("accepted", pens, None), ("discarded", None, None))
    second = _decided(store, ("flagged", pens, "3"))
    numbers = [first, second]
    assert own_statuses(store, "asha", numbers) == {first: "accepted", second: "flagged"}
    assert own_statuses(store, "bela", numbers) == {first: "discarded"}
    assert [own_progress(store, name) for name in ("asha", "bela", "chad")] == [2, 1, 0]
    undo(store, decisions(store, second)["asha"].id, "asha")
    assert own_statuses(store, "asha", numbers) == {first: "accepted"}
    assert own_progress(store, "asha") == 1
    assert own_progress(store, "asha", "elsewhere") == 0
