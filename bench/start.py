"""How long the app takes to answer its first request, beside a bare Gradio page.

    python -m bench.start [--rounds N]

Both are started the same way, in turn, each in a process of its own: seconds (median and best of N)
from the start of Python to the first 200 of the page, seconds of processor time until then, and
the ratios. Then the heavy modules that the app has loaded by that time, which should be none.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
BARE = "import gradio as gr\nwith gr.Blocks() as demo:\n    gr.Textbox()\n"
APP = "from app import demo\n"
LAUNCH = "demo.launch(server_port={port}, quiet=True)\n"
LISTED = "import sys\nprint(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
HEAVY = ("torch", "transformers", "peft", "trl", "openai", "llguidance", "datasets", "pygraphviz")


def first_200(program: str, environ: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds from the start of a program to the first 200 of its page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = program + LAUNCH.format(port=port)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environ)
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=60):
                    return time.perf_counter() - start, _processor_seconds(process.pid)
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        raise SystemExit("the program ended before it answered")
    finally:
        process.kill()
        process.wait()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def loaded(program: str, environ: dict[str, str]) -> set[str]:
    """The modules, by their first name, that a program has loaded before it is launched."""
    command = [sys.executable, "-c", program + LISTED]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/start.sqlite3"
        environ = {**os.environ, "DATABASE_URL": database, "GRADIO_ANALYTICS_ENABLED": "False"}
        programs = {"bare Gradio page": BARE, "the app": APP}
        for program in programs.values():
            first_200(program, environ)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, program in programs.items():
                times[name].append(first_200(program, environ))
        print(f"{'':18} {'median s':>9} {'best s':>7} {'processor s':>12}")
        rows = {name: _figures(times[name]) for name in programs}
        for name, (middle, best, processor) in rows.items():
            print(f"{name:18} {middle:9.2f} {best:7.2f} {processor:12.2f}")
        bare, app = rows.values()
        ratios = [mine / theirs for mine, theirs in zip(app, bare, strict=True)]
        print(f"{'ratio':18} {ratios[0]:9.2f} {ratios[1]:7.2f} {ratios[2]:12.2f}")
        extra = loaded(APP, environ) - loaded(BARE, environ)
    print("heavy modules loaded:", ", ".join(sorted(extra.intersection(HEAVY))) or "none")


def _figures(times: list[tuple[float, float]]) -> tuple[float, float, float]:
    walls, processors = zip(*times, strict=True)
    return median(walls), min(walls), median(processors)


if __name__ == "__main__":
    main()
