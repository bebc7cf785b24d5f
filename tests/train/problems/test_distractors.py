"""Distractors in questions that the bank did not write."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest

from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from dagger_core.numerals.mentions import mentions
from dagger_core.numerals.read import read_number
from train.problems import KINDS, distract
from train.problems.foreign import read_scene

QUESTIONS = {
    "en": [
        "Mr. Green had 12 parrots. He sold 5 of them. How many parrots does Mr. Green have left?",
        "Wendy bought 12 widgets and lost 5. How many are left?",
        "How many are 12 minus 5?",
        "12 - 5",
        "sam has 12 cards . he gave 5 cards to tim . how many cards does sam have now ?",
    ],
    "bn": [
        "রহিমের ১২টি আম ছিল। সে ৫টি খেল। তার কাছে কয়টি আম আছে?",
        "১২ থেকে ৫ বিয়োগ করলে কত হয়?",
        "একটি বাক্সে ১২টি রবার ছিল।  ৫টি হারিয়ে গেল।\nকয়টি রইল",
    ],
}


def graph() -> Graph:
    return Graph(
        [
            Node("n1", "const", val=12, label="twelve"),
            Node("d1", "const", val=Decimal(5), label="five"),
            Node("s1", "sub", args=("n1", "d1"), label="left"),
            Node("final_result", "identity", args=("s1",)),
        ]
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_answer_stays_and_every_new_number_has_a_node(kind, lang, count):
    for question in QUESTIONS[lang]:
        for seed in range(15):
            text, changed = distract(question, graph(), kind, count, Random(seed), lang)
            assert execute(changed).answer == 7
            assert changed.is_sorted
            assert not changed.duplicates
            new = [node for node in changed if node.id not in graph().index]
            assert len(new) >= count
            assert all(node.distractor and node.id not in changed.live for node in new)
            old = [found.value for found in mentions(question)]
            values = sorted(old + [read_number(node.val) for node in new])
            assert sorted(found.value for found in mentions(text)) == values, text


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_question_keeps_its_words_and_its_end(lang):
    for question in QUESTIONS[lang]:
        text, _ = distract(question, graph(), "RED", 2, Random(1), lang)
        assert text != question
        assert text.endswith(question.split(". ")[-1].split("। ")[-1].split("\n")[-1])
        place = 0
        for word in question.split():
            place = text.index(word, place)


def test_distractors_speak_about_the_person_and_thing_of_the_question():
    question = QUESTIONS["en"][1]
    texts = [distract(question, graph(), "NEED", 1, Random(seed), "en")[0] for seed in range(40)]
    assert any(text.count("Wendy") == 2 for text in texts)
    assert any(text.count("widgets") == 2 for text in texts)
    bangla = QUESTIONS["bn"][0]
    texts = [distract(bangla, graph(), "RED", 1, Random(seed), "bn")[0] for seed in range(40)]
    assert any(text.count("আম") > bangla.count("আম") for text in texts)


def test_numbers_are_written_in_the_digits_of_the_question():
    for seed in range(30):
        text, _ = distract("করিমের 12টি বই আছে। কয়টি বই?", graph(), "OAD", 1, Random(seed), "bn")
        assert not re.search("[০-৯]", text)
        text, _ = distract(QUESTIONS["bn"][0], graph(), "OAD", 1, Random(seed), "bn")
        assert not re.search("[0-9]", text)


def test_a_name_inside_a_longer_word_is_no_person():
    scene = read_scene("ববির ৫টি ফুলদানি আছে। কয়টি রইল?", Random(0), "bn")
    assert not scene.used


def test_new_numbers_are_none_that_the_graph_has():
    for seed in range(60):
        _, changed = distract(QUESTIONS["en"][1], graph(), "OAD", 1, Random(seed), "en")
        new = [node.val for node in changed if node.distractor]
        assert not {5, 12} & set(new)


def test_none_wanted_changes_nothing():
    question = QUESTIONS["en"][0]
    assert distract(question, graph(), "RED", 0, Random(0), "en") == (question, graph())


@pytest.mark.parametrize("question", ["", "   ", "\ue000 5?", "{A} [x|y] {#a}", "?" * 500])
def test_any_text_is_taken(question):
    text, changed = distract(question, graph(), "RED", 1, Random(0), "en")
    assert execute(changed).answer == 7
    assert text.endswith(question.rstrip()[-1:])


@pytest.mark.parametrize(
    ("kind", "count", "lang"), [("X", 1, "en"), ("RED", -1, "en"), ("RED", 1, "fr")]
)
def test_arguments_out_of_range_are_refused(kind, count, lang):
    with pytest.raises(ValueError, match="cannot insert"):
        distract("2 + 2", graph(), kind, count, Random(0), lang)
