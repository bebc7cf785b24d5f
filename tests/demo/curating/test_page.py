"""The Annotate page in a real browser: a queue worked off by the keyboard, and nothing lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate import NewQuestion, NewRevision, Store
from annotate.assignment import holders
from annotate.independent import disagreements
from annotate.records import Status
from dagger_core.graph import Graph, Node
from tests.demo.visiting import FRESH, PATIENCE, Server, expect, fill_in

ITEMS = 34
ACCEPTED = re.compile("Accepted item")


def graph(first: int, other: int, *, marked: bool = True) -> Graph:
    """first + other, beside a 7 that does not matter."""
    return Graph(
        [
            Node("n1", "const", first, label="pens"),
            Node("n2", "const", other, label="more pens"),
            Node("n3", "const", 7, distractor=marked, label="years"),
            Node("s", "add", None, ("n1", "n2")),
            Node("final_result", "identity", None, ("s",)),
        ]
    )


def kind(number: int) -> str:
    """What is to be done with an item."""
    return ("right", "right", "fault", "noise", "gold", "unclear")[number % 6]


def letters(number: int) -> str:
    """A name for an item without a number in it: 33 is `dd`."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def fill(database: Path) -> None:
    store = Store.open(database)
    for number in range(1, ITEMS + 1):
        first, other = number + 20, number + 50
        text = f"Box {letters(number)}: {first} pens, then {other} more. Rina is 7. How many pens?"
        answer = first + other + (kind(number) == "gold")
        question = store.add_question(NewQuestion(text, answer, source="boxes"))
        suggested = graph(first, other, marked=kind(number) != "fault")
        store.suggest(question.id, model="m", text="", graph=suggested)
    store.close()


