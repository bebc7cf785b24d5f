"""How well `numerals.mentions` finds the numbers of real questions.

    python -m bench.mentions number_gold.jsonl gsm8k_test.jsonl …

A file whose rows have `numbers` (value, start, end, script; offsets into the NFC text) is
scored by precision and recall: a mention is right if its value is that of a gold number it
overlaps. A file whose rows have a `graph` is scored by coverage: the share of graphs all of
whose const values are a mention's value, one of its readings, or a constant that the text
calls for. `--misses N` lists N of what went wrong.
"""

from __future__ import annotations

import argparse
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from dagger_core.numerals import Mention, implicit_constants, mentions

Row = dict[str, Any]


def is_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def gold_report(rows: Iterable[Row], misses: int) -> str:
    """Precision and recall on rows with `numbers`, digits and words apart."""
    right: Counter[bool] = Counter()
    found: Counter[bool] = Counter()
    wanted: Counter[bool] = Counter()
    wrong = []
    for row in rows:
        text = unicodedata.normalize("NFC", row["question"])
        gold = list(row["numbers"])
        wanted.update(is_digit(number["text"]) for number in gold)
        for mention in mentions(text):
            found[is_digit(mention.text)] += 1
            match = next((number for number in gold if agrees(mention, number)), None)
            if match is None:
                wrong.append(f"extra   {row['id']} {context(text, mention.start, mention.end)}")
            else:
                gold.remove(match)
                right[is_digit(match["text"])] += 1
        for number in gold:
            wrong.append(f"missing {row['id']} {context(text, number['start'], number['end'])}")
    lines = [
        f"{name}: precision {right[key]}/{found[key]} = {ratio(right[key], found[key])}, "
        f"recall {right[key]}/{wanted[key]} = {ratio(right[key], wanted[key])}"
        for key, name in ((True, "digits"), (False, "words"))
    ]
    return "\n".join([*lines, *wrong[:misses]])


def agrees(mention: Mention, number: Row) -> bool:
    overlap = mention.start < number["end"] and number["start"] < mention.end
    return overlap and mention.value == Fraction(str(number["value"]))


def context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 25]}"


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "n/a"


def coverage_report(rows: Iterable[Row], misses: int) -> str:
    """The share of graphs whose consts are all mentioned or known, and what is missed most."""
    graphs = {"by value": 0, "with readings": 0, "with constants": 0}
    total = nodes = used = 0
    wrong = []
    values: Counter[str] = Counter()
    for row in rows:
        total += 1
        text = row["question"]
        consts = [
            Fraction(str(node["val"])) for node in row["graph"]["nodes"] if node["op"] == "const"
        ]
        found = mentions(text)
        by_value = {mention.value for mention in found}
        readings = {reading for mention in found for reading in mention.readings}
        known = readings | {constant.value for constant in implicit_constants(text)}
        for name, legal in zip(graphs, (by_value, readings, known), strict=True):
            graphs[name] += all(value in legal for value in consts)
        missing = [value for value in consts if value not in known]
        values.update(map(str, missing))
        nodes += len(found)
        used += sum(not set(mention.readings).isdisjoint(consts) for mention in found)
        if missing:
            wrong.append(f"{row['id']} {', '.join(map(str, missing))}: {text}")
    shares = ", ".join(f"{name} {count / total:.3f}" for name, count in graphs.items())
    lines = [f"covered: {shares} of {total}; mentions in the graph {used}/{nodes}"]
    if misses:
        lines.append(f"values missed: {values.most_common(15)}")
    return "\n".join([*lines, *wrong[:misses]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    options = parser.parse_args()
    for path in options.files:
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        report = gold_report if "numbers" in rows[0] else coverage_report
        texts = [row["question"] for row in rows]
        start = time.process_time()
        for text in texts:
            mentions(text)
        per_text = (time.process_time() - start) / len(texts) * 1e3
        length = sum(map(len, texts)) // len(texts)
        print(f"== {path.stem}: {per_text:.2f} ms for {length} characters")
        print(report(rows, options.misses))


if __name__ == "__main__":
    main()
