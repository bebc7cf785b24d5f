"""Every page with axe-core, in both languages and both themes, and with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from demo.build import LANGS, PAGES, path
from tests.demo.teaching.test_page import LINK
from tests.demo.visiting import FRESH, PATIENCE, Server, expect

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

#: In the dark, only colours are others.
COLOURS = {"runOnly": ["color-contrast"]}
#: A page is there when this is.
READY = {"solve": "#picture .gv-canvas [data-node=n4]", "class": "#class-from-bank"}
SETTLED = 800
SOLVE_TABS = ("Distract it", "Compare", "Table", "JSON", "Model's text", "What if?")


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page that shows itself light or dark."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=request.param
    )
    context.add_init_script(FRESH)
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    page = context.new_page()
    page.theme = request.param
    yield page
    context.close()


def violations(page: Any) -> list[str]:
    """What axe has to say against the page as it is."""
    options = COLOURS if page.theme == "dark" else None
    found = axe.Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        for node in one["nodes"]
    ]


def opened(page: Any, studio: Server, name: str, lang: Any) -> None:
    fragment = f"#{LINK}" if name == "solve" else ""
    page.goto(f"{studio.address}{path(name, lang)}{fragment}")
    page.locator(READY.get(name, "h1")).first.wait_for()
    # What a page fetches on opening has nothing in common to wait for.
    page.wait_for_timeout(SETTLED)
    dark = "document.body.classList.contains('dark')"
    assert page.evaluate(dark) is (page.theme == "dark")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violations(page: Any, studio: Server, name: str, lang: Any) -> None:
    opened(page, studio, name, lang)
    assert violations(page) == []


def test_the_tabs_of_solve_have_none(page: Any, studio: Server) -> None:
    opened(page, studio, "solve", "en")
    page.locator("#picture [data-node=n3]").click()
    expect(page.locator("#node-id")).to_be_visible()
    for tab in SOLVE_TABS:
        page.get_by_role("tab", name=tab).click()
        if tab == "Distract it":
            page.click("#trap-ask")
            expect(page.locator("#trap-verdict")).not_to_be_empty()
            page.locator("#trap-right .gv-node").first.wait_for()
            expect(page.locator("#trap-ask")).to_be_enabled()
            page.wait_for_timeout(SETTLED)  # buttons fade from one state to the other
        assert violations(page) == [], tab


def test_the_class_has_none_before_and_after(page: Any, studio: Server) -> None:
    opened(page, studio, "class", "bn")
    page.click("#class-from-bank")
    page.locator(".bo-number").first.wait_for()
    assert violations(page) == []
    page.click("[data-do=reveal]")
    page.locator("#class-picture .gv-node").first.wait_for()
    assert violations(page) == []
    page.locator("#class-mode label").nth(1).click()
    page.locator(".bo-rows select").first.wait_for()
    assert violations(page) == []


def test_the_keyboard_alone_reaches_and_does_everything(page: Any, studio: Server) -> None:
    opened(page, studio, "solve", "en")
    wanted = {
        *("question", "generate", "by-hand", "save", "copy-link", "downloads"),
        *("qv-mention", "ev-walk", "ev-list", "gv-tools", "gv-node", "wi-row", "tab-container"),
    }
    reached: set[str] = set()
    page.locator("h1").click()
    for _ in range(90):
        page.keyboard.press("Tab")
        around = page.evaluate(
            """() => {
              const names = [];
              for (let at = document.activeElement; at; at = at.parentElement)
                names.push(at.id, ...at.classList);
              return names;
            }"""
        )
        reached.update(wanted.intersection(around))
    assert reached == wanted
    # Sentences select their nodes; a step is gone with Enter; a slider moves with arrows.
    page.locator("#explanation li").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#node-id :is(input, textarea)")).to_have_value("bags")
    page.locator("#explanation [data-walk=on]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#picture [data-node=n3]")).to_be_hidden()
    page.locator("#explanation [data-walk=all]").press("Enter")
    page.locator("#whatif input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wi-verdict")).to_contain_text(re.compile("moves from 8 to"))


def test_a_long_table_is_scrolled_with_the_keyboard(page: Any, studio: Server) -> None:
    opened(page, studio, "results", "en")
    page.locator("#results-table .search-input").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#results-table [aria-selected=true]")).to_have_attribute("data-row", "11")
    scrolled = "document.querySelector('#results-table .virtual-table-viewport').scrollTop"
    page.wait_for_function(f"{scrolled} > 0")
