"""Constrained decoding: a format's grammar decides which tokens may come next.

Built on llguidance, which walks a Lark grammar over the tokenizer's vocabulary in Rust. Imports
torch and transformers; import it only when a model is really needed.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import torch
from llguidance import LLMatcher, LLTokenizer
from llguidance.hf import from_tokenizer
from llguidance.torch import allocate_token_bitmask, fill_next_token_bitmask
from transformers import LogitsProcessor, PreTrainedTokenizerBase, PreTrainedTokenizerFast

from dagger_core.diagnostics import GenerationError

_log = logging.getLogger(__name__)
#: A prompt's place in the batch, and the tokens written behind it.
_Key = tuple[int, ...]
_BITS = torch.arange(32, dtype=torch.int32)


class Grammars:
    """The grammars of one tokenizer, each compiled once: compiling costs as much as a token.

    Args:
        tokenizer: the tokenizer as llguidance reads it.
    """

    def __init__(self, tokenizer: LLTokenizer) -> None:
        self._tokenizer = tokenizer
        self._start = lru_cache(maxsize=64)(self._compiled)

    @classmethod
    def of(
        cls, tokenizer: PreTrainedTokenizerBase, vocabulary: int, eos: Sequence[int]
    ) -> Grammars | None:
        """The grammars of a tokenizer, or None for a kind that llguidance cannot read.

        Args:
            vocabulary: how many logits the model has; at times more than the tokenizer has tokens.
            eos: the tokens that may end a text.
        """
        if not isinstance(tokenizer, PreTrainedTokenizerFast) or not eos:
            _log.warning("%s cannot be constrained by a grammar.", type(tokenizer).__name__)
            return None
        return cls(from_tokenizer(tokenizer, n_vocab=vocabulary, eos_token=list(eos)))

    def start(self, grammar: str) -> LLMatcher:
        """A text's state in a Lark grammar, at its start.

        Raises:
            GenerationError: the grammar is broken; it names what llguidance says about it.
        """
        return self._start(grammar).deep_copy()

    def _compiled(self, grammar: str) -> LLMatcher:
        made = LLMatcher(self._tokenizer, LLMatcher.grammar_from_lark(grammar), log_level=0)
        if made.is_error():
            raise GenerationError("grammar-broken", why=made.get_error())
        return made


class GrammarMask(LogitsProcessor):  # type: ignore[misc]
    """Gives every token that no sentence of the row's grammar continues with a logit of -inf.

    With beams, the rows of a prompt stand together and change places from step to step; a row's
    state is found by what it has written.

    Args:
        matchers: one for each prompt of the batch, None for one that may write anything. They move
            along with the rows: make new ones for every call of `generate`.
    """

    def __init__(self, matchers: Sequence[LLMatcher | None]) -> None:
        self._prompts = len(matchers)
        self._states: dict[_Key, LLMatcher | None] = {
            (place,): state for place, state in enumerate(matchers)
        }
        self._width = -1
        self._bits: torch.Tensor | None = None

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        count, length = input_ids.shape
        if self._bits is None:
            self._bits, self._width = allocate_token_bitmask(count, scores.shape[1]), length
        beams = count // self._prompts
        rows = [
            (row // beams, *written)
            for row, written in enumerate(input_ids[:, self._width :].tolist())
        ]
        if length > self._width:
            self._states = self._moved(rows)
        for row, key in enumerate(rows):
            state = self._states[key]
            if state is None:
                self._bits[row] = -1  # all bits
            else:
                fill_next_token_bitmask(state, self._bits, row)
        allowed = _unpacked(self._bits.to(scores.device), scores.shape[1])
        return scores.masked_fill_(~allowed, float("-inf"))

    def _moved(self, rows: Sequence[_Key]) -> dict[_Key, LLMatcher | None]:
        """The states one token later; rows that go on from the same text get copies."""
        states: dict[_Key, LLMatcher | None] = {}
        shared = Counter(key[:-1] for key in set(rows))
        for key in set(rows):
            state = self._states[key[:-1]]
            if state is not None and not state.is_stopped():
                state = state.deep_copy() if shared[key[:-1]] > 1 else state
                # Beams beyond what the grammar offers hold impossible tokens, at -inf for good.
                state = state if state.consume_token(key[-1]) else None
            states[key] = state
        return states


def _unpacked(bits: torch.Tensor, width: int) -> torch.Tensor:
    """Rows of 32-bit words as rows of booleans, lowest bit first."""
    single = (bits.unsqueeze(-1) >> _BITS.to(bits.device)) & 1
    return single.bool().flatten(1)[:, :width]