class Curator:
    """One open Annotate page, and what a person does and sees there."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, page.keyboard
        self.alarms: list[str] = []
        self.said = page.locator("#said")
        self.heading = page.locator("#heading")
        self.draft = page.locator("#draft")
        self.findings = page.locator("#findings .fv-fix")
        self.changes = page.locator("#changes .cv-changes li")
        page.on("pageerror", lambda error: self.alarms.append(str(error)))

    def is_at(self, number: int) -> None:
        expect(self.heading).to_contain_text(re.compile(rf"Item {number}\b"))
        # The picture is the item's: the next key is about what is to be seen.
        expect(self.page.locator("#numbers")).to_contain_text(f"Box {letters(number)}:")

    def unfolds(self, section: str, part: str) -> None:
        """Open a folded section, if it is not open; a test that is tried again finds it open."""
        if not self.page.locator(part).is_visible():
            self.page.locator(f"{section} button").first.click()
        expect(self.page.locator(part)).to_be_visible()

    def node(self, dom: str) -> Any:
        return self.page.locator(f"#picture .gv-canvas [data-node={dom}]")

    def opens(self, number: int) -> None:
        # The list is at the page of the item that is open.
        self.page.fill("#search :is(input, textarea)", f"Box {letters(number)}:")
        expect(self.page.locator(".cv-list button")).to_have_count(1)
        self.page.click(f".cv-list [data-question='{number}']")
        self.is_at(number)
        self.page.fill("#search :is(input, textarea)", "")
        expect(self.page.locator(".cv-list button").nth(2)).to_be_visible()
        self.keys.press("Escape")


Open = Callable[..., Curator]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("annotate")
    fill(folder / "dagger.sqlite3")
    running = Server(folder)
    yield running
    running.kill()


@pytest.fixture(scope="module")
def visit(browser: Any, server: Server) -> Iterator[Open]:
    """Opens the page, each time as another browser."""
    expect.set_options(timeout=PATIENCE * 1000)
    contexts = []

    def open_page(path: str = "/annotate") -> Curator:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(FRESH)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.goto(server.address + path)
        expect(page.locator(".cv-list button").first).to_be_visible()
        return Curator(page)

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def curator(visit: Open) -> Curator:
    return visit()


def statuses(server: Server) -> dict[int, str]:
    """The status of every item that was decided."""
    store = Store.open(server.database)
    latest = {number: store.latest(number) for number in range(1, ITEMS + 1)}
    store.close()
    return {number: revision.status for number, revision in latest.items() if revision}


def test_thirty_items_by_the_keyboard_alone(curator: Curator, server: Server) -> None:
    keys, wanted = curator.keys, dict[int, str]()
    status: dict[str, Status] = {
        "right": "accepted",
        "fault": "accepted",
        "noise": "discarded",
        "gold": "flagged",
    }
    for number in range(1, 31):
        curator.is_at(number)
        what = kind(number)
        if what == "fault":
            expect(curator.findings.first).to_be_visible()
            keys.press("m")
            expect(curator.findings).to_have_count(0)
        if what == "gold":
            keys.press("w")
            keys.type(str(2 * number + 70))
            keys.press("Enter")
        else:
            keys.press({"noise": "x", "unclear": "s"}.get(what, "y"))
        if what in status:
            wanted[number] = status[what]
    curator.is_at(31)
    # The list has turned its page with the items.
    expect(curator.page.locator(".cv-list [aria-current]")).to_contain_text("Box db:")
    expect(curator.page.locator(".cv-pager")).to_contain_text("31–34")
    assert statuses(server) == wanted
    assert Counter(wanted.values()) == {"accepted": 15, "discarded": 5, "flagged": 5}
    store = Store.open(server.database)
    mended, flagged = store.latest(2), store.latest(4)
    store.close()
    assert mended is not None
    assert mended.graph == graph(22, 52)
    assert mended.seconds is not None
    assert flagged is not None
    assert flagged.answer == "78"
    assert curator.alarms == []


def test_keys_are_silent_while_typing_and_can_be_changed(curator: Curator) -> None:
    page, keys = curator.page, curator.keys
    keys.press("/")
    keys.type("yxsd Box dd:")
    expect(page.locator(".cv-note")).to_be_visible()
    page.fill("#search :is(input, textarea)", "box dd:")
    expect(page.locator(".cv-list button")).to_have_count(1)
    page.fill("#search :is(input, textarea)", "")
    expect(page.locator(".cv-list button").nth(2)).to_be_visible()
    keys.press("Escape")
    curator.is_at(31)
    page.click(".cv-keys button")
    page.locator(".cv-dialog [data-command=skip]").press("q")
    page.locator(".cv-dialog [data-command=discard]").press("q")
    expect(page.locator(".cv-dialog [role=status]")).to_contain_text("skip")
    keys.press("Escape")
    expect(page.locator("#skip")).to_have_attribute("data-key", "Q")
    page.evaluate("localStorage.removeItem('dagger-keys')")


def test_an_accidental_discard_is_undone_and_done_again(curator: Curator, server: Server) -> None:
    keys = curator.keys
    curator.is_at(31)
    keys.press("j")
    expect(curator.node("n0")).to_have_attribute("aria-current", "true")
    keys.press("d")
    expect(curator.changes).to_contain_text("marked as a distractor")
    expect(curator.draft).to_contain_text(re.compile("Draft saved"))
    curator.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    keys.press("x")
    curator.is_at(32)
    expect(curator.heading).to_be_in_viewport()
    assert statuses(server)[31] == "discarded"
    keys.press("z")
    curator.is_at(31)
    expect(curator.said).to_contain_text("as it was")
    expect(curator.changes).to_contain_text("marked as a distractor")
    assert statuses(server)[31] == "pending"
    # The graph's own steps come back, too.
    keys.press("z")
    expect(curator.changes).to_have_count(0)
    keys.press("y")
    curator.is_at(32)
    assert statuses(server)[31] == "accepted"
    keys.press("z")
    curator.is_at(31)
    keys.press("r")
    curator.is_at(32)
    assert statuses(server)[31] == "accepted"


def test_a_reload_and_kill_9_in_the_middle_lose_nothing(curator: Curator, server: Server) -> None:
    page, keys = curator.page, curator.keys
    curator.is_at(32)
    page.fill("#search :is(input, textarea)", "box d")
    expect(page.locator(".cv-list button")).to_have_count(6)
    curator.node("n0").dblclick()
    expect(curator.changes).to_have_count(1)
    page.reload()
    curator.is_at(32)
    expect(curator.changes).to_have_count(1)
    expect(page.locator(".cv-list button")).to_have_count(6)
    page.wait_for_timeout(1000)  # nothing is under way: Gradio loads a page anew that was cut off
    server.kill()
    server.start()
    # The page is still open: what the server forgot, the browser and the store remember.
    curator.node("n1").dblclick()
    expect(curator.changes).to_have_count(2)
    curator.page.locator("#changes .cv-changes button").first.click()
    expect(curator.changes).to_have_count(1)
    keys.press("z")
    expect(curator.changes).to_have_count(2)
    page.get_by_role("button", name="Reset to the model's graph").click()
    expect(curator.changes).to_have_count(0)
    page.fill("#search :is(input, textarea)", "")
    keys.press("Escape")
    expect(page.locator(".cv-list button").nth(7)).to_be_visible()


def test_two_browsers_on_one_item(curator: Curator, visit: Open, server: Server) -> None:
    second = visit()
    curator.opens(5)
    second.opens(5)
    second.node("n1").dblclick()
    expect(second.changes).to_have_count(1)
    curator.keys.press("y")
    expect(curator.said).to_contain_text("Accepted item 5")
    second.keys.press("x")
    expect(second.said).to_contain_text("saved this item")
    expect(second.changes).to_contain_text("marked as a distractor")
    expect(second.page.locator("#changes")).to_contain_text("against what")
    store = Store.open(server.database)
    kept = store.revisions(5)
    store.close()
    assert [(r.status, r.conflicts_with) for r in kept] == [
        ("accepted", None),
        ("discarded", kept[0].id),
    ]
    second.page.click("#theirs")
    expect(second.changes).to_have_count(0)
    second.keys.press("y")
    expect(second.said).to_contain_text(ACCEPTED)
    assert second.alarms == []
    second.page.close()


def test_all_at_once_and_back(curator: Curator, server: Server) -> None:
    page = curator.page
    page.locator("#bulk button").first.click()
    page.click("#bulk-look")
    expect(page.locator("#bulk-said")).to_contain_text("This would change")
    page.click("#bulk-do")
    expect(page.locator("#bulk-said")).to_contain_text("items changed")
    after = Counter(statuses(server).values())
    # Also after the page was loaded anew.
    expect(page.locator("#bulk-undo")).to_be_visible()
    page.reload()
    page.locator("#bulk button").first.click()
    page.click("#bulk-undo")
    expect(page.locator("#bulk-said")).to_contain_text("as before")
    assert Counter(statuses(server).values())["accepted"] < after["accepted"]


def test_a_model_suggests_in_the_background(curator: Curator) -> None:
    page = curator.page
    curator.unfolds("#pre", "#pre-most input")
    fill_in(page, "#pre-most input", "3")
    page.click("#pre-start")
    expect(page.locator("#pre-said")).to_contain_text("answered 3 questions")
    # The item on the desk gets its suggestion at once, and what was edited stays.
    page.click("#pre-one")
    expect(curator.said).to_contain_text("has answered item")
    expect(page.locator("#changes")).to_contain_text("suggestion of quick")
    curator.unfolds("#filters", "#filters input[aria-label='Suggested by']")
    page.locator("#filters input[aria-label='Suggested by']").click()
    page.get_by_role("option", name="quick").click()
    expect(page.locator(".cv-list button")).to_have_count(4)
    page.click("#clear-filters")


def test_import_with_bad_rows_and_export(curator: Curator, tmp_path: Path) -> None:
    page = curator.page
    rows = [{"question": f"{n} pens and 2 more?", "answer": n + 2} for n in range(3)]
    source = tmp_path / "more.jsonl"
    lines = [json.dumps(rows[0]), "{broken", json.dumps(rows[1]), json.dumps(rows[0])]
    source.write_text("\n".join(lines), "utf-8")
    page.get_by_role("tab", name="Import & export").click()
    page.set_input_files("#import-file input[type=file]", str(source))
    expect(page.locator("#import-go")).to_be_visible()
    page.click("#import-go")
    expect(page.locator("#import-said")).to_contain_text("2 questions")
    expect(page.locator("#import-errors")).to_contain_text("Not a JSON object")
    expect(page.locator("#import-errors")).to_contain_text("It repeats")
    with page.expect_download() as done:
        page.click("#export-make")
    assert done.value.suggested_filename == "dataset.zip"
    page.get_by_role("tab", name="Overview").click()
    expect(page.locator("#overview-people")).to_be_visible()
    page.get_by_role("tab", name="Work").click()


def test_several_people_and_who_settles_it(curator: Curator, server: Server) -> None:
    page = curator.page
    store = Store.open(server.database)
    texts = ("Asha has 3 and 4.", "Bela has 3 and 4.")
    number, _ = (store.add_question(NewQuestion(text, 7, source="two")).id for text in texts)
    for question in (number, number + 1):
        for name, other in (("asha", 4), ("bela", 5)):
            new = NewRevision(graph(3, other), "accepted", name, track=name)
            store.revise(question, new)
    store.close()
    page.get_by_role("tab", name="People").click()
    page.click("#agreement-measure")
    expect(page.locator("#agreement-people")).to_contain_text("bela")
    page.locator("#adjudicate-item input").click()
    page.get_by_role("option").first.click()
    expect(page.locator("#left-picture .gv-canvas [data-node=n0]")).to_be_visible()
    expect(page.locator("#difference .cv-changes li")).not_to_have_count(0)
    page.click("#left-take")
    expect(page.locator("#adjudicate-said")).to_contain_text(f"Decided for item {number}.")
    # The next disagreement is there at once; after the last one there is none.
    expect(page.locator("#adjudicate-question")).to_contain_text("Bela has")
    page.click("#right-take")
    expect(page.locator("#adjudicate-said")).to_contain_text(f"Decided for item {number + 1}.")
    expect(page.locator("#right-take")).to_be_hidden()
    store = Store.open(server.database)
    settled = store.latest(number)
    store.close()
    assert settled is not None
    assert (settled.graph, settled.reason) == (graph(3, 4), "adjudicated: asha")
    # It is undone with the key of all undoing, and open again.
    page.get_by_role("tab", name="Work").click()
    for _ in range(6):  # what was edited on the open item is undone before
        expect(page.locator("#picture .gv-tools button").first).to_be_enabled()
        page.keyboard.press("z")
        page.wait_for_timeout(700)
        if f"Item {number + 1} is back" in page.locator("#said").inner_text():
            break
    expect(curator.said).to_contain_text(f"Item {number + 1} is back")
    store = Store.open(server.database)
    assert disagreements(store) == [number + 1]
    store.close()


def test_an_empty_project_is_filled_by_one_click(curator: Curator, server: Server) -> None:
    page = curator.page
    box = page.locator("#new-project :is(input, textarea)")
    box.fill("to try on")
    box.press("Enter")
    expect(page.locator("#said")).to_contain_text("Import a file")
    # What was on the desk of the other project is free again.
    store = Store.open(server.database)
    assert [number for number in range(1, ITEMS + 1) if holders(store, number)] == []
    store.close()
    page.click("#samples")
    expect(curator.heading).to_contain_text("problem bank")
    expect(page.locator(".cv-list button")).to_have_count(20)
    # One in four has a mark wrong; whoever accepts it all the same is told of what.
    page.click(".cv-list button >> nth=3")
    expect(page.locator(".cv-list button").nth(3)).to_have_attribute("aria-current", "true")
    expect(page.locator(".fv-list li").first).to_be_visible()
    page.click("#accept")
    expect(page.locator("#said")).to_contain_text("It was warned of")


def test_the_bangla_page_goes_on_with_the_item(curator: Curator) -> None:
    """By the link, in the same browser: what is open does not hang on what others left to do."""
    page = curator.page
    page.click(".cv-list button >> nth=3")
    expect(page.locator(".cv-list button").nth(3)).to_have_attribute("aria-current", "true")
    chosen = page.locator(".cv-list [aria-current]").get_attribute("data-question")
    page.get_by_role("link", name="বাংলা").click()
    expect(page.locator("#accept")).to_contain_text("গ্রহণ")
    expect(curator.heading).to_contain_text("সঠিক উত্তর")
    expect(page.locator(f".cv-list [data-question='{chosen}']")).to_have_attribute(
        "aria-current", "true"
    )
    page.wait_for_function("document.documentElement.scrollWidth <= 1280")
    assert curator.alarms == []
