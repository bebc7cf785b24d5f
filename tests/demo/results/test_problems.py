"""Problems of reports as work to look at, and what went wrong in words."""

from __future__ import annotations

import pytest

from demo.results.problems import gold_solution, mistake, solution
from demo.results.reports import Reports
from tests.demo.results.test_reports import CURATOR


def test_an_answer_is_a_piece_of_work_again(found: Reports) -> None:
    entry = found.entries()[0][0]
    row = next(row for row in entry.rows_for(CURATOR) or () if row["failure"])
    own, right = solution(row, entry.head), gold_solution(row)
    assert own.graph is not None
    assert right.graph is not None
    assert own.attempt is not None
    assert own.attempt.text == "add [1] [2]"
    assert right.score is not None
    assert right.score.correct


@pytest.mark.parametrize(
    ("kind", "detail", "english", "bangla"),
    [
        ("wrong_operation", "add for mul sub",
         "add in place of multiply, subtract", "গুণ, বিয়োগ-এর জায়গায় যোগ"),
        ("wrong_operation", "— for add", "without add", "যোগ করা হয়নি"),
        ("wrong_operation", "sum — for —", "sum — too many", "বাড়তি sum —"),
        ("wrong_order", "div mul", "divide, multiply", "ভাগ, গুণ"),
        ("rounding", "1.5 for 2", "1.5 in place of 2", "২-এর জায়গায় ১.৫"),
        ("distractor_used", "17", "17", "১৭"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_words(kind: str, detail: str, english: str, bangla: str) -> None:
    row = {"failure": {"kind": kind, "detail": detail}}
    assert mistake(row, "en").endswith(f": {english}")
    assert mistake(row, "bn").endswith(f": {bangla}")
