"""Time is linear in the text, whatever it holds: four times the text, about four times the time."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from dagger_core.check import check
from dagger_core.formats.trace import score_trace
from dagger_core.parse import document, lenient, partial
from dagger_core.score import judge

#: Characters of the small text; the large one has four times as many.
SMALL = 8_000
#: Most that four times the text may take; quadratic time would take 16.
RATIO = 8.0
#: Below this many seconds a measurement is noise.
NOISE = 0.02


def fenced(*nodes: dict[str, Any]) -> str:
    return f"```json\n{json.dumps({'nodes': nodes})}\n```"


def op(key: str, name: str, *args: Any) -> dict[str, Any]:
    return {"id": key, "op": name, "args": args, "distractor": False, "label": ""}


def const(key: str, val: Any = 1) -> dict[str, Any]:
    return {"id": key, "op": "const", "val": val, "distractor": False, "label": ""}


def raw(template: str) -> Callable[[int], str]:
    """Graph text with `val` as it stands there."""
    body = '```json\n{"nodes": [{"id": "a", "op": "const", "val": %s}]}\n```'
    return lambda n: body % template.replace("~", "9" * n)


def many(n: int, node: Callable[[int], dict[str, Any]]) -> str:
    return fenced(*map(node, range(n // 80)))


# About n characters of each sort of trouble.
TEXTS: dict[str, Callable[[int], str]] = {
    "open arrays": lambda n: "[" * n,
    "open objects": lambda n: "{" * n,
    "arrays in objects": lambda n: "[{" * (n // 2),
    "wrong brackets": lambda n: "[}" * (n // 2),
    "open graphs": lambda n: '{"nodes":' * (n // 9),
    "nested graphs": lambda n: '{"nodes":' * (n // 10) + "1" + "}" * (n // 10),
    "nested lists of graphs": lambda n: '{"nodes":[' * (n // 12) + "]}" * (n // 12),
    "quotes": lambda n: "{" + '"' * n,
    "escaped quotes": lambda n: '{"' + '\\"' * (n // 2) + "\\",
    "single quotes": lambda n: "{'" + "\\'" * (n // 2) + "\\",
    "backslashes": lambda n: '{"nodes":["' + "\\" * n,
    "lines of fences": lambda n: '{"' + "\n```" * (n // 4),
    "fences": lambda n: "```json\n" * (n // 8),
    "broken graphs": lambda n: '{"nodes":x}' * (n // 11),
    "broken graphs in fences": lambda n: '```json\n{"nodes":x}\n```\n' * (n // 23),
    "broken arrays": lambda n: '[{"a":1}x]' * (n // 10),
    "numbers that are none": lambda n: "[" + "NaN," * (n // 8) + "]" + '{"nodes":0}' * (n // 22),
    "words": lambda n: "[{" + "a " * (n // 2),
    "spaces": lambda n: '{"nodes":[' + " \n" * (n // 2),
    "commas": lambda n: '{"nodes":[' + "," * n + "]}",
    "half characters": lambda n: '{"nodes":["' + "\\ud800" * (n // 6) + '"]}',
    "keys": lambda n: "{" + ",".join(['"nodes":0'] * (n // 10)) + "}",
    "long number": raw("~"),
    "long fraction": raw("0.~"),
    "long text number": raw('"~"'),
    "long grouped number": lambda n: raw(f'"{"1," * (n // 2)}"')(0),
    "long unit": lambda n: raw(f'"5{" " * n}x1"')(0),
    "deep value": lambda n: raw("[" * (n // 2) + "]" * (n // 2))(0),
    "truncated": lambda n: many(n, lambda i: const(f"n{i}"))[:-20],
    "to be repaired": lambda n: many(n, lambda i: const(f"n{i}")).replace("}]", "},]"),
    "chain": lambda n: many(n, lambda i: op(f"n{i + 1}", "add", f"n{i}", 1)),
    "backward chain": lambda n: many(n, lambda i: op(f"n{i}", "add", f"n{i + 1}", 1)),
    "squares": lambda n: many(n, lambda i: op(f"n{i + 1}", "mul", *[f"n{i}" if i else "1/3"] * 2)),
    "cycle": lambda n: many(n, lambda i: op(f"n{i}", "add", f"n{(i + 1) % (n // 80)}", 1)),
    "small cycles": lambda n: many(n, lambda i: op(f"n{i}", "add", f"n{i ^ 1}", 1)),
    "one id": lambda n: many(n, lambda i: const("a")),
    "many finals": lambda n: many(n, lambda i: const("final_result")),
    "dangling": lambda n: many(n, lambda i: op(f"node{i}", "add", f"nod{i}", 1)),
    "long id": lambda n: many(n, lambda i: op(f"{i or 'x' * n}", "sum", f"{i - 1 or 'x' * n}")),
    "wide product": lambda n: fenced(const("a", 3), op("b", "mul", *["a"] * (n // 5))),
    "wide sum": lambda n: fenced(op("a", "sum", *(f"1/{i + 7}" for i in range(n // 10)))),
    "open tags": lambda n: "<reasoning>" * (n // 22) + "<answer>" * (n // 16),
    "steps of a trace": lambda n: f"<reasoning>{'Step 1: so 5. ' * (n // 14)}</reasoning>",
    "lines of a trace": lambda n: "<reasoning>" + "1.\n" * (n // 3) + "</reasoning>",
    "a long answer": lambda n: f"<answer>{'5 ' * (n // 2)}</answer>",
    "wide lcm": lambda n: fenced(op("a", "lcm", *range(2, n // 6))),
}  # fmt: skip


def everything(text: str) -> None:
    """All that is done with a model's text; strict and lenient are both in `judge`."""
    judge(text, 5)
    score_trace(text, 5)
    partial(text)
    document(text)
    graph = lenient(text).graph
    if graph is not None:
        for diagnostic in check(graph):
            diagnostic.text("bn")


def seconds(text: str, rounds: int) -> float:
    best = float("inf")
    gc.collect()
    gc.disable()  # it would go through all that other tests have left in memory
    try:
        for _ in range(rounds):
            start = time.process_time()
            everything(text)
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best


@pytest.mark.parametrize("name", TEXTS)
def test_time_is_linear(name: str) -> None:
    for _ in range(3):  # a busy machine may spoil one measurement
        small = seconds(TEXTS[name](SMALL), 2)
        large = seconds(TEXTS[name](4 * SMALL), 1)
        if large <= RATIO * max(small, NOISE):
            return
    pytest.fail(f"four times the text took {large / small:.1f} times as long")


def test_a_question_and_a_graph_full_of_the_same_number() -> None:
    def run(size: int) -> float:
        graph = lenient(fenced(*(const(f"n{i}", 5) for i in range(size)))).graph
        assert graph is not None
        question = "He has 5 pens. " * size
        start = time.process_time()
        check(graph, question=question)
        return time.process_time() - start

    assert run(1200) <= RATIO * max(run(300), run(300), NOISE)
