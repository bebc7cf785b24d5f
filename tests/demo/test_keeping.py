"""Keeping: who saved what where, what comes out again, and files that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import Store
from dagger_core.codegen import EXPORTS
from dagger_core.diagnostics import DaggerError
from dagger_core.graph import Graph, Node
from demo import keeping
from demo.services import CURATED, VISITORS, Person
from demo.solution import Attempt, Solution

CURATOR, VISITOR = Person("rina", True), Person("visitor", False)
GRAPH = Graph(
    [
        Node("n1", "const", 7, label="pens"),
        Node("n2", "const", 3),
        Node("final_result", "sub", args=("n1", "n2")),
    ]
)
QUESTION = "Mina had 7 pens and gave 3 away. How many has she?"
SOLUTION = Solution(QUESTION, "4", history=(GRAPH,), key="k")
WRONG = Graph([*GRAPH.nodes[:2], Node("final_result", "sub", args=("n1", "gone"))])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.sqlite3")
    yield opened
    opened.close()


def test_saved_with_author_model_and_answer(store: Store) -> None:
    attempt = Attempt("tiny", "model's text", WRONG)
    saved = keeping.save(store, SOLUTION.answered(attempt).step(GRAPH), CURATOR, "en")
    assert saved.saved_at.startswith("Saved at ")
    question = store.find_question(QUESTION)
    assert question is not None
    revision = store.latest(question.id)
    assert revision is not None
    assert (revision.id, revision.graph) == (saved.parent, GRAPH)
    assert (revision.author, revision.status, revision.reason) == ("rina", "accepted", "edited")
    (suggestion,) = store.suggestions(question.id)
    assert (suggestion.model, suggestion.text, suggestion.graph) == ("tiny", "model's text", WRONG)


@pytest.mark.parametrize(
    ("person", "graph", "gold", "status", "project"),
    [
        (CURATOR, GRAPH, "4", "accepted", CURATED),
        (CURATOR, GRAPH, "", "accepted", CURATED),
        (CURATOR, GRAPH, "5", "draft", CURATED),
        (CURATOR, WRONG, "", "draft", CURATED),
        (VISITOR, GRAPH, "4", "draft", VISITORS),
    ],
)
def test_status_and_project(
    store: Store, person: Person, graph: Graph, gold: str, status: str, project: str
) -> None:
    keeping.save(store, Solution(QUESTION, gold, history=(graph,)), person, "en")
    question = store.find_question(QUESTION, project)
    assert question is not None
    revision = store.latest(question.id)
    assert revision is not None
    assert revision.status == status
    other = VISITORS if project == CURATED else CURATED
    assert store.find_question(QUESTION, other) is None


def test_saving_again_goes_on_from_the_last(store: Store) -> None:
    first = keeping.save(store, SOLUTION, CURATOR, "en")
    second = keeping.save(store, first.step(WRONG).undo(), CURATOR, "en")
    assert second.parent is not None
    assert store.revision(second.parent).parent_id == first.parent


def test_conflict_keeps_both_and_the_next_save_counts(store: Store) -> None:
    keeping.save(store, SOLUTION, Person("<b>karim", True), "en")
    beside = keeping.save(store, SOLUTION, CURATOR, "en")
    assert "<b>karim saved another version" in beside.saved_at
    question = store.find_question(QUESTION)
    assert question is not None
    assert len(store.revisions(question.id)) == 2
    again = keeping.save(store, beside, CURATOR, "en")
    latest = store.latest(question.id)
    assert latest is not None
    assert (latest.id, latest.author) == (again.parent, "rina")


def test_a_parent_of_another_set_is_no_parent(store: Store) -> None:
    visited = keeping.save(store, SOLUTION, VISITOR, "en")
    curated = keeping.save(store, visited, CURATOR, "en")
    assert curated.parent is not None
    assert store.revision(curated.parent).parent_id is None


@pytest.mark.parametrize(
    ("solution", "said"),
    [
        (Solution(QUESTION), "no graph to save"),
        (Solution("", history=(GRAPH,)), "question is empty"),
        (Solution(QUESTION, "many", history=(GRAPH,)), "not a number"),
        (Solution(QUESTION, history=(Graph([Node("a\0", "const", 1)]),)), "NUL"),
    ],
)
def test_what_cannot_be_kept(store: Store, solution: Solution, said: str) -> None:
    with pytest.raises(DaggerError, match=said) as refused:
        keeping.save(store, solution, CURATOR, "en")
    assert refused.value.text("bn") != refused.value.text("en")
    assert store.find_question(QUESTION) is None


def test_downloads() -> None:
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
    for fmt, magic in begins.items():
        assert Path(keeping.download(SOLUTION, fmt, "bn")).read_bytes().startswith(magic)
    text = Path(keeping.download(SOLUTION, "json", "en")).read_text("utf-8")
    assert Graph.from_obj(json.loads(text)) == GRAPH
    with pytest.raises(DaggerError, match="no graph"):
        keeping.download(Solution(), "svg", "en")


def test_export_takes_what_is_accepted(store: Store) -> None:
    with pytest.raises(DaggerError, match="Nothing has been saved"):
        keeping.export(store, CURATOR, "sft", "en")
    keeping.save(store, SOLUTION, CURATOR, "en")
    keeping.save(store, Solution("Another 7 and 3?", history=(WRONG,)), CURATOR, "en")
    keeping.save(store, Solution("A third 7 and 3?", history=(GRAPH,)), VISITOR, "en")
    path, said = keeping.export(store, CURATOR, "sft", "en")
    (row,) = map(json.loads, Path(path).read_text("utf-8").splitlines())
    assert QUESTION in json.dumps(row["conversations"])
    assert row["response"].startswith("```json\n")
    assert said == "1 rows written"


def test_visitors_export_nothing(store: Store) -> None:
    keeping.save(store, SOLUTION, CURATOR, "en")
    with pytest.raises(DaggerError, match="Only curators"):
        keeping.export(store, VISITOR, "grpo", "en")


@pytest.mark.parametrize("name", sorted(EXPORTS))
@pytest.mark.parametrize("graph", [GRAPH, WRONG])
def test_a_graph_leaves_in_every_language(name: str, graph: Graph) -> None:
    path = Path(keeping.download(Solution(QUESTION, history=(graph,)), name, "bn"))
    assert path.suffix == EXPORTS[name].suffix
    assert path.stat().st_size > 0
