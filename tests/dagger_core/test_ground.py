"""Which number of the question a const stands for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.graph import Graph, Node
from dagger_core.ground import ground, number_label
from dagger_core.numerals import mentions
from tests.wild import GRAPHS

QUESTION = "Ann has 5 red pens. Bob has 5 blue pens and 20% of ৩০ books. Two thirds are old."


def consts(*values: Any, labels: tuple[str, ...] = ()) -> Graph:
    names = [*labels, *[""] * (len(values) - len(labels))]
    return Graph(
        Node(f"c{i}", "const", value, label=label)
        for i, (value, label) in enumerate(zip(values, names, strict=True))
    )


def places(graph: Graph) -> dict[str, tuple[int, int]]:
    found = ground(graph, QUESTION).places
    return {key: (place.mention, place.reading) for key, place in found.items()}


@given(GRAPHS, st.text() | st.just(QUESTION))
def test_both_ways_agree(graph: Graph, question: str) -> None:
    grounding = ground(graph, question)
    for node_id, place in grounding.places.items():
        mention = grounding.mentions[place.mention]
        assert mention.readings[place.reading] == grounding.values[node_id]
        assert grounding.mention_of(node_id) is mention
        assert node_id in grounding.nodes_of[place.mention]
    own = [(p.mention, p.reading) for p in grounding.places.values() if not p.shared]
    assert len(own) == len(set(own))
    assert set(grounding.unused) | set(grounding.nodes_of) == set(range(len(grounding.mentions)))
    assert not set(grounding.unknown) & set(grounding.places)


def test_in_the_order_of_the_text() -> None:
    assert places(consts(5, 5, "২০", 30)) == {
        "c0": (0, 0),
        "c1": (1, 0),
        "c2": (2, 0),
        "c3": (3, 0),
    }


def test_labels_come_before_order() -> None:
    quoted = consts(5, 5, labels=("5 blue pens", "5 red"))
    assert places(quoted) == {"c0": (1, 0), "c1": (0, 0)}
    resembling = consts(5, 5, labels=("Bob's blue ones", "of Ann"))
    assert places(resembling) == {"c0": (1, 0), "c1": (0, 0)}


def test_other_readings_of_a_mention() -> None:
    assert places(consts(Fraction(1, 5), "2/3", 2, 3)) == {
        "c0": (2, 1), "c1": (4, 0), "c2": (4, 1), "c3": (4, 2),
    }  # fmt: skip


def test_more_nodes_than_mentions_share_the_first() -> None:
    grounding = ground(consts(30, "30"), QUESTION)
    assert [(p.mention, p.shared) for p in grounding.places.values()] == [(3, False), (3, True)]
    assert grounding.nodes_of == {3: ("c0", "c1")}
    assert grounding.mention_of("c1") == grounding.mentions[3]
    assert grounding.unused == [0, 1, 2, 4]


def test_what_stands_nowhere() -> None:
    grounding = ground(consts(7, 77, 100, 0, "1e999", "x"), "How many in a week?")
    assert grounding.unknown == ["c1"]
    assert grounding.mention_of("c0") is None


def test_labels_for_mentions() -> None:
    labels = [number_label(QUESTION, mention.start, mention.end) for mention in mentions(QUESTION)]
    assert labels == [
        "5 red pens",
        "5 blue pens",
        "20%",
        "৩০ books",
        "Two thirds are old",
    ]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("She baked 12 pies, ate 3 and sold the rest.", ["12 pies", "3"]),
        ("For 10 buns at Tk 51 a piece and 2 more.", ["10 buns", "51 a piece", "2 more"]),
        ("৪টি প্যাকেটে ৩টি করে রাবার, আসিফের ৭টি।", ["৪টি প্যাকেটে", "৩টি করে রাবার", "৭টি"]),
        ("A man of 40 . Then 5 more ?", ["40", "5 more"]),
    ],
)
def test_a_label_ends_with_its_clause_and_before_the_next_number(
    question: str, labels: list[str]
) -> None:
    found = mentions(question)
    assert [number_label(question, one.start, one.end) for one in found] == labels
