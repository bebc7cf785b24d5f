"""What counts as the same question, and in which language it is."""

from __future__ import annotations

import pytest

from annotate.texts import language, normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A  pen.\n", "a pen ."),
        ("১২টি কলম", "12টি কলম"),
        ("ছেলেমে\u09af\u09bcে", "ছেলেমে\u09dfে"),
        ("ক্\u200dষ", "ক্ষ"),
        ("Straße", "STRASSE"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2.5 kg", "25 kg"), ("x² = 9", "x2 = 9"), ("7 - 3", "7 3"), ("½", "1/2"), ("a b", "ab")],
)
def test_not_the_same(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("রহিমের ৫টি কলম", "bn"),
        ("রজারের 5টি বল, ABC স্কুলে", "bn"),
        ("What is ৫ and 5?", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert language(text) == lang
