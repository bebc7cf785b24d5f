"""Rewards in TRL's shape: what is paid, by format and by option, each with a curve of its own."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest

from dagger_core.formats import FORMATS
from dagger_core.graph import Graph, Node
from dagger_core.score import score
from train.recipe import load
from train.rewards import (
    Rewards,
    distractor_f1,
    grounding,
    judge_of,
    score_compact,
    shaping,
    text_of,
)

QUESTION = "Mina has 12 pens and 5 books. She sells 4 pens. How many pens are left?"
FLAGGED = (Node("n2", "const", 5, distractor=True),)
GOLD = Graph(
    (
        Node("n1", "const", 12),
        *FLAGGED,
        Node("n3", "const", 4),
        Node("s1", "sub", args=("n1", "n3")),
        Node("final_result", "identity", args=("s1",)),
    )
)
GOOD = FORMATS["dagger_json"].write(GOLD, QUESTION)
TINY = load("tiny")


def pay(form: str, *texts: str, gold: str = "8", **options: Any) -> tuple[Rewards, list[Any]]:
    rewards = Rewards(TINY.changed(format=form, **options))
    columns = {
        "question": [QUESTION] * len(texts),
        "solution": [gold] * len(texts),
        "graph": [GOLD.to_json()] * len(texts),
        "log_metric": lambda name, value: logged[name].append(value),
    }
    logged.clear()
    turns = [[{"role": "assistant", "content": text}] for text in texts]
    paid = [function([], turns, **columns) for function in rewards.functions]
    return rewards, paid


logged: defaultdict[str, list[float]] = defaultdict(list)


def test_published_reward_is_the_score_of_the_core() -> None:
    broken = GOOD.replace("```", "")
    rewards, (paid,) = pay("dagger_json", GOOD, broken, "")
    assert paid == [score(text, "8").total for text in (GOOD, broken, "")] == [2.0, 0.0, 0.0]
    assert rewards.weights == [1.0]
    assert logged == {"parts/format": [1 / 3], "parts/executes": [1 / 3], "parts/correct": [1 / 3]}


def test_completions_may_be_text_or_conversations() -> None:
    assert text_of("a") == text_of([{"role": "assistant", "content": "a"}]) == "a"


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("sub [1] [3] ! [2]", 2.0),
        ("sub [1] [2]", 1.0),
        ("= const #8", 0.5),  # an answer that is only asserted, in one node
        ("sub [1] [9]", 0.0),  # a mention that is not there
        ("div [1] #0", 0.5),
        ("", 0.0),
        ("hello", 0.0),
    ],
)
def test_compact_is_paid_for_the_graph_that_it_means(text: str, total: float) -> None:
    assert score_compact(text, QUESTION, 8).total == total
    assert pay("compact", text)[1] == [[total]]


def test_trace_is_paid_with_the_recipes_weights() -> None:
    text = FORMATS["trace"].write(GOLD, QUESTION)
    full = judge_of(TINY.changed(format="trace"))(text, QUESTION, "8").total
    without = judge_of(TINY.changed(format="trace", structure_weight=0.0))(text, QUESTION, "8")
    assert full == pytest.approx(without.total + 0.25)
    pay("trace", text)
    assert set(logged) == {
        f"parts/{n}" for n in ("format", "correctness", "structure", "confidence")
    }


def test_options_are_off_and_have_curves_of_their_own() -> None:
    rewards, paid = pay("compact", "sub [1] [3] ! [2]", "sub [1] [3]", "hm")
    assert [function.__name__ for function in rewards.functions] == ["score"]
    rewards, paid = pay(
        "compact", "sub [1] [3] ! [2]", "sub [1] [3]", "hm",
        distractor_reward=0.5, grounding_reward=0.25, shaping_reward=0.1,
    )  # fmt: skip
    names = [function.__name__ for function in rewards.functions]
    assert names == ["score", "distractors", "grounding", "shaping"]
    assert rewards.weights == [1.0, 0.5, 0.25, 0.1]
    assert paid == [[2.0, 2.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 0.0]]
    assert rewards.total(0) == pytest.approx(2.0 + 0.5 + 0.25 + 0.1)
    assert rewards.parts(1) == {
        "format": 1.0, "executes": 1.0, "correct": 1.0,
        "distractors": 0.0, "grounding": 1.0, "shaping": 1.0,
    }  # fmt: skip


def test_distractor_f1() -> None:
    unmarked = Graph(tuple(node for node in GOLD if node not in FLAGGED))
    assert distractor_f1(GOLD, GOLD) == 1.0
    assert distractor_f1(unmarked, unmarked) == 1.0
    assert distractor_f1(unmarked, GOLD) == 0.0
    assert distractor_f1(None, GOLD) == 0.0
    assert distractor_f1(GOLD, None) is None
    both = Graph((Node("n1", "const", 12, distractor=True), *FLAGGED))
    assert distractor_f1(both, GOLD) == pytest.approx(2 / 3)


def test_grounding_pays_for_numbers_of_the_question() -> None:
    def answer(*nodes: Node, op: str = "sum") -> Graph:
        names = tuple(node.id for node in nodes)
        return Graph((*nodes, Node("final_result", op, args=names)))

    assert grounding(GOLD, QUESTION) == 1.0
    assert grounding(answer(Node("a", "const", 12), Node("b", "const", 77)), QUESTION) == 0.5
    assert grounding(answer(Node("a", "const", 7)), "How many days has a week?") == 1.0
    assert grounding(Graph((Node("final_result", "const", 8),)), QUESTION) == 0.0
    assert grounding(Graph((Node("final_result", "const", 12),)), QUESTION) == 1.0
    assert grounding(None, QUESTION) == 0.0


def test_shaping_pays_half_for_what_can_be_read() -> None:
    form = FORMATS["dagger_json"]
    bare = json.dumps(GOLD.to_obj())
    assert [shaping(text, QUESTION, form) for text in (GOOD, bare, bare[:-150], "no")] == [
        1.0, 0.5, 0.5, 0.0
    ]  # fmt: skip
