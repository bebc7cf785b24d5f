"""Splits: relatives in other files and languages stay together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dagger_core.diagnostics import RecipeError
from train.split import Row, families, held_out, read_rows


def rows(path: Path, *objects: dict[str, str]) -> list[Row]:
    path.write_text("\n".join(json.dumps(obj) for obj in objects), "utf-8")
    return read_rows(path)


def test_relatives_by_group_text_and_origin(tmp_path: Path) -> None:
    bn = rows(tmp_path / "bn.jsonl", {"question": "ক ৫ কত?", "group": "1", "en_question": "A 5 b?"})
    en = rows(tmp_path / "en.jsonl", {"question": "a  7, B ?", "group": "2"})
    made = rows(
        tmp_path / "made.jsonl",
        {"question": "A 7 b? Rain.", "group": "2", "seed_question": "other"},
        {"question": "Other!", "group": "3"},
        {"question": "Alone 4", "group": "4"},
    )
    family = families([*bn, *en, *made])
    kin = {family[row.keys[0]] for row in (*bn, *en, *made[:2])}
    assert len(kin) == 1
    assert family[made[2].keys[0]] not in kin


def test_share_and_files(tmp_path: Path) -> None:
    many = [{"question": f"{'x' * n} y{'z' * (n % 7)} {n}?"} for n in range(1, 400)]
    parts = {"a": rows(tmp_path / "a.jsonl", *many)}
    hidden = held_out(parts, {"": 0.2})
    share = sum(row.keys[0] in hidden for row in parts["a"]) / len(parts["a"])
    assert 0.13 < share < 0.27
    assert held_out(parts, {"": 0.2}) == hidden
    assert not held_out(parts, {})
    assert len(held_out(parts, {"a": 1.0})) == len({key for r in parts["a"] for key in r.keys})


def test_missing_file_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="data_dir"):
        read_rows(tmp_path / "none.jsonl")
