from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagger_core.diagnostics import Diagnostic, GraphTooLarge
from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from dagger_core.render import to_dot

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {SVG + tag for tag in ("svg", "g", "title", "polygon", "path", "text")}
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '<<TABLE HREF="javascript:alert(1)"><TR><TD>x</TD></TR></TABLE>>',
    "<b>bold</b>",
    r"\N \G \E \l \r \n \\",
    'x", URL="javascript:alert(1)", shape="circle',
    'quote " and backslash \\',
    '\\"',
    "charset=",
    "&lt;script&gt; &amp; &#60;",
    "]; n9 [label=hacked]; subgraph { a -> b }",
    "node",
]


def seen(lines: list[str]) -> str:
    """What a reader reads, without spaces."""
    return "".join("".join(lines).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_nothing_else(text, picture):
    nodes = [
        Node("n1", "const", 1, label=text),
        Node(text, "const", text),
        Node("final_result", text, args=("n1", text, "no " + text)),
    ]
    drawn = picture(Graph(nodes))
    assert {element.tag for element in drawn.root.iter()} <= DRAWN
    names = [name for element in drawn.root.iter() for name in element.attrib]
    assert not [name for name in names if "href" in name or name.startswith("on")]
    assert set(drawn.groups) == {
        "graph0",
        *("n0", "n1", "n2", "m2_2"),
        *("e_n0_n2_0", "e_n1_n2_1", "e_m2_2_n2_2"),
    }
    # Long texts are cut after three lines, with an ellipsis.
    label = seen(drawn.lines("n0")[1:-1])
    assert label.rstrip("…")
    assert text.replace(" ", "").startswith(label.rstrip("…"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_a_picture_of_the_same_boxes(picture, label, node_id, op):
    graph = Graph(
        [Node(node_id, "const", label, label=label), Node("b", op, args=(node_id, label))]
    )
    drawn = picture(graph)
    assert {element.tag for element in drawn.root.iter()} <= DRAWN
    assert {"n0", "n1"} <= set(drawn.groups)


def test_characters_that_deceive_or_break_xml_are_left_out(picture):
    label = "a\u202egnp.exe\x00\x01\x1b\ud800\ufffe\u2066b\u200d"
    [_, text, _] = picture(Graph([Node("n", "const", 1, label=label)])).lines("n0")
    assert text == "agnp.exe \N{REPLACEMENT CHARACTER}b\u200d"


def test_a_very_long_label_is_cut(picture):
    lines = picture(Graph([Node("n", "const", 1, label="x" * 10_000)])).lines("n0")
    assert len(lines) == 5
    assert lines[3].endswith("…")


def test_kinds_differ_without_colour(shop, picture):
    drawn = picture(shop)
    dashed = {
        name: any(shape.get("stroke-dasharray") for shape in drawn.shapes(name))
        for name in ("n0", "n2", "n4", "n6")
    }
    assert dashed == {"n0": False, "n2": True, "n4": False, "n6": False}
    assert drawn.lines("n2")[-1] == "⊘ distractor"
    assert [e.tag for e in drawn.shapes("n0")] == [SVG + "path"]  # round corners
    assert [e.tag for e in drawn.shapes("n4")] == [SVG + "polygon"]
    assert [e.tag for e in drawn.shapes("n6")] == [SVG + "polygon"] * 2  # double border
    assert drawn.kinds("n2") == {"node", "const", "distractor"}
    assert drawn.kinds("n6") == {"node", "operation", "final", "path"}


def test_boxes_say_values_labels_and_ids_in_either_language(shop, picture):
    assert picture(shop).lines("n4") == ["12 × 50 = 600", "মিনার মোট টাকা", "total"]
    bangla = picture(shop, lang="bn")
    assert bangla.lines("n4") == ["১২ × ৫০ = ৬০০", "মিনার মোট টাকা", "total"]
    assert bangla.lines("n2")[-1] == "⊘ অপ্রয়োজনীয়"


def test_without_an_execution_only_given_numbers_have_values(shop):
    dot = to_dot(shop)
    assert 'label="45.5\\nছাড়\\nn4"' in dot
    assert 'label="×\\n' in dot
    assert "600" not in dot


def test_failures_have_marks_of_their_own(broken, picture):
    drawn = picture(broken)
    assert drawn.lines("n2") == ["5 ÷ 0", "quotient", "✕ failed"]
    assert drawn.kinds("n2") >= {"failed", "path"}
    assert float(drawn.shapes("n2")[0].get("stroke-width")) == 3
    assert drawn.lines("n6")[-1] == "✕ not computed"
    assert "failed" not in drawn.kinds("n6")
    assert drawn.lines("n5") == ["frobnicate", "odd", "✕ failed"]
    assert drawn.lines("m6_1") == ["ghost", "✕ missing"]


def test_cycles_and_self_references_are_drawn(broken, picture):
    assert {"e_n4_n3_0", "e_n3_n4_0"} <= set(picture(broken).groups)
    assert "e_n0_n0_0" in picture(Graph([Node("n", "add", args=("n", "n"))])).groups


def test_nodes_that_share_an_id_are_drawn_apart(picture):
    graph = Graph([Node("n", "const", 1), Node("n", "const", 2), Node("s", "sum", args=("n",))])
    assert {"n0", "n1", "n2", "e_n0_n2_0"} <= set(picture(graph).groups)


def test_the_way_to_the_answer_is_thicker(shop, picture):
    shop = Graph([*shop.nodes, Node("things", "add", args=("n1", "n3"), distractor=True)])
    drawn = picture(shop)
    path, other = (drawn.shapes(name)[0] for name in ("e_n0_n4_0", "e_n0_n7_0"))
    assert float(path.get("stroke-width")) > 2 * float(other.get("stroke-width", 1))
    assert other.get("stroke-dasharray")
    assert drawn.kinds("e_n0_n4_0") == {"edge", "path"}


def test_arguments_are_numbered_where_their_order_matters(shop, picture):
    drawn = picture(shop)
    numbers = {name: seen(drawn.lines(name)) for name in drawn.groups if name.startswith("e_")}
    assert numbers == {
        "e_n0_n4_0": "",
        "e_n1_n4_1": "",
        "e_n4_n5_0": "1",
        "e_n3_n5_1": "2",
        "e_n5_n6_0": "1",
        "e_l6_1_n6_1": "2",
    }
    assert drawn.lines("l6_1") == ["2"]


def test_selected_stale_and_diagnosed_nodes_are_marked(shop, picture):
    found = [Diagnostic("repaired", "n1"), Diagnostic("duplicate-id", "n2"), Diagnostic("no-json")]
    drawn = picture(shop, selected="n4", stale=["rest"], diagnostics=found)
    assert "selected" in drawn.kinds("n3")
    assert "selected" not in drawn.kinds("n2")
    assert drawn.lines("n5")[-1] == "⚠ old value"
    assert drawn.lines("n0")[-1] == "⚠ check"
    assert drawn.lines("n1")[-1] == "✕ failed"


def test_too_large_graphs_are_refused_with_their_size():
    nodes = [Node(f"n{i}", "const", i) for i in range(301)]
    with pytest.raises(GraphTooLarge, match="301 boxes and 0 arrows"):
        to_dot(Graph(nodes))
    crowd = [Node("n", "const", 1), Node("s", "sum", args=("n",) * 601)]
    with pytest.raises(GraphTooLarge, match="2 boxes and 601 arrows"):
        to_dot(Graph(crowd))
    numbers = [Node("s", "sum", args=tuple(range(300)))]
    with pytest.raises(GraphTooLarge, match="301 boxes"):
        to_dot(Graph(numbers))
    assert "n299" in to_dot(Graph(nodes[:300]))


def test_an_empty_graph_is_a_picture_too():
    graph = Graph()
    assert to_dot(graph, execute(graph)).startswith("digraph")
