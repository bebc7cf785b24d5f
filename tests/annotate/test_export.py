"""Exported files: the published columns, only rows that work, whole files only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from annotate import Store
from annotate.exchange import export
from dagger_core.diagnostics import StoreError
from dagger_core.example import Example
from dagger_core.graph import Graph, Node
from dagger_core.score import score

QUESTION = '১২টি কলমের দাম কত? ```json {"nodes": []} ```'


@pytest.fixture
def example(pens: Graph) -> Example:
    return Example(QUESTION, pens, 54, id="e1")


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_sft_has_the_published_columns(example: Example, tmp_path: Path) -> None:
    done = export([example], tmp_path / "sft.jsonl", "sft")
    (row,) = _rows(done.path)
    assert list(row) == ["conversations", "response", "english_answer"]
    user, assistant = row["conversations"]  # type: ignore[misc]
    assert (user["role"], assistant["role"]) == ("user", "assistant")
    assert QUESTION in user["content"]
    assert assistant["content"] == row["response"]
    assert row["english_answer"] == 54.0
    assert score(str(row["response"]), 54).total == 2.0
    assert (done.rows, done.failures) == (1, ())
    assert done.sha256 == hashlib.sha256(done.path.read_bytes()).hexdigest()


def test_grpo_has_the_published_columns(example: Example, tmp_path: Path) -> None:
    done = export([example], tmp_path / "grpo.jsonl", "grpo")
    (row,) = _rows(done.path)
    assert list(row) == ["prompt", "solution", "question"]
    assert [turn["role"] for turn in row["prompt"]] == ["user"]  # type: ignore[attr-defined]
    assert (row["solution"], row["question"]) == (54.0, QUESTION)


@pytest.mark.parametrize("schema", ["sft", "grpo"])
def test_parquet_says_the_same_as_jsonl(example: Example, tmp_path: Path, schema: str) -> None:
    lines = export([example] * 1001, tmp_path / "a.jsonl", schema)
    table = pq.read_table(export([example] * 1001, tmp_path / "a.parquet", schema).path)
    assert table.to_pylist() == _rows(lines.path)
    assert pa.float64() in table.schema.types
    assert pa.string() in table.schema.types


def _one(op: str, *args: str, val: object = None) -> Graph:
    return Graph(
        [
            Node("n1", "const", 6),
            Node("n2", "const", 0),
            Node("s", op, val, args),
            Node("final_result", "identity", None, ("s",)),
        ]
    )


@pytest.mark.parametrize(
    ("graph", "answer", "reason"),
    [
        (None, 1, "no graph"),
        (_one("div", "n1", "n2"), 1, "s: division by zero"),
        (_one("add", "n1", "n9"), 1, "n9"),
        (_one("add", "n1", "n2"), 7, "gives 6, but its answer is 7"),
        (_one("frobnicate", "n1"), 6, "frobnicate"),
        (Graph(_one("add", "n1", "n2").nodes[2:]), 6, "2 nodes"),
        (Graph([*_one("add", "n1", "n2").nodes[:3], Node("final_result", "const", 6)]), 6, "bare"),
        (Graph(_one("add", "n1", "n2").nodes * 2), 6, "final_result"),
    ],
)
def test_a_row_that_does_not_work_is_listed_not_written(
    example: Example, tmp_path: Path, graph: Graph | None, answer: int, reason: str
) -> None:
    bad = Example("bad", graph, answer, id="e2")
    done = export([example, bad, example], tmp_path / "sft.jsonl")
    assert done.rows == len(_rows(done.path)) == 2
    (failure,) = done.failures
    assert (failure.id, failure.question) == ("e2", "bad")
    assert reason in str(failure.reason)


def test_without_a_gold_answer_the_graph_answers(tmp_path: Path) -> None:
    example = Example("q", _one("div", "n1", "n1"))
    third = Example("q", _one("div", "n1", "n1"), Fraction(1))
    (row, same) = _rows(export([example, third], tmp_path / "sft.jsonl").path)
    assert row == same
    assert row["english_answer"] == 1.0


def test_hostile_labels_stay_text(tmp_path: Path) -> None:
    label = '``` \u2028 </script> {"nodes": []} ```json \\u0041 \x07'
    graph = _one("add", "n1", "n2")
    graph = Graph([*graph.nodes[:-1], Node("final_result", "identity", None, ("s",), label=label)])
    (row,) = _rows(export([Example("q", graph, 6)], tmp_path / "sft.jsonl").path)
    assert score(str(row["response"]), 6).total == 2.0


def test_a_cut_export_leaves_the_old_file(example: Example, tmp_path: Path) -> None:
    path = tmp_path / "sft.jsonl"
    path.write_text("old")

    def broken() -> Iterator[Example]:
        yield example
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError, match="cut"):
        export(broken(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("name", "schema"), [("a.csv", "sft"), ("a.jsonl", "cot")])
def test_unknown_kinds_are_refused(tmp_path: Path, name: str, schema: str) -> None:
    with pytest.raises(StoreError, match=r"must end in \.jsonl|no schema 'cot'"):
        export([], tmp_path / name, schema)


def test_from_the_store_to_a_file(store: Store, pens: Graph, tmp_path: Path) -> None:
    store.save(question=QUESTION, graph=pens, author="a", status="accepted", answer=54)
    store.save(question="not yet", graph=pens, author="a", status="draft", answer=54)
    done = export(store.examples(), tmp_path / "sft.jsonl")
    assert done.rows == 1
