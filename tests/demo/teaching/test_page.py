"""Inspecting and teaching in a real browser: links, steps, trials, distractors, votes, a class."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dagger_core.parse import lenient
from dagger_core.permalink import write_link
from tests.demo.solve_app import ANSWERS, CLOSING, HOSTILE, MARKUP
from tests.demo.visiting import FRESH, PATIENCE, QUESTION, Server, Visitor, expect, fill_in

GRAPH = lenient(ANSWERS["quick"][1]).graph
LINK = write_link(QUESTION, GRAPH)
HOSTILE_LINK = write_link(HOSTILE + MARKUP + CLOSING, lenient(ANSWERS["hostile"][1]).graph)


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    expect.set_options(timeout=PATIENCE * 1000)
    may = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=may)
    context.add_init_script(FRESH)
    context.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture
def visitor(context: Any, studio: Server) -> Iterator[Visitor]:
    """A new tab; it must not run what it must not run."""
    page = context.new_page()
    someone = Visitor(page)
    page.on("pageerror", lambda error: someone.alarms.append(str(error)))
    yield someone
    someone.is_unharmed()
    page.close()


def opens(visitor: Visitor, studio: Server, path: str = f"/#{LINK}", answer: str = "8") -> None:
    """Open an address of the app and wait for the answer of its graph."""
    visitor.page.goto(studio.address + path)
    expect(visitor.answer).to_contain_text(answer)


# --- links -----------------------------------------------------------------------------------


def test_a_link_is_copied_opens_elsewhere_and_puts_work_aside(
    visitor: Visitor, studio: Server
) -> None:
    page = visitor.page
    opens(visitor, studio)
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    assert page.url == f"{studio.address}/"
    page.click("#copy-link")
    box = page.locator("#link :is(textarea, input)")
    expect(box).to_have_value(f"{studio.address}/#{LINK}")
    assert page.evaluate("navigator.clipboard.readText()") == f"{studio.address}/#{LINK}"
    expect(page.locator("#embed :is(textarea, input)")).to_have_value(re.compile("^<iframe src="))
    # A link in the address of an open page; what was there is put aside.
    page.evaluate("link => { location.hash = link }", write_link("Rina has 2 pens?"))
    expect(page.locator("#question textarea")).to_have_value("Rina has 2 pens?")
    page.click("#other-work")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    expect(visitor.answer).to_contain_text("Answer: 8")
    page.reload()
    expect(visitor.nodes).to_have_count(5)


def test_hostile_links_do_no_harm(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    for link in ("1.AAAA", LINK[:-30], "9" + LINK, "<img src=x onerror=alert(1)>", "A" * 40_000):
        page.goto("about:blank")
        page.goto(f"{studio.address}/#{link}")
        expect(visitor.status).to_contain_text("⚠")
        expect(visitor.nodes).to_have_count(5)
    opens(visitor, studio, f"/?#{HOSTILE_LINK}", "Answer: 7")
    expect(visitor.nodes).to_have_count(4)
    expect(page.locator("#numbers")).to_contain_text("<img src=x")
    assert page.locator("img[src=x], table[href], [href^='javascript:']").count() == 0


def test_a_page_inside_another_one_leaves_drafts_alone(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    page.goto(f"{studio.address}/?embed#{write_link('Rina has 3 pens.', GRAPH)}")
    expect(page.locator("#numbers")).to_contain_text("Rina has 3")
    for part in ("#question", "#picture .gv-tools button >> nth=0", "#save", ".masthead"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("#explanation")).to_be_visible()
    page.goto(studio.address)
    expect(page.locator("#question textarea")).to_have_value(QUESTION)


# --- explanation and steps -------------------------------------------------------------------


def test_sentence_picture_and_question_light_up_together(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    sentences = page.locator("#explanation li")
    expect(sentences).to_have_count(5)
    expect(sentences.nth(4)).to_contain_text("no step uses it")
    sentences.nth(4).hover()
    expect(visitor.node("n1")).to_have_class(re.compile("gv-at"))
    expect(page.locator(".qv-mention.qv-on")).to_have_text(re.compile("^15"))
    sentences.nth(2).hover(position={"x": 2, "y": 2})
    expect(visitor.node("n3")).to_have_class(re.compile("gv-at"))
    expect(page.locator(".qv-mention.qv-on")).to_have_count(2)
    visitor.node("n2").hover()
    expect(page.locator("#explanation li.ev-lit")).to_have_count(1)
    page.locator(".qv-mention").nth(1).hover()
    expect(sentences.nth(4)).to_have_class(re.compile("ev-lit"))


def test_steps_show_only_what_is_known_so_far(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    place = page.locator(".ev-place")
    hidden, seen = page.locator("#picture .gv-unknown"), page.locator("#explanation li:visible")

    def walk(name: str) -> None:
        page.click(f"#explanation [data-walk={name}]")

    walk("on")
    expect(place).to_contain_text("2 steps to go")
    expect(visitor.node("n3")).to_be_hidden()
    expect(visitor.node("n0")).to_be_visible()
    expect(seen).to_have_count(2)
    walk("on")
    expect(place).to_have_text("Step 1 of 2")
    expect(visitor.node("n3")).to_be_visible()
    expect(visitor.node("n4")).to_be_hidden()
    walk("on")
    expect(seen).to_have_count(5)
    expect(hidden).to_have_count(0)
    walk("back")
    expect(visitor.node("n4")).to_be_hidden()
    page.locator("#explanation [data-walk=play]").press("Enter")
    expect(place).to_have_text("Step 2 of 2")
    walk("first")
    expect(seen).to_have_count(2)
    walk("all")
    expect(hidden).to_have_count(0)
    walk("first")
    # An edit ends it: everything is shown of the new graph.
    visitor.node("n0").dblclick()
    expect(visitor.node("n0")).to_have_class(re.compile("distractor"))
    expect(hidden).to_have_count(0)


# --- what if ---------------------------------------------------------------------------------

BIG = {
    "nodes": [
        *({"id": f"n{i}", "op": "const", "val": i + 2} for i in range(5)),
        {"id": "n5", "op": "const", "val": 99, "distractor": True},
        {"id": "a", "op": "add", "args": ["n0", "n1"]},
        {"id": "b", "op": "mul", "args": ["a", "n2"]},
        {"id": "c", "op": "sum", "args": ["b", "n3", "n4"]},
        {"id": "final_result", "op": "identity", "args": ["c"]},
    ]
}
#: Moves a slider 20 times, one twentieth of a second apart, and ends on a number; gives how many
#: trials were under way at once, at most.
MOVE = """async (row) => {
  const { dataset } = document.querySelector("#whatif .dagger-whatif");
  const slider = document.querySelectorAll("#whatif input[type=range]")[row];
  let most = 0;
  for (let value = 1; value <= 20; value++) {
    slider.value = String(value % 10);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((rest) => setTimeout(rest, 50));
    most = Math.max(most, Number(dataset.sent) - Number(dataset.ack));
  }
  slider.value = "7";
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return most;
}"""


def test_the_last_of_twenty_changes_wins_and_a_distractor_moves_nothing(
    visitor: Visitor, studio: Server
) -> None:
    page = visitor.page
    graph = lenient(json.dumps(BIG)).graph
    opens(visitor, studio, f"/#{write_link('What is it?', graph)}", "31")
    view, verdict = page.locator("#whatif .dagger-whatif"), page.locator(".wi-verdict")
    view.scroll_into_view_if_needed()
    expect(page.locator("#whatif-picture .gv-canvas [data-node]")).to_have_count(10)
    # None is sent before the last one is answered, so they cannot pile up.
    assert page.evaluate(MOVE, 0) <= 1
    expect(verdict).to_contain_text("moves from 31 to 51")
    expect(page.locator("#whatif-picture .gv-marked")).to_have_count(5)
    expect(page.locator("#whatif-picture [data-node=n9]")).to_contain_text("51")
    page.get_by_role("button", name="All numbers as in the question").click()
    expect(verdict).to_contain_text("The answer is 31")
    page.evaluate(MOVE, 5)
    expect(verdict).to_contain_text("still 31")
    expect(page.locator(".wi-moved li")).to_have_count(0)
    field = page.locator("#whatif .wi-row input[type=text]").nth(1)
    field.fill("১০")
    expect(verdict).to_contain_text("to 59")
    field.fill("ten")
    expect(page.locator(".wi-problem").nth(1)).to_contain_text("Write a number")
    expect(visitor.answer).to_contain_text("Answer: 31")


# --- several answers -------------------------------------------------------------------------


def test_distractors_go_in_and_the_model_is_asked_again(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    visitor.opens("Distract it")
    page.locator("#trap-kind label").nth(1).click()
    page.click("#trap-ask")
    verdict = page.locator("#trap-verdict")
    expect(verdict.locator("h3")).to_contain_text("Not fooled: the answer is still 8")
    first, *_ = verdict.locator("blockquote").inner_text().split()
    expect(page.locator("#trap-question")).to_contain_text(first)
    expect(page.locator("#trap-question .qv-text [data-use=unused]")).not_to_have_count(0)
    for side in ("left", "right"):
        expect(page.locator(f"#trap-{side} .gv-canvas [data-node]")).to_have_count(5)
    expect(page.locator("#trap-difference")).to_contain_text("mean the same")
    visitor.choose("#model", "Wrong")
    page.click("#trap-ask")
    expect(verdict.locator("h3")).to_contain_text("Fooled: the answer was 8, and now it is 3.2")
    expect(page.locator("#trap-right .gv-marked")).to_have_count(1)


def test_two_models_vote(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    visitor.opens("Compare")
    # A tab that was opened just now has its choices a moment later.
    page.click("#compare-second input")
    expect(page.get_by_role("option", name="Wrong")).to_be_visible()
    visitor.choose("#compare-second", "Wrong")
    fill_in(page, "#compare-count input[type=number]", "2")
    page.click("#compare-ask")
    expect(page.locator("#compare-vote h3")).to_have_text("A tie between 8, 3.2")
    expect(page.locator("#compare-vote")).to_contain_text("4 answers, 2 different graphs")
    expect(page.locator("#compare-left-title")).to_contain_text("A · Quick × 2")
    expect(page.locator("#compare-right-title")).to_contain_text("B · Wrong × 2")
    expect(page.locator("#compare-difference li")).to_have_count(1)
    expect(page.locator("#compare-left .gv-marked")).to_have_count(1)
    visitor.choose("#compare-right-group", "A · Quick × 2 · answer 8")
    expect(page.locator("#compare-difference")).to_contain_text("mean the same")


def test_asking_can_be_stopped(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    visitor.opens("Compare")
    visitor.choose("#compare-first", "Endless")
    page.click("#compare-ask")
    expect(page.locator("#compare-status")).to_contain_text("0 of 4")
    expect(page.locator("#compare-stop")).to_be_enabled()
    page.click("#compare-stop")
    expect(page.locator("#compare-ask")).to_be_enabled()


# --- the class -------------------------------------------------------------------------------


def test_a_class_predicts_and_reveals(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    page.goto(f"{studio.address}/class")
    page.click("#class-from-bank")
    numbers, verdict = page.locator("button.bo-number"), page.locator(".bo-verdict")
    expect(page.locator(".bo-place")).to_have_text("Problem 1 of 5")
    expect(page.locator("#class-picture .gv-message")).to_contain_text("when you reveal it")
    numbers.last.focus()
    page.keyboard.press("Space")
    expect(numbers.last).to_have_attribute("aria-pressed", "true")
    count = numbers.count()
    page.click("[data-do=reveal]")
    expect(verdict).to_contain_text(f"of {count} right")
    expect(page.locator(".bo-number[data-outcome]")).to_have_count(count)
    expect(page.locator("#class-picture .gv-canvas .gv-node").first).to_be_visible()
    expect(page.locator("#class-explanation li").first).to_be_visible()
    # A presenter's keys: on to the next problem, which is hidden again.
    page.keyboard.press("PageDown")
    expect(page.locator(".bo-place")).to_have_text("Problem 2 of 5")
    expect(verdict).to_be_empty()
    page.locator("#class-mode label").nth(1).click()
    steps = page.locator(".bo-rows select")
    expect(steps.first).to_be_visible()
    expect(page.locator("#class-picture .gv-node.operation").first).to_contain_text("?")
    steps.first.select_option("add")
    page.click("[data-do=reveal]")
    expect(page.locator(".bo-truth")).to_have_count(steps.count())
    page.keyboard.press("PageDown")
    page.locator("#class-mode label").nth(2).click()
    expect(page.locator("#class-picture .gv-canvas .gv-node").first).to_be_visible()
    page.fill(".bo-answer", "৭৭৭৭৭৭")
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("✗ The answer is")
    page.click("[data-do=full]")
    expect(page.locator("#class-stage")).to_have_class(re.compile("bo-full"))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1280
    page.click("[data-do=full]")
    expect(page.locator("#class-stage")).not_to_have_class(re.compile("bo-full"))


def test_a_class_fills_the_page_where_a_browser_forbids_the_screen(
    visitor: Visitor, studio: Server
) -> None:
    page = visitor.page
    page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject('no')")
    page.goto(f"{studio.address}/bn-class")
    page.click("#class-from-bank")
    page.click("[data-do=reveal]")
    expect(page.locator("#class-picture .gv-canvas .gv-node").first).to_be_visible()
    stage, question = page.locator("#class-stage"), page.locator(".bo-question")
    small = question.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    page.click("[data-do=full]")
    expect(stage).to_have_class(re.compile("bo-full"))
    assert question.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") > small
    words, picture = question.bounding_box(), page.locator("#class-picture").bounding_box()
    assert words
    assert picture
    assert words["x"] + words["width"] <= picture["x"]
    assert picture["width"] > 500
    page.keyboard.press("Escape")
    expect(stage).not_to_have_class(re.compile("bo-full"))


def test_own_questions_become_problems_and_a_worksheet(
    visitor: Visitor, studio: Server, tmp_path: Path
) -> None:
    page = visitor.page
    page.goto(f"{studio.address}/bn-class")
    visitor.opens("আমার নিজের প্রশ্ন")
    page.click("#class-from-pasted")
    expect(page.locator("#class-status")).to_contain_text("আগে একটি প্রশ্ন লিখুন")
    page.fill("#class-pasted textarea", f"{QUESTION}\n\n{studio.address}/#{LINK}\n\n{HOSTILE} 3")
    page.click("#class-from-pasted")
    expect(page.locator(".bo-place")).to_have_text("৩টির মধ্যে ১ নম্বর সমস্যা")
    page.locator("#digits label", has_text="123").click()
    expect(page.locator(".bo-place")).to_have_text("3টির মধ্যে 1 নম্বর সমস্যা")
    page.get_by_role("button", name="অনুশীলনী").click()
    page.locator("#worksheet-solutions input").check()
    page.click("#worksheet-print")
    page.wait_for_function("window.printed === 1")
    expect(page.locator("#worksheet section")).to_have_count(6)
    expect(page.locator("#worksheet svg")).to_have_count(3)
    sheet = page.pdf(path=tmp_path / "sheet.pdf")
    assert sheet.startswith(b"%PDF")
    # The sheet is printed as text with the font that has Bangla shapes, and nothing beside it.
    assert b"NotoSansBengali" in sheet
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) > 1
    expect(page.locator("body > .dagger-print")).to_have_count(0)


def test_saved_graphs_become_a_lesson(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    page.click("#save")
    expect(visitor.save_state).to_contain_text("Saved at")
    page.goto(f"{studio.address}/class")
    visitor.opens("Saved ones")
    page.click("#class-from-saved")
    expect(page.locator(".bo-question")).to_contain_text("Mina has")


# --- language and digits ---------------------------------------------------------------------


def test_language_and_digits_are_remembered(visitor: Visitor, studio: Server) -> None:
    page = visitor.page
    opens(visitor, studio)
    language = "document.documentElement.lang"
    assert page.evaluate(language) == "en"
    page.click("nav a[hreflang=bn]")
    expect(visitor.answer).to_contain_text("উত্তর: ৮")
    assert page.evaluate(language) == "bn"
    page.goto(f"{studio.address}/class")
    expect(page.locator("#class-from-bank")).to_have_text("শুরু করুন")
    opens(visitor, studio, "/", "উত্তর: ৮")
    page.get_by_role("button", name="সেটিংস").first.click()
    page.locator("#digits label", has_text="123").click()
    expect(visitor.answer).to_contain_text("উত্তর: 8")
    expect(visitor.node("n3")).to_contain_text("48 ÷ 6 = 8")
    expect(page.locator("#explanation")).to_contain_text("48 ÷ 6 = 8")
    page.reload()
    expect(visitor.answer).to_contain_text("উত্তর: 8")
    page.click("nav a[hreflang=en]")
    expect(visitor.answer).to_contain_text("Answer: 8")
    page.goto(f"{studio.address}/")
    expect(visitor.answer).to_contain_text("Answer: 8")
    page.evaluate("localStorage.clear()")
