"""Problem sets: from the bank, from what is pasted, from what is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate import Store
from dagger_core.diagnostics import DaggerError
from dagger_core.graph import Graph, Node
from dagger_core.permalink import write_link
from demo.services import Person
from demo.teaching import problem_sets
from tests.demo.solve_app import services

GRAPH = Graph([Node("n1", "const", 7), Node("final_result", "sub", args=("n1", 3))])
CURATOR = Person("rina", True)


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_bank_gives_the_same_set_for_the_same_number(lang: Any) -> None:
    made = problem_sets.from_bank(lang, 2, ["RED", "OAD"], 6, 4)
    again = problem_sets.from_bank(lang, 2, ["RED", "OAD"], 6, 4)
    assert [one.question for one in made] == [one.question for one in again]
    assert len(made) == 6
    for solution in made:
        assert solution.score is not None
        assert solution.score.correct
        assert sum(node.distractor for node in solution.graph or ()) >= 2
        assert " ?" not in solution.question


@pytest.mark.parametrize(
    ("lang", "steps", "kinds", "count"),
    [("fr", 2, [], 5), ("en", 7, [], 5), ("en", -1, [], 5), ("en", 2, ["X"], 5), ("en", 2, [], 0)],
)
def test_what_the_bank_has_not_is_refused(lang: Any, steps: int, kinds: Any, count: int) -> None:
    with pytest.raises(DaggerError):
        problem_sets.from_bank(lang, steps, kinds, count, 1)


def test_questions_and_links_are_pasted_together() -> None:
    link = write_link("How many of 7 are left?", GRAPH)
    text = f"Rina has 2 pens.\nHow many?\n\n{link}\nhttps://x.example/bn#{link}\n\n 1.5 litres? \n"
    found = problem_sets.pasted(text)
    assert [one.question for one in found] == [
        "Rina has 2 pens.\nHow many?",
        "How many of 7 are left?",
        "How many of 7 are left?",
        "1.5 litres?",
    ]
    assert [one.graph for one in found] == [None, GRAPH, GRAPH, None]


@pytest.mark.parametrize("text", ["", " \n\n ", "1.AAAA", "x 1\n\n" * 31, "a" * 70_000])
def test_what_cannot_be_pasted_is_refused(text: str) -> None:
    with pytest.raises(DaggerError):
        problem_sets.pasted(text)


def test_saved_ones_are_for_curators(tmp_path: Path) -> None:
    app = services(tmp_path / "db.sqlite3")
    with pytest.raises(DaggerError, match="Nothing"):
        problem_sets.saved(app, CURATOR, 3)
    store: Store = app.store
    for number in range(4):
        store.save(question=f"{number} of 7?", graph=GRAPH, author="rina", status="accepted")
    found = problem_sets.saved(app, CURATOR, 3)
    assert [one.question for one in found] == ["1 of 7?", "2 of 7?", "3 of 7?"]
    with pytest.raises(DaggerError, match="curators"):
        problem_sets.saved(app, Person("visitor", False), 3)
