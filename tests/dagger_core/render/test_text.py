from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dagger_core.render.text import clean, clusters, quoted, shorten, wrap


def test_clusters_keep_bangla_letters_whole():
    assert list(clusters("চূড়ান্ত")) == ["চূ", "ড়া", "ন্ত"]
    assert list(clusters("প্রতিটি")) == ["প্র", "তি", "টি"]
    assert list(clusters("ক্ষ্ম")) == ["ক্ষ্ম"]


@given(st.text(max_size=80))
def test_clusters_lose_no_more_than_piled_up_marks(text: str):
    joined = "".join(clusters(text))
    assert len(joined) <= len(text)
    if len(text) <= 8:
        assert joined == text


def test_shorten_cuts_between_letters_and_says_so():
    assert shorten("চূড়ান্ত উত্তর", 4) == "চূড়ান্ত…"
    assert shorten("short", 5) == "short"
    assert shorten("a" * 10_000, 5) == "aaaa…"


def test_wrap_breaks_at_spaces_and_inside_long_words():
    assert wrap("one two three four", 9, 3) == ["one two", "three", "four"]
    assert wrap("abcdefghij", 4, 3) == ["abcd", "efgh", "ij"]
    assert wrap("one two three four", 9, 2) == ["one two", "three…"]
    assert wrap("", 9, 2) == []
    assert wrap(" \n\t ", 9, 2) == []


@given(st.text(max_size=300), st.integers(2, 20), st.integers(1, 4))
def test_wrap_stays_within_its_frame(text: str, width: int, lines: int):
    rows = wrap(text, width, lines)
    assert len(rows) <= lines
    assert all(len(list(clusters(row))) <= width for row in rows)


def test_clean_piles_nothing_up():
    assert len(clean("a" * 10_000)) < 700
    assert len(shorten("a" + "\u0301" * 500, 10)) <= 8


def test_quoted_leaves_nothing_to_interpret():
    assert quoted(["<b>", "\\N & &lt;"]) == "<b>\\n\\\\N &amp; &amp;lt;"
