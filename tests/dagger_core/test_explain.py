"""Explanations: what each sentence says, in both languages, and that every node gets one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagger_core.diagnostics import Lang
from dagger_core.execute import execute
from dagger_core.explain import Part, explain, steps
from dagger_core.explain.words import NOTATIONS, SAYINGS
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.ops import OPS

QUESTION = "একটি স্টেডিয়ামে ১২২১৯৫ টিকিট, প্রতিটি ৪৫.৬ টাকা। রাজুর ১২টি মার্বেল আছে। মোট কত টাকা?"
GRAPH = Graph(
    [
        Node("n1", "const", 122195, label="টিকিট"),
        Node("n3", "const", 12, distractor=True, label="রাজুর মার্বেল"),
        Node("n2", "const", "45.6", label="দাম"),
        Node(FINAL, "mul", None, ("n1", "n2"), label="মোট টাকা"),
    ]
)


def sentence(op: str, *args: object, lang: Lang = "en") -> str:
    """What is said about an operation on numbers, after its name."""
    nodes = [Node(f"n{i}", "const", arg) for i, arg in enumerate(args)]
    graph = Graph([*nodes, Node(FINAL, op, None, tuple(node.id for node in nodes))])
    return explain(execute(graph), lang=lang)[-1].text.split(" ", 1)[1]


def test_bangla() -> None:
    texts = [s.text for s in explain(execute(GRAPH), QUESTION, "bn")]
    assert texts == [
        "টিকিট = ১,২২,১৯৫",
        "দাম = ৪৫.৬",
        "মোট টাকা = ১,২২,১৯৫ × ৪৫.৬ = ৫৫,৭২,০৯২",
        "“রাজুর মার্বেল” (১২) বদলালেও উত্তর ৫৫,৭২,০৯২-ই থাকবে: কোনো ধাপে এর ব্যবহার নেই।",
    ]


@pytest.mark.parametrize("label", ["", "multiply", "গুণ", "times", "MUL"])
def test_a_step_without_a_name_is_its_calculation(label: str) -> None:
    nodes = [Node("n1", "const", 6), Node("s1", "mul", args=("n1", 7), label=label)]
    final = Node(FINAL, "identity", args=("s1",))
    step = explain(execute(Graph([*nodes, final])))[1]
    assert (step.kind, step.text) == ("step", "6 × 7 = 42")
    assert step.parts[-1] == Part("42", "s1")


def test_english_with_links() -> None:
    *_, answer, distractor = explain(execute(GRAPH), QUESTION)
    assert answer.kind == "answer"
    assert answer.parts == (
        Part("মোট টাকা", FINAL),
        Part(" = "),
        Part("122,195", "n1"),
        Part(" × "),
        Part("45.6", "n2"),
        Part(" "),
        Part("="),
        Part(" "),
        Part("5,572,092", FINAL),
    )
    assert distractor.kind == "distractor"
    assert distractor.text == (
        "Change “রাজুর মার্বেল” (12) and the answer is still 5,572,092: no step uses it."
    )


def test_numbers_of_the_question_know_their_place() -> None:
    found = {s.node: s.span for s in explain(execute(GRAPH), QUESTION, "bn")}
    assert found[FINAL] is None
    texts = {key: QUESTION[slice(*span)] for key, span in found.items() if span}
    assert texts == {"n1": "১২২১৯৫", "n2": "৪৫.৬", "n3": "১২"}


@pytest.mark.parametrize(
    ("op", "args", "en", "bn"),
    [
        ("add", (5, -3), "= 5 + (−3) = 2", "= ৫ + (−৩) = ২"),
        ("sub", (5, 3), "= 5 − 3 = 2", "= ৫ − ৩ = ২"),
        ("mul", (5, 3, 2), "= 5 × 3 × 2 = 30", "= ৫ × ৩ × ২ = ৩০"),
        ("div", (6, 4), "= 6 ÷ 4 = 1.5", "= ৬ ÷ ৪ = ১.৫"),
        ("abs", (3, 5), "= |3 − 5| = 2", "= |৩ − ৫| = ২"),
        ("abs", (-3,), "= |−3| = 3", "= |−৩| = ৩"),
        ("sum", (1, 2, 3), "= 1 + 2 + 3 = 6", "= ১ + ২ + ৩ = ৬"),
        ("mean", (1, 2, 6), "= (1 + 2 + 6) ÷ 3 = 3", "= (১ + ২ + ৬) ÷ ৩ = ৩"),
        ("min", (4, 2, 6), "= the smallest of 4, 2 and 6 = 2",
         "= ৪, ২ ও ৬-এর মধ্যে সবচেয়ে ছোট = ২"),
        ("max", (4, 6), "= the largest of 4 and 6 = 6", "= ৪ ও ৬-এর মধ্যে সবচেয়ে বড় = ৬"),
        ("round", ("2.5",), "= 2.5 rounded to a whole number = 3", "= ২.৫-এর আসন্ন পূর্ণ সংখ্যা = ৩"),
        ("floor", ("2.5",), "= 2.5 rounded down = 2", "= ২.৫-এর নিচের পূর্ণ সংখ্যা = ২"),
        ("ceil", ("2.5",), "= 2.5 rounded up = 3", "= ২.৫-এর ওপরের পূর্ণ সংখ্যা = ৩"),
        ("sqrt", (9,), "= √9 = 3", "= √৯ = ৩"),
        ("pow", (2, 5), "= 2 to the power 5 = 32", "= ২-এর ঘাত ৫ = ৩২"),
        ("mod", (17, 5), "= the remainder of 17 ÷ 5 = 2", "= ১৭ ÷ ৫-এর ভাগশেষ = ২"),
        ("gcd", (12, 18), "= the greatest common divisor of 12 and 18 = 6",
         "= ১২ ও ১৮-এর গ.সা.গু. = ৬"),
        ("lcm", (4, 6), "= the least common multiple of 4 and 6 = 12", "= ৪ ও ৬-এর ল.সা.গু. = ১২"),
        ("ratio_split", (120, 3, 5), "= 120 × 3 ÷ (3 + 5) = 45", "= ১২০ × ৩ ÷ (৩ + ৫) = ৪৫"),
        ("identity", (7,), "= 7", "= ৭"),
    ],
)  # fmt: skip
def test_operations(op: str, args: tuple[object, ...], en: str, bn: str) -> None:
    assert sentence(op, *args) == en
    assert sentence(op, *args, lang="bn") == bn


def test_inexact_values() -> None:
    assert sentence("sqrt", 2).startswith("= √2 ≈ 1.414")


def test_tables_are_complete() -> None:
    for lang in ("en", "bn"):
        assert NOTATIONS[lang].keys() == OPS.keys()
    assert SAYINGS["en"].keys() == SAYINGS["bn"].keys()


def test_numbers_that_lead_nowhere() -> None:
    nodes = [
        Node("a", "const", 5),
        Node("b", "const", 9, distractor=True, label="pens"),
        Node("c", "add", None, ("a", "b"), label="things"),
        Node(FINAL, "mul", None, ("a", 2)),
    ]
    texts = {s.node: (s.kind, s.text) for s in explain(execute(Graph(nodes)))}
    assert texts == {
        "a": ("given", "a = 5"),
        FINAL: ("answer", "Answer = 5 × 2 = 10"),
        "b": ("distractor", "Change “pens” (9) and the answer is still 10: it is used only for"
              " things, which the answer does not need."),
        "c": ("distractor", "things = 5 + 9 = 14, but the answer does not need it."),
    }  # fmt: skip


def test_a_flag_that_is_wrong_is_told() -> None:
    nodes = [Node("a", "const", 5, distractor=True), Node(FINAL, "add", None, ("a", 2))]
    assert "the answer depends on it" in explain(execute(Graph(nodes)))[0].text


def test_failures() -> None:
    nodes = [
        Node("d", "const", 4, distractor=True),
        Node("a", "const", 5),
        Node("b", "div", None, ("a", 0)),
        Node("x", "add", None, ("y", 1)),
        Node("y", "add", None, ("x", 1)),
        Node(FINAL, "mul", None, ("b", "x")),
    ]
    sentences = explain(execute(Graph(nodes)), lang="bn")
    assert [(s.node, s.kind) for s in sentences] == [
        ("a", "given"),
        ("b", "failure"),
        ("x", "failure"),
        ("y", "failure"),
        (FINAL, "failure"),
        ("d", "distractor"),
    ]
    assert sentences[1].text == "b: শূন্য দিয়ে ভাগ করা যায় না।"
    assert sentences[-1].text == "কোনো ধাপে “d” (৪) ব্যবহার হয়নি।"
    assert explain(execute(Graph())) == ()


labels = st.text(max_size=40) | st.sampled_from(["\n\r\u2028", "{name}", "{0}", "%s", "\u202ex"])


@given(st.lists(labels, min_size=4, max_size=4, unique_by=str.strip), st.sampled_from(["en", "bn"]))
@settings(max_examples=50, deadline=None)
def test_any_label_gives_one_line_for_each_node(texts: list[str], lang: Lang) -> None:
    a, b, c, d = texts
    nodes = [
        Node(a, "const", 3, label=b),
        Node(b, "const", 4, label=c, distractor=True),
        Node(c, "add", None, (a, 2), label=d),
        Node(d, "div", None, (c, 0), label=a),
    ]
    execution = execute(Graph(nodes))
    sentences = explain(execution, " ".join(texts), lang)
    assert sorted(s.node for s in sentences) == sorted(execution.graph.index)
    assert [s.number for s in sentences] == [1, 2, 3, 4]
    for line in sentences:
        assert line.text.strip()
        assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in line.text)
        assert {part.node for part in line.parts} <= {None, *execution.graph.index}


def test_steps_lead_to_the_answer_and_back() -> None:
    nodes = [
        Node("a", "const", 5),
        Node("off", "mul", None, ("d", 2)),
        Node("d", "const", 4, distractor=True),
        Node("s", "add", None, ("a", 1)),
        Node("bad", "div", None, ("a", 0)),
        Node(FINAL, "mul", None, ("s", 2)),
    ]
    walk = steps(execute(Graph(nodes)))
    assert walk.order == ("s", FINAL, "off")
    assert len(walk) == 3
    assert walk.known(0) == walk.known(-1) == {"a", "d"}
    assert walk.known(1) == {"a", "d", "s"}
    assert walk.known(99) == {"a", "d", "s", FINAL, "off"}
