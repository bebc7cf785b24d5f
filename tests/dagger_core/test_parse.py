"""Reading: strict, lenient, whole documents, and texts that are still being written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.execute import execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.parse import Parsed, document, lenient, partial, strict
from dagger_core.score import judge
from tests.wild import GRAPHS, OBJECTS, plain, sound

NODES = [
    {"id": "n1", "op": "const", "val": 7, "distractor": False, "label": 'he said: "no]}" `x`'},
    {"id": "n2", "op": "const", "val": "১,০০০ টাকা", "distractor": True, "label": "দাম"},
    {"id": FINAL, "op": "mul", "args": ["n1", 6], "distractor": False, "label": "উত্তর"},
]
BODY = Graph.from_obj({"nodes": NODES}).to_json()
GOOD = f"```json\n{BODY}\n```"
OTHER = GOOD.replace('"n1", 6', '"n1", 5')


def answer(parsed: Parsed) -> Any:
    return None if parsed.graph is None else execute(parsed.graph).answer


def codes(parsed: Parsed) -> list[str]:
    return [diagnostic.code for diagnostic in parsed.diagnostics]


PIECES = st.sampled_from(
    ["```json\n", "```", "{", "}", "[", "]", '"', "'", ":", ",", '"nodes"', "nodes", "\\", "\n",
     BODY, GOOD, '{"id": "final_result", "op": "const", "val": 3}', "NaN", "1,000", "২", " ",
     "\ud83d"]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS)
def test_no_text_raises(text: str) -> None:
    for read in (strict, lenient, document):
        parsed = read(text)
        assert (parsed.graph is None) <= bool(parsed.diagnostics)
        for diagnostic in parsed.diagnostics:
            assert diagnostic.text("en")
            assert diagnostic.text("bn")
    assert all(isinstance(node, Node) for node in partial(text))
    json.dumps(judge(text, text))


@given(GRAPHS)
def test_what_is_written_is_read_by_all(graph: Graph) -> None:
    text = graph.to_json()
    fenced = f'Here it is.\n```json\n{text}\n``` That\'s "it".'
    if graph.nodes:
        assert document(text).graph == lenient(text).graph == lenient(fenced).graph == graph
        assert Graph(partial(text)) == graph


@given(sound())
def test_strict_takes_what_is_sound(graph: Graph) -> None:
    assert strict(f"\n ```json{graph.to_json()}```\n").graph == graph


@given(OBJECTS)
def test_no_object_raises(obj: Any) -> None:
    text = json.dumps(plain(obj))
    assert strict(f"```json\n{text}\n```").graph in (None, document(text).graph)


def test_every_prefix_of_a_completion() -> None:
    complete = GOOD.rindex("}", 0, GOOD.rindex("]")) + 1  # the end of final_result
    seen: tuple[Node, ...] = ()
    for end in range(len(GOOD) + 1):
        prefix = GOOD[:end]
        nodes = partial(prefix)
        assert nodes[: len(seen)] == seen, "a node changed or went away"
        seen = nodes
        assert answer(lenient(prefix)) == (42 if end >= complete else None)
        assert answer(strict(prefix)) == (42 if end == len(GOOD) else None)
        assert lenient(prefix).graph is not None or lenient(prefix).diagnostics
    assert Graph(seen) == strict(GOOD).graph


@pytest.mark.parametrize(
    "wrap", ["{}", "Sure!\n{}", "[see {{x}}] {}", 'He said "ok. {}', "{}\n\nDone."]
)
def test_prose_around_changes_nothing(wrap: str) -> None:
    for text in (GOOD, BODY):
        assert answer(lenient(wrap.format(text))) == 42


def test_a_stray_bracket_or_quote_before_the_fence_changes_nothing() -> None:
    for stray in ('[ "', "{'", '{"nodes": [{"id": "n1", "op": "con\n', "[[[[{"):
        assert answer(lenient(f"{stray}\n{GOOD}")) == 42


def test_the_last_graph_in_a_fence_wins() -> None:
    assert answer(lenient(f"{OTHER}\nNo, wait.\n{GOOD}")) == 42
    assert answer(lenient(f"{GOOD}\n{OTHER}")) == 35
    assert answer(lenient(f"{GOOD}\nor {BODY.replace('6]', '5]')}")) == 42
    assert answer(lenient(f"{BODY}\n{BODY.replace('6]', '5]')}")) == 35
    assert answer(lenient(f'{GOOD}\n```json\n{{"nodes": []}}\n```')) == 42


def test_graphs_in_labels_and_in_other_fields_are_not_read() -> None:
    inner = '{"nodes": [{"id": "final_result", "op": "const", "val": 666}]}'
    nodes = [{**NODES[0], "label": f"```json\n{inner}\n```"}, *NODES[1:]]
    assert answer(lenient(json.dumps({"nodes": nodes}))) == 42
    nodes = [{**NODES[0], "more": json.loads(inner)}, *NODES[1:]]
    text = json.dumps({"nodes": nodes})
    assert answer(lenient(text)) == 42
    assert answer(lenient(text[: text.index('"n2"')])) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-json"),
        ("The answer is 42.", "no-json"),
        ("{}", "not-a-graph"),
        ('{"nodes": []}', "not-a-graph"),
        ('{"nodes": 5}', "not-a-graph"),
        ('{"nodes": [1, 2]}', "not-a-graph"),
        ("{", "bad-json"),
        ('{"nodes": [{"id": "a"', "truncated"),
        (GOOD[:-60], "truncated"),
        (BODY.replace('"val": 7', '"val": NaN'), "bare-number"),
        (BODY.replace('"val": 7', '"val": -Infinity'), "bare-number"),
        (BODY.replace('"val": 7', '"val": 1,000'), "bare-number"),
        (BODY.replace('"val": 7', '"val": 2k'), "bare-number"),
        (BODY.replace('"val": 7', '"val": 1_000'), "bare-number"),
    ],
)
def test_what_gives_no_graph(text: str, code: str) -> None:
    parsed = lenient(text)
    assert (parsed.graph, codes(parsed)) == (None, [code])


@pytest.mark.parametrize(
    "text",
    [
        BODY.replace("\n  ]", ",\n  ]"),
        BODY.replace('"label": "উত্তর"', '"label": "উত্তর",'),
        BODY.replace('"op": "mul"', "'op': 'mul'"),
        BODY.replace('"id": "n2"', 'id: "n2"'),
        BODY.replace("false", "False").replace("true", "True"),
        BODY[:-2],
        BODY[:-4],
        f"```json\n{BODY[:-4]}\n```",
        BODY.replace('"val": 7', '"val": 7 // seven'),
    ],
)
def test_repairs_leave_a_diagnostic(text: str) -> None:
    parsed = lenient(text)
    assert answer(parsed) == 42
    assert codes(parsed) == ["repaired"]
    assert strict(f"```json\n{text}\n```").graph is None


def test_mistakes_have_their_line_and_column() -> None:
    text = '{"nodes": [\n  {"id": "a" "op": "const"}\n]}'
    for parsed in (document(text), strict(f"```json{text}```")):
        assert codes(parsed) == ["bad-json"]
        assert (parsed.diagnostics[0].params["line"], parsed.diagnostics[0].params["column"]) == (
            2,
            14,
        )
    params = lenient(f"Well:\n{BODY.replace('7', 'NaN', 1)}").diagnostics[0].params
    assert params["line"] == 2 + BODY[: BODY.index("7")].count("\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-fenced"),
        (BODY, "not-fenced"),
        (f"So:\n{GOOD}", "not-fenced"),
        (GOOD.replace("```json", "```"), "not-fenced"),
        ("```json```", "bad-json"),
        (f"```json\n{json.dumps(NODES)}\n```", "not-a-graph"),
        (f'```json\n{{"graph": {BODY}}}\n```', "not-a-graph"),
        (f"```json\n{json.dumps({'nodes': NODES[1:]})}\n```", "few-nodes"),
        (f"```json\n{json.dumps({'nodes': [*NODES, NODES[2]]})}\n```", "finals"),
        (GOOD.replace(FINAL, "answer"), "finals"),
        (GOOD.replace("7,", "NaN,"), "bare-number"),
        (f"{GOOD}\n{GOOD}", "bad-json"),
        ("```json\n" + "[" * 100_000 + "\n```", "too-deep"),
    ],
)
def test_what_is_not_strict(text: str, code: str) -> None:
    parsed = strict(text)
    assert (parsed.graph, codes(parsed)) == (None, [code])


def test_documents_may_be_bare_or_wrapped() -> None:
    for text in (BODY, json.dumps(NODES), f'{{"graph": {BODY}}}', f"\ufeff{BODY}"):
        assert answer(document(text)) == 42
    assert codes(document(GOOD)) == ["bad-json"]


def test_very_long_numbers_and_half_characters() -> None:
    digits = "9" * 6000
    text = BODY.replace("7", digits, 1)
    assert lenient(text).graph is not None
    assert answer(lenient(text)) is None
    half = lenient(BODY.replace("দাম", "\\ud83d!")).graph
    assert half is not None
    assert half.nodes[1].label == "\ufffd!"
    half.to_json().encode()


@pytest.mark.parametrize("depth", [10, 90, 200, 500, 900, 950, 990, 5000])
def test_deep_values_are_data(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    for text in (GOOD.replace("7,", f"{deep},"), GOOD.replace('"n1", 6', f'"n1", {deep}')):
        json.dumps(judge(text, 42))
        assert judge(text, 42)["value"] is None
