"""GraphView and QuestionView in a real browser, on the app of `view_app`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from demo.graph_view import head
from tests.demo import view_app

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
expect.set_options(timeout=30_000)

HOSTILE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 200 100" onload="window.pwned='onload'">
<style>body{display:none} @import url(//x.invalid/a.css);</style>
<script>window.pwned='script'</script>
<foreignObject width="200" height="100">
 <body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="window.pwned='img'"/></body>
</foreignObject>
<image href="x" onerror="window.pwned='image'"/>
<use href="data:image/svg+xml,&lt;svg/>"/>
<set attributeName="onclick" to="window.pwned='set'"/>
<g id="n0" class="node" onclick="window.pwned='click'" onpointerover="window.pwned='over'">
 <a xlink:href="javascript:window.pwned='a'"><text>link</text></a>
 <rect width="80" height="40" fill="url(javascript:window.pwned='fill')" style="width:999px"
  onfocus="window.pwned='focus'" tabindex="0"/>
 <text x="5" y="20" font-family="a;b:c">plain</text>
</g>
</svg>"""

#: Waits until the page has stopped moving while it loads.
SETTLED = """() => new Promise((done) => {
  const place = () => JSON.stringify(document.querySelector(".gv-stage").getBoundingClientRect());
  const check = (before) => setTimeout(() => (place() === before ? done() : check(place())), 100);
  check(place());
})"""


