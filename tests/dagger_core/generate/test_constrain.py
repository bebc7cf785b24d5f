"""Constrained decoding: whatever a random model wants to say, it says it in the grammar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from dagger_core.diagnostics import GenerationError
from dagger_core.formats import FORMATS
from dagger_core.generate import LocalGenerator, Settings
from dagger_core.generate.constrain import GrammarMask, Grammars

QUESTIONS = [
    "Mina has 12 pens and buys 30 more. 7 birds watch. How many pens does she have?",
    "মিনার কাছে ১০০টি কলম আছে। প্রতিটি কলমের দাম ৫ টাকা। সে কত টাকা পাবে?",
    "How many legs?",
]


def sampled(seed: int) -> Settings:
    return Settings(temperature=1.5, seed=seed, max_new_tokens=200, format="compact")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_finished_answer_of_a_random_model_is_a_graph(tiny: Path, question: str) -> None:
    generator = LocalGenerator(tiny)
    done = [generator.generate(question, sampled(seed)).read() for seed in range(6)]
    finished = [item.text for item in done if item.finish_reason == "stop"]
    assert len(finished) >= 3
    for text in finished:
        parsed = FORMATS["compact"].read(text, question)
        assert parsed.graph is not None, text
        assert not [d for d in parsed.diagnostics if d.severity == "error"], text


def test_without_the_grammar_it_writes_nonsense(tiny: Path) -> None:
    text = LocalGenerator(tiny, constrained=False).generate(QUESTIONS[0], sampled(3)).read().text
    assert FORMATS["compact"].read(text, QUESTIONS[0]).graph is None


def test_rows_of_a_batch_have_their_own_grammars(tiny: Path) -> None:
    together = LocalGenerator(tiny).generate_batch(QUESTIONS, sampled(0))
    for question, done in zip(QUESTIONS, together, strict=True):
        if done.finish_reason == "stop":
            assert FORMATS["compact"].read(done.text, question).graph is not None
    assert any(done.finish_reason == "stop" for done in together)
    assert together[0].text == LocalGenerator(tiny).generate(QUESTIONS[0], sampled(0)).read().text


def test_mask_allows_what_the_grammar_allows_and_nothing_else(
    tokenizer_maker: Callable[..., Any],
) -> None:
    tokenizer = tokenizer_maker()
    vocabulary = len(tokenizer) + 70  # models often have more logits than tokens
    known = Grammars.of(tokenizer, vocabulary, [tokenizer.eos_token_id])
    assert known is not None
    mask = GrammarMask([known.start('start: "ab" | "ac"'), None])
    ids = torch.zeros((2, 1), dtype=torch.long)

    def allowed(*written: str) -> list[list[str]]:
        tokens = torch.tensor([tokenizer.convert_tokens_to_ids(list(written))] * 2).long()
        scores = mask(torch.cat([ids, tokens], 1), torch.zeros((2, vocabulary)))
        return [
            tokenizer.convert_ids_to_tokens(torch.nonzero(row.isfinite()).flatten().tolist())
            for row in scores
        ]

    first, anything = allowed()
    assert set(first) <= {"a", "ab", "ac"}
    assert len(anything) == vocabulary
    assert set(allowed("a")[0]) == {"b", "c"}
    assert allowed("a", "c")[0] == ["</s>"]
    assert allowed("a", "c", "</s>")[0] == ["</s>"]


def test_mask_follows_beams_that_change_places(tokenizer_maker: Callable[..., Any]) -> None:
    tokenizer = tokenizer_maker()
    known = Grammars.of(tokenizer, len(tokenizer), [tokenizer.eos_token_id])
    assert known is not None
    mask = GrammarMask([known.start('start: "ab" | "ca"'), known.start('start: "ba"')])

    def allowed(*rows: str) -> list[set[str]]:
        ids = torch.tensor([[0, *tokenizer.convert_tokens_to_ids(list(row))] for row in rows])
        scores = mask(ids, torch.zeros((len(rows), len(tokenizer))))
        found = [torch.nonzero(row.isfinite()).flatten().tolist() for row in scores]
        return [set("".join(tokenizer.convert_ids_to_tokens(row))) for row in found]

    allowed("", "", "", "")
    assert allowed("a", "c", "b", "b") == [{"b"}, {"a"}, {"a"}, {"a"}]
    # The first beam went on from the second one; the fourth wrote what the grammar has not.
    ends = set(tokenizer.eos_token)
    after = allowed("ca", "ab", "ba", "bb")
    assert after[:3] == [ends, ends, ends]
    assert len(after[3]) > 3


def test_broken_grammar_names_the_fault(tokenizer_maker: Callable[..., Any]) -> None:
    tokenizer = tokenizer_maker()
    known = Grammars.of(tokenizer, len(tokenizer), [2])
    assert known is not None
    with pytest.raises(GenerationError, match=r"grammar is broken.*nowhere"):
        known.start("start: nowhere")


def test_tokenizer_that_cannot_be_constrained(tokenizer_maker: Callable[..., Any]) -> None:
    assert Grammars.of(object(), 10, [1]) is None  # type: ignore[arg-type]
    assert Grammars.of(tokenizer_maker(), 10, []) is None
