"""How long a double click takes until the new picture is on the screen, in a real browser.

    python -m bench.toggle [--rounds N]

On the Solve page, for 7, 50 and 200 nodes: the median and the slowest of N double clicks, one
after the other, in milliseconds from the click to the painted picture; then how long 20 double
clicks at once take, and how many of them arrived. Needs Chromium and Playwright.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from bench.render import SIZES, problem
from demo.build import build, launch_options
from demo.services import DraftBox, Services
from demo.solution import Solution

AT_ONCE = 20

#: Double clicks node n0 `count` times, `together` or one by one; milliseconds of each.
CLICK = """async ([count, together]) => {
  const root = document.querySelector("#picture .dagger-graph");
  const click = () => root.querySelector("[data-node=n0]")
    .dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  const revision = () => Number(root.dataset.revision);
  const reached = (goal) => new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`revision ${goal} did not come`)), 60_000);
    const painted = () => requestAnimationFrame(() => setTimeout(done));
    const observer = new MutationObserver(() => {
      if (revision() < goal) return;
      observer.disconnect();
      painted();
    });
    observer.observe(root, { attributeFilter: ["data-revision"] });
  });
  const times = [];
  for (let i = 0; i < (together ? 1 : count); i++) {
    const start = performance.now();
    const done = reached(revision() + (together ? count : 1));
    for (let j = 0; j < (together ? count : 1); j++) click();
    await done;
    times.push(performance.now() - start);
    await new Promise((rest) => setTimeout(rest, 200));
  }
  return times;
}"""


class Prepared(DraftBox):
    """Gives every browser the same work to begin with, and keeps nothing."""

    solution = Solution()

    def get(self, key: str) -> Solution:
        """The prepared work."""
        return self.solution

    def put(self, key: str, solution: Solution) -> None:
        """Nothing."""


def measure(page: Any, address: str, rounds: int) -> str:
    """One line: what the page takes with the graph that is prepared now."""
    page.goto(address)
    page.wait_for_selector("#picture .gv-canvas [data-node=n0]")
    page.evaluate(CLICK, [2, False])
    times = page.evaluate(CLICK, [rounds, False])
    before = int(page.get_attribute("#picture .dagger-graph", "data-revision"))
    (burst,) = page.evaluate(CLICK, [AT_ONCE, True])
    arrived = int(page.get_attribute("#picture .dagger-graph", "data-revision")) - before
    return f"{median(times):7.0f}{max(times):9.0f}{burst:11.0f}{arrived:7d}/{AT_ONCE}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        services = Services.from_environment(Path(folder), environ={})
        object.__setattr__(services, "drafts", Prepared(services.store))
        app = build(services)
        _, address, _ = app.launch(prevent_thread_lock=True, quiet=True, **launch_options())
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print("nodes  median ms  slowest  20 at once  arrived")
        for size in SIZES:
            Prepared.solution = Solution(history=(problem(size),), key=f"bench-{size}")
            print(f"{size:5d}    {measure(chromium.new_page(), address, rounds)}", flush=True)
        chromium.close()
        app.close()


if __name__ == "__main__":
    main()
