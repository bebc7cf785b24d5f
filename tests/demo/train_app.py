"""The whole app on a folder of its own: `python train_app.py PORT FOLDER [public]`."""

from __future__ import annotations

import sys
from pathlib import Path

from annotate import Store
from dagger_core.example import Example
from dagger_core.generate.catalog import Catalog
from demo.build import build, launch_options
from demo.services import CURATED, Services
from train.jobs import Limits, Runs
from train.problems import stream

PUBLIC_LIMITS = Limits(steps=50, minutes=5, slots=1, waiting=2)


def services(folder: Path, *, public: bool = False) -> Services:
    """The services of the app, on the folder's database, models and runs."""
    limits = PUBLIC_LIMITS if public else Limits()
    return Services(
        Store.open(folder / "dagger.sqlite3"),
        Catalog(folder / "models", folder / "runs"),
        public=public,
        trainers=frozenset({"rina"}),
        runs=Runs(folder / "runs", limits),
    )


def keep(folder: Path, count: int) -> list[Example]:
    """Accept so many problems of the bank in the folder's database, and one that is wrong."""
    store, kept = Store.open(folder / "dagger.sqlite3"), []
    for problem, number in zip(stream(7), range(count + 1), strict=False):
        answer = str(problem.answer) if number < count else "987654321"
        store.save(
            question=problem.question,
            graph=problem.graph,
            author="rina",
            status="accepted",
            answer=answer,
            project=CURATED,
        )
        kept.append(Example(problem.question, problem.graph, problem.answer, problem.lang))
    store.close()
    return kept[:count]


if __name__ == "__main__":
    port, path, *mode = sys.argv[1:]
    build(services(Path(path), public="public" in mode)).launch(
        server_name="127.0.0.1", server_port=int(port), **launch_options()
    )
