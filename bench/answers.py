"""The default model on files of problems, asked one by one as a visitor asks.

    python -m bench.answers FILE… [--first 50] [--model models/dagger-mini]

Prints for each file how many answers were parsed, executed and correct, and the median seconds of
an answer and of its first piece. Rows are example lines (question, answer).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median

from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.generate import Settings
from dagger_core.generate.catalog import Catalog
from dagger_core.numerals import same_answer

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--first", type=int, default=50, help="rows of each file")
    parser.add_argument("--model", default="", help="key of a model; the default one if empty")
    options = parser.parse_args()
    catalog = Catalog.from_environment(ROOT)
    choice = catalog.find(options.model) if options.model else catalog.choices()[0]
    generator, settings = catalog.open(choice.key), Settings(format=choice.format)
    generator.generate("2 + 3?", settings).read()  # loading is not part of an answer
    print(f"{'file':24} rows parsed executed correct  p50 s  first s   ({choice.key})")
    for path in options.files:
        lines = path.read_text(encoding="utf-8").splitlines()[: options.first]
        rows = [json.loads(line) for line in lines]
        parsed = executed = correct = 0
        seconds, first = [], []
        for row in rows:
            stream = generator.generate(row["question"], settings)
            text = stream.read().text
            graph = FORMATS[choice.format].read(text, row["question"]).graph
            value = execute(graph).answer if graph else None
            parsed += graph is not None
            executed += value is not None
            correct += same_answer(value, row["answer"])
            seconds.append(stream.seconds)
            first.append(stream.first_piece_seconds or stream.seconds)
        print(
            f"{path.stem:24} {len(rows):4} {parsed:6} {executed:8} {correct:7} "
            f"{median(seconds):6.2f} {median(first):8.2f}"
        )


if __name__ == "__main__":
    main()
