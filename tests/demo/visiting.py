"""An app in a process of its own, and a person who visits its pages with a real browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

try:
    from playwright.sync_api import expect
except ImportError:  # the fixture `browser` then skips every test
    expect = None

HERE = Path(__file__).parent
PATIENCE = 30
QUESTION = (
    "Mina has 48 mangoes. Her brother Raju has 15 mangoes. Mina packs her mangoes into bags of 6. "
    "How many bags does she fill?"
)
#: A tab that is opened anew has no draft; one that is loaded again keeps it.
FRESH = "if (!window.name) { localStorage.clear(); window.name = 'opened'; }"


class Server:
    """The app in a process of its own, on one port and one database.

    Args:
        folder: where its files are.
        program: of this folder of tests; `solve_app.py` gets the database, others the folder.
    """

    def __init__(self, folder: Path, program: str = "solve_app.py") -> None:
        self.database = folder / "dagger.sqlite3"
        place = self.database if program == "solve_app.py" else folder
        self.program, self.place = str(HERE / program), str(place)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, self.program, str(self.port), self.place]
        env = {**os.environ, "PYTHONPATH": str(HERE.parents[1]), "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 4 * PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.address, timeout=PATIENCE):
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        raise RuntimeError("the app did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


def fill_in(page: Any, box: str, text: str) -> None:
    """Type into a box until it has what is typed: one just shown may still get its first value."""
    for _ in range(5):
        page.fill(box, text)
        page.locator(box).blur()
        page.wait_for_timeout(300)
        if page.input_value(box) == text:
            return
    raise AssertionError(f"{box} does not keep {text}")


class Visitor:
    """One open page, and what a person does and sees there."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.alarms: list[str] = []
        self.graph = page.locator("#picture .dagger-graph")
        self.nodes = page.locator("#picture .gv-canvas [data-node]")
        self.answer = page.locator("#answer")
        self.status = page.locator("#status")
        self.edit_state = page.locator("#edit-state")
        self.save_state = page.locator("#save-state")
        self.findings = page.locator(".fv-list")

    def ask(self, question: str = QUESTION, gold: str = "", model: str = "Quick") -> None:
        if self.page.input_value("#model input") != model:
            self.choose("#model", model)
        self.page.fill("#gold input, #gold textarea", gold)
        self.page.fill("#question textarea", question)
        self.page.click("#generate")

    def solves(self, gold: str = "8") -> None:
        self.ask(gold=gold)
        expect(self.answer).to_contain_text("Answer: 8")
        expect(self.page.locator("#generate")).to_be_enabled()

    def choose(self, dropdown: str, option: str) -> None:
        """Take an option of a list, and see that it is taken."""
        box = self.page.locator(f"{dropdown} input")
        box.click()
        # By the mouse: with a key, what is typed must first have found its place in the list.
        self.page.locator("[role=listbox] [role=option]", has_text=option).first.click()
        expect(box).to_have_value(re.compile(re.escape(option)))

    def node(self, dom: str) -> Any:
        return self.page.locator(f"#picture .gv-canvas [data-node={dom}]")

    def select(self, dom: str, node_id: str) -> None:
        self.node(dom).click()
        expect(self.field("id")).to_have_value(node_id)

    def field(self, name: str) -> Any:
        return self.page.locator(f"#node-{name} :is(input, textarea)").first

    def write(self, field: str, text: str, leave: str = "Enter") -> None:
        self.field(field).fill(text)
        self.field(field).press(leave)

    def opens(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab).click()

    def cell(self, row: int, column: int) -> Any:
        return self.page.get_by_test_id(f"cell-{row}-{column}")

    def edits_cell(self, row: int, column: int, text: str) -> None:
        self.cell(row, column).dblclick()
        field = self.cell(row, column).locator("input, textarea").first
        expect(field).to_be_focused()
        field.fill(text)
        field.press("Enter")

    def writes_json(self, text: str) -> None:
        editor = self.page.locator("#json .cm-content")
        editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def reads_json(self) -> Any:
        return self.page.locator("#json .cm-content")

    def downloads(self, button: str, folder: Path) -> Path:
        if not self.page.locator(button).is_visible():
            self.page.locator("#downloads button").first.click()
        with self.page.expect_download() as done:
            self.page.click(button)
        target = folder / done.value.suggested_filename
        done.value.save_as(target)
        return target

    def opens_anew(self) -> None:
        """Load the page as for somebody who has not been there yet."""
        self.page.evaluate("window.name = ''")
        self.page.reload()
        self.is_answered()

    def is_answered(self) -> None:
        """The server has answered the page that was loaded."""
        expect(self.page.locator("#answer h2")).to_be_visible()

    def is_unharmed(self) -> None:
        """Nothing ran that must not run."""
        assert self.page.evaluate("window.pwned") is None
        assert self.alarms == []

    def revision(self) -> int:
        return int(self.graph.get_attribute("data-revision"))
