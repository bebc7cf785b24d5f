"""Asking, without a browser."""

from __future__ import annotations

import json

import pytest

from demo.asking import typed_before


def test_what_was_typed_over_the_question_that_was_asked() -> None:
    kept = json.dumps(["রিনার ৭টি", "Rina has"])
    assert typed_before(kept, "Rina has") == "রিনার ৭টি"
    assert typed_before(json.dumps(["Rina has", ""]), "") == "Rina has"


def test_what_was_typed_over_another_question_is_not_wanted() -> None:
    assert typed_before(json.dumps(["Rina has 5", "Rina has"]), "Mina has") == ""


@pytest.mark.parametrize(
    "hostile", [None, "", "[", "null", "3", '["a"]', "[1, 2]", '{"0": "a", "1": "b"}', "[" * 10_000]
)
def test_anything_else_is_nothing(hostile: str | None) -> None:
    assert typed_before(hostile, "") == ""
