"""Example lines: there and back, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dagger_core.diagnostics import ExampleError
from dagger_core.example import Example
from dagger_core.graph import Graph, Node
from dagger_core.numerals import Number

GRAPH = Graph(
    [Node("n1", "const", 7, label="\u2028কলম\n"), Node("final_result", "identity", None, ("n1",))]
)


@pytest.mark.parametrize(
    "answer", [7, -3, Fraction(1, 3), Fraction(228, 5), 10**30, 0.5**0.5, None]
)
def test_there_and_back(answer: Number | None) -> None:
    example = Example("কত?", GRAPH, answer, "bn", "src", "x-1", "g", "inserted", "train")
    line = example.to_line()
    assert "\n" not in line
    back = Example.from_line(line)
    assert back == example or isinstance(answer, float)
    assert back.answer == answer or float(back.answer or 0) == answer


def test_a_row_of_the_open_data() -> None:
    line = (
        '{"id": "asdiv-1", "source": "asdiv", "lang": "en", "question": "Nine and 7?", '
        '"answer": 0.10, "graph": {"nodes": [{"id": "final_result", "op": "const", "val": 0.1}]}, '
        '"distractor_type": null, "tier": "A", "flags": [], "group": "5ca9", "split": "open"}'
    )
    example = Example.from_line(line)
    assert example.answer == Fraction(1, 10)
    assert example.graph is not None
    assert (example.id, example.group, example.split) == ("asdiv-1", "5ca9", "open")
    assert example.distractor_type is None


def test_all_but_the_question_may_be_missing() -> None:
    assert Example.from_line('{"question": "q", "graph": null, "id": 7}') == Example("q", id="7")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Not an example"),
        ("{", "truncated"),
        ("[1]", "Expected `object`"),
        ('{"answer": 1}', "missing required field `question`"),
        ('{"question": 5}', r"Expected `str`, got `int` - at `\$.question`"),
        ('{"question": "q", "answer": "blue"}', "answer is not a number: 'blue'"),
        ('{"question": "q", "answer": true}', "answer is not a number: True"),
        ('{"question": "q", "answer": "1e999"}', "too large"),
        ('{"question": "q", "graph": [1]}', "Not a graph"),
        ('{"question": "q", "graph": ' + "[" * 9999, "Not an example"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, words: str) -> None:
    with pytest.raises(ExampleError, match=words):
        Example.from_line(line)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(ExampleError, match="Not an example"):
        Example.from_line(b'{"question": "\xff"}')
