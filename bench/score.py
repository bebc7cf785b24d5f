"""How many completions a second `score` reads, executes and rewards, beside mere JSON decoders.

    python -m bench.score [--seconds 2.0]

Prints one line for each size of graph: completions per second of `score`, and its speed as a
share of json.loads, orjson.loads and msgspec.json.decode on the same JSON. All are timed in
turns within one run, the best of many short rounds each, so that a busy machine slows all alike.

Every call gets a text of its own, as in training: a str that was decoded before keeps its UTF-8
form, which decoders then need not make. With --same, all calls get one text.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable, Mapping
from functools import partial

import msgspec
import orjson

from dagger_core.score import score

SIZES = (8, 50, 500)
Call = Callable[[str], object]


def completion(size: int) -> str:
    """A correct answer in the published format with this many nodes, a quarter unused."""
    inputs = size // 2
    steps = size - inputs - 1
    nodes = [
        {"id": f"n{i}", "op": "const", "val": i + 4, "distractor": i % 2 == 1, "label": "মিনার কলম"}
        for i in range(inputs)
    ]
    last = "n0"
    for i in range(steps):
        # Up by a number and down by the same one, so that values stay small at any size.
        op, other = (
            ("add", f"n{i // 2 * 2 % inputs}") if i % 2 == 0 else ("sub", nodes[-1]["args"][1])
        )
        nodes.append(
            {"id": f"s{i}", "op": op, "args": [last, other], "distractor": False, "label": ""}
        )
        last = f"s{i}"
    nodes.append(
        {"id": "final_result", "op": "sum", "args": [last], "distractor": False, "label": "উত্তর"}
    )
    body = ",\n".join("    " + json.dumps(node, ensure_ascii=False) for node in nodes)
    return f'```json\n{{\n  "nodes": [\n{body}\n  ]\n}}\n```'


def best(calls: Mapping[str, tuple[Call, str]], seconds: float, fresh: bool) -> dict[str, float]:
    """Seconds of one call of each on its text, taken in turns."""
    times = dict.fromkeys(calls, math.inf)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, (call, text) in calls.items():
            texts = [
                text.encode().decode() if fresh else text for _ in range(1 + 8000 // len(text))
            ]
            start = time.perf_counter()
            for text in texts:
                call(text)
            times[name] = min(times[name], (time.perf_counter() - start) / len(texts))
    return times


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Speed of score beside JSON decoders.")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each size")
    parser.add_argument("--same", action="store_true", help="decode one text again and again")
    options = parser.parse_args()
    print("nodes  score/s   share of json.loads    orjson.loads  msgspec.json.decode")
    for size in SIZES:
        text = completion(size)
        gold = int(score(text, None).value or 0)
        if score(text, gold).total != 2.0:
            raise SystemExit("the completion is not scored as correct")
        body = text.removeprefix("```json").removesuffix("```")
        calls: dict[str, tuple[Call, str]] = {
            "score": (partial(score, gold=gold), text),
            "json": (json.loads, body),
            "orjson": (orjson.loads, body),
            "msgspec": (msgspec.json.decode, body),
        }
        times = best(calls, options.seconds, not options.same)
        mine = times.pop("score")
        print(f"{size:>5}{1 / mine:>9.0f}" + "".join(f"{t / mine:>16.2f}" for t in times.values()))


if __name__ == "__main__":
    main()
