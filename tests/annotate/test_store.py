"""The record: what is saved is there, in order, for everybody, for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import sqlalchemy as sa

from annotate import NewQuestion, NewRevision, RevisionConflict, Store
from dagger_core.diagnostics import StoreError
from dagger_core.graph import Graph, Node

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE revision; --",
    "কত \u200d\u200c😀 \u202e\x01\x1f\x7f \\u0000 %s ${x}",
    "e\u0301 vs \u00e9",
)


def test_what_is_saved_is_read_back(store: Store, pens: Graph) -> None:
    saved = store.save(
        question="১২টি কলম, দাম ৪.৫০?",
        graph=pens,
        author="asha",
        status="accepted",
        answer="৫৪",
        reason="checked",
        model="tiny",
        model_text="{...}",
        model_graph=pens,
        settings={"temperature": 0.7},
        seconds=12.5,
    )
    assert store.revision(saved.id) == saved
    assert store.latest(saved.question_id) == saved
    assert saved.graph == pens
    assert (saved.author, saved.answer, saved.seconds) == ("asha", "৫৪", 12.5)
    assert abs((datetime.now(timezone.utc) - saved.at).total_seconds()) < 60
    question = store.question(saved.question_id)
    assert (question.lang, question.answer) == ("bn", "৫৪")
    (suggestion,) = store.suggestions(question.id)
    assert suggestion.id == saved.suggestion_id
    assert (suggestion.model, suggestion.graph, suggestion.settings) == (
        "tiny",
        pens,
        {"temperature": 0.7},
    )


def test_it_is_there_after_a_restart(url: str, pens: Graph) -> None:
    first = Store.open(url)
    saved = first.save(question="How many?", graph=pens, author="a")
    first.drafts.save("key", '{"unfinished": true}')
    first.close()
    again = Store.open(url)
    assert again.latest(saved.question_id) == saved
    draft = again.drafts.load("key")
    assert draft is not None
    assert draft.document == '{"unfinished": true}'
    again.close()


def test_the_database_refuses_changes(store: Store, pens: Graph) -> None:
    saved = store.save(question="q", graph=pens, author="a", model="m", model_text="t")
    store.comment(saved.question_id, author="a", text="?")
    for table in ("project", "question", "suggestion", "revision", "comment"):
        for change in (f"UPDATE {table} SET id = 99", f"DELETE FROM {table}"):
            with (
                pytest.raises(StoreError, match="append-only"),
                store.database.write() as session,
            ):
                session.execute(sa.text(change))
    assert store.latest(saved.question_id) == saved


def test_a_full_disk_is_told_and_tears_nothing(tmp_path: Path, pens: Graph) -> None:
    store = Store.open(tmp_path / "store.db")
    kept = store.save(question="q", graph=pens, author="a")
    with store.database.read() as session:
        pages = session.scalar(sa.text("PRAGMA page_count"))
        session.execute(sa.text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreError, match="disk is full"):
        store.save(question="q" * 20_000, graph=pens, author="a", reason="why" * 3_000)
    assert store.latest(kept.question_id) == kept
    assert store.find_question("q" * 20_000) is None
    store.close()


def test_any_past_state_can_be_shown(store: Store, pens: Graph) -> None:
    first = store.save(question="q", graph=pens, author="a", status="draft")
    second = store.save(question="q", graph=pens, author="a", status="accepted", parent=first.id)
    assert store.latest(first.question_id, at=first.at) == first
    assert store.latest(first.question_id, at=second.at) == second
    assert [e.question for e in store.examples("draft", at=first.at)] == ["q"]
    assert list(store.examples("draft")) == []


def test_two_people_on_one_item(store: Store, pens: Graph) -> None:
    base = store.save(question="q", graph=pens, author="a")
    theirs = store.save(question="q", graph=pens, author="b", parent=base.id, status="accepted")
    with pytest.raises(RevisionConflict, match="b saved this question") as caught:
        store.save(question="q", graph=pens, author="c", parent=base.id, status="discarded")
    conflict = caught.value
    assert conflict.theirs == theirs
    assert conflict.mine == store.revision(conflict.mine.id)
    assert store.latest(base.question_id) == theirs
    assert [r.author for r in store.revisions(base.question_id)] == ["a", "b", "c"]
    kept = store.save(question="q", graph=pens, author="c", parent=theirs.id, status="discarded")
    assert store.latest(base.question_id) == kept


def test_a_first_save_does_not_cover_another_first_save(store: Store, pens: Graph) -> None:
    theirs = store.save(question="q", graph=pens, author="a")
    with pytest.raises(RevisionConflict):
        store.save(question="q", graph=pens, author="b")
    assert store.latest(theirs.question_id) == theirs


def test_a_parent_of_another_question_is_refused(store: Store, pens: Graph) -> None:
    other = store.save(question="other", graph=pens, author="a")
    with pytest.raises(StoreError, match=f"Revision {other.id} is not a revision of"):
        store.save(question="q", graph=pens, author="a", parent=other.id)


def test_fifty_threads_lose_nothing(store: Store, pens: Graph) -> None:
    def work(worker: int) -> list[int]:
        shared = store.save(question=f"own {worker}", graph=pens, author=str(worker))
        ids = [shared.id]
        try:
            ids.append(store.save(question="everybody's", graph=pens, author=str(worker)).id)
        except RevisionConflict as conflict:
            ids.append(conflict.mine.id)
        return ids

    with ThreadPoolExecutor(50) as pool:
        ids = [i for pair in pool.map(work, range(50)) for i in pair]
    assert len(set(ids)) == 100
    question = store.find_question("everybody's")
    assert question is not None
    revisions = store.revisions(question.id)
    assert {r.author for r in revisions} == {str(w) for w in range(50)}
    heads = [r for r in revisions if r.conflicts_with is None]
    assert [store.latest(question.id)] == heads


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    graph = Graph([Node("final_result", "const", 1, label=text)])
    saved = store.save(
        question=text,
        graph=graph,
        author=text,
        reason=text,
        model=text,
        model_text=text,
        settings={text: text},
    )
    assert store.question(saved.question_id).text == text.strip()
    assert store.revision(saved.id) == saved
    assert saved.graph == graph
    assert (saved.author, saved.reason) == (text, text)
    assert store.suggestions(saved.question_id)[0].text == text


@pytest.mark.parametrize("field", ["question", "author", "reason", "model_text", "answer"])
@pytest.mark.parametrize(
    ("character", "words"), [("\0", "NUL character"), ("\ud800", "half a character")]
)
def test_what_no_database_takes_is_refused(
    store: Store, pens: Graph, field: str, character: str, words: str
) -> None:
    given = {"question": "q", "author": "a", "model": "m", "answer": "5"}
    given[field] = f"{given.get(field, '')} kg{character}"
    with pytest.raises(StoreError, match=words):
        store.save(graph=pens, **given)  # type: ignore[arg-type]
    assert store.find_question("q") is None


@pytest.mark.parametrize(
    ("value", "words"),
    [("a\0b", "NUL"), ("\udcff", "half a character"), ("x" * 1_000_001, "limit is 1,000,000")],
)
def test_a_graph_that_cannot_be_kept_is_refused(store: Store, value: str, words: str) -> None:
    graph = Graph([Node("final_result", "const", 1, label=value)])
    with pytest.raises(StoreError, match=words):
        store.save(question="q", graph=graph, author="a")


def test_a_deep_value_is_refused(store: Store) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    graph = Graph([Node("final_result", "const", deep)])
    with pytest.raises(StoreError, match="nested too deeply"):
        store.save(question="q", graph=graph, author="a")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"question": "  "}, "question is empty"),
        ({"question": "x" * 20_001}, "20,001 characters; the limit is 20,000"),
        ({"answer": "blue"}, "not a number: 'blue'"),
        ({"answer": "1e999"}, "too large"),
        ({"status": "done"}, "no status 'done'; use one of pending, draft, accepted"),
        ({"author": "x" * 201}, "author's name has 201"),
    ],
)
def test_bad_input_is_refused_with_words(
    store: Store, pens: Graph, given: dict[str, str], words: str
) -> None:
    with pytest.raises(StoreError, match=words):
        store.save(**{"question": "q", "graph": pens, "author": "a", **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "stored"),
    [
        (7, "7"),
        (Fraction(1, 3), "1/3"),
        (Decimal("45.60"), "45.60"),
        (0.1, "0.1"),
        (" ১২টি ", "১২টি"),
        ("", None),
        (None, None),
    ],
)
def test_answers_are_kept_exactly(
    store: Store, pens: Graph, answer: object, stored: str | None
) -> None:
    saved = store.save(question="q", graph=pens, author="a", answer=answer)  # type: ignore[arg-type]
    assert saved.answer == stored


def test_decimals_come_back_as_written(store: Store) -> None:
    graph = Graph([Node("final_result", "const", Decimal("45.60")), Node("b", "const", 10**30)])
    saved = store.save(question="q", graph=graph, author="a")
    assert saved.graph is not None
    assert [str(node.val) for node in saved.graph] == ["45.60", str(10**30)]


def test_the_same_question_in_other_clothes(store: Store, pens: Graph) -> None:
    first = store.save(question="Rahim has 12 pens . How many?", graph=pens, author="a")
    again = store.save(
        question=" rahim  has ১২ pens. How many ?", graph=pens, author="b", parent=first.id
    )
    assert again.question_id == first.question_id
    other = store.save(question="Rahim has 1.2 pens. How many?", graph=pens, author="a")
    assert other.question_id != first.question_id


def test_projects_are_apart(store: Store, pens: Graph) -> None:
    one = store.save(question="q", graph=pens, author="a", project="visitors", status="accepted")
    two = store.save(question="q", graph=pens, author="b", project="curated", status="accepted")
    assert one.question_id != two.question_id
    assert store.projects() == ["visitors", "curated"]
    assert [e.id for e in store.examples(project="curated")] == [f"q{two.question_id}"]


def test_a_flag_proposes_an_answer(store: Store, pens: Graph) -> None:
    question = store.add_question(NewQuestion("q", answer=50))
    flagged = store.revise(
        question.id, NewRevision(pens, "flagged", "a", answer=54, reason="gold is wrong")
    )
    assert store.question(question.id).answer == "50"
    assert (flagged.answer, flagged.reason) == ("54", "gold is wrong")


def test_tracks_are_independent(store: Store, pens: Graph) -> None:
    question = store.add_question(NewQuestion("q"))
    asha = store.revise(question.id, NewRevision(pens, "accepted", "asha", track="asha"))
    bela = store.revise(question.id, NewRevision(None, "discarded", "bela", track="bela"))
    assert store.latest(question.id) is None
    assert store.latest(question.id, track="asha") == asha
    assert store.latest(question.id, track="bela") == bela


def test_examples_stream_a_frozen_state(store: Store, pens: Graph) -> None:
    for number in range(5):
        store.save(question=f"q{number}", graph=pens, author="a", status="accepted", answer=54)
    reading = store.examples()
    first = next(reading)
    store.save(question="later", graph=pens, author="a", status="accepted")
    rest = list(reading)
    assert [e.question for e in (first, *rest)] == [f"q{n}" for n in range(5)]
    assert first.answer == 54
    assert first.graph == pens


def test_examples_of_more_than_one_page(
    store: Store, pens: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.reading.PAGE", 3)
    for number in range(7):
        store.save(question=f"q{number}", graph=pens, author="a", status="accepted")
    assert len(list(store.examples())) == 7


def test_comments_are_kept_in_order(store: Store) -> None:
    question = store.add_question(NewQuestion("q"))
    store.comment(question.id, author="a", text="first")
    store.comment(question.id, author="b", text="second")
    assert [(c.author, c.text) for c in store.comments(question.id)] == [
        ("a", "first"),
        ("b", "second"),
    ]
    with pytest.raises(StoreError, match="no question 999"):
        store.comment(999, author="a", text="?")
