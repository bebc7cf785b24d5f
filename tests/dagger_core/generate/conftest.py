"""A real model in miniature, made on the spot: random weights, a byte-level BPE of 1,024 tokens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BANGLA = "মিনার কাছে ১০০টি কলম আছে। প্রতিটি কলমের দাম ৫ টাকা। সে কত টাকা পাবে?"
ENGLISH = "Mina has 12 pens and buys 30 more. How many pens does she have?"


def make_tokenizer(chat_template: str | None = None) -> Any:
    from tokenizers import ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast

    bpe = ByteLevelBPETokenizer()
    bpe.train_from_iterator(
        [BANGLA, ENGLISH, "add sub mul div [1] [2] {1} ! ="] * 3,
        vocab_size=1024,
        min_frequency=1,
        special_tokens=["<pad>", "<s>", "</s>"],
        show_progress=False,
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe._tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
    )
    tokenizer.chat_template = chat_template
    return tokenizer


def make_model(folder: Path, *, seed: int = 0, chat_template: str | None = None) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = make_tokenizer(chat_template)
    config = LlamaConfig(
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        vocab_size=len(tokenizer),
        max_position_embeddings=512,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=0,
        initializer_range=0.2,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = LlamaForCausalLM(config)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def model_maker() -> Callable[..., Path]:
    """`make_model`, for tests that need a model of their own."""
    return make_model


@pytest.fixture(scope="session")
def tokenizer_maker() -> Callable[..., Any]:
    """`make_tokenizer`, for tests that need no model."""
    return make_tokenizer


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the model and its tokenizer."""
    return make_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second model with other weights."""
    return make_model(tmp_path_factory.mktemp("models") / "other", seed=1)
