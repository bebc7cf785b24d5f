"""Tasks as tokens: the prompt as the model will be asked, and the answer with its end of turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from dagger_core.generate.prompt import Message, prompt_text

if TYPE_CHECKING:
    from datasets import Dataset
    from transformers import PreTrainedTokenizerBase

#: The label of a token that is not learned.
IGNORED = -100
_CHUNK = 1000
_PROBE = "probe"

Asked = tuple[Sequence[Message], str]


class Encoded(NamedTuple):
    """Token ids of a prompt and of the answer that follows it."""

    prompt: list[int]
    answer: list[int]


@dataclass(frozen=True)
class Turn:
    """What a chat template puts around the model's answer."""

    before: str
    after: str

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase) -> Turn:
        """The turn of a tokenizer; without a usable template an answer ends with its EOS token."""
        messages = [{"role": "user", "content": "?"}]
        if tokenizer.chat_template:
            prompt = prompt_text(tokenizer, messages)
            messages.append({"role": "assistant", "content": _PROBE})
            whole = str(tokenizer.apply_chat_template(messages, tokenize=False))
            before, found, after = whole.removeprefix(prompt).partition(_PROBE)
            if whole.startswith(prompt) and found:
                return cls(before, after)
        return cls("", tokenizer.eos_token or "")


def encode(
    tokenizer: PreTrainedTokenizerBase, tasks: Iterable[Asked], subword_dropout: float = 0.0
) -> Iterator[Encoded]:
    """The tokens of messages and the answer to them, in order; without an answer it is empty.

    Args:
        subword_dropout: share of the merges that are left out at random in every second prompt,
            so that words are seen in parts, too (BPE-dropout, Provilkov et al. 2020). The
            tokenizer must be BPE then.
    """
    turn, plain, remaining = Turn.of(tokenizer), not tokenizer.chat_template, iter(tasks)
    while part := list(islice(remaining, _CHUNK)):
        asked = [prompt_text(tokenizer, messages) for messages, _ in part]
        said = [turn.before + answer + turn.after if answer else "" for _, answer in part]
        # A chat template brings its own special tokens.
        prompts = tokenizer(asked, add_special_tokens=plain)["input_ids"]
        if subword_dropout:
            with _dropping(tokenizer, subword_dropout):
                prompts[::2] = tokenizer(asked[::2], add_special_tokens=plain)["input_ids"]
        answers = tokenizer(said, add_special_tokens=False)["input_ids"]
        yield from map(Encoded, prompts, answers)


@contextmanager
def _dropping(tokenizer: PreTrainedTokenizerBase, share: float) -> Iterator[None]:
    model = tokenizer.backend_tokenizer.model
    model.dropout = share
    try:
        yield
    finally:
        model.dropout = None


def labelled(rows: Iterable[Encoded], prompt_loss: float, max_length: int, seed: int) -> Dataset:
    """`input_ids` and `labels`: all of the answer is learned, of the prompt a random share.

    Rows of more than `max_length` tokens are left out.
    """
    from datasets import Dataset

    rng = Random(seed)
    columns: dict[str, list[list[int]]] = {"input_ids": [], "labels": []}
    for prompt, answer in rows:
        if len(prompt) + len(answer) <= max_length:
            seen = [token if rng.random() < prompt_loss else IGNORED for token in prompt]
            columns["input_ids"].append(prompt + answer)
            columns["labels"].append(seen + answer)
    return Dataset.from_dict(columns)
