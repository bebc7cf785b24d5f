"""The annotation store with many items: import, save, filtered pages, hand-out, bulk, export.

    python -m bench.store                          # 100,000 items in a temporary SQLite file
    python -m bench.store --items 5000 --url postgresql://…

Prints what was measured, and in brackets what the project promises; CPU time as well, because a
busy machine stretches all other times.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))

from annotate import NewRevision, Store
from annotate.assignment import take
from annotate.bulk import accept_right, run
from annotate.exchange import export
from annotate.exchange.importing import import_source
from annotate.queue import Filter, count, page, progress
from dagger_core.graph import Graph

FILTERS = {
    "page, no filter": Filter(),
    "page, pending": Filter(statuses=("pending",)),
    "page, wrong and with sub": Filter(right=False, op="sub"),
    "page, a diagnostic": Filter(code="used-distractor"),
    "page, common text": Filter(text="pens"),
    "page, rare text": Filter(text="77777 pens"),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--items", type=int, default=100_000)
    options.add_argument("--url", help="a blank database; default: a temporary SQLite file")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(chosen.url or Path(folder) / "store.db")
        measure(store, Path(folder), chosen.items)
        store.close()


def measure(store: Store, folder: Path, items: int) -> None:
    rng = random.Random(7)
    source = folder / "items.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(line(number, rng) for number in range(items))
    print(f"{items:,} items, {source.stat().st_size / 1e6:.0f} MB; memory {memory():.0f} MB")
    rate("import", lambda: import_source(store, source).questions)
    print(f"memory after import {memory():.0f} MB")

    latency("save (p95 10 ms)", 300, lambda: save(store, rng.randint(1, items)))
    for name, chosen in FILTERS.items():
        latency(f"{name} (30 ms)", 50, lambda chosen=chosen: page(store, chosen, sort="uncertain"))
    latency("count of a filter", 20, lambda: count(store, Filter(right=False, op="sub")))
    latency("progress", 50, lambda: progress(store))
    hand_out(store)
    rate("bulk accept", lambda: run(store, accept_right(), "bench").revisions)
    before = memory()
    written = folder / "sft.jsonl"
    rate("export (5,000 rows/s)", lambda: export(store.examples(), written, "sft").rows)
    print(f"memory before export {before:.0f} MB, after {memory():.0f} MB")


def line(number: int, rng: random.Random) -> str:
    """A problem of its own with a graph of 8 nodes; every tenth is wrong, some have a fault."""
    a, b, c = rng.randint(2, 99), rng.randint(2, 99), rng.randint(2, 99)
    nodes = [
        {"id": "n1", "op": "const", "val": a, "distractor": False, "label": "pens"},
        {"id": "n2", "op": "const", "val": b, "distractor": number % 50 == 0, "label": "price"},
        {"id": "n3", "op": "const", "val": c, "distractor": False, "label": "given"},
        {"id": "n4", "op": "const", "val": number, "distractor": True, "label": "shop"},
        {"id": "s1", "op": "mul", "args": ["n1", "n2"], "distractor": False, "label": "paid"},
        {"id": "s2", "op": "sub" if number % 3 else "add", "args": ["s1", "n3"], "label": ""},
        {"id": "final_result", "op": "identity", "args": ["s2"], "label": "answer"},
    ]
    answer = a * b + (c if number % 3 == 0 else -c) + (number % 10 == 0)
    question = f"Mina buys {a} pens at {b} and gives {c} back. Shop {number} pens? কত?"
    row = {"id": str(number), "question": question, "answer": answer, "graph": {"nodes": nodes}}
    return json.dumps(row, ensure_ascii=False) + "\n"


def save(store: Store, question_id: int) -> None:
    (suggestion,) = store.suggestions(question_id)[-1:]
    head = store.latest(question_id)
    status = "draft" if question_id % 2 else "accepted"
    new = NewRevision(suggestion.graph, status, "asha", parent=head.id if head else None)
    store.revise(question_id, new)


def hand_out(store: Store, clients: int = 50, rounds: int = 4) -> None:
    """Many clients on one queue: each takes a question and saves it, over and over."""
    graph = Graph()

    def client(number: int) -> list[float]:
        seconds = []
        for _ in range(rounds):
            start = time.perf_counter()
            question = take(store, f"client {number}")
            if question is not None:
                store.revise(question.id, NewRevision(graph, "draft", f"client {number}"))
            seconds.append(time.perf_counter() - start)
        return seconds

    with ThreadPoolExecutor(clients) as pool:
        seconds = [s for each in pool.map(client, range(clients)) for s in each]
    report(f"take and save, {clients} clients at once (p95 500 ms)", seconds)


def rate(name: str, call: Callable[[], int]) -> None:
    """How many rows a second a call works through that gives their number."""
    start, cpu = time.perf_counter(), time.process_time()
    rows = call()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"{name}: {rows:,} rows, {rows / wall:,.0f} rows/s ({rows / cpu:,.0f} per CPU second)")


def latency(name: str, times: int, call: Callable[[], object]) -> None:
    seconds, cpu = [], time.process_time()
    for _ in range(times):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    report(name, seconds)
    print(f"    CPU {(time.process_time() - cpu) / times * 1e3:.1f} ms a call")


def report(name: str, seconds: list[float]) -> None:
    cuts = quantiles(seconds, n=20)
    print(f"{name}: median {cuts[9] * 1e3:.1f} ms, p95 {cuts[18] * 1e3:.1f} ms")


def memory() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
