"""The Solve page in a real browser, served by a process of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate import Store
from dagger_core.parse import strict
from tests.demo.solve_app import CLOSING, HOSTILE, MANGOES, MARKUP
from tests.demo.visiting import FRESH, PATIENCE, QUESTION, Server, Visitor, expect

Open = Callable[..., Visitor]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.kill()


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    expect.set_options(timeout=PATIENCE * 1000)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(FRESH)
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def visit(context: Any, server: Server) -> Iterator[Open]:
    """Opens pages."""

    def open_page(path: str = "/", inside: Any = context) -> Visitor:
        page = inside.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        visitor = Visitor(page)
        page.on("dialog", lambda dialog: (visitor.alarms.append("dialog"), dialog.dismiss()))
        page.on("pageerror", lambda error: visitor.alarms.append(str(error)))
        page.goto(server.address + path)
        visitor.is_answered()
        return visitor

    return open_page


@pytest.fixture(scope="module")
def tab(visit: Open) -> Visitor:
    return visit()


@pytest.fixture
def visitor(tab: Visitor) -> Iterator[Visitor]:
    """A page without a draft; it must not run what it must not run."""
    tab.opens_anew()
    yield tab
    tab.is_unharmed()


def test_the_graph_grows_and_stop_keeps_what_was_written(visitor: Visitor) -> None:
    page = visitor.page
    visitor.ask(model="Slow")
    expect(visitor.graph).to_have_attribute("data-state", "busy")
    expect(visitor.node("n0")).to_be_visible()
    assert visitor.nodes.count() < len(MANGOES)
    expect(page.locator("#save")).to_be_disabled()
    expect(visitor.node("n1")).to_be_visible()
    expect(visitor.graph).to_have_attribute("data-state", "busy")
    page.click("#stop")
    expect(visitor.status).to_contain_text("stopped")
    expect(page.locator("#generate")).to_be_enabled()
    expect(visitor.graph).to_have_attribute("data-state", "ready")
    assert 2 <= visitor.nodes.count() < len(MANGOES)
    visitor.opens("Model's text")
    assert "mangoes of Mina" in page.input_value("#model-text textarea")


def test_right_answer_and_reward(visitor: Visitor) -> None:
    visitor.solves(gold="8")
    expect(visitor.answer).to_contain_text("matches the right answer")
    expect(visitor.answer).to_contain_text("Reward 2 =")
    visitor.page.fill("#gold input, #gold textarea", "9")
    expect(visitor.answer).to_contain_text("the right answer is 9")
    expect(visitor.answer).to_contain_text("Reward 1 =")
    expect(visitor.page.locator(".qv-text [data-use=distractor]")).to_contain_text("15")


def test_toggle_undo_redo_and_reset(visitor: Visitor) -> None:
    visitor.solves()
    page, marked = visitor.page, re.compile(r"\bdistractor\b")
    visitor.node("n0").dblclick()
    expect(visitor.node("n0")).to_have_class(marked)
    expect(visitor.status).to_contain_text("edited")
    expect(visitor.findings.locator("[data-severity=warning]").first).to_be_visible()
    page.keyboard.press("Control+z")
    expect(visitor.node("n0")).not_to_have_class(marked)
    page.keyboard.press("Control+Shift+z")
    expect(visitor.node("n0")).to_have_class(marked)
    visitor.findings.locator(".fv-fix").first.click()
    expect(visitor.node("n0")).not_to_have_class(marked)
    visitor.node("n2").focus()
    page.keyboard.press("Delete")
    expect(visitor.nodes).to_have_count(4)
    page.get_by_role("button", name="Reset to the model's graph").click()
    expect(visitor.nodes).to_have_count(5)


def test_inspector_edits(visitor: Visitor) -> None:
    visitor.solves()
    visitor.select("n2", "n3")
    visitor.write("input", "8")
    expect(visitor.answer).to_contain_text("Answer: 6")
    visitor.write("id", "bag size")
    expect(visitor.page.locator("#inspected textarea, #inspected input")).to_have_value("bag size")
    visitor.select("n3", "bags")
    expect(visitor.field("input")).to_have_value("n1, bag size")
    visitor.choose("#node-op", "sub")
    expect(visitor.answer).to_contain_text("Answer: 40")
    visitor.write("input", "n1, bag size, 10")
    expect(visitor.findings.locator("[data-severity=error]")).not_to_have_count(0)
    visitor.write("input", "n1, 10")
    expect(visitor.answer).to_contain_text("Answer: 38")
    visitor.page.locator("#node-distractor input").check()
    expect(visitor.node("n3")).to_have_class(re.compile(r"\bdistractor\b"))


def test_leaving_a_field_for_another_node_keeps_the_text_and_the_selection(
    visitor: Visitor,
) -> None:
    visitor.solves()
    visitor.select("n0", "n1")
    visitor.field("label").fill("all the mangoes")
    visitor.node("n1").click()
    expect(visitor.field("id")).to_have_value("n2")
    expect(visitor.node("n1")).to_have_attribute("aria-current", "true")
    expect(visitor.node("n0")).to_contain_text("all the mangoes")
    expect(visitor.field("label")).to_have_value("mangoes of Raju")
    expect(visitor.node("n1")).to_have_attribute("aria-current", "true")


def test_typing_in_the_next_field_is_not_overwritten(visitor: Visitor) -> None:
    visitor.solves()
    visitor.select("n0", "n1")
    visitor.field("input").fill("60")
    visitor.field("input").press("Tab")
    visitor.field("label").fill("sixty")
    expect(visitor.answer).to_contain_text("Answer: 10")
    expect(visitor.field("label")).to_have_value("sixty")
    visitor.field("label").press("Enter")
    expect(visitor.node("n0")).to_contain_text("sixty")


def test_leaving_a_field_takes_back_nothing_of_the_next(visitor: Visitor) -> None:
    """Two requests at once may come in any order; each says what the whole form held."""
    visitor.solves()
    visitor.select("n0", "n1")
    visitor.field("label").fill("all the mangoes")
    late: list[Any] = []

    def leaving_comes_late(route: Any) -> None:
        if '"all the mangoes",false]' in (route.request.post_data or ""):
            late.append(route)
        else:
            route.continue_()

    visitor.page.route("**/queue/join*", leaving_comes_late)
    visitor.page.locator("#node-distractor input").check()
    expect(visitor.node("n0")).to_have_class(re.compile(r"\bdistractor\b"))
    with visitor.page.expect_response("**/queue/join*"):
        late[0].continue_()
    visitor.select("n2", "n3")  # takes its turn after that
    expect(visitor.node("n0")).to_contain_text("all the mangoes")
    expect(visitor.node("n0")).to_have_class(re.compile(r"\bdistractor\b"))


def test_refused_edit_says_so_and_shows_what_is_true(visitor: Visitor) -> None:
    visitor.solves()
    visitor.select("n0", "n1")
    visitor.write("id", "n2")
    expect(visitor.edit_state).to_contain_text("Another node is called n2 already")
    expect(visitor.field("id")).to_have_value("n1")
    visitor.write("label", "fine")
    expect(visitor.edit_state).to_be_hidden()


def test_table_edit(visitor: Visitor) -> None:
    visitor.solves()
    visitor.opens("Table")
    before = visitor.revision()
    visitor.edits_cell(2, 2, "12")
    expect(visitor.answer).to_contain_text("Answer: 4")
    expect(visitor.cell(4, 5)).to_contain_text("4")
    visitor.edits_cell(2, 0, "n1")
    expect(visitor.page.locator("#table-state")).to_contain_text("Another node is called n1")
    expect(visitor.cell(2, 0)).to_contain_text("n3")
    assert visitor.revision() == before + 1


def test_json_with_a_mistake_and_mended(visitor: Visitor) -> None:
    visitor.solves()
    visitor.opens("JSON")
    text = json.dumps({"nodes": MANGOES}, indent=1)
    broken = text.replace('"val": 48,', '"val": 96')
    line = broken.split('"val": 96')[0].count("\n") + 2
    visitor.writes_json(broken)
    state = visitor.page.locator("#json-state")
    expect(state).to_contain_text(f"line {line}, column")
    expect(visitor.graph).to_have_attribute("data-state", "stale")
    expect(visitor.nodes).to_have_count(5)
    expect(visitor.reads_json()).to_contain_text('"val": 96')
    visitor.writes_json(broken.replace('"val": 96', '"val": 96,'))
    expect(visitor.answer).to_contain_text("Answer: 16")
    expect(visitor.graph).to_have_attribute("data-state", "ready")
    expect(state).to_contain_text("is the graph on the page")


def test_connect_cycle_and_division_by_zero(visitor: Visitor) -> None:
    visitor.solves()
    page = visitor.page
    visitor.node("n1").focus()
    page.keyboard.press("c")
    visitor.node("n3").click()
    expect(visitor.field("input")).to_have_value("n1, n3, n2")
    errors = visitor.findings.locator("[data-severity=error]")
    expect(errors).not_to_have_count(0)
    visitor.write("input", "n1, final_result")
    expect(visitor.findings.locator("[data-code=cycle]").first).to_be_visible()
    expect(visitor.nodes).to_have_count(5)
    visitor.write("input", "n1, n3")
    expect(errors).to_have_count(0)
    visitor.select("n2", "n3")
    visitor.write("input", "0")
    expect(errors.first).to_contain_text("zero")
    expect(visitor.answer).to_contain_text("No answer yet")


def test_by_hand(visitor: Visitor) -> None:
    page = visitor.page
    page.click("#by-hand")
    expect(visitor.status).to_contain_text("Write a question first")
    page.fill("#question textarea", "Rina has 7 pens and buys 5. How many pens?")
    page.click("#by-hand")
    expect(visitor.nodes).to_have_count(3)
    visitor.choose("#node-op", "add")
    visitor.write("input", "n1, n2")
    expect(visitor.answer).to_contain_text("Answer: 12")
    page.get_by_role("button", name="Add number").click()
    expect(visitor.nodes).to_have_count(4)


def test_questions_that_are_none(visitor: Visitor) -> None:
    visitor.ask("   ")
    expect(visitor.status).to_contain_text("Write a question first")
    visitor.ask("12 pens and " * 1700)
    expect(visitor.status).to_contain_text("at most 4,000")
    assert len(visitor.page.input_value("#question textarea")) == len("12 pens and ") * 1700
    expect(visitor.page.locator("#generate")).to_be_enabled()


def test_a_question_that_is_not_asked_yet_survives_a_reload(visitor: Visitor) -> None:
    page, box = visitor.page, visitor.page.locator("#question textarea")
    half_written = "রিনার ৭টি কলম আছে। সে আরও"
    box.fill(half_written)
    page.reload()
    expect(box).to_have_value(half_written)
    visitor.solves()
    box.fill(half_written)
    for _ in range(2):
        page.reload()
        expect(visitor.nodes).to_have_count(5)
        expect(box).to_have_value(half_written)
    box.fill(QUESTION)
    page.reload()
    expect(visitor.nodes).to_have_count(5)
    expect(box).to_have_value(QUESTION)
    # What was asked in another tab has nothing to do with what is typed here.
    box.fill(half_written)
    other = page.context.new_page()
    other.evaluate("window.name = 'opened'")
    other.goto(page.url)
    expect(Visitor(other).nodes).to_have_count(5)
    other.fill("#question textarea", "Rina has 7 pens and buys 5. How many pens?")
    other.click("#by-hand")
    expect(Visitor(other).nodes).to_have_count(3)
    page.reload()
    expect(visitor.nodes).to_have_count(3)
    expect(box).to_have_value("Rina has 7 pens and buys 5. How many pens?")


def test_speechless_model(visitor: Visitor) -> None:
    visitor.page.click("#save")
    expect(visitor.save_state).to_contain_text("⚠")
    visitor.ask(model="Speechless")
    expect(visitor.page.locator("#picture .gv-message")).to_contain_text(
        "no graph that can be read"
    )
    expect(visitor.findings).to_contain_text("no JSON")


def test_twenty_quick_toggles_all_land(visitor: Visitor) -> None:
    visitor.solves()
    before = visitor.revision()
    visitor.page.evaluate(
        """() => { for (let i = 0; i < 20; i++) document.querySelector("#picture [data-node=n1]")
          .dispatchEvent(new MouseEvent("dblclick", {bubbles: true})) }"""
    )
    expect(visitor.graph).to_have_attribute("data-revision", str(before + 20))
    expect(visitor.page.locator("#picture .gv-pending")).to_have_count(0)


def test_save_export_and_pictures(visitor: Visitor, server: Server, tmp_path: Path) -> None:
    page = visitor.page
    visitor.solves()
    page.fill("#question textarea", " ")
    page.click("#save")
    expect(visitor.save_state).to_contain_text("Write a question first")
    page.fill("#question textarea", QUESTION)
    page.click("#save")
    expect(visitor.save_state).to_contain_text("Saved at")
    store = Store.open(server.database)
    saved = store.find_question(QUESTION)
    assert saved is not None
    revision = store.latest(saved.id)
    store.close()
    assert revision is not None
    assert (revision.status, len(revision.graph)) == ("accepted", 5)
    sft = visitor.downloads("#export-sft", tmp_path).read_text("utf-8").splitlines()
    row = next(row for row in map(json.loads, sft) if QUESTION in json.dumps(row))
    assert set(row) >= {"conversations", "response", "english_answer"}
    assert strict(row["response"]).graph == revision.graph
    grpo = visitor.downloads("#export-grpo", tmp_path).read_text("utf-8").splitlines()
    assert all(set(json.loads(row)) >= {"prompt", "solution", "question"} for row in grpo)
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "json": b"{"}
    for fmt, magic in begins.items():
        assert visitor.downloads(f"#get-{fmt}", tmp_path).read_bytes().startswith(magic)


def test_hostile_labels_run_nothing(visitor: Visitor) -> None:
    page = visitor.page
    visitor.ask(f"{HOSTILE} {MARKUP} {CLOSING} has 3 pens", gold=HOSTILE, model="Hostile")
    expect(visitor.nodes).to_have_count(4)
    expect(visitor.answer).to_contain_text("<img src=x")
    expect(page.locator("#numbers")).to_contain_text("<img src=x")
    for dom in ("n0", "n1", "n2"):
        visitor.node(dom).click()
        visitor.node(dom).dblclick()
    expect(visitor.status).to_contain_text("edited")
    visitor.write("label", HOSTILE + MARKUP)
    expect(visitor.node("n2")).to_contain_text("<img")
    page.click("#save")
    expect(visitor.save_state).to_contain_text("⚠")
    for tab in ("Model's text", "JSON"):
        visitor.opens(tab)
    visitor.writes_json('{"nodes": [' + HOSTILE)
    expect(page.locator("#json-state")).to_contain_text("line 1")
    assert page.locator("img[src=x], table[href], [href^='javascript:']").count() == 0
    assert page.locator("script", has_text="pwned").count() == 0


def test_the_second_visitor_is_not_blocked(visitor: Visitor, visit: Open, browser: Any) -> None:
    first, other = visitor, browser.new_context()
    second = visit("/", other)
    first.ask(model="Endless")
    expect(first.node("n0")).to_be_visible()
    second.solves()
    second.node("n1").dblclick()
    expect(second.status).to_contain_text("edited")
    expect(first.graph).to_have_attribute("data-state", "busy")
    first.page.click("#stop")
    expect(first.graph).not_to_have_attribute("data-state", "busy")
    expect(first.status).to_contain_text("stopped")
    second.is_unharmed()
    other.close()


def test_bangla_page(visit: Open) -> None:
    visitor = visit("/bn")
    page = visitor.page
    expect(page.locator("#generate")).to_have_text("গ্রাফ তৈরি করুন")
    page.click("#by-hand")
    expect(visitor.status).to_contain_text("আগে একটি প্রশ্ন লিখুন")
    page.locator("#examples button", has_text="আম").first.click()
    expect(page.locator("#question textarea")).to_have_value(re.compile("২৪টি আম"))
    page.click("#by-hand")
    expect(visitor.nodes).to_have_count(3)
    visitor.choose("#node-op", "sub")
    visitor.write("input", "n1, n2")
    expect(visitor.answer).to_contain_text("উত্তর: ১৫")
    visitor.write("id", "n1")
    expect(visitor.edit_state).to_contain_text("n1 নামে আরেকটি নোড")
    assert page.evaluate("document.fonts.check('16px \"Noto Sans Bengali\"', 'ক্ষ')")
    page.close()


def test_narrow_page_does_not_scroll_sideways(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.solves()
    visitor.node("n3").click()
    expect(visitor.field("id")).to_have_value("bags")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    # What was asked for comes right below the button that asks for it.
    shown = ("#generate", "#answer", "#picture", "#node-id", "#explanation", "#examples")
    tops = [visitor.page.locator(part).bounding_box()["y"] for part in shown]
    assert tops == sorted(tops)
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


def test_reload_and_kill_9_lose_nothing(visitor: Visitor, server: Server) -> None:
    page = visitor.page
    visitor.solves()
    page.click("#save")
    expect(visitor.save_state).to_contain_text("Saved at")
    visitor.node("n0").dblclick()
    expect(visitor.status).to_contain_text("edited")
    page.reload()
    expect(visitor.nodes).to_have_count(5)
    expect(visitor.node("n0")).to_have_class(re.compile(r"\bdistractor\b"))
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    # Gradio loads a page anew whose request was cut; here, nothing is under way.
    page.wait_for_timeout(1000)
    server.kill()
    server.start()
    # The page is still open; its state on the server is gone, its draft is not.
    visitor.node("n2").dblclick()
    expect(visitor.node("n2")).to_have_class(re.compile(r"\bdistractor\b"))
    expect(visitor.node("n0")).to_have_class(re.compile(r"\bdistractor\b"))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(visitor.node("n0")).not_to_have_class(re.compile(r"\bdistractor\b"))
    store = Store.open(server.database)
    question = store.find_question(QUESTION)
    assert question is not None
    assert store.latest(question.id) is not None
    assert QUESTION in [example.question for example in store.examples()]
    store.close()
    # Nor is a question lost that a model was still answering.
    visitor.ask("Rina has 5 pens. She buys 2. How many has she?", model="Slow")
    expect(visitor.graph).to_have_attribute("data-state", "busy")
    page.reload()
    expect(page.locator("#question textarea")).to_have_value(re.compile("Rina has 5 pens"))
