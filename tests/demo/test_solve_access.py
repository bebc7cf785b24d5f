"""Strangers who call the page's endpoints themselves: private hides them, and protects nothing."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate import Store
from demo.build import build, launch_options
from demo.services import CURATED, VISITORS, new_browser_key
from tests.demo.solve_app import services
from tests.demo.stranger import Stranger

QUESTION = "Rina has 7 pens and buys 5. How many pens?"
KEY = new_browser_key()


class Caller(Stranger):
    """A stranger on the Solve page."""

    def call(self, name: str, *data: Any, event: Any = None) -> dict[str, Any]:
        """The last message of the server after a call with this data after desk and browser key."""
        return self.post(self.named(name), [None, KEY, *data] if data or event else [], event)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("public") / "dagger.sqlite3"


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    """A server for strangers, where nobody is a curator."""
    app = build(services(database, public=True))
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, **launch_options())
    yield url
    app.close()


def saved(database: Path) -> tuple[object, object]:
    """The question in the visitors' set and in the curated one."""
    store = Store.open(database)
    found = store.find_question(QUESTION, VISITORS), store.find_question(QUESTION, CURATED)
    store.close()
    return found


def test_only_the_public_api_is_listed(address: str) -> None:
    info = json.load(urllib.request.urlopen(f"{address}gradio_api/info", timeout=60))
    assert set(info["named_endpoints"]) == {"/parse", "/check", "/execute", "/render"}
    assert info["unnamed_endpoints"] == {}


def test_what_a_stranger_saves_is_a_visitors_and_no_more(address: str, database: Path) -> None:
    stranger = Caller(address, "saver")
    assert stranger.call("on_by_hand", QUESTION, "12")["success"]
    done = stranger.call("on_save", QUESTION, "12")
    assert done["success"]
    assert "visitors" in json.dumps(done["output"])
    visited, curated = saved(database)
    assert visited is not None
    assert curated is None


def test_strangers_export_nothing(address: str) -> None:
    stranger = Caller(address, "exporter")
    done = stranger.call("export")
    assert not done["success"]
    assert "curators" in json.dumps(done["output"])


@pytest.mark.parametrize(
    "event",
    [
        {"action": "toggle", "node": "n99", "id": "gone"},
        {"action": "drop table"},
        {"action": {"$gt": ""}},
        [[[[]]]],
        "toggle",
        {"action": "connect", "node": "n0", "target": "n0"},
    ],
)
def test_events_that_no_view_sends_change_nothing(address: str, event: Any) -> None:
    stranger = Caller(address, "sender")
    stranger.call("on_by_hand", QUESTION, "")
    assert stranger.call("on_action", "", event=event)["success"]
    assert stranger.call("on_fix", "", event={"action": "fix", "code": 7, "id": event})["success"]


@pytest.mark.parametrize("node", [None, "", "gone", "x" * 10_000, "final_result"])
def test_fields_of_any_kind(address: str, node: Any) -> None:
    stranger = Caller(address, "typist")
    stranger.call("on_by_hand", QUESTION, "")
    fields = (node, "add", "n1, n1" * 5000, "<script>" * 5000, True)
    typed = [None, KEY, "", node, *fields]
    handler = stranger.named("on_fields")
    for part in ("node-id", "node-op", "node-input", "node-label", "node-distractor", "generate"):
        assert stranger.post(handler, typed, trigger=stranger.component(part))["success"]
    assert stranger.post(handler, typed, trigger=None)["success"]
    assert stranger.call("on_json", "", "[" * 50_000)["success"]


def test_settings_out_of_range_are_refused_in_words(address: str) -> None:
    stranger = Caller(address, "tuner")
    for setting in (-5, 99, None):
        done = stranger.call("on_generate", QUESTION, "", "quick", setting, 1, 0, 64, None)
        assert "emperature" in json.dumps(done) or not done["success"]


def test_a_change_meant_for_other_work_changes_nothing(address: str) -> None:
    stranger = Caller(address, "late")
    stranger.call("on_by_hand", QUESTION, "12")
    assert stranger.call("on_json", "of another question", '{"nodes": []}')["success"]
    done = stranger.call("on_save", QUESTION, "12")
    assert "visitors" in json.dumps(done["output"])
