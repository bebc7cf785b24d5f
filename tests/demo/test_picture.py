"""The documents of the views, and what they accept from a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dagger_core.execute import execute
from dagger_core.graph import Graph
from demo.graph_view import GraphView
from demo.picture import (
    Action,
    Mention,
    Picture,
    Question,
    find,
    picture_nodes,
    read_action,
    to_json,
)
from demo.question_view import QuestionView

GRAPH = Graph.from_obj(
    {
        "nodes": [
            {"id": "n1", "op": "const", "val": 8},
            {"id": "n2", "op": "const", "val": 0, "distractor": True},
            {"id": "bad", "op": "div", "args": ["n1", "n2"]},
            {"id": "final_result", "op": "add", "args": ["n1", "n1", 3, "nowhere"]},
        ]
    }
)


def test_reads_what_the_views_send() -> None:
    sent = {"action": "connect", "seq": 5, "revision": 2, "node": "n0", "id": "a", "target": "n3"}
    assert read_action(sent | {"target_id": "b"}) == Action(
        "connect", seq=5, revision=2, node="n0", node_id="a", target="n3", target_id="b"
    )
    assert read_action({"action": "select"}) == Action("select")
    assert read_action({"action": "theme", "theme": "dark"}) == Action("theme", theme="dark")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "toggle",
        [],
        {},
        {"action": "rm"},
        {"action": None},
        {"action": ["toggle"]},
        {"action": {}},
        {"action": "toggle"},
        {"action": "toggle", "node": 0},
        {"action": "toggle", "node": "n0;x"},
        {"action": "toggle", "node": "n0\n"},
        {"action": "toggle", "node": "n99999999"},
        {"action": "connect", "node": "n0"},
        {"action": "add_mention", "start": -1, "end": 3},
        {"action": "add_mention", "start": True, "end": 3},
        {"action": "add_mention", "start": 1e300, "end": 3},
        {"action": "theme", "theme": "<b>"},
        {"action": "theme", "theme": ["dark"]},
    ],
)
def test_refuses_what_no_view_sends(sent: Any) -> None:
    assert read_action(sent) is None


def test_broken_extras_are_dropped() -> None:
    sent = {"action": "toggle", "node": "n0", "id": "x" * 5000, "seq": "9", "revision": 2**70}
    assert read_action(sent) == Action("toggle", node="n0")


def test_finds_a_node_by_id_and_twins_by_place() -> None:
    twins = Graph((*GRAPH.nodes, GRAPH.nodes[0]))
    assert find(GRAPH, "n9", "n2") is GRAPH.nodes[1]  # the node moved since the picture
    assert find(GRAPH, "n0", "gone") is None
    assert find(GRAPH, None, None) is None
    assert find(twins, "n4", "n1") is twins.nodes[4]
    assert find(twins, "n1", "n1") is None
    assert find(GRAPH, "n1", None) is GRAPH.nodes[1]
    assert find(GRAPH, "n77", None) is None


def test_nodes_of_a_picture() -> None:
    nodes = picture_nodes(GRAPH, execute(GRAPH), failed=["n2"])
    assert [node.dom for node in nodes] == ["n0", "n1", "n2", "n3"]
    assert [node.role for node in nodes] == ["const", "const", "op", "final"]
    assert [node.parents for node in nodes] == [(), (), ("n0", "n1"), ("n0",)]
    assert [node.failed for node in nodes] == [False, True, True, True]
    assert [node.distractor for node in nodes] == [False, True, False, False]
    assert nodes[0].text.startswith("n1: 8")


def test_every_node_has_its_own_sentence_whatever_the_labels_hold() -> None:
    rows = [
        {"id": f"a\n{i}", "op": "const", "val": i, "label": "x\n\ry\x0b\x85z"} for i in range(150)
    ]
    nodes = picture_nodes(Graph.from_obj({"nodes": rows}))
    assert len(nodes) == 150
    assert all(f": {i}," in node.text for i, node in enumerate(nodes))


def test_documents_are_json() -> None:
    picture = Picture(svg="<svg/>", nodes=picture_nodes(GRAPH), selected="n0", ack=3)
    question = Question("8 and 0", (Mention(0, 1, "used", ("n0",), "8"),), "bn", addable=True)
    sent = [json.loads(to_json(document)) for document in (picture, question)]
    assert sent[0]["nodes"][2]["parents"] == ["n0", "n1"]
    assert sent[1]["mentions"][0]["nodes"] == ["n0"]


def test_components_take_documents_and_return_nothing() -> None:
    for view, document in ((GraphView(), Picture()), (QuestionView(), Question())):
        assert view.postprocess(document) == to_json(document)
        assert view.postprocess(None) is None
        assert view.preprocess({"svg": "<svg onload=…>"}) is None
        json.dumps(view.get_config())
