"""`python -m docs.screenshots`: the pictures of the README, taken from the running app in Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from demo.build import build, launch_options
from demo.services import Services

FOLDER = Path(__file__).parent / "images"
_SIZE = {"width": 1280, "height": 900}
_QUESTION = (
    "রিমার কাছে ১২০ টাকা আছে। সে প্রতিটি ১৫ টাকা দামের ৪টি খাতা কিনল। "
    "তার ভাইয়ের বয়স ৯ বছর। রিমার কাছে আর কত টাকা রইল?"
)


def _solve(page: Any, address: str) -> None:
    """A Bangla question, answered by the shipped model."""
    page.goto(f"{address}bn")
    page.locator("#question textarea").first.fill(_QUESTION)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#picture [data-node=final_result]")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1500)


def main() -> None:
    """Take every picture anew; needs Chromium."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        app = build(Services.from_environment(Path(folder), environ={}))
        _, address, _ = app.launch(prevent_thread_lock=True, quiet=True, **launch_options())
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport=_SIZE, color_scheme="light")
        page.set_default_timeout(180_000)
        _solve(page, address)
        page.screenshot(path=FOLDER / "solve.png")
        chromium.close()
        app.close()
    sys.stdout.write("".join(f"{path}\n" for path in sorted(FOLDER.iterdir())))


if __name__ == "__main__":
    main()
