"""How long a graph takes to become a picture, warm, beside pygraphviz alone on the same text.

    python -m bench.render [--rounds N]

For 7, 50 and 200 nodes: milliseconds (median) for the DOT text, for `render` of it, for
`inline`, the bare layout and drawing by pygraphviz in this process with the same fonts, and the
ratio of `render` to it. Then the first picture, with the start of the drawing process.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from dagger_core.render import fonts, inline, render, to_dot
from dagger_core.render.child import draw

SIZES = (7, 50, 200)


def problem(size: int) -> Graph:
    """A graph like those of word problems: half numbers, each step near the ones before it."""
    chance = random.Random(size)
    given = (size + 1) // 2
    nodes = [
        Node(f"n{i}", "const", i + 1, distractor=i % 4 == 3, label=f"প্রতিটি কলমের দাম {i}")
        for i in range(given)
    ]
    for i in range(size - given):
        recent = [node.id for node in nodes[max(0, i - 2) : i + 1]] + [nodes[-1].id]
        first, second = chance.sample(sorted(set(recent)), 2)
        final = i == size - given - 1
        name = "final_result" if final else f"s{i}"
        op = chance.choice(["add", "sub", "mul"])
        nodes.append(Node(name, op, args=(first, second), label="মিনার মোট টাকা"))
    return Graph(nodes)


def milliseconds(work: Callable[[], Any], rounds: int) -> float:
    """The median duration of `work`, after one call that does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    start = time.perf_counter()
    render(to_dot(problem(7)), "svg")
    first = (time.perf_counter() - start) * 1000
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["FONTCONFIG_FILE"] = str(fonts.install(Path(scratch)))
        print(
            f"{'nodes':>5} {'dot':>7} {'render':>7} {'inline':>7} {'bare':>7} {'render/bare':>12}"
        )
        for size in SIZES:
            report(size, rounds)
    print(f"first picture, with the start of the process: {first:.0f} ms")


def report(size: int, rounds: int) -> None:
    """Print one row."""
    graph = problem(size)
    execution = execute(graph)
    dot = to_dot(graph, execution, lang="bn")
    svg = render(dot, "svg")
    text = milliseconds(lambda: to_dot(graph, execution, lang="bn"), rounds)
    ours = milliseconds(lambda: render(dot, "svg"), rounds)
    page = milliseconds(lambda: inline(svg), rounds)
    bare = milliseconds(lambda: draw(dot, "svg"), rounds)
    print(f"{size:>5} {text:>7.1f} {ours:>7.1f} {page:>7.1f} {bare:>7.1f} {ours / bare:>12.2f}")


if __name__ == "__main__":
    main()
