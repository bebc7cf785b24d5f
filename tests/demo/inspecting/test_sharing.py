"""Links: what they hold, what they bring, and that nobody's work is lost to one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import Store
from dagger_core.diagnostics import DaggerError
from dagger_core.graph import Graph, Node
from dagger_core.permalink import write_link
from demo.inspecting.sharing import link_of, open_link, put_aside, swapped
from demo.services import DraftBox, new_browser_key
from demo.solution import Solution, new_key

QUESTION = "রাজুর ৭টি কলম আছে। 3 were lost. How many?"
GRAPH = Graph([Node("n1", "const", 7), Node("final_result", "sub", args=("n1", 3))])
WORK = Solution(QUESTION, history=(GRAPH,), key=new_key())
KEY = new_browser_key()


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[DraftBox]:
    box = DraftBox(Store.open(tmp_path / "drafts.sqlite3"))
    yield box
    box.close()


def test_a_link_brings_the_question_and_the_graph() -> None:
    opened = open_link(link_of(WORK, "what is typed meanwhile"))
    assert (opened.question, opened.graph) == (QUESTION, GRAPH)
    assert opened.key != WORK.key


def test_without_a_graph_a_link_holds_what_is_typed() -> None:
    assert open_link(link_of(Solution(), QUESTION)).question == QUESTION
    with pytest.raises(DaggerError):
        link_of(Solution(), "  ")


@pytest.mark.parametrize(
    "link", ["", "1.", "x", "1.AAAA", "9999.AAAA", "<script>", "1." + "A" * 40_000, "\0", "1.é"]
)
def test_what_is_no_link_is_refused_in_both_languages(link: str) -> None:
    with pytest.raises(DaggerError) as refused:
        open_link(link)
    assert refused.value.text("en") != refused.value.text("bn")


@pytest.mark.parametrize("question", ["", " \0 ", "12 pens " * 2000])
def test_a_question_that_no_page_takes_is_refused(question: str) -> None:
    with pytest.raises(DaggerError):
        open_link(write_link(question, GRAPH))


def test_work_is_put_aside_and_comes_back(drafts: DraftBox) -> None:
    drafts.put(KEY, WORK)
    opened = open_link(link_of(Solution(), "Another question with 5 pens?"))
    put_aside(drafts, KEY, opened)
    assert drafts.get(KEY) == opened
    back = swapped(drafts, KEY, opened)
    assert (back.question, back.graph) == (QUESTION, GRAPH)
    there = swapped(drafts, KEY, back)
    assert there.question == opened.question


def test_nothing_is_put_aside_where_nothing_was(drafts: DraftBox) -> None:
    put_aside(drafts, KEY, WORK)
    assert swapped(drafts, KEY, WORK) is WORK
