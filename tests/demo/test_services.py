"""Who is asking, and drafts that no edit waits for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotate import Store
from dagger_core.graph import Graph, Node
from demo import drafts
from demo.desk import Desk, desk_of, together
from demo.services import (
    CURATED,
    VISITORS,
    DraftBox,
    Services,
    browser_key,
    new_browser_key,
)
from demo.solution import Solution

GRAPH = Graph([Node("a", "const", 1)])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.sqlite3")
    yield opened
    opened.close()


def services(store: Store, **kwargs: Any) -> Services:
    return Services(store, catalog=None, **kwargs)  # type: ignore[arg-type]


def request(username: str | None = None, oauth: str | None = None) -> Any:
    info = {"userinfo": {"preferred_username": oauth}} if oauth else None
    scope = {"session": {"oauth_info": info} if info else {}}
    return SimpleNamespace(username=username, request=SimpleNamespace(scope=scope))


def test_on_a_private_machine_its_user_may_do_everything(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGGER_AUTHOR", "rina")
    person = services(store).person(request())
    assert (person.name, person.curator, person.project) == ("rina", True, CURATED)
    monkeypatch.delenv("DAGGER_AUTHOR")
    assert services(store).person(None).name


@pytest.mark.parametrize(
    ("asking", "name", "project"),
    [
        (None, "visitor", VISITORS),
        (request(), "visitor", VISITORS),
        (request(username="karim"), "karim", VISITORS),
        (request(username="rina"), "rina", CURATED),
        (request(oauth="rina"), "rina", CURATED),
        (request(username="rina", oauth="karim"), "karim", VISITORS),
        (request(username=""), "visitor", VISITORS),
    ],
)
def test_in_public_only_curators_write_to_the_curated_set(
    store: Store, asking: Any, name: str, project: str
) -> None:
    public = services(store, public=True, curators=frozenset({"rina"}))
    person = public.person(asking)
    assert (person.name, person.project) == (name, project)
    assert person.curator == (project == CURATED)


@pytest.mark.parametrize(
    ("environ", "trainers"),
    [
        ({}, set()),
        ({"DAGGER_CURATORS": "rina, karim"}, {"rina", "karim"}),
        ({"DAGGER_CURATORS": "rina", "DAGGER_TRAINERS": "mina"}, {"mina"}),
        ({"DAGGER_CURATORS": "rina", "DAGGER_TRAINERS": ""}, set()),
        ({"SPACE_AUTHOR_NAME": "owner"}, {"owner"}),
    ],
)
def test_in_public_only_trainers_train(
    tmp_path: Path, environ: dict[str, str], trainers: set[str]
) -> None:
    made = Services.from_environment(tmp_path, {**environ, "DAGGER_PUBLIC": "1"})
    asked = ("", "visitor", "rina", "karim", "mina", "owner")
    allowed = {name for name in asked if made.person(request(username=name)).trainer}
    assert allowed == trainers
    assert made.runs.root == tmp_path / "runs"
    assert made.runs.limits.minutes
    made.store.close()


@pytest.mark.parametrize(
    ("environ", "public", "curators"),
    [
        ({}, False, set()),
        ({"DAGGER_PUBLIC": "1", "DAGGER_CURATORS": "rina, karim,"}, True, {"rina", "karim"}),
        ({"SPACE_ID": "a/b", "SPACE_AUTHOR_NAME": "a"}, True, {"a"}),
    ],
)
def test_from_environment(
    tmp_path: Path, environ: dict[str, str], public: bool, curators: set[str]
) -> None:
    made = Services.from_environment(tmp_path, environ)
    assert (made.public, made.curators) == (public, curators)
    assert (tmp_path / "data" / "dagger.sqlite3").exists()
    made.store.close()


def test_drafts_reach_the_store(store: Store) -> None:
    box = DraftBox(store)
    for value in range(50):
        box.put("k", Solution(str(value)))
        found = box.get("k")
        assert found is not None
        assert found.question == str(value)
    box.close()
    kept = store.drafts.load("k")
    assert kept is not None
    assert drafts.load(kept.document) == Solution("49")
    assert DraftBox(store).get("k") == Solution("49")


def test_no_key_no_draft(store: Store) -> None:
    box = DraftBox(store)
    box.put("", Solution("secret"))
    assert box.get("") is None
    assert box.get("unknown") is None
    box.close()


def test_a_draft_that_cannot_be_kept_stops_no_other(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    box = DraftBox(store)
    box.put("bad", Solution("x" * 2_000_000))
    box.put("good", Solution("fine"))
    box.close()
    assert store.drafts.load("good") is not None
    assert "could not be kept" in capsys.readouterr().out


def test_many_browsers_at_once(store: Store) -> None:
    box = DraftBox(store)

    def work(name: str) -> None:
        for value in range(20):
            box.put(name, Solution(f"{name} {value}"))

    threads = [threading.Thread(target=work, args=(f"browser {i}",)) for i in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    box.close()
    for i in range(5):
        found = box.get(f"browser {i}")
        assert found is not None
        assert found.question == f"browser {i} 19"


def test_browser_keys() -> None:
    key = new_browser_key()
    assert browser_key(key) == key
    for value in (None, 7, "", "short", "x" * 10_000, "' OR 1=1 -- aaaaaaaaaaaaaaaaaaaa", [key]):
        assert browser_key(value) == ""


def test_the_desk_comes_back_after_a_restart(store: Store) -> None:
    made, key = services(store), new_browser_key()
    made.drafts.put(key, Solution("mine", history=(GRAPH,)))
    assert desk_of(made, None, key).solution.question == "mine"
    assert desk_of(made, None, "not a key").solution.graph is None
    open_desk = Desk(Solution("open"))
    assert desk_of(made, open_desk, key) is open_desk


def test_only_news_are_sent() -> None:
    part, other = _Part(1), _Part(2)
    desk = Desk(Solution()).holding({part: "a", other: {"__type__": "update", "value": 1, "x": 2}})
    assert desk.news({part: "a"}) == {}
    assert desk.news({part: "b"}) == {part: "b"}
    changed = desk.news({other: {"__type__": "update", "value": 1, "x": 3}})[other]
    assert changed["x"] == 3
    assert "value" not in changed


def test_updates_of_one_component_become_one() -> None:
    part, other = _Part(1), _Part(2)
    merged = together({part: "a", other: "b"}, {part: {"__type__": "update", "x": 2}})
    assert merged == {part: {"__type__": "update", "value": "a", "x": 2}, other: "b"}


class _Part:
    """What a desk needs of a component."""

    def __init__(self, number: int) -> None:
        self._id = number
