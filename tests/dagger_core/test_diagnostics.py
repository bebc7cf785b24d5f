"""The table of codes: every one is produced by something, and says it in both languages."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from dagger_core.check import check
from dagger_core.diagnostics import Diagnostic, codes
from dagger_core.execute import execute
from dagger_core.formats.chain_of_thought import ChainOfThought
from dagger_core.formats.compact import Compact
from dagger_core.formats.trace import Trace
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.parse import document, lenient, strict
from dagger_core.permalink import MOST_CHARACTERS, Link, read_link

Found = Iterable[Diagnostic]
QUESTION = "Ann has 18 red pens and 5 blue pens."


def of(*nodes: Node, question: str | None = None) -> Callable[[], Found]:
    """What is found in a graph: these nodes, executed and checked."""

    def find() -> Found:
        graph = Graph(nodes)
        return [*execute(graph).failures, *check(graph, question=question)]

    return find


def answer(op: str, *args: Any, question: str | None = None) -> Callable[[], Found]:
    return of(Node(FINAL, op, args=args), question=question)


def link(text: str) -> Callable[[], Found]:
    def find() -> Found:
        result = read_link(text)
        return () if isinstance(result, Link) else (result,)

    return find


A, B = Node("a", "const", 18, label="18 red"), Node("b", "const", 5)
END = Node(FINAL, "add", args=("a", "b"))
BODY = Graph([A, B, END]).to_json()

CASES: dict[str, Callable[[], Found]] = {
    "no-json": lambda: lenient("42").diagnostics,
    "bad-json": lambda: document("{").diagnostics,
    "bare-number": lambda: lenient(BODY.replace("18,", "NaN,")).diagnostics,
    "truncated": lambda: lenient(BODY[:-60]).diagnostics,
    "too-deep": lambda: document("[" * 99_999).diagnostics,
    "not-a-graph": lambda: document("5").diagnostics,
    "repaired": lambda: lenient(BODY[:-2]).diagnostics,
    "not-fenced": lambda: strict(BODY).diagnostics,
    "finals": lambda: strict(f"```json{BODY.replace(FINAL, 'x')}```").diagnostics,
    "missing-id": of(A, Node("", "const", 5)),
    "duplicate-id": of(A, A),
    "missing-op": of(Node("a")),
    "unknown-op": answer("neg", 1),
    "missing-value": of(Node("a", "const")),
    "bad-value": of(Node("a", "const", "2k")),
    "arity": answer("sub", 1),
    "bad-arg": answer("sum", None),
    "dangling-arg": answer("sum", "x"),
    "literal-arg": answer("ratio_split", 1, 2),
    "cycle": answer("sum", FINAL),
    "no-final": of(A),
    "no-answer": of(Node("a", "sum", args=("a",))),
    "many-finals": of(END, END),
    "few-nodes": of(END),
    "unsorted": of(END, A, B),
    "const-final": of(Node(FINAL, "const", 1)),
    "used-distractor": of(Node("a", "const", 1, (), True), B, END),
    "unused-number": of(A, B, Node("c", "const", 3), END),
    "unused-node": of(A, B, Node("c", "sum", args=("a",)), END),
    "question-without-number": of(A, question="How are you?"),
    "number-without-node": of(A, question=QUESTION),
    "const-not-in-question": of(A, B, Node("c", "const", 77), END, question=QUESTION),
    "const-differs": of(Node("a", "const", 81, label="18 red"), B, END, question=QUESTION),
    "below-zero": answer("sub", 2, 18, question=QUESTION),
    "answer-in-parts": answer("div", 18, 5, question=QUESTION),
    "zero-divisor": answer("div", 1, 0),
    "complex": answer("sqrt", -1),
    "overflow": answer("pow", 9, 9999),
    "not-integer": answer("gcd", "1/2", 3),
    "upstream": of(Node("a", "const"), B, END),
    "bad-compact": lambda: Compact().read("?", QUESTION).diagnostics,
    "empty-compact": lambda: Compact().read("", QUESTION).diagnostics,
    "no-trace-answer": lambda: Trace().read("5").diagnostics,
    "trace-answer-unread": lambda: Trace().read("<answer>many</answer>").diagnostics,
    "no-number": lambda: ChainOfThought().read("none").diagnostics,
    "trace-asserts": lambda: Trace().read("<answer>5</answer>").diagnostics,
    "link-foreign": link("hello"),
    "link-newer": link("9.abc"),
    "link-damaged": link("1.abc"),
    "link-too-large": link("1." + "A" * MOST_CHARACTERS),
}


def test_no_code_is_dead_and_none_is_missing() -> None:
    assert set(CASES) == set(codes())


@pytest.mark.parametrize("code", CASES)
def test_code(code: str) -> None:
    found = list(CASES[code]())
    assert code in {diagnostic.code for diagnostic in found}
    for diagnostic in found:
        english, bangla = diagnostic.text("en"), diagnostic.text("bn")
        assert english.endswith(".")
        assert any("\u0980" <= letter <= "\u09ff" for letter in bangla)
        json.dumps(diagnostic.to_obj())


@pytest.mark.parametrize("code", codes().values(), ids=lambda code: code.name)
def test_sentences_are_whole(code: Any) -> None:
    assert code.severity in ("error", "warning", "info")
    fields = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for text in (code.en, code.bn)
    ]
    # The detail of a JSON mistake is what the decoder says, in English.
    assert fields[0] - fields[1] <= {"detail"}
    assert fields[1] <= fields[0]


def test_long_and_strange_params_stay_short() -> None:
    diagnostic = Diagnostic("bad-value", "x" * 10_000, {"value": "{node}" * 10_000})
    assert len(diagnostic.text()) < 500
    assert "{node}" in diagnostic.text()
