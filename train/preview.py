"""The first rows of a run as text: every token that the model will see, and which are learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Literal

from dagger_core.diagnostics import RecipeError
from dagger_core.formats import FORMATS
from train.encoding import IGNORED, encode, labelled
from train.models import open_tokenizer
from train.recipe import Recipe
from train.tasks import read_tasks

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

#: What is not learned stands between these.
MASKED, LEARNED = "⟦", "⟧"
_BANK = 300


def preview(recipe: Recipe, method: Literal["sft", "grpo"], rows: int = 4) -> str:
    """The first rows of training, as the tokenizer turns their tokens into text.

    For SFT what is not learned stands in ⟦ ⟧; for GRPO there are prompts and right answers.

    Raises:
        RecipeError: no row is there, or the data cannot be read.
        ModelUnavailable: the model whose tokenizer is needed cannot be had.
    """
    recipe = recipe.changed(bank=min(recipe.bank, _BANK), bank_unlike=0)
    shown = list(islice((_sft if method == "sft" else _grpo)(recipe, rows), rows))
    if not shown:
        raise RecipeError("data: no row is left to show. See `check` for the reasons.")
    return "\n\n".join(shown)


def _sft(recipe: Recipe, count: int) -> Iterator[str]:
    from train.sft import rows

    asked, _, _ = rows(recipe)
    tokenizer = _tokenizer(recipe, [text for row in asked for text in (_text(row[0]), row[1])])
    encoded = encode(tokenizer, asked[:count])
    for number, row in enumerate(
        labelled(encoded, recipe.prompt_loss, recipe.max_length, recipe.seed), 1
    ):
        learned = sum(label != IGNORED for label in row["labels"])
        head = f"--- row {number}: {len(row['input_ids'])} tokens, {learned} learned"
        yield f"{head}\n{marked(tokenizer, row['input_ids'], row['labels'])}"


def _grpo(recipe: Recipe, count: int) -> Iterator[str]:
    tasks, form = read_tasks(recipe), FORMATS[recipe.format]
    texts = [text for task in tasks.train for text in (task.question, task.response)]
    tokenizer = _tokenizer(recipe, texts)
    tasks.train = [task for task in tasks.train if task.gold is not None]
    asked = ((form.messages(task.question), "") for task in tasks.train[:count])
    for number, (row, task) in enumerate(
        zip(encode(tokenizer, asked), tasks.train, strict=False), 1
    ):
        head = f"--- prompt {number}: {len(row.prompt)} tokens, right answer {task.gold}"
        yield f"{head}\n{tokenizer.decode(row.prompt)}"


def marked(tokenizer: PreTrainedTokenizerBase, ids: Sequence[int], labels: Sequence[int]) -> str:
    """Tokens as text, with what is not learned between marks."""
    parts, end, shown = [], 0, 0
    for learned, group in groupby(labels, lambda label: label != IGNORED):
        end += len(list(group))
        # A letter may be several tokens: it stands where its last one does.
        text = tokenizer.decode(ids[:end]).rstrip("\ufffd")
        piece, shown = text[shown:], max(shown, len(text))
        parts.append(piece if learned else f"{MASKED}{piece}{LEARNED}")
    return "".join(parts)


def _tokenizer(recipe: Recipe, texts: Sequence[str]) -> PreTrainedTokenizerBase:
    if recipe.init:
        return open_tokenizer(recipe.init)
    from train.tokenizer import build_tokenizer

    return build_tokenizer(texts, recipe.vocab)


def _text(messages: Sequence[dict[str, str]]) -> str:
    return "\n".join(message["content"] for message in messages)
