"""A tokenizer of our own: byte-level BPE for both languages, one token for every mention.

Mentions, steps and constants of the compact format are whole tokens that swallow the space before
them, so a graph takes about as many tokens as it has operations and arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dagger_core.formats.compact.grammar import MAX_STEPS
from dagger_core.formats.compact.question import MAX_MENTIONS
from dagger_core.formats.compact.symbols import CONSTANTS

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

PAD, START, END, ANSWER = "<pad>", "<s>", "</s>", "<answer>"

#: The chat template: every user turn is a problem, every assistant turn a graph.
CHAT_TEMPLATE = (
    "{{ '<s>' }}{% for message in messages %}{% if message['role'] == 'assistant' %}"
    "{{ '<answer>' + message['content'] + '</s>' }}{% else %}{{ message['content'] }}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<answer>' }}{% endif %}"
)

#: What of a chat is the answer, for servers that else go by the architecture's usual template.
RESPONSE_TEMPLATE = {
    "defaults": {"role": "assistant"},
    "start_anchor": ANSWER,
    "fields": {"content": {"close": [END]}},
}

# Marks belong to their letter: without \p{M} every Bangla vowel sign would be a word of its own.
_PIECES = r" ?[\p{L}\p{M}]+| ?\p{N}+| ?[^\s\p{L}\p{M}\p{N}]+|\s+"


def build_tokenizer(texts: Iterable[str], vocab_size: int) -> PreTrainedTokenizerFast:
    """A tokenizer trained on these texts, with at most `vocab_size` tokens in all."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    symbols = [
        *(f"[{number}]" for number in range(1, MAX_MENTIONS + 1)),
        *(f"{{{step}}}" for step in range(1, MAX_STEPS + 1)),
        *(f"#{constant}" for constant in CONSTANTS),
    ]
    special = [PAD, START, END, ANSWER]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size - len(symbols),
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(symbol, lstrip=True, normalized=False) for symbol in symbols])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        bos_token=START,
        eos_token=END,
        additional_special_tokens=[ANSWER],
        chat_template=CHAT_TEMPLATE,
        response_template=RESPONSE_TEMPLATE,
        padding_side="left",
        clean_up_tokenization_spaces=False,
    )
