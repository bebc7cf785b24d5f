"""The compact format: lossless for grounded graphs, total for any text, and its grammar."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import llguidance
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.formats.compact import Compact, NotGrounded
from dagger_core.formats.compact.question import prompt, shown
from dagger_core.formats.compact.symbols import CONSTANTS
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import read_number
from dagger_core.ops import OPS

COMPACT = Compact()
EN = "Ann had 26 apples and 17% of 9 pears. She ate half of them and twice 9 figs for $5.50 today."
BN = "কমলির ১২১ টি খেলনা ছিল। সে ২২ টি হারাল, দ্বিগুণ কিনল, ৯টি দিল, আর অর্ধেক ৯ জনকে দিল।"
QUESTIONS = (EN, BN)


def meaning(graph: Graph) -> list[tuple[Any, ...]]:
    """What must survive: per node its operation, arguments by value or step, and its flag."""
    order = {n.id: i for i, n in enumerate(n for n in graph if not n.is_const)}
    consts = {n.id: (read_number(n.val), n.distractor) for n in graph if n.is_const}
    steps = [
        (n.id == FINAL, OPS[n.op].name, n.distractor,
         tuple(consts.get(a, ("step", order.get(a))) for a in graph.parents(n)))
        for n in graph if not n.is_const
    ]  # fmt: skip
    return [*steps, *sorted((value, flag) for value, flag in consts.values())]


@st.composite
def grounded(draw: st.DrawFn) -> tuple[str, Graph]:
    """A question and a valid graph over its mentions, constants and steps."""
    question = draw(st.sampled_from(QUESTIONS))
    found = shown(question)
    inputs = [
        Node(id=f"m{n}", op="const", val=str(m.value), distractor=draw(st.booleans()))
        for n, m in enumerate(found)
        if draw(st.booleans())
    ]
    known = {m.value for m in found} | {r for m in found for r in m.readings}
    others = [c for c in CONSTANTS if read_number(c) not in known]
    inputs += [
        Node(id=f"k{n}", op="const", val=c, distractor=draw(st.booleans()))
        for n, c in enumerate(draw(st.lists(st.sampled_from(others), unique=True, max_size=2)))
    ]
    nodes = list(inputs)
    for step in range(draw(st.integers(0 if inputs else 1, 5))):
        if nodes:
            nodes.append(_step(draw, f"x{step}", [n.id for n in nodes]))
    if not nodes:
        nodes = [Node(id="k", op="const", val="7")]
    return question, Graph([*nodes, _step(draw, FINAL, [n.id for n in nodes])])


def _step(draw: st.DrawFn, name: str, ids: list[str]) -> Node:
    op = draw(st.sampled_from(list(OPS.values())))
    count = draw(st.integers(op.least, int(min(op.most, op.least + 2))))
    args = tuple(draw(st.sampled_from(ids)) for _ in range(count))
    return Node(id=name, op=op.name, args=args, distractor=draw(st.booleans()))


@given(grounded())
@settings(max_examples=300, deadline=None)
def test_write_then_read_keeps_the_graph(case: tuple[str, Graph]) -> None:
    question, graph = case
    text = COMPACT.write(graph, question)
    parsed = COMPACT.read(text, question)
    assert not parsed.diagnostics
    assert parsed.graph is not None
    assert meaning(parsed.graph) == meaning(graph)
    assert COMPACT.write(parsed.graph, question) == text


@given(st.text(max_size=60) | st.text("[]{}#=&! 0123456789:./-addsubmul_", max_size=60))
@settings(max_examples=500, deadline=None)
def test_no_text_raises(text: str) -> None:
    parsed = COMPACT.read(text, EN)
    assert (parsed.graph is None) == bool(parsed.diagnostics)
    assert all(d.text("en") and d.text("bn") for d in parsed.diagnostics)
    COMPACT.partial(text, EN)


def test_example_of_the_docstring() -> None:
    graph = COMPACT.read("sub [1] [5] mul {1} [3] ! [2]", EN).graph
    assert graph is not None
    assert execute(graph).answer == (26 - 2) * 9
    assert [n.id for n in graph if n.distractor] == ["n2"]
    assert graph.get("n1") == Node(id="n1", op="const", val=26, label="26 apples")
    assert COMPACT.read("sub[1][5] mul{1}[3]![2]", EN).graph == graph


def test_second_reading_of_a_mention() -> None:
    graph = COMPACT.read("mul [3] [2]:2", EN).graph
    assert graph is not None
    assert execute(graph).answer == Fraction(17, 100) * 9


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("add [1] [99]", "[99]"),
        ("add [1] {1}", "{1}"),
        ("add [1] [2]:9", "[2]:9"),
        ("foo [1] [2]", "foo"),
        ("[1] [2]", "[1]"),
        ("add [1] [2] = {1} = [1]", "position 21"),
        ("add [1] [2] ! mul [1]", "mul"),
        ("add [1] #1/0", "#1/0"),
        ("add [1] [2] %", "%"),
        ("", "no step"),
    ],
)
def test_bad_text_is_named(text: str, part: str) -> None:
    parsed = COMPACT.read(text, EN)
    assert parsed.graph is None
    assert part in " ".join(d.text() for d in parsed.diagnostics)


@pytest.mark.parametrize(
    "nodes",
    [
        [Node(id=FINAL, op="add", args=("a", "b"))],
        [Node(id="a", op="const", val="many"), Node(id=FINAL, op="identity", args=("a",))],
        [Node(id=FINAL, op="identity", args=("a",)), Node(id="a", op="const", val=3)],
        [Node(id="a", op="const", val=3), Node(id=FINAL, op="cube", args=("a",))],
        [],
    ],
)
def test_graphs_that_cannot_be_said(nodes: list[Node]) -> None:
    with pytest.raises(NotGrounded):
        COMPACT.write(Graph(nodes), EN)


def test_partial_has_complete_operations_only() -> None:
    whole = "sub [1] [5] mul {1} [3] ! [2]"
    counts = [len(COMPACT.partial(whole[:end], EN)) for end in range(len(whole) + 1)]
    assert counts == sorted(counts)
    assert counts[len("sub [1] [5]")] == 0
    assert counts[len("sub [1] [5] mul")] == 3


def test_prompt_hides_values_and_keeps_manner() -> None:
    text = prompt(EN)
    assert not re.search(r"\d", re.sub(r"\[\d\]", "", text))
    assert "[2] %" in text
    assert "half" in text
    assert text.endswith("| [4] [5] [7] [3] [6] [2] [1]")


def test_prompt_does_not_depend_on_the_script() -> None:
    assert prompt("রিমার ১২টি বই আছে। কত?") == prompt("রিমার 12টি বই আছে। কত?")


def accepts(question: str, text: str) -> bool:
    """Whether the grammar of a question has this text as a whole sentence."""
    tokenizer = llguidance.LLTokenizer("byte")
    matcher = llguidance.LLMatcher(
        tokenizer, llguidance.LLMatcher.grammar_from_lark(COMPACT.grammar(question))
    )
    assert not matcher.get_error()
    tokens = tokenizer.tokenize_str(text)
    return matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting()


@pytest.mark.parametrize(
    "text",
    [
        "sub [1] [5] mul {1} [3] ! [2]",
        "sub[1][5] mul{1}[3] ![2][4]",
        "sum [1] [2] [3] [4] div {1} #4",
        "mul [1] [2]:2 = abs {1}",
        "= [1]",
    ],
)
def test_grammar_accepts(text: str) -> None:
    assert accepts(EN, text)
    assert COMPACT.read(text, EN).graph is not None


@pytest.mark.parametrize(
    "text",
    [
        "add [1]",
        "sub [1] [2] [3]",
        "add [1] [8]",
        "add [1] {1}",
        "add [1] #77",
        "! [1]",
        "",
        "sqrt",
    ],
)
def test_grammar_refuses(text: str) -> None:
    assert not accepts(EN, text)


def test_grammar_without_numbers_has_constants_only() -> None:
    question = "How many hours are there in a week?"
    assert accepts(question, "mul #7 #24")
    assert not accepts(question, "mul #7 [1]")


def test_registered() -> None:
    assert FORMATS["compact"].name == "compact"
