"""Sets: what is read from which source, and what is named and left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dagger_core.diagnostics import SourceError
from dagger_core.formats import FORMATS
from train.evaluate import EvaluationSet, load_sets
from train.evaluate.sets import bank, read_set

QUESTION = "Ann had 26 apples and Bob 17. Ann ate 9. How many does Ann have?"
GRAPH = FORMATS["compact"].read("sub [1] [3] ! [2]", QUESTION).graph


def lines(path: Path, *rows: Any) -> Path:
    texts = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path


def load(path: Path, *rows: Any, limit: int = 0) -> EvaluationSet:
    return load_sets([str(lines(path, *rows))], limit)[0]


def test_answers_in_any_script(tmp_path: Path) -> None:
    given = [12, "১২", "1,200", "১২,০০,০০০", "12 টাকা", "১/২", "… so #### 72", 2.5]
    rows = [{"question": f"q{n}", "answer": answer} for n, answer in enumerate(given)]
    found = load(tmp_path / "a.jsonl", *rows)
    assert [str(item.gold) for item in found.items] == [
        *("12", "12", "1200", "1200000", "12", "1/2", "72", "5/2")
    ]
    assert found.troubles == []
    assert found.items[4].stated == "12 টাকা"


def test_bad_rows_are_named_and_the_rest_is_there(tmp_path: Path) -> None:
    found = load(
        tmp_path / "a.jsonl",
        {"question": "good", "answer": 1},
        "{not json",
        {"question": "about?", "answer": "about five"},
        {"question": " ", "answer": 1},
        {"question": "good ", "answer": 1},
        {"question": "good", "answer": 2},
        {"question": "open", "answer": None},
        {"question": "graph", "answer": 1, "graph": "none"},
        {"question": "huge", "answer": "1e999"},
        {"question": ["no"], "answer": 1},
    )
    assert [item.question for item in found.items] == ["good", "open"]
    said = {trouble.number: trouble.text for trouble in found.troubles}
    assert sorted(said) == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    words = {
        2: "Not a JSON object",
        3: "not a number: 'about five'",
        4: "empty",
        5: "repeats row 1.",
        6: "repeats row 1, with another answer",
        7: "no answer",
        8: "no graph",
        9: "too large",
        10: "not text",
    }
    assert all(word in said[number] for number, word in words.items()), said


def test_a_set_without_answers_says_so_once(tmp_path: Path) -> None:
    found = load(tmp_path / "a.jsonl", {"question": "a"}, {"question": "b"})
    assert len(found.items) == 2
    assert [trouble.number for trouble in found.troubles] == [0]
    assert "has no answers" in found.troubles[0].text


def test_an_empty_file_and_one_without_questions(tmp_path: Path) -> None:
    assert "no problem" in load(tmp_path / "a.jsonl").troubles[0].text
    with pytest.raises(SourceError, match=r"which column is the question.*frage"):
        load(tmp_path / "b.jsonl", {"frage": "a"}, {"frage": "b"})


@pytest.mark.parametrize(
    ("row", "gold", "kinds", "distractors"),
    [
        ({"question": "q", "answer_number": 18}, 18, (), None),
        ({"m_query": "q", "response": "৭"}, 7, (), None),
        (
            {
                "original_question": "Ann has 5 pens. How many?",
                "modified_question": "Ann has 5 pens. Bob has 8. How many?",
                "ground_truth": "5",
                "augmentation_type": "Related Entity Distractor (RED)",
            },
            5,
            ("RED",),
            {8: 1},
        ),
        ({"question": "q", "answer": "6*2=12 #### 12"}, 12, (), None),
        ({"question": QUESTION, "graph": GRAPH and GRAPH.to_obj()}, 17, (), {17: 1}),
        (
            {"question": "q", "answer": 1, "distractor_type": "null-effect event"},
            1,
            ("NEED",),
            None,
        ),
        ({"question": "q", "answer": 1, "distractor_type": "odd"}, 1, ("odd",), None),
    ],
)
def test_published_schemas(
    tmp_path: Path, row: Any, gold: int, kinds: tuple[str, ...], distractors: Any
) -> None:
    item = load(tmp_path / "a.jsonl", row).items[0]
    assert (item.gold, item.kinds, item.distractors) == (gold, kinds, distractors)


def test_names_of_sets(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.b.jsonl", {"question": "q", "answer": 1})
    sets = load_sets([str(path), str(path), f"mgsm+d={path}"])
    assert [one.name for one in sets] == ["a.b", "a.b (2)", "mgsm+d"]
    assert [one.items[0].distracted for one in sets] == [False, False, True]
    with pytest.raises(SourceError, match="no file or folder"):
        load_sets([str(tmp_path / "nothing.jsonl")])
    with pytest.raises(SourceError, match="Which problems"):
        load_sets([])


def test_only_the_first_rows(tmp_path: Path) -> None:
    rows = [{"question": f"q{n}", "answer": n} for n in range(9)]
    assert len(load(tmp_path / "a.jsonl", *rows, limit=4).items) == 4


def test_the_bank_is_the_same_every_time() -> None:
    one, other = (read_set("bank", bank(), 30) for _ in range(2))
    assert [item.question for item in one.items] == [item.question for item in other.items]
    assert {kind for item in one.items for kind in item.kinds} <= {"RED", "OAD", "NEED"}
    assert all(item.operations and item.gold is not None for item in one.items)
