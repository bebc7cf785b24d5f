"""How far the What-if panel stays behind a slider that is moved, in a real browser.

    python -m bench.whatif [--changes N]

On the Solve page, for 10 and 50 nodes: a slider is moved N times, first 20 times a second, then
each time the answer is there. Shown: how many changes became visible, milliseconds from a change
to the picture that has it or a later one (median and slowest), and answers a second: fewer than
changes where the panel leaves some out to keep up. Needs Chromium and Playwright.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from bench.render import problem
from dagger_core.permalink import write_link
from demo.build import build, launch_options
from demo.services import Services

SIZES = (10, 50)
PACE_MS = 50

#: Moves the first slider `count` times; milliseconds from each change until it was to be seen, the
#: number of answers, and milliseconds in all.
MOVE = """async ([count, pace]) => {
  const root = document.querySelector("#whatif .dagger-whatif");
  const slider = root.querySelector("input[type=range]");
  const number = (name) => Number(root.dataset[name]);
  const times = [];
  const sent = [];
  const answered = number("ack");
  const observer = new MutationObserver(() => {
    const due = sent.slice(times.length).filter(({ trial }) => trial <= number("ack"));
    times.push(...due.map(({ at }) => performance.now() - at));
  });
  observer.observe(root, { attributeFilter: ["data-ack"] });
  const start = performance.now();
  const isLate = () => performance.now() - start > 60_000;
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let i = 1; i <= count && !isLate(); i++) {
    slider.value = String(i % 7);
    // The next trial that is sent has this change in it.
    sent.push({ at: performance.now(), trial: number("sent") + 1 });
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const due = start + i * pace;
    while ((pace ? performance.now() < due : times.length < i) && !isLate()) await rest(2);
  }
  while (times.length < count && !isLate()) await rest(5);
  observer.disconnect();
  return [times, number("ack") - answered, performance.now() - start];
}"""


def measure(page: Any, address: str, size: int, changes: int) -> None:
    """Print a line for either pace."""
    page.goto(f"{address}#{write_link('How many?', problem(size))}")
    page.locator("#whatif").scroll_into_view_if_needed()
    page.wait_for_selector("#whatif-picture .gv-canvas [data-node=n0]")
    for pace in (PACE_MS, 0):
        times, answers, taken = page.evaluate(MOVE, [changes, pace])
        name, rate = "20 a second" if pace else "one by one", 1000 * answers / taken
        figures = f"{median(times or [0]):8.0f}{max(times or [0]):9.0f}{rate:9.1f}"
        print(f"{size:5d}  {name:11s}{len(times):6d}/{changes}{figures}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=40)
    changes = parser.parse_args().changes
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        app = build(Services.from_environment(Path(folder), environ={}))
        _, address, _ = app.launch(prevent_thread_lock=True, quiet=True, **launch_options())
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print("nodes  pace         visible  median  slowest  answers a second")
        for size in SIZES:
            measure(chromium.new_page(), address, size, changes)
        chromium.close()
        app.close()


if __name__ == "__main__":
    main()
