from __future__ import annotations

import time
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dagger_core.numerals import Mention, mentions

HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)

# text -> (value, kind, span) of each mention
NUMERALS = {
    "১৮ জন, ৬২টি আর 7": [(18, "digit", "১৮"), (62, "digit", "৬২"), (7, "digit", "7")],
    "1,20,000 বা ১,২০,০০০": [(120000, "digit", "1,20,000"), (120000, "digit", "১,২০,০০০")],
    "৩১৩,৪৭৩ and 1,234,567": [(313473, "digit", "৩১৩,৪৭৩"), (1234567, "digit", "1,234,567")],
    "1,2,3": [(1, "digit", "1"), (2, "digit", "2"), (3, "digit", "3")],
    "১.৫ কেজি, $.50": [(Fraction(3, 2), "digit", "১.৫"), (HALF, "digit", ".50")],
    "$5, ৳৫০, $400 000, rs500": [
        (5, "digit", "5"),
        (50, "digit", "৫০"),
        (400000, "digit", "400 000"),
        (500, "digit", "500"),
    ],
    "তার৩০ টাকা": [(30, "digit", "৩০")],
    "20% বা ২০ শতাংশ, 12.5 percent": [
        (20, "percent", "20%"),
        (20, "percent", "২০ শতাংশ"),
        (Fraction(25, 2), "percent", "12.5 percent"),
    ],
    "শতকরা ৫ টাকা": [(5, "percent", "৫")],
    "24/6": [(24, "digit", "24"), (6, "digit", "6")],
    "১২ / ৪ কত?": [(12, "digit", "১২"), (4, "digit", "৪")],
    "7/2 hours": [(Fraction(7, 2), "fraction", "7/2")],
    "3/4 ও ১/২": [(Fraction(3, 4), "fraction", "3/4"), (HALF, "fraction", "১/২")],
    "2 1/2 cups, 2½": [
        (Fraction(5, 2), "fraction", "2 1/2"),
        (Fraction(5, 2), "fraction", "2½"),
    ],
    "1/0": [(1, "digit", "1"), (0, "digit", "0")],
    "3rd, ৩য়, ৫ম, ১লা, ২১শে": [
        (3, "ordinal", "3rd"),
        (3, "ordinal", "৩য়"),
        (5, "ordinal", "৫ম"),
        (1, "ordinal", "১লা"),
        (21, "ordinal", "২১শে"),
    ],
    "৫ গুণ": [(5, "multiplier", "৫ গুণ")],
    "-5 degrees": [(-5, "digit", "-5")],
    "10 -5, 30-50": [
        (10, "digit", "10"),
        (5, "digit", "5"),
        (30, "digit", "30"),
        (50, "digit", "50"),
    ],
    "at 3:30 pm": [(Fraction(7, 2), "time", "3:30")],
    "in the ratio 3:30": [(3, "digit", "3"), (30, "digit", "30")],
    "2.5 million, ৩ লক্ষ ৫০ হাজার": [
        (2500000, "digit", "2.5 million"),
        (350000, "digit", "৩ লক্ষ ৫০ হাজার"),
    ],
    "5kg and 60 km/h in the 1990s": [
        (5, "digit", "5"),
        (60, "digit", "60"),
        (1990, "digit", "1990"),
    ],
}
WORDS = {
    "twenty-five, three hundred and five": [
        (25, "word", "twenty-five"),
        (305, "word", "three hundred and five"),
    ],
    "a thousand two hundred": [(1200, "word", "a thousand two hundred")],
    "between two hundred and five hundred": [
        (200, "word", "two hundred"),
        (500, "word", "five hundred"),
    ],
    "দুটি বই, তিনজন, পাঁচ দিন": [
        (2, "word", "দুটি"),
        (3, "word", "তিন"),
        (5, "word", "পাঁচ"),
    ],
    "তিনশত একটি": [(301, "word", "তিনশত একটি")],
    "দুই হাজার পাঁচ শত": [(2500, "word", "দুই হাজার পাঁচ শত")],
    "এক লক্ষ বিশ হাজার": [(120000, "word", "এক লক্ষ বিশ হাজার")],
    "দুই হাজার কোটি": [(20000000000, "word", "দুই হাজার কোটি")],
    "সাড়ে তিন, পৌনে চার, সাড়ে তিনশ": [
        (Fraction(7, 2), "word", "সাড়ে তিন"),
        (Fraction(15, 4), "word", "পৌনে চার"),
        (350, "word", "সাড়ে তিনশ"),
    ],
    "দেড়, আড়াই, সওয়া ঘণ্টা": [
        (Fraction(3, 2), "word", "দেড়"),
        (Fraction(5, 2), "word", "আড়াই"),
        (Fraction(5, 4), "word", "সওয়া"),
    ],
    "তিন দশমিক পাঁচ কেজি": [(Fraction(7, 2), "word", "তিন দশমিক পাঁচ")],
    "half, a quarter, a third of": [
        (HALF, "fraction", "half"),
        (QUARTER, "fraction", "a quarter"),
        (THIRD, "fraction", "a third"),
    ],
    "two and a half, two thirds, three-fifths": [
        (Fraction(5, 2), "fraction", "two and a half"),
        (Fraction(2, 3), "fraction", "two thirds"),
        (Fraction(3, 5), "fraction", "three-fifths"),
    ],
    "অর্ধেক, এক-তৃতীয়াংশ, পাঁচ ভাগের তিন ভাগ": [
        (HALF, "fraction", "অর্ধেক"),
        (THIRD, "fraction", "এক-তৃতীয়াংশ"),
        (Fraction(3, 5), "fraction", "পাঁচ ভাগের তিন ভাগ"),
    ],
    "twice, tripled, দ্বিগুণ, তিনগুণ": [
        (2, "multiplier", "twice"),
        (3, "multiplier", "tripled"),
        (2, "multiplier", "দ্বিগুণ"),
        (3, "multiplier", "তিনগুণ"),
    ],
    "5 dozen eggs, এক ডজন, জোড়া, হালি": [
        (5, "digit", "5"),
        (12, "group", "dozen"),
        (12, "group", "ডজন"),
        (2, "group", "জোড়া"),
        (4, "group", "হালি"),
    ],
    "half a dozen": [(HALF, "fraction", "half"), (12, "group", "dozen")],
    "3 quarters in a bank": [(3, "digit", "3"), (QUARTER, "fraction", "quarters")],
    "নয়টি, নয় টাকা, নয় হাজার": [
        (9, "word", "নয়টি"),
        (9, "word", "নয়"),
        (9000, "word", "নয় হাজার"),
    ],
    "ছটি, ছ'টা, দুহাজার": [(6, "word", "ছটি"), (6, "word", "ছ'টা"), (2000, "word", "দুহাজার")],
    "তিনটি হাজার টাকার নোট": [(3, "word", "তিনটি")],
    "দুই বার হাজির": [(2, "word", "দুই")],
    "two fifth graders": [(2, "word", "two")],
}
NO_MENTIONS = [
    "",
    "এটি নয়।",
    "নয়ন আর ছবি দুধ খায়",
    "সেন্টিমিটার, তিনি, আটা, চারা, আটকে, দশকে, কুড়িয়ে, কুড়িয়েছিল, বিশ্ব, বারবার",
    "একটি, একজন, এক, এটা",
    "one of them, no one, a book, an apple",
    "the first, a third friend, twenty-third, প্রথম, দ্বিতীয়",
    "hundreds of, few thousand, a percent",
    "A4, mp3, h8, 2k, 4x4, 0x1F",
    "17/05/2024, 2024-05-17, version 1.2.3",
    "someone weighed a lone stone often",
    "9" * 500,
]


