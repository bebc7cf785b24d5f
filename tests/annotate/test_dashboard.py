"""The dashboard counts what was saved."""

from __future__ import annotations

from datetime import datetime, timezone

from annotate import NewQuestion, NewRevision, Store
from annotate.dashboard import dashboard
from dagger_core.graph import Graph, Node


def test_counts(store: Store, pens: Graph) -> None:
    broken = Graph([*pens.nodes[:-1], Node("final_result", "div", None, ("cost", "0"))])
    for number, (author, seconds, graph) in enumerate(
        [("asha", 10.0, pens), ("asha", 30.0, pens), ("bela", 50.0, broken), ("bela", None, pens)]
    ):
        question = store.add_question(NewQuestion(f"q{number}: 12, 3, 4.5"))
        status = "flagged" if number == 2 else "accepted"
        store.revise(question.id, NewRevision(graph, status, author, seconds=seconds))
    store.add_question(NewQuestion("untouched"))
    store.save(question="elsewhere", graph=broken, author="chad", project="other")
    shown = dashboard(store)
    assert (shown.statuses["accepted"], shown.statuses["pending"]) == (3, 1)
    (day,) = shown.days
    assert abs((datetime.now(timezone.utc).date() - day.day).days) <= 1
    assert day.saved == {"accepted": 3, "flagged": 1}
    assert [(w.author, w.revisions, w.accepted, w.seconds) for w in shown.workers] == [
        ("asha", 2, 2, 20.0),
        ("bela", 2, 1, 50.0),
    ]
    assert shown.seconds == 30.0
    assert shown.codes == {"zero-divisor": 1}


def test_an_empty_project(store: Store) -> None:
    shown = dashboard(store, "nobody's")
    assert (shown.days, shown.workers, shown.codes, shown.seconds) == ((), (), {}, None)
