"""Which reports the Results page finds, and who may see their problems."""

from __future__ import annotations

import shutil

from demo.results.reports import Reports
from demo.services import Person

CURATOR, STRANGER = Person("rina", True, True), Person("visitor", False, False)


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
