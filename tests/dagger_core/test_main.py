"""The command line: files in, JSON lines out, in order, whatever a line holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dagger_core.__main__ import app
from dagger_core.graph import FINAL, Graph, Node

A, B = Node("a", "const", "৭টি", label="কলম"), Node("b", "const", 6)
GRAPH = Graph([A, B, Node(FINAL, "mul", args=("a", "b"))])
GOOD = {"completion": f"```json\n{GRAPH.to_json()}\n```", "gold": 42}
WRONG = {**GOOD, "gold": 41}
WORDS = {"completion": "I do not know.", "gold": 42}
BROKEN = '{"completion": "'
OBJECT = {"graph": json.loads(GRAPH.to_json()), "question": "৭টি কলম, 6, 18"}


def run(*words: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(app, list(words), input=text)


def lines(*rows: Any) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def out(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_score_keeps_the_order_and_no_line_stops_the_others() -> None:
    deep = {"completion": "[" * 100_000, "gold": "x"}
    rows = [GOOD, BROKEN, WORDS, WRONG, "17", {}, {"completion": None}, deep, "", GOOD]
    result = out(run("score", "-", text=lines(*rows)))
    assert [row["reward"] for row in result] == [2, 0, 0, 1, 0, 0, 0, 0, 2]
    assert [row["parse_ok"] for row in result] == [True, False, False, True, *[False] * 4, True]
    assert result[0] == {
        "parse_ok": True, "executes": True, "value": 42, "reward": 2.0, "diagnostics": [],
    }  # fmt: skip
    assert "line 2, column" in result[1]["diagnostics"][0]["text"]
    assert all(row["value"] is None for row in result if not row["executes"])


def test_a_broken_first_line_does_not_hide_the_others() -> None:
    result = out(run("score", "-", text=lines(BROKEN, GOOD)))
    assert [row["reward"] for row in result] == [0, 2]


@pytest.mark.parametrize(
    "text",
    [
        GRAPH.to_json(),
        GRAPH.to_line(),
        f"\ufeff{GRAPH.to_json()}",
        f"```json\n{GRAPH.to_line()}\n```",
        f"Here it is:\n{GRAPH.to_line()}",
        GOOD["completion"],
        '{"nodes": [\n{"id": "final_result", "op": "const", "val": 42}\n]}',
        lines(OBJECT),
        lines({"graph": GRAPH.to_json()}),
    ],
)
def test_one_graph_in_a_file_however_it_stands_there(text: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.txt"
    file.write_text(text, encoding="utf-8")
    (row,) = out(run("execute", str(file)))
    assert row["answer"] == 42


def test_parse_gives_the_graph_as_it_was_written() -> None:
    text = '{"nodes": [{"id": "a", "op": "const", "val": 0.10}, {"id": "b", "val": %s}]}'
    result = run("parse", "-", text=text % ("9" * 6000))
    assert '"val":0.10' in result.stdout
    assert "9" * 6000 in result.stdout
    (row,) = out(run("parse", "-", text=lines(WORDS)))
    assert row["graph"] is None
    assert row["diagnostics"][0]["code"] == "no-json"


def test_check_reads_the_question_and_tells_by_its_status() -> None:
    result = run("check", "-", text=lines(OBJECT))
    assert result.exit_code == 0
    (row,) = out(result)
    assert row["ok"]
    assert [d["code"] for d in row["diagnostics"]] == ["number-without-node"]
    assert run("check", "-", text=lines(OBJECT, WORDS)).exit_code == 1


def test_execute_gives_every_value() -> None:
    graph = Graph([*GRAPH.nodes, Node("x", "div", args=("a", 0)), Node("y", "div", args=("b", 4))])
    (row,) = out(run("execute", "-", text=graph.to_line()))
    assert row["values"] == {"a": 7, "b": 6, FINAL: 42, "x": None, "y": 1.5}
    assert row["path"] == ["a", "b", FINAL]
    assert [d["code"] for d in row["diagnostics"]] == ["zero-divisor"]


def test_bytes_that_are_no_text_and_numbers_that_are_none() -> None:
    nan = '{"nodes": [{"id": "a", "op": "const", "val": NaN}]}'
    text = b"\xff\xfe\n" + lines(GOOD, nan, GOOD).encode() + b'{"completion": "\xe0\xa6"}\n'
    result = out(run("score", "-", text=lines(GOOD).encode() + text))
    assert [row["reward"] for row in result] == [2, 0, 2, 0, 2, 0]
    assert result[3]["diagnostics"][0]["code"] == "bare-number"


@pytest.mark.parametrize("command", ["parse", "check", "execute", "score"])
def test_odd_files(command: str, tmp_path: Path) -> None:
    for text in ("", "\n\n", "5", "[]", "null\n{}", '{"a": 1}'):
        result = run(command, "-", text=text)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert len(out(result)) <= 2
    missing = run(command, str(tmp_path / "none.jsonl"))
    assert missing.exit_code == 2


def test_render_to_a_file_and_to_a_folder(tmp_path: Path) -> None:
    picture = tmp_path / "one.svg"
    assert run("render", "-", "-o", str(picture), text=GRAPH.to_json()).exit_code == 0
    assert "কলম" in picture.read_text("utf-8")
    folder = tmp_path / "many"
    result = run("render", "-", "-o", str(folder), "--format", "dot", text=lines(GOOD, WORDS, GOOD))
    assert result.exit_code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["0001.dot", "0003.dot"]
    assert "line 2" in result.stderr


def test_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dagger_core", "score", "-"],
        input=lines(GOOD, WRONG), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert [json.loads(line)["reward"] for line in done.stdout.splitlines()] == [2, 1]
