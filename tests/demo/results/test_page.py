"""The Results page in a real browser: table, failures into the editor, comparison, evaluation."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("gradio")
pytest.importorskip("torch")

import gradio as gr

from demo.results.start import StartPanel
from tests.demo.results.made import HOSTILE, QUESTION, make
from tests.demo.train_app import services
from tests.demo.visiting import FRESH, PATIENCE, Server, expect, fill_in

MINI = Path(__file__).parents[3] / "models" / "dagger-mini"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two models on the same problems; one of them has a hostile name and hostile answers."""
    folder = tmp_path_factory.mktemp("results")
    shutil.copytree(MINI, folder / "models" / "dagger-mini", ignore=lambda *_: ["report.json"])
    make(folder / "runs", "older", "110011")
    path = make(folder / "runs", "hostile", "101001")
    report = json.loads(path.read_text("utf-8"))
    report["title"] = HOSTILE
    for row in report["rows"][:2]:
        row["question"] = f"{HOSTILE} {row['question']}"
    path.write_text(json.dumps(report), "utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    running = Server(folder, "train_app.py")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    expect.set_options(timeout=PATIENCE * 1000)
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.add_init_script(FRESH)
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(context: Any, server: Server) -> Iterator[Any]:
    page, alarms = context.new_page(), []
    page.on("pageerror", lambda error: alarms.append(str(error)))
    page.on("dialog", lambda dialog: (alarms.append("dialog"), dialog.dismiss()))
    page.goto(f"{server.address}/results")
    yield page
    assert alarms == []
    assert page.evaluate("window.pwned") is None


def cell(page: Any, table: str, row: int, column: int) -> Any:
    return page.locator(f"#{table}").get_by_test_id(f"cell-{row}-{column}")


def opens(page: Any, tab: str) -> None:
    page.get_by_role("tab", name=tab, exact=True).click()


def test_ours_and_theirs_in_one_table_that_sorts(page: Any) -> None:
    expect(cell(page, "results-table", 0, 1)).to_contain_text("HYPERLINK")
    expect(cell(page, "results-table", 1, 1)).to_have_text("older")
    expect(cell(page, "results-table", 2, 1)).to_have_text("Qwen3-8B (reasoning)")
    page.locator("#results-table").get_by_test_id("header-4").hover()
    page.locator("#results-table").get_by_test_id("header-4").get_by_role("button").click()
    page.get_by_text("Sort ascending").click()
    order = page.locator("#results-table [role=gridcell][aria-colindex='5']")
    expect(order.first).to_have_text("18.0")
    expect(order.nth(1)).to_have_text("32.5")
    page.locator("#results-table [role=gridcell]", has_text="older").click()
    opens(page, "Failures")
    expect(page.locator("#report input")).to_have_value(re.compile("older"))
    opens(page, "Plots")
    page.get_by_role("button", name="Read reports again").click()
    expect(cell(page, "results-table", 0, 1)).to_contain_text("HYPERLINK")


def test_plots_are_drawn_with_words(page: Any) -> None:
    plot = page.locator("#plot-tokens svg.marks")
    expect(plot).to_contain_text("Tokens per answer")
    expect(plot).to_contain_text("dagger-12B_SFT_GRPO")
    box = plot.bounding_box()
    assert box["width"] > 800, "it is as wide as the page"
    expect(page.locator("#plot-drops svg.marks")).to_contain_text("RED")


def test_a_failure_opens_in_the_editor(page: Any, context: Any) -> None:
    opens(page, "Failures")
    page.locator("#report input").fill("older")
    page.locator("#report input").press("Enter")
    expect(cell(page, "failures-list", 0, 5)).to_contain_text("a distractor is used: 17")
    expect(page.locator("#failure-left-title")).to_contain_text("Answer: 11")
    expect(page.locator("#failure-right-title")).to_contain_text("Answer: 20")
    expect(page.locator("#failure-left [data-node]").first).to_be_visible()
    expect(page.locator("#failure-wrote textarea")).to_have_value("sub [2] [3]")
    cell(page, "failures-list", 1, 2).click()
    expect(page.locator("#failure-question")).to_contain_text("Ann ate 7")
    page.locator("#failure-next").click()
    expect(page.locator("#failure-question")).to_contain_text("Ann ate 6")
    with context.expect_page() as opened:
        page.locator("#failure-question a").click()
    editor = opened.value
    expect(editor.locator("#question textarea")).to_have_value(
        QUESTION.format(" and Bob 17", 6) + " Please." * 3
    )
    expect(editor.locator("#answer")).to_contain_text("Answer: 11")
    editor.close()


def test_hostile_reports_are_text(page: Any) -> None:
    opens(page, "Failures")
    page.locator("#report input").fill("HYPERLINK")
    page.locator("#report input").press("Enter")
    expect(page.locator("#failure-question")).to_contain_text("<script>")
    expect(page.locator("#failure-left-title")).to_contain_text("<script>")
    assert page.evaluate("window.pwned") is None


def test_two_models_compared_regressions_first(page: Any) -> None:
    opens(page, "Compare")
    said = page.locator("#compare-said")
    expect(said).to_contain_text("on 6 problems: -16.7 points")
    expect(said).to_contain_text("p = 1")
    expect(said).to_contain_text("This may be chance")
    checked = page.locator("#compare-change label", has_text="regressions (2)")
    expect(checked.locator("input")).to_be_checked()
    expect(page.locator("#reports-left-title")).to_contain_text("older")
    expect(page.locator("#reports-right-title")).to_contain_text("Answer: 27")
    expect(page.locator("#compare-question a")).to_have_count(2)
    page.locator("#compare-change label", has_text="gains (1)").click()
    expect(cell(page, "compare-list", 0, 0)).to_have_text("1")
    expect(page.locator("#reports-left-title")).to_contain_text("Answer: 11")


@pytest.mark.parametrize(
    ("button", "ending", "words"),
    [
        ("download-json", ".json", '"failures"'),
        ("download-markdown", ".md", "## Failures"),
        ("download-csv", ".csv", "question,gold"),
    ],
)
def test_downloads(page: Any, tmp_path: Path, button: str, ending: str, words: str) -> None:
    opens(page, "Failures")
    with page.expect_download() as done:
        page.locator(f"#{button}").click()
    path = tmp_path / done.value.suggested_filename
    done.value.save_as(path)
    assert path.suffix == ending
    assert words in path.read_text("utf-8-sig")


def test_an_evaluation_from_the_page(page: Any, folder: Path) -> None:
    page.get_by_text("Evaluate a model").click()
    fill_in(page, "#evaluate-count input[type=number]", "10")
    expect(page.locator("#evaluate-count input[type=range]")).to_have_value("10")
    page.locator("#evaluate-start").click()
    expect(page.locator("#evaluate-cancel")).to_be_enabled()
    expect(page.locator("#evaluate-status")).to_contain_text("Done: dagger-mini", timeout=120_000)
    expect(cell(page, "results-table", 0, 1)).to_have_text("dagger-mini")
    expect(cell(page, "results-table", 0, 3)).to_have_text("10")
    expect(page.locator("#evaluate-start")).to_be_enabled()


def test_the_page_in_bangla(context: Any, server: Server) -> None:
    page = context.new_page()
    page.goto(f"{server.address}/bn-results")
    expect(page.locator("#results-table [role=gridcell]", has_text="৭১.৪").first).to_be_visible()
    opens(page, "ভুলগুলো")
    expect(page.locator("#failure-left-title")).to_contain_text("উত্তর")
    assert page.locator("#failure-question a").first.get_attribute("href").startswith("./bn#1.")
    page.close()


def test_strangers_cannot_start_an_evaluation(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "models", tmp_path / "models")
    public = services(tmp_path, public=True)
    panel = _panel(public)
    stranger: Any = gr.Request()
    shown = panel._on_begin("models/dagger-mini", "bank", 10, None, stranger)
    assert "Only curators" in shown[panel.status]
    assert public.evaluations.last is None
    owner = services(tmp_path)
    panel = _panel(owner)
    for given in (("models/dagger-mini", "/etc/passwd", 10, None), ("m", "bank", 10, None),
                  ("models/dagger-mini", "file", 10, None),
                  ("models/dagger-mini", "bank", 10**9, None)):  # fmt: skip
        assert panel._on_begin(*given, stranger)[panel.status].startswith("⚠")
    assert owner.evaluations.last is None


def _panel(known: Any) -> StartPanel:
    with gr.Blocks():
        return StartPanel(known, "en")
