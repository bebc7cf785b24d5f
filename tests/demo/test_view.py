"""What components show of a Solution; nothing that somebody wrote reaches markup as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from dagger_core.diagnostics import EditError, Lang
from dagger_core.graph import Graph, Node
from demo import actions, outcome, view
from demo.answering import Step
from demo.inspecting.telling import explanation
from demo.picture import picture_nodes
from demo.solution import Attempt, Solution
from tests.demo.solve_app import CLOSING, HOSTILE, MARKUP

LINK = (
    "[x](javascript:alert(1)) ![x](http://x.invalid/x.png) **b** # h <http://x.invalid> $x$ | a |"
)
TRICKS = (HOSTILE, MARKUP, CLOSING, LINK, "`code` </textarea>", "1. list\n\n# heading\n\n---")
GRAPH = Graph(
    [
        Node("n1", "const", 7),
        Node("n2", "const", 3),
        Node("n3", "const", 15, distractor=True),
        Node("final_result", "div", args=("n1", "n2")),
    ]
)
QUESTION = "7 pens for 3 children, aged 15; 99 days"
SOLUTION = Solution(QUESTION, history=(GRAPH,), key="k")


def tags(markdown: str) -> list[str]:
    """The elements that Markdown with HTML makes of a text, but for paragraphs."""
    html = MarkdownIt("commonmark", {"html": True}).render(markdown)
    return re.findall(r"<(?!/?p>)[^>]*>", html)


def hostile(trick: str) -> Solution:
    """A solution with a trick wherever a model or a person can write."""
    nodes = [
        Node(trick, "const", trick, label=trick),
        Node("b", trick, args=(trick, 1), label=trick),
        Node("final_result", "add", args=("b", trick, 2)),
    ]
    attempt = Attempt(trick, trick, Graph(nodes[:1]), finish_reason="length")
    return replace(
        Solution(f"{trick} 5 pens", gold=trick, attempt=attempt, history=(Graph(nodes),)),
        selected=trick,
        saved_at=trick,
        typed=f'{{"nodes": [{trick}',
    )


def markdowns(solution: Solution, lang: Lang) -> Iterator[str]:
    """Everything that goes to a Markdown component."""
    yield outcome.effort(solution, lang)
    yield view.json_state(solution, lang)
    yield view.save_state(solution, lang)
    yield view.problem(EditError("no-such-node", node=solution.selected), lang)
    yield view.problem(EditError(str(solution.selected)), lang)
    yield outcome.answer(solution, lang).removeprefix("## ")


@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_stay_text(trick: str, lang: Lang) -> None:
    for markdown in markdowns(hostile(trick), lang):
        assert [tag for tag in tags(markdown) if tag not in ("<strong>", "</strong>")] == []


@pytest.mark.parametrize("trick", TRICKS)
def test_pictures_of_tricks_have_no_links_and_no_scripts(trick: str) -> None:
    picture = view.picture(replace(hostile(trick), typed=None), "en", "light")
    assert picture.state in ("ready", "error")
    assert not re.search(r"<(?:script|img|a|foreignObject|image)\b", picture.svg)
    assert not re.search(r"\son\w+=|href=", re.sub(r">[^<]*<", "><", picture.svg))


def test_numbers_of_the_question_are_linked_to_their_nodes() -> None:
    question = view.numbers(SOLUTION, "en")
    found = [(QUESTION[m.start : m.end], m.use, m.nodes) for m in question.mentions]
    assert found == [
        ("7", "used", ("n0",)),
        ("3", "used", ("n1",)),
        ("15", "distractor", ("n2",)),
        ("99", "unused", ()),
    ]
    assert view.numbers(Solution(QUESTION), "en").mentions == ()


def test_picture_of_nothing_of_text_and_of_too_much() -> None:
    assert view.picture(Solution(), "en", "light").state == "empty"
    refused = Solution(attempt=Attempt("m", "no graph"))
    assert "no graph that can be read" in view.picture(refused, "en", "light").message
    nodes = [Node(f"n{i}", "const", i) for i in range(400)]
    large = view.picture(Solution(history=(Graph(nodes),)), "bn", "light")
    assert large.state == "error"
    assert "৪০০" in large.message
    assert "ছবি আঁকা হয়" in large.message


def test_picture_says_what_it_answers() -> None:
    broken = actions.set_json(SOLUTION.select("n2"), "{")
    picture = view.picture(broken, "en", "dark", ack=7)
    assert (picture.state, picture.ack, picture.selected) == ("stale", 7, "n1")
    assert picture.nodes == picture_nodes(GRAPH, SOLUTION.execution)
    assert not view.picture(SOLUTION, "en", "dark", busy="writing").editable


def test_findings_name_node_and_fix() -> None:
    toggled = SOLUTION.do(actions.Update("n1", {"distractor": True}))
    document = view.findings(toggled, "bn")
    item: dict[str, Any] = next(item for item in document["items"] if item["fixable"])
    assert item["node"] == "n0"
    assert item["node_id"] == "n1"
    assert re.search("[ঀ-৿]", item["text"])


def test_many_findings_are_cut_with_their_number() -> None:
    nodes = [Node(f"n{i}", "what", args=("gone",)) for i in range(100)]
    document = view.findings(Solution(history=(Graph(nodes),)), "en")
    assert len(document["items"]) == 30
    assert re.fullmatch(r"… and \d+ more\.", document["rest"])


def test_rows_and_json() -> None:
    assert view.rows(SOLUTION, "en")[-1] == [
        "final_result",
        "div",
        "n1, n2",
        "",
        False,
        "2.333333… (7/3)",
    ]
    assert view.rows(Solution(), "en") == []
    assert Graph.from_obj(json.loads(view.json_text(SOLUTION))) == GRAPH


def test_broken_json_says_where() -> None:
    broken = actions.set_json(SOLUTION, '{"nodes":\n [}')
    assert "line 2, column" in view.json_state(broken, "en").replace("\\", "")
    assert "লাইন" in view.json_state(broken, "bn")


def test_unknown_operation_stays_a_choice() -> None:
    assert ("frobnicate", "frobnicate") in view.operations("en", "frobnicate")
    assert view.operations("en", "")[0] == ("—", "")


def test_progress() -> None:
    assert view.progress(Step(SOLUTION), "en") == "Waiting for the model …"
    assert "১২" in view.progress(Step(SOLUTION, "x", 12), "bn")


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_explanation_knows_which_node_each_part_speaks_of(lang: Lang) -> None:
    shown = explanation(SOLUTION, lang)
    by_node = {item["node"]: item for item in shown["items"]}
    assert set(by_node) == {"n0", "n1", "n2", "n3"}
    assert by_node["n3"]["kind"] == "answer"
    assert {part["node"] for part in by_node["n3"]["parts"]} >= {"n0", "n1"}
    assert by_node["n2"]["kind"] == "distractor"


def test_explanation_of_nothing_says_so() -> None:
    assert explanation(Solution(), "bn")["empty"]


@pytest.mark.parametrize("trick", TRICKS)
def test_explanation_is_plain_text(trick: str) -> None:
    graph = Graph([Node("n1", "const", 7, label=trick), *GRAPH.nodes[1:]])
    shown = explanation(Solution(trick, history=(graph,)), "en")
    texts = [part["text"] for item in shown["items"] for part in item["parts"]]
    assert texts
    assert not any("\n" in text for text in texts)
