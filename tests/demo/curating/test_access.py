"""Strangers who call the Annotate page's endpoints: they may look, and change nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate import NewQuestion, Store
from annotate.records import Revision
from demo.build import build, launch_options
from demo.services import new_browser_key
from tests.demo.curating.test_page import graph
from tests.demo.solve_app import services
from tests.demo.stranger import Stranger

MEMORY = {"key": new_browser_key(), "item": 1, "done": [1], "undone": [1], "batch": 1}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("public") / "dagger.sqlite3"
    store = Store.open(path)
    for number in (1, 2):
        question = store.add_question(NewQuestion(f"{number} pens, 2 more, 7 years", number + 2))
        store.suggest(question.id, model="m", text="", graph=graph(number, 2))
    store.close()
    return path


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    app = build(services(database, public=True))
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, **launch_options())
    yield url
    app.close()


def record(database: Path) -> tuple[list[str], list[Revision], int]:
    """All that strangers must not change."""
    store = Store.open(database)
    revisions = [revision for number in (1, 2) for revision in store.revisions(number)]
    comments = sum(len(store.comments(number)) for number in (1, 2))
    projects = store.projects()
    store.close()
    return projects, revisions, comments


@pytest.mark.parametrize(
    ("part", "event", "data"),
    [
        ("accept", "click", [""]),
        ("discard", "click", [""]),
        ("flag", "click", ["", "5"]),
        ("skip", "click", [""]),
        ("comment", "submit", ["", "hello"]),
        ("samples", "click", [""]),
        ("bulk-do", "click", ["accept"]),
        ("bulk-undo", "click", []),
        ("pre-start", "click", ["quick", 10]),
        ("pre-one", "click", ["quick"]),
        ("ask-model", "click", ["quick"]),
        ("new-project", "submit", ["theirs"]),
        ("team-save", "click", [3, "Do as I say"]),
        ("left-take", "click", ["1", "asha"]),
        ("import-look", "click", [None, "owner/name", "", ""]),
        ("import-go", "click", [None, "owner/name", "", "", *[""] * 8]),
        ("hub-push", "click", [0.1, "me/theirs", True]),
        ("export-make", "click", ["revisions", ".jsonl", 0.1]),
    ],
)
def test_what_strangers_may_not_do(
    address: str, database: Path, part: str, event: str, data: list[Any]
) -> None:
    before = record(database)
    stranger = Stranger(address, f"stranger-{part}")
    function, *_ = stranger.functions(part, event)
    done = stranger.post(function, [None, MEMORY, *data])
    assert "only curators" in json.dumps(done)
    assert record(database) == before


def test_a_stranger_may_try(address: str, database: Path) -> None:
    before = record(database)
    stranger = Stranger(address, "trier")
    opening, *_ = stranger.functions("queue", "action")
    assert stranger.post(opening, [None, MEMORY, ""], {"open": 1})["success"]
    reset, *_ = stranger.functions("changes", "action")
    event = {"action": "reset", "before": "n1", "after": "n1"}
    assert stranger.post(reset, [None, MEMORY, ""], event)["success"]
    assert record(database) == before


@pytest.mark.parametrize(
    "memory",
    [
        None,
        7,
        [],
        {"key": 5},
        {"item": "x", "chosen": {"text": 9, "distractors": ["a"]}},
        {"item": 99},
    ],
)
def test_memories_of_any_kind(address: str, memory: Any) -> None:
    stranger = Stranger(address, "forger")
    opening, *_ = stranger.functions("queue", "action")
    assert stranger.post(opening, [None, memory, ""], {"open": "one"})["success"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../secrets/file", "."])
def test_no_file_of_the_server_is_read(address: str, name: str) -> None:
    stranger = Stranger(address, "reader")
    look, *_ = stranger.functions("import-look", "click")
    path = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    for data in ([path, "", "", ""], [None, name, "", ""]):
        assert "root:" not in json.dumps(stranger.post(look, [None, MEMORY, *data]))
