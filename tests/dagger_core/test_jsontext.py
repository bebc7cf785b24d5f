"""The careful reader of JSON: numbers that no Decimal holds."""

from __future__ import annotations

import pytest

from dagger_core.execute import execute
from dagger_core.jsontext import loads
from dagger_core.parse import document, lenient, strict

HUGE = "1e99999999999999999999"


def test_an_exponent_beyond_decimals_stays_text() -> None:
    assert loads(f"[{HUGE}]") == [HUGE]


@pytest.mark.parametrize("number", [HUGE, "-1.5E-99999999999999999999"])
def test_a_graph_with_such_a_number_fails_at_its_node(number: str) -> None:
    nodes = [
        f'{{"id": "a", "op": "const", "val": {number}}}',
        '{"id": "b", "op": "const", "val": 2}',
        '{"id": "final_result", "op": "add", "args": ["a", "b"]}',
    ]
    body = f'{{"nodes": [{", ".join(nodes)}]}}'
    fenced = f"```json\n{body}\n```"
    for graph in (strict(fenced).graph, lenient(fenced).graph, document(body).graph):
        assert graph is not None
        execution = execute(graph)
        assert execution.answer is None
        assert [failure.node for failure in execution.failures] == ["a", "final_result"]
