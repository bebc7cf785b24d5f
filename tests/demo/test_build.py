"""What all pages share, in a real browser: the theme, and no English among the Bangla."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.demo.visiting import PATIENCE, Server, expect

#: Words of Gradio's that a Bangla page must not show; ids of nodes and of models are no words.
ENGLISH = """() => [...document.querySelectorAll("[aria-label], [title], [placeholder]")]
  .filter((element) => !element.closest("svg, .dagger-graph, [lang=en], .altair"))
  .flatMap((element) => ["aria-label", "title", "placeholder"].map((a) => element.getAttribute(a)))
  .filter((said) => /^[\\x20-\\x7e]*[a-z]{4}[\\x20-\\x7e]*$/.test(said ?? ""))"""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def test_a_chosen_theme_holds_on_all_pages(page: Any, studio: Server) -> None:
    dark = "document.body.classList.contains('dark')"
    page.goto(f"{studio.address}/bn-class")
    switch = page.get_by_role("button", name="আলো বা আঁধার")
    switch.wait_for()
    assert not page.evaluate(dark)
    switch.click()
    assert page.evaluate(dark)
    page.goto(f"{studio.address}/results")
    page.wait_for_function(dark)
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    page.locator("h1").wait_for()
    assert not page.evaluate(dark)


def test_what_gradio_says_is_bangla_on_bangla_pages(page: Any, studio: Server) -> None:
    page.goto(f"{studio.address}/bn-results")
    page.locator("#results-table [role=gridcell]").first.wait_for()
    # Not by the mouse: the button is there only under it, and a table that comes in moves away.
    page.locator("#results-table th:visible .cell-menu-button").last.dispatch_event("click")
    expect(page.locator(".cell-menu button").first).to_contain_text("ছোট থেকে বড়")
    assert page.evaluate(ENGLISH) == []
    page.goto(f"{studio.address}/bn")
    page.locator("#picture .gv-tools button").first.wait_for()
    page.get_by_role("tab", name="বিভ্রান্ত করুন").click()
    expect(page.locator("#trap-question .dagger-question")).to_have_attribute(
        "aria-label", "সংখ্যা-চিহ্নিত প্রশ্ন"
    )
    page.get_by_role("tab", name="তালিকা").click()
    page.locator("#table .table-wrap").wait_for()
    expect(page.get_by_label("তালিকার সরঞ্জাম").first).to_be_visible()
    assert page.evaluate(ENGLISH) == []