def triples(text: str) -> list[tuple[object, str, str]]:
    return [(mention.value, mention.kind, mention.text) for mention in mentions(text)]


@pytest.mark.parametrize(("text", "expected"), [*NUMERALS.items(), *WORDS.items()])
def test_value_kind_and_span(text: str, expected: list[tuple[object, str, str]]) -> None:
    composed = [(value, kind, fold_nfc(span)) for value, kind, span in expected]
    assert [(v, k, fold_nfc(s)) for v, k, s in triples(text)] == composed


def fold_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", NO_MENTIONS)
def test_no_numbers(text: str) -> None:
    assert triples(text) == []


def test_offsets_are_those_of_the_text_as_given() -> None:
    one_code_point, two_code_points = "নয\u09bcটি ছাগল, ৫টি গরু", "ন\u09dfটি ছাগল, ৫টি গরু"
    for text in (one_code_point, two_code_points, "\u200c" + one_code_point):
        found = mentions(text)
        assert [mention.value for mention in found] == [9, 5]
        assert [text[mention.start : mention.end] for mention in found] == [
            mention.text for mention in found
        ]
        assert text[: found[0].start].strip("\u200c") == ""
        assert text[found[1].end :] == "টি গরু"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("20%", (20, Fraction(1, 5))),
        ("2/3", (Fraction(2, 3), 2, 3)),
        ("half", (HALF, 2)),
        ("অর্ধেক", (HALF, 2)),
        ("one third", (THIRD, 1, 3)),
        ("2 1/2", (Fraction(5, 2), 2, 1)),
        ("6 million", (6000000, 6)),
        ("3:30", (Fraction(7, 2), 3, 30)),
        ("-5", (-5, 5)),
        ("twelve", (12,)),
    ],
)
def test_readings_are_the_values_graphs_hold(text: str, readings: tuple[object, ...]) -> None:
    (mention,) = mentions(text)
    assert mention.readings == readings


PIECES = """
1 9 ৫ ০ , . / : - % $ ' ½ a one two twenty hundred million and half third thirds quarter point of
দু ছ নয় এক তিন শ শত হাজার কোটি সাড়ে পৌনে ভাগের টি জন গুণ শতকরা দশমিক ম য় ে া
"""
TEXTS = st.lists(
    st.sampled_from(PIECES.split()) | st.sampled_from([" ", "\n", "\u200c"]), max_size=40
).map("".join)


def check(text: str, found: list[Mention]) -> None:
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert mention.readings[0] == mention.value
        assert isinstance(mention.value, int) or mention.value.denominator > 1
        assert abs(mention.value) < Fraction(1.797e308)
        end = mention.end


@given(st.text() | TEXTS)
@example("9" * 200 + " million billion trillion hundred")
@example("\u09c7\u09be\u09bc")
def test_any_text_gives_ordered_mentions_with_true_spans(text: str) -> None:
    check(text, mentions(text))


@given(TEXTS)
def test_unicode_form_does_not_matter(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [m.value for m in mentions(composed)] == [m.value for m in mentions(decomposed)]


@pytest.mark.parametrize(
    "piece",
    [
        *("1,", "12,34,", "1/", "3:", "1.", "1-1-", "9", "a", "a1", " ", "ছ", "\u09af\u09bc"),
        *("one hundred and ", "two and a half and ", "two point ", "এক লক্ষ কোটি "),
        *("সাড়ে ", "পাঁচ ভাগের "),
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        mentions(text)
        return time.process_time() - start

    small, large = (min(seconds(size) for _ in range(3)) for size in (2_000, 16_000))
    assert large <= 24 * small + 0.05  # 8 if linear, 64 if quadratic
