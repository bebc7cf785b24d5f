"""Reports as tables: figures that sort and are shown in words, and CSV that does no harm."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from demo.results import tables
from demo.results.reports import Reports
from tests.demo.results.made import HOSTILE, make


def test_the_table_sorts_numbers_and_shows_words(found: Reports) -> None:
    shown: dict[str, Any] = tables.table(found.entries()[0], "bn")
    assert len(shown["headers"]) == len(tables.WIDTHS) == len(tables.kinds_of_columns())
    first, display = shown["data"][0], shown["metadata"]["display_value"][0]
    assert first[:5] == [1, "newer", "apples", 3, 66.7]
    assert display[:5] == ["১", "newer", "apples", "৩", "৬৬.৭"]
    rows = {row[1]: row for row in shown["data"]}
    assert rows["dagger-12B_SFT_GRPO"][4] == 69.4
    assert rows["dagger-12B_GRPO"][4] == 61.5
    assert "৬৯.৪" in rows["dagger-12B_GRPO"][-1]
    assert "arXiv 2601.06853" in rows["dagger-12B_GRPO"][-1], "a name is no number"
    assert rows["Gemma3-1B (SFT+GRPO)"][4] == 58


def test_set_by_set(tmp_path: Path) -> None:
    make(tmp_path, "ours", "1100", data="mgsm+d")
    shown = tables.by_set(Reports(tmp_path, tmp_path).entries()[0], "en")
    assert shown["headers"][1:5] == ["MGSM", "MSVAMP", "MGSM+D", "MSVAMP+D"]
    assert shown["data"][0][:6] == ["ours", None, None, 50.0, None, 50.0]
    assert shown["metadata"]["display_value"][0][1] == "–"
    assert ["dagger-4B_GRPO", 29.2, 57.1, 13.1, 29.3, 32.5, "47.3, 29.3"] in shown["data"]


def test_no_cell_is_a_formula(found: Reports) -> None:
    entry = found.entries()[0][0]
    report = {**entry.whole, "rows": [{**row, "text": HOSTILE} for row in entry.whole["rows"]]}
    rows = list(csv.DictReader(io.StringIO(tables.rows_csv(report))))
    assert [row["text"] for row in rows] == [f"'{HOSTILE}"] * 3
    assert {row["failure"] for row in rows} == {"", "wrong_operation"}
    table = list(csv.reader(io.StringIO(tables.table_csv([entry], "en"))))
    assert table[1][1] == "newer"


def test_numbered_lines_are_shown_in_bangla_and_stay_numbers() -> None:
    shown = tables.numbered(["#", "x"], [["a 1"]], "bn")
    assert shown["data"] == [[1, "a 1"]]
    assert shown["metadata"]["display_value"] == [["১", "a 1"]]
