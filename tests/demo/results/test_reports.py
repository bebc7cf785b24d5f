"""What the Results page is told: reports found, rows and figures, and who may see what."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("gradio")

from dagger_core.example import Example
from dagger_core.formats import FORMATS
from dagger_core.generate import ScriptedGenerator, Settings
from demo.results import reports
from demo.results.reports import Reports
from demo.services import Person
from train.evaluate import Asker, EvaluationSet, evaluate
from train.evaluate.items import Item
from train.evaluate.writing import save

CURATOR, STRANGER = Person("rina", True, True), Person("visitor", False, False)
QUESTION = "Ann had 26 apples{}. Ann ate {}. How many does Ann have?"
COMPACT = FORMATS["compact"]
HOSTILE = '=HYPERLINK("http://x")<script>window.pwned=1</script>'


def make(runs: Path, title: str, right: str, data: str = "apples", first: int = 3) -> Path:
    """A report on problems that a script gets right (1) or wrong (0), in this order.

    Every other one has a distractor, and is wrong for using it; the rest have a wrong operation.
    """
    texts, items = {}, []
    for number, mark in enumerate(right, 1):
        odd = number % 2 == 1
        question = QUESTION.format(" and Bob 17" * odd, first + number) + " Please." * number
        gold = "sub [1] [3] ! [2]" if odd else "sub [1] [2]"
        graph = COMPACT.read(gold, question).graph
        texts[question] = gold if mark == "1" else "sub [2] [3]" if odd else "add [1] [2]"
        items.append(Item(data, number, Example(question, graph), ("RED",) if odd else ()))
    asker = Asker(ScriptedGenerator(texts, name=title), Settings(format="compact"))
    report = evaluate(asker, [EvaluationSet(data, items)])
    return save({**report, "at": f"2026-01-0{len(title) % 9}T10:00:00+00:00"}, None, runs)


@pytest.fixture
def found(tmp_path: Path) -> Reports:
    make(tmp_path / "runs", "old", "110")
    make(tmp_path / "runs", "newer", "101")
    (tmp_path / "models" / "mini").mkdir(parents=True)
    return Reports(tmp_path / "runs", tmp_path / "models")


def test_reports_are_found_newest_first_and_broken_ones_named(found: Reports) -> None:
    (found.folder / "broken.json").write_text('{"rows": []}')
    entries, broken = found.entries()
    assert [entry.head["title"] for entry in entries] == ["newer", "old"]
    assert broken == ["broken.json"]
    assert all("rows" not in entry.head for entry in entries)
    assert found.find("../../etc/passwd") is None
    assert found.find(entries[0].key) == entries[0]


def test_a_rewritten_report_is_read_again(found: Reports) -> None:
    entry = found.entries()[0][0]
    text = entry.path.read_text("utf-8").replace('"title": "newer"', '"title": "newest"')
    entry.path.write_text(text, "utf-8")
    assert found.find(entry.key) is not None
    assert {e.head["title"] for e in found.entries()[0]} == {"newest", "old"}


def test_only_curators_see_problems_but_those_that_ship(found: Reports) -> None:
    entry = found.entries()[0][0]
    assert entry.rows_for(STRANGER) is None
    assert len(entry.rows_for(CURATOR) or ()) == 3
    shutil.copy(entry.path, found.models / "mini" / "report.json")
    shipped = found.find("models/mini")
    assert shipped is not None
    assert len(shipped.rows_for(STRANGER) or ()) == 3
    assert shipped.stale, "the folder has no weights that it was made with"


def test_the_table_sorts_numbers_and_shows_words(found: Reports) -> None:
    shown: dict[str, Any] = reports.table(found.entries()[0], "bn")
    assert len(shown["headers"]) == len(reports.WIDTHS) == len(reports.kinds_of_columns())
    first, display = shown["data"][0], shown["metadata"]["display_value"][0]
    assert first[:5] == [1, "newer", "apples", 3, 66.7]
    assert display[:5] == ["১", "newer", "apples", "৩", "৬৬.৭"]
    rows = {row[1]: row for row in shown["data"]}
    assert rows["dagger-12B_SFT_GRPO"][4] == 69.4
    assert rows["dagger-12B_GRPO"][4] == 61.5
    assert "69.4" in rows["dagger-12B_GRPO"][-1]
    assert rows["Gemma3-1B (SFT+GRPO)"][4] == 58


def test_set_by_set(tmp_path: Path) -> None:
    make(tmp_path, "ours", "1100", data="mgsm+d")
    shown = reports.by_set(Reports(tmp_path, tmp_path).entries()[0], "en")
    assert shown["headers"][1:5] == ["MGSM", "MSVAMP", "MGSM+D", "MSVAMP+D"]
    assert shown["data"][0][:6] == ["ours", None, None, 50.0, None, 50.0]
    assert shown["metadata"]["display_value"][0][1] == "–"
    assert ["dagger-4B_GRPO", 29.2, 57.1, 13.1, 29.3, 32.5, "47.3, 29.3"] in shown["data"]


def test_an_answer_is_a_piece_of_work_again(found: Reports) -> None:
    entry = found.entries()[0][0]
    row = next(row for row in entry.rows_for(CURATOR) or () if row["failure"])
    own, right = reports.solution(row, entry.head), reports.gold_solution(row)
    assert own.graph is not None
    assert right.graph is not None
    assert own.attempt is not None
    assert own.attempt.text == "add [1] [2]"
    assert right.score is not None
    assert right.score.correct


def test_no_cell_is_a_formula(found: Reports) -> None:
    entry = found.entries()[0][0]
    report = {**entry.whole, "rows": [{**row, "text": HOSTILE} for row in entry.whole["rows"]]}
    rows = list(csv.DictReader(io.StringIO(reports.rows_csv(report))))
    assert [row["text"] for row in rows] == [f"'{HOSTILE}"] * 3
    assert {row["failure"] for row in rows} == {"", "wrong_operation"}
    table = list(csv.reader(io.StringIO(reports.table_csv([entry], "en"))))
    assert table[1][1] == "newer"
