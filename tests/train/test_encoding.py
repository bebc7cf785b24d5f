"""Tokens of tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

from train.encoding import encode
from train.models import open_tokenizer

_SHIPPED = str(Path(__file__).parents[2] / "models" / "dagger-mini")
_ASKED = [
    ([{"role": "user", "content": f"রিমার [1] টি আম, [2] apples {n}"}], "sub [1] [2]")
    for n in range(40)
]


def test_subword_dropout_cuts_every_second_prompt_and_no_answer() -> None:
    tokenizer = open_tokenizer(_SHIPPED)
    plain, cut = list(encode(tokenizer, _ASKED)), list(encode(tokenizer, _ASKED, 0.5))
    assert [row.answer for row in cut] == [row.answer for row in plain]
    assert [row.prompt for row in cut[1::2]] == [row.prompt for row in plain[1::2]]
    changed = [a.prompt != b.prompt for a, b in zip(plain[::2], cut[::2], strict=True)]
    assert sum(changed) > 15
    for a, b in zip(plain, cut, strict=True):
        assert tokenizer.decode(a.prompt) == tokenizer.decode(b.prompt)


def test_subword_dropout_is_over_afterwards() -> None:
    tokenizer = open_tokenizer(_SHIPPED)
    before = list(encode(tokenizer, _ASKED))
    list(encode(tokenizer, _ASKED, 0.9))
    assert list(encode(tokenizer, _ASKED)) == before
