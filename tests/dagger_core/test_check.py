"""Rules: good graphs are left in peace, and a fix mends what it is offered for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.check import check
from dagger_core.edit import Insert, Update, apply
from dagger_core.execute import execute
from dagger_core.graph import FINAL, Graph, Node
from tests.wild import GRAPHS, sound

QUESTION = "রাজুর ১২টি কলম ও 5 books আছে। সে তার অর্ধেক কলম ৭ দিনে দিল। 5th grade."
QUESTIONS = st.sampled_from([QUESTION, "", "5 and 5 and 12% of 3/4 at 3:30"]) | st.text()

TWELVE = Node("n1", "const", 12, label="১২টি কলম")
FIVE = Node("n2", "const", 5, (), True, "5 books")
SEVEN = Node("n3", "const", 7, (), True, "৭ দিনে")
HALF = Node("n4", "const", 2, label="অর্ধেক")
END = Node(FINAL, "div", args=("n1", "n4"))
GOOD = Graph([TWELVE, FIVE, SEVEN, HALF, END])


def found(graph: Graph, question: str | None = None) -> list[tuple[str, str | None]]:
    return [(d.code, d.node) for d in check(graph, question=question)]


def with_node(graph: Graph, **changes: object) -> Graph:
    return apply(Update(FINAL, changes), graph)


@given(GRAPHS, QUESTIONS)
def test_never_raises_and_every_fix_mends(graph: Graph, question: str) -> None:
    severity = {"error": 0, "warning": 1, "info": 2}
    diagnostics = check(graph, question=question)
    ranks = [severity[d.severity] for d in diagnostics]
    assert ranks == sorted(ranks)
    for diagnostic in diagnostics:
        assert diagnostic.text("bn")
        assert diagnostic.node is None or diagnostic.node in graph.index
        if diagnostic.fix is not None:
            mended = check(apply(diagnostic.fix, graph), question=question)
            count = sum(d.code == diagnostic.code for d in diagnostics)
            same = (diagnostic.code, diagnostic.node, diagnostic.params)
            assert (
                same not in [(d.code, d.node, d.params) for d in mended]
                or sum(d.code == diagnostic.code for d in mended) < count
            )


@given(sound())
def test_a_sound_graph_has_no_error_but_those_of_its_values(graph: Graph) -> None:
    allowed = {"zero-divisor", "overflow", "complex", "not-integer", "upstream"}
    errors = {d.code for d in check(graph) if d.severity == "error"}
    assert errors <= allowed
    assert not errors or execute(graph).failures


def test_a_good_graph_is_left_in_peace() -> None:
    assert check(GOOD, question=QUESTION) == []
    assert check(GOOD) == []


def test_a_number_without_a_node_is_added_as_distractor() -> None:
    graph = Graph(node for node in GOOD if node is not FIVE)
    (diagnostic,) = check(graph, question=QUESTION)
    assert diagnostic.code == "number-without-node"
    assert QUESTION[diagnostic.params["start"] : diagnostic.params["end"]] == "5"
    assert diagnostic.fix == Insert(Node("n2", "const", 5, (), True, "5 books আছে"))
    mended = apply(diagnostic.fix, graph)
    assert mended.nodes[-1].id == FINAL
    assert check(mended, question=QUESTION) == []


def test_a_const_from_nowhere() -> None:
    stray = Node("n9", "const", 77, (), True, "খরচ")
    assert found(Graph([*GOOD.nodes[:-1], stray, END]), QUESTION) == [
        ("const-not-in-question", "n9")
    ]
    known = Node("n9", "const", 60, (), True, "minutes")
    assert found(Graph([*GOOD.nodes[:-1], known, END]), QUESTION) == []


def test_a_const_that_differs_from_its_label() -> None:
    wrong = apply(Update("n1", {"val": 21}), GOOD)
    codes = {d.code: d for d in check(wrong, question=QUESTION)}
    assert set(codes) == {"const-differs", "number-without-node"}
    fix = codes["const-differs"].fix
    assert fix is not None
    assert apply(fix, wrong) == GOOD


def test_an_asserted_answer_is_no_number_of_the_question() -> None:
    graph = with_node(GOOD, op="const", val=666, args=())
    assert ("const-not-in-question", FINAL) not in found(graph, QUESTION)
    assert ("const-final", FINAL) in found(graph, QUESTION)


def test_a_flag_is_mended_only_where_the_answer_is_there() -> None:
    for args, sure in ((("n1", "n1"), True), (("n1", "m4"), False)):
        fixes = {
            d.node: d.fix for d in check(with_node(GOOD, args=args)) if d.code == "unused-number"
        }
        assert (fixes["n4"] is not None) == sure


def test_distractors_may_be_computed() -> None:
    extra = Node("s1", "add", args=("n2", "n3"), distractor=True)
    assert found(Graph([*GOOD.nodes[:-1], extra, END])) == []
    assert found(Graph([*GOOD.nodes[:-1], Node("s1", "add", args=("n2", "n3")), END])) == [
        ("unused-node", "s1")
    ]


def test_sorting_is_offered_where_it_helps() -> None:
    graph = Graph(reversed(GOOD.nodes))
    (diagnostic,) = check(graph)
    assert (diagnostic.code, diagnostic.node) == ("unsorted", FINAL)
    assert diagnostic.fix is not None
    assert apply(diagnostic.fix, graph).is_sorted
    circle = Graph([Node("a", "sum", args=("b",)), Node("b", "sum", args=("a",)), END])
    assert "unsorted" not in {code for code, _ in found(circle)}


@pytest.mark.parametrize("name", ["answer", "RESULT", "x"])
def test_the_answer_gets_its_name(name: str) -> None:
    graph = Graph([*GOOD.nodes[:-1], Node(name, "div", args=("n1", "n4"))])
    (diagnostic,) = check(graph)
    assert diagnostic.code == "no-final"
    assert diagnostic.fix is not None
    assert apply(diagnostic.fix, graph) == GOOD
