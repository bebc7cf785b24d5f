from __future__ import annotations

from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from dagger_core.render import describe


def test_every_node_is_told_in_english(shop: Graph):
    lines = describe(shop, execute(shop)).split("\n")
    assert lines[0] == "7 nodes, 1 of them distractors. Answer: 277.25."
    assert lines[3] == "n3: 7, রহিমের খাতার সংখ্যা, distractor"
    assert lines[5] == "total: 12 × 50 = 600, মিনার মোট টাকা, from n1, n2"
    assert lines[7] == "final_result: 554.5 ÷ 2 = 277.25, চূড়ান্ত উত্তর, from rest, the answer"


def test_every_node_is_told_in_bangla(shop: Graph):
    text = describe(shop, execute(shop), "bn")
    assert text.startswith("৭টি নোড, তার মধ্যে ১টি অপ্রয়োজনীয়। উত্তর: ২৭৭.২৫।")
    assert "n3: ৭, রহিমের খাতার সংখ্যা, অপ্রয়োজনীয়" in text


def test_failures_are_told_with_their_reason(broken: Graph):
    text = describe(broken, execute(broken))
    assert "It has no answer yet." in text
    assert "quotient: 5 ÷ 0, from five, none, quotient: division by zero" in text


def test_large_and_empty_graphs_are_short():
    nodes = Graph([Node(f"n{i}", "const", i, label="x" * 10_000) for i in range(500)])
    lines = describe(nodes, execute(nodes), most=10).split("\n")
    assert len(lines) == 12
    assert lines[-1] == "… and 490 more nodes."
    assert max(map(len, lines)) < 200
    assert describe(Graph()) == "The graph has no nodes."
