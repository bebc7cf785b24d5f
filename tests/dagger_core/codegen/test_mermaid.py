"""Exported flowcharts: lines of known shapes, whatever the labels say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from dagger_core.codegen import EXPORTS, to_mermaid
from dagger_core.diagnostics import GraphTooLarge
from dagger_core.execute import Execution, execute
from dagger_core.graph import FINAL, Graph, Node
from tests.dagger_core.codegen.some_graphs import executions, hostile

NAME = r"[nlm]\d+(?:_\d+)?"
TEXT = r'"(?:[A-Za-z0-9 \u0980-\u09ff\u200c\u200d]|#\d+;|<br/>)*"'
LINE = re.compile(
    rf"    (?:{NAME}(?:\[{TEXT}\]|\(\[{TEXT}\]\))"
    rf'|{NAME} -->(?:\|"[\d]+"\|)? {NAME}'
    r"|classDef [a-z]+ fill:#\w{6},stroke:#\w{6},color:#\w{6}(?:,stroke-dasharray:6 4)?"
    rf"|class {NAME}(?:,{NAME})* [a-z]+)"
)


def test_example() -> None:
    nodes = [
        Node("n1", "const", 50, label="টাকা"),
        Node("n2", "const", 12, distractor=True, label='a "quoted" <b>label</b>'),
        Node(FINAL, "sub", None, ("n1", 8), label="rest"),
    ]
    lines = to_mermaid(execute(Graph(nodes))).splitlines()
    assert lines[:7] == [
        "flowchart TD",
        '    n0["50<br/>টাকা<br/>n1"]',
        '    n1["12<br/>a #34;quoted#34; #60;b#62;label#60;#47;b#62;<br/>n2'
        '<br/>#8856; distractor"]',
        '    n2(["50 #8722; 8 #61; 42<br/>rest<br/>final#95;result"])',
        '    l2_1["8"]',
        '    n0 -->|"1"| n2',
        '    l2_1 -->|"2"| n2',
    ]
    assert "    class n1 distractor" in lines


@given(executions(hostile))
@settings(max_examples=60, deadline=None)
def test_labels_are_text(execution: Execution) -> None:
    for lang in ("en", "bn"):
        first, *lines = to_mermaid(execution, lang).splitlines()
        assert first == "flowchart TD"
        assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_too_many_nodes() -> None:
    nodes = [Node(f"n{i}", "const", i) for i in range(400)]
    with pytest.raises(GraphTooLarge):
        to_mermaid(execute(Graph(nodes)))


def test_all_exports_write() -> None:
    execution = execute(Graph([Node("a", "const", 1), Node(FINAL, "identity", None, ("a",))]))
    for export in EXPORTS.values():
        assert export.write(execution, "en")
        assert export.suffix.startswith(".")
        assert export.en
        assert export.bn
