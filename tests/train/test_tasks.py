"""Tasks from example lines, both published schemas, conversations and worked solutions."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from dagger_core.diagnostics import RecipeError
from dagger_core.example import Example
from dagger_core.formats import FORMATS
from train.problems import Problem, stream
from train.recipe import Recipe, load
from train.tasks import read_tasks

PROBLEMS = list(itertools.islice(stream(9), 4))
JSON = FORMATS["dagger_json"]


def example(problem: Problem, group: str = "") -> dict[str, Any]:
    line = Example(problem.question, problem.graph, problem.answer, problem.lang, group=group)
    return json.loads(line.to_line())


def sft(problem: Problem, name: str = "conversations") -> dict[str, Any]:
    response = JSON.write(problem.graph, problem.question)
    turns = [*JSON.messages(problem.question), {"role": "assistant", "content": response}]
    return {name: turns, "response": response, "english_answer": float(problem.answer)}


def grpo(problem: Problem) -> dict[str, Any]:
    prompt = JSON.messages(problem.question)
    return {"prompt": prompt, "solution": float(problem.answer), "question": problem.question}


def recipe(folder: Path, rows: list[dict[str, Any]], **changes: Any) -> Recipe:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return load("tiny").changed(
        **{"bank": 0, "dataset": str(path), "format": "dagger_json"} | changes
    )


@pytest.mark.parametrize("schema", [example, sft, grpo])
def test_schemas_are_recognised(tmp_path: Path, schema: Any) -> None:
    tasks = read_tasks(recipe(tmp_path, [schema(problem) for problem in PROBLEMS])).train
    assert [task.question for task in tasks] == [problem.question for problem in PROBLEMS]
    assert [float(task.gold) for task in tasks] == [float(p.answer) for p in PROBLEMS]  # type: ignore[arg-type]
    wanted = [JSON.write(p.graph, p.question) if schema is not grpo else "" for p in PROBLEMS]
    assert [task.response for task in tasks] == wanted


def test_conversations_may_be_called_messages(tmp_path: Path) -> None:
    row = sft(PROBLEMS[0], "messages")
    del row["response"]
    (task,) = read_tasks(recipe(tmp_path, [row])).train
    assert task.response == JSON.write(PROBLEMS[0].graph, "")
    assert task.question == PROBLEMS[0].question


def test_response_is_kept_as_it_was_written(tmp_path: Path) -> None:
    row = sft(PROBLEMS[0])
    row["response"] = row["response"].replace('", "', '",   "')
    (task,) = read_tasks(recipe(tmp_path, [row])).train
    assert task.response == row["response"]


@pytest.mark.parametrize("form", ["compact", "trace"])
def test_graph_is_written_in_the_recipes_format(tmp_path: Path, form: str) -> None:
    (task,) = read_tasks(recipe(tmp_path, [example(PROBLEMS[0])], format=form)).train
    assert task.response == FORMATS[form].write(PROBLEMS[0].graph, PROBLEMS[0].question)


def test_worked_solution_becomes_a_trace(tmp_path: Path) -> None:
    row = {
        "question": "A pen costs $2. How much do 12 cost?",
        "answer": "One costs 2.\nSo 12 cost 12*2=<<12*2=24>>24 dollars.\n#### 24",
    }
    (task,) = read_tasks(recipe(tmp_path, [row], format="trace")).train
    assert task.gold == 24
    assert task.response == (
        "<reasoning>\nStep 1: One costs 2.\nStep 2: So 12 cost 12*2=24 dollars.\n"
        "Therefore, the answer is 24.\n</reasoning>\n<answer>24</answer>"
    )


def test_gold_may_have_a_unit(tmp_path: Path) -> None:
    rows = [{"question": "How fast?", "answer": text} for text in ("40 km/h", "৪০ টাকা")]
    golds = [t.gold for t in read_tasks(recipe(tmp_path, rows, format="trace")).train]
    assert golds == ["40 km/h", 40]


def test_bad_rows_are_counted_by_reason(tmp_path: Path) -> None:
    rows = [example(PROBLEMS[0]), {"question": "", "answer": 1}, {"question": "How?", "graph": "x"}]
    tasks = read_tasks(recipe(tmp_path, rows))
    assert len(tasks.train) == 1
    assert {source for source, _ in tasks.left_out} == {"rows.jsonl"}
    assert tasks.left_out.total() == 2


def test_files_are_repeated_and_held_out_by_family(tmp_path: Path) -> None:
    lines = [json.dumps(example(problem, group="g")) for problem in PROBLEMS]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), "utf-8")
    base = {"bank": 0, "data": {"mine": 3}, "data_dir": str(tmp_path), "format": "trace"}
    assert len(read_tasks(load("tiny").changed(**base)).train) == 12
    held = read_tasks(load("tiny").changed(**base, held_out={"": 1.0}))
    assert (len(held.train), len(held.evaluation)) == (0, 4)


def test_bank_is_not_evaluated_on_what_it_trains_on() -> None:
    """Two situations may come to the same text, up to its numbers: `(2 + 17) × 9 = ?`."""
    tasks = read_tasks(load("shipped-grpo").changed(bank=300, bank_unlike=0, eval_bank=300))
    trained_on = {key for task in tasks.train for key in task.keys}
    assert len(tasks.evaluation) == 300
    assert all(trained_on.isdisjoint(task.keys) for task in tasks.evaluation)


def test_bank_can_be_asked_for_what_is_new() -> None:
    new = read_tasks(load("tiny").changed(bank=5, bank_unlike=2000, bank_seed=3)).train
    old = {problem.template for problem in itertools.islice(stream(1), 2000)}
    templates = {p.question: p.template for p in itertools.islice(stream(3), 400)}
    assert len(new) == 5
    assert all(templates.get(task.question, "new") not in old for task in new)


def test_digest_tells_data_apart(tmp_path: Path) -> None:
    one = read_tasks(recipe(tmp_path, [example(PROBLEMS[0])])).digest
    again = read_tasks(recipe(tmp_path, [example(PROBLEMS[0])])).digest
    other = read_tasks(recipe(tmp_path, [example(PROBLEMS[1])])).digest
    assert one == again != other


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dataset": "nowhere.jsonl"}, "The data cannot be read: There is no file"),
        ({"bank": 1, "format": "xml"}, "format: must be one of"),
        ({"dataset": "", "data": {"x": 1}}, "data_dir: not set"),
    ],
)
def test_sources_that_cannot_be_read(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        read_tasks(load("tiny").changed(**{"bank": 0, **changes}))