class Visitor:
    """One open page and what a person can do and see there."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.root = page.locator(".dagger-graph")
        self.stage = page.locator(".gv-stage")

    def node(self, dom: str) -> Any:
        return self.page.locator(f"[data-node={dom}]")

    def mention(self, text: str) -> Any:
        return self.page.locator(".qv-text .qv-mention", has_text=text)

    def tool(self, name: str) -> Any:
        return self.page.locator(f"[data-command={name}]")

    def sees_log(self, *lines: str) -> None:
        """The server got these actions, in this order, and no others."""
        expect(self.page.locator("#log textarea")).to_have_value("\n".join(lines))

    def sees_revision(self, revision: int) -> None:
        expect(self.root).to_have_attribute("data-revision", str(revision))

    def focused(self) -> str | None:
        return self.page.evaluate("document.activeElement.dataset.node ?? null")

    def zoom(self) -> float:
        return float(self.stage.get_attribute("data-zoom"))

    def middle(self, dom: str) -> tuple[float, float]:
        box = self.node(dom).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


Open = Callable[..., Visitor]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = view_app.build()
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, head=head())
    yield url
    app.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Open]:
    """Opens pages; after the test, none of them may have run what it must not run."""
    with closing(browser.new_context(viewport={"width": 1100, "height": 900})) as context:
        pages = []

        def open_page(url: str = address) -> Visitor:
            page = context.new_page()
            errors: list[Any] = []
            page.on("pageerror", lambda error: errors.append(error))
            page.goto(url)
            page.wait_for_selector(".gv-canvas [data-node]")
            page.evaluate(SETTLED)
            pages.append((page, errors))
            return Visitor(page)

        yield open_page
        for page, errors in pages:
            assert page.evaluate("window.pwned") is None
            assert errors == []


@pytest.fixture
def visitor(visit: Open) -> Visitor:
    return visit()


def test_click_selects_and_click_beside_clears(visitor: Visitor) -> None:
    visitor.node("n0").click()
    expect(visitor.node("n0")).to_have_attribute("aria-current", "true")
    expect(visitor.mention("৪৫")).to_have_attribute("aria-current", "true")
    visitor.stage.click(position={"x": 5, "y": 5})
    expect(visitor.page.locator(".gv-node[aria-current]")).to_have_count(0)
    visitor.sees_log("select n1 None None", "select None None None")


def test_double_click_toggles_distractor(visitor: Visitor) -> None:
    visitor.node("n1").dblclick()
    visitor.sees_revision(1)
    expect(visitor.node("n1")).to_have_class(re.compile(r"\bdistractor\b"))
    expect(visitor.node("n1")).to_have_attribute("aria-label", re.compile("distractor"))
    expect(visitor.mention("12")).to_have_attribute("data-use", "distractor")
    expect(visitor.page.locator(".gv-pending")).to_have_count(0)


def test_key_toggles_and_focus_stays(visitor: Visitor) -> None:
    visitor.node("n2").focus()
    for revision in (1, 2, 3):
        visitor.page.keyboard.press("d")
        visitor.sees_revision(revision)
        assert visitor.focused() == "n2"
    expect(visitor.node("n2")).not_to_have_class(re.compile(r"\bdistractor\b"))


def test_twenty_toggles_at_once_all_land(visitor: Visitor) -> None:
    visitor.page.evaluate(
        """() => {
          const node = document.querySelector("[data-node=n0]");
          const twice = new MouseEvent("dblclick", { bubbles: true });
          for (let i = 0; i < 20; i++) node.dispatchEvent(twice);
        }"""
    )
    visitor.sees_revision(20)
    visitor.sees_log(*["toggle n1 None None"] * 20)
    expect(visitor.page.locator(".gv-pending")).to_have_count(0)


def test_selection_made_during_an_edit_is_kept(visitor: Visitor) -> None:
    visitor.page.evaluate(
        """() => {
          const node = (dom) => document.querySelector(`[data-node=${dom}]`);
          node("n0").dispatchEvent(new MouseEvent("click", { bubbles: true }));
          node("n0").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
          node("n2").dispatchEvent(new MouseEvent("click", { bubbles: true }));
        }"""
    )
    visitor.sees_log("select n1 None None", "toggle n1 None None", "select n3 None None")
    visitor.sees_revision(1)
    expect(visitor.node("n2")).to_have_attribute("aria-current", "true")


def test_undo_and_redo_from_anywhere_but_text_fields(visitor: Visitor) -> None:
    visitor.node("n0").dblclick()
    visitor.sees_revision(1)
    visitor.page.locator("#inspector").get_by_role("textbox").focus()
    visitor.page.keyboard.press("Control+z")
    visitor.tool("help").focus()
    visitor.page.keyboard.press("Control+z")
    expect(visitor.node("n0")).not_to_have_class(re.compile(r"\bdistractor\b"))
    visitor.page.keyboard.press("Control+Shift+Z")
    expect(visitor.node("n0")).to_have_class(re.compile(r"\bdistractor\b"))
    visitor.page.keyboard.press("Control+z")
    expect(visitor.tool("undo")).to_have_attribute("aria-disabled", "true")
    visitor.page.keyboard.press("Control+y")
    expect(visitor.tool("redo")).to_have_attribute("aria-disabled", "true")
    undo, redo = "undo None None None", "redo None None None"
    visitor.sees_log("select n1 None None", "toggle n1 None None", undo, redo, undo, redo)


def test_delete_keeps_the_focus_in_the_picture(visitor: Visitor) -> None:
    visitor.node("n3").click()
    visitor.page.keyboard.press("Delete")
    visitor.sees_revision(1)
    expect(visitor.node("n5")).to_have_count(0)
    assert visitor.focused() is not None
    expect(visitor.page.locator(".gv-node[aria-current]")).to_have_count(0)


def test_keys_walk_the_graph(visitor: Visitor) -> None:
    visitor.tool("undo").focus()
    visitor.page.keyboard.press("Tab")
    assert visitor.focused() == "n5"  # the answer; the toolbar is one stop
    steps = {"ArrowUp": "n4", "ArrowDown": "n5", "End": "n5"}
    for key, dom in steps.items():
        visitor.page.keyboard.press(key)
        assert visitor.focused() == dom, key
    for key, dom in [("ArrowUp", "n4"), ("ArrowUp", "n3"), ("ArrowUp", "n0")]:
        visitor.page.keyboard.press(key)
        assert visitor.focused() == dom, key
    for key, dom in [("ArrowRight", "n1"), ("ArrowRight", "n2"), ("ArrowRight", "n2")]:
        visitor.page.keyboard.press(key)
        assert visitor.focused() == dom, key
    visitor.page.keyboard.press("ArrowLeft")
    visitor.page.keyboard.press("ArrowDown")
    assert visitor.focused() == "n3"
    expect(visitor.node("n3")).to_have_class(re.compile("gv-at"))


def test_enter_selects_and_opens_the_inspector(visitor: Visitor) -> None:
    visitor.node("n1").focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees_log("select n2 None None")
    expect(visitor.page.locator("#inspector").get_by_role("textbox")).to_be_focused()


def test_hover_shows_the_path(visitor: Visitor) -> None:
    visitor.node("n1").hover()
    lit = "[...document.querySelectorAll('.gv-node.gv-on')].map(n => n.dataset.node)"
    assert sorted(visitor.page.evaluate(lit)) == ["n1", "n3", "n4", "n5"]
    assert visitor.page.locator("[data-tail=n0][data-head=n3].gv-on").count() == 0
    assert visitor.page.locator("[data-tail=n1][data-head=n3].gv-on").count() == 1
    expect(visitor.mention("12")).to_have_class(re.compile("qv-on"))
    visitor.node("n3").hover()
    expect(visitor.page.locator(".qv-text .qv-on")).to_have_count(2)
    visitor.page.mouse.move(2, 2)
    expect(visitor.page.locator(".gv-canvas.gv-lit")).to_have_count(0)


def test_numbers_of_the_question_and_nodes_point_at_each_other(visitor: Visitor) -> None:
    visitor.mention("30").hover()
    expect(visitor.node("n2")).to_have_class(re.compile("gv-at"))
    visitor.mention("30").click()
    expect(visitor.node("n2")).to_have_attribute("aria-current", "true")
    visitor.mention("12").focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.node("n1")).to_have_attribute("aria-current", "true")
    visitor.sees_log("select n3 None None", "select n2 None None")


def test_a_number_without_node_says_so_and_offers_one(visitor: Visitor) -> None:
    loose = visitor.mention("৯")
    expect(loose).to_have_attribute("data-use", "unused")
    expect(loose).to_contain_text("৯: unused")
    assert loose.evaluate("e => getComputedStyle(e).textDecorationStyle") == "wavy"
    loose.click()
    visitor.sees_log(f"add_mention None None {view_app.TEXT.index('৯')}")


def test_question_text_is_whole_and_marked_at_the_right_places(visitor: Visitor) -> None:
    shown = """() => {
      const copy = document.querySelector(".qv-text").cloneNode(true);
      for (const hidden of copy.querySelectorAll(".qv-hidden")) hidden.remove();
      return [copy.textContent, [...copy.querySelectorAll(".qv-mention")].map(m => m.textContent)];
    }"""
    assert visitor.page.evaluate(shown) == [view_app.TEXT, ["৪৫", "12", "30", "৯"]]


def test_drag_from_the_handle_connects(visitor: Visitor) -> None:
    visitor.node("n2").hover()
    visitor.node("n2").locator(".gv-dot").hover()
    visitor.page.mouse.down()
    visitor.page.mouse.move(*visitor.middle("n4"), steps=5)
    expect(visitor.page.locator(".gv-band")).to_be_visible()
    expect(visitor.node("n4")).to_have_class(re.compile("gv-target"))
    visitor.page.mouse.up()
    visitor.sees_revision(1)
    visitor.sees_log("connect n3 twice None")
    assert visitor.page.locator("[data-tail=n2][data-head=n4]").count() == 1
    expect(visitor.page.locator(".gv-band")).to_be_hidden()


def test_keys_connect_and_escape_cancels(visitor: Visitor) -> None:
    visitor.node("n2").focus()
    visitor.page.keyboard.press("c")
    expect(visitor.page.locator(".gv-notice")).to_contain_text("n3: choose")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator(".gv-notice")).to_contain_text("Nothing connected")
    visitor.page.keyboard.press("c")
    visitor.page.keyboard.press("End")
    visitor.page.keyboard.press("ArrowUp")
    visitor.page.keyboard.press("Enter")
    visitor.sees_log("connect n3 twice None")


def test_zoom_and_fit(visitor: Visitor) -> None:
    fitted = visitor.zoom()
    visitor.tool("zoom_in").click()
    assert visitor.zoom() == pytest.approx(fitted * 1.25, abs=0.01)
    visitor.tool("actual").click()
    assert visitor.zoom() == pytest.approx(4 / 3, abs=0.01)
    visitor.tool("fit").click()
    assert visitor.zoom() == pytest.approx(fitted, abs=0.01)
    visitor.node("n0").focus()
    visitor.page.keyboard.press("-")
    assert visitor.zoom() == pytest.approx(fitted / 1.25, abs=0.01)


def test_ctrl_wheel_zooms_at_the_pointer_and_wheel_alone_does_not(visitor: Visitor) -> None:
    fitted = visitor.zoom()
    before = visitor.middle("n0")
    visitor.page.mouse.move(*before)
    visitor.page.mouse.wheel(0, -50)
    assert visitor.zoom() == fitted
    visitor.page.keyboard.down("Control")
    visitor.page.mouse.wheel(0, -50)
    visitor.page.keyboard.up("Control")
    expect(visitor.stage).to_have_attribute("data-fitted", "false")
    assert visitor.zoom() > fitted
    assert visitor.middle("n0") == pytest.approx(before, abs=1)


def test_drag_of_the_background_moves_and_selects_nothing(visitor: Visitor) -> None:
    before = visitor.middle("n0")
    box = visitor.stage.bounding_box()
    visitor.page.mouse.move(box["x"] + 20, box["y"] + 20)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    visitor.page.mouse.up()
    after = visitor.middle("n0")
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((100, 40), abs=1)
    visitor.sees_log()


def test_an_edit_keeps_the_chosen_view_and_the_node_under_the_pointer(visitor: Visitor) -> None:
    visitor.tool("zoom_in").click()
    zoom, place = visitor.zoom(), visitor.middle("n1")
    visitor.node("n1").dblclick()
    visitor.sees_revision(1)
    assert visitor.zoom() == zoom
    assert visitor.middle("n1") == pytest.approx(place, abs=1)


def test_full_screen_and_back(visitor: Visitor) -> None:
    visitor.tool("full_screen").click()
    expect(visitor.root).to_have_attribute("data-full", "")
    assert visitor.root.bounding_box()["height"] == 900
    visitor.tool("full_screen").click()
    expect(visitor.root).not_to_have_attribute("data-full", "")


def test_help_lists_every_key(visitor: Visitor) -> None:
    visitor.node("n0").focus()
    visitor.page.keyboard.press("?")
    help_ = visitor.page.get_by_role("dialog")
    for text in ("Ctrl+Z", "Distractor on or off", "Double-click"):
        expect(help_).to_contain_text(text)
    visitor.page.keyboard.press("Escape")
    expect(help_).to_be_hidden()


def test_everything_has_a_name(visitor: Visitor) -> None:
    names = "nodes => nodes.map(n => n.getAttribute('aria-label') ?? '')"
    assert all(visitor.page.locator(".gv-node").evaluate_all(names))
    expect(visitor.node("n2")).to_have_attribute("aria-label", "n3: 30, বয়স, distractor")
    assert all(visitor.page.locator(".gv-tools button").evaluate_all(names))
    assert "Answer: 66" in visitor.page.locator(".dagger-graph").inner_text()


def test_hostile_label_is_only_text(visitor: Visitor) -> None:
    expect(visitor.node("n3")).to_contain_text("onerror=")
    assert visitor.node("n3").get_attribute("aria-label").count("<script>") == 1
    assert visitor.page.locator(".dagger-graph img, .dagger-graph script").count() == 0


def test_hostile_svg_is_stripped(visit: Open) -> None:
    app = view_app.build(svg=HOSTILE_SVG)
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, head=head())
    with closing(app):
        visitor = visit(url)
        visitor.node("n0").hover()
        visitor.node("n0").click()
        tags = """() => [...document.querySelectorAll(".gv-canvas *")].map(e => e.localName)"""
        allowed = {"g", "rect", "text", "title", "circle"}
        assert set(visitor.page.evaluate(tags)) <= allowed
        names = """() => [...document.querySelectorAll(".gv-canvas *")]
          .flatMap(e => [...e.attributes].map(a => a.name + "=" + a.value))"""
        attributes = visitor.page.evaluate(names)
        assert not [a for a in attributes if re.match(r"on|style|href|xlink|.*url|.*javascript", a)]
        expect(visitor.node("n0")).to_contain_text("plain")
        expect(visitor.page.locator(".gv-canvas")).not_to_contain_text("link")


def test_empty_picture_says_why(visitor: Visitor) -> None:
    visitor.page.locator("#empty").click()
    expect(visitor.page.locator(".gv-message")).to_have_text("No graph yet.")
    expect(visitor.page.locator(".gv-node")).to_have_count(0)
    expect(visitor.tool("zoom_in")).to_have_attribute("aria-disabled", "true")


def test_dark_page_gets_a_dark_picture(visit: Open, address: str) -> None:
    visitor = visit(f"{address}?__theme=dark")
    expect(visitor.root).to_have_attribute("data-theme", "dark")
    visitor.sees_log("theme None None None")


def test_where_nothing_is_drawn_is_as_dark_as_the_page(visitor: Visitor) -> None:
    """Without asking the server, whose empty picture is a light one."""
    visitor.page.locator("#empty").click()
    expect(visitor.page.locator(".gv-message")).to_be_visible()
    for theme in ("dark", "light"):
        visitor.page.evaluate("document.body.classList.toggle('dark')")
        expect(visitor.root).to_have_attribute("data-theme", theme)
    visitor.page.evaluate("document.body.classList.add('dark')")
    expect(visitor.root).to_have_attribute("data-theme", "dark")


def test_a_view_that_comes_back_listens_once(visitor: Visitor) -> None:
    hide = visitor.page.locator("#hide input")
    for _ in range(3):
        hide.click()
        expect(visitor.root).to_have_count(0)
        hide.click()
        expect(visitor.root).to_have_count(1)
    expect(visitor.node("n0")).to_be_visible()
    visitor.tool("help").focus()
    visitor.page.keyboard.press("Control+z")
    visitor.sees_log("undo None None None")
