"""How a format's messages are put to a model: as the text that its tokenizer's template makes.

Training renders its prompts with `prompt_text` too, so a model sees at work what it was taught on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

Message = dict[str, str]


def prompt_text(tokenizer: PreTrainedTokenizerBase, messages: Sequence[Message]) -> str:
    """The prompt as text, up to where the model's turn begins.

    With a chat template it is the template's text. Without one it is the messages' texts, an empty
    line between them and a line break at the end.
    """
    if not tokenizer.chat_template:
        return plain_text(messages)
    return _templated(tokenizer, renderable(tokenizer, messages))


def plain_text(messages: Sequence[Message]) -> str:
    """Messages for a model without a chat template."""
    return "\n\n".join(message["content"] for message in messages).rstrip("\n") + "\n"


def renderable(tokenizer: PreTrainedTokenizerBase, messages: Sequence[Message]) -> list[Message]:
    """The messages as the chat template takes them.

    Some templates (Gemma 2) refuse a system message; their makers put it before the user's.
    """
    from jinja2.exceptions import TemplateError

    if any(message["role"] == "system" for message in messages):
        try:
            _templated(tokenizer, messages)
        except TemplateError:
            return _without_system(messages)
    return list(messages)


def prompt_ids(tokenizer: PreTrainedTokenizerBase, messages: Sequence[Message]) -> list[int]:
    """The token ids of `prompt_text`; a chat template brings its own special tokens."""
    text = prompt_text(tokenizer, messages)
    ids: list[int] = tokenizer(text, add_special_tokens=not tokenizer.chat_template)["input_ids"]
    return ids


def _templated(tokenizer: PreTrainedTokenizerBase, messages: Sequence[Message]) -> str:
    text: Any = tokenizer.apply_chat_template(
        list(messages), tokenize=False, add_generation_prompt=True
    )
    return str(text)


def _without_system(messages: Sequence[Message]) -> list[Message]:
    system = [message["content"] for message in messages if message["role"] == "system"]
    rest = [dict(message) for message in messages if message["role"] != "system"]
    if system and rest:
        rest[0]["content"] = "\n\n".join([*system, rest[0]["content"]])
    return rest
