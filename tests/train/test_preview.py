"""The preview shows what the model sees, token for token, and what is not learned."""

from __future__ import annotations

import pytest

pytest.importorskip("transformers")

from typer.testing import CliRunner

from dagger_core.formats import FORMATS
from train.__main__ import app
from train.encoding import IGNORED
from train.preview import marked, preview
from train.recipe import load
from train.tasks import read_tasks
from train.tokenizer import build_tokenizer

TINY = load("tiny").changed(bank=4, prompt_loss=0.0, max_length=4000)


@pytest.mark.parametrize("form", ["dagger_json", "dagger_chat", "trace"])
def test_prompt_is_masked_and_answer_is_learned(form: str) -> None:
    recipe = TINY.changed(format=form)
    shown = preview(recipe, "sft", rows=2)
    tasks = read_tasks(recipe).train[:2]
    assert shown.count("--- row") == 2
    for task in tasks:
        asked = "".join(turn["content"] for turn in FORMATS[form].messages(task.question))
        assert f"⟦<s>{asked}<answer>⟧{task.response}</s>" in shown


def test_prompts_of_grpo_have_their_right_answer() -> None:
    shown = preview(TINY, "grpo", rows=1)
    (task, *_) = read_tasks(TINY).train
    assert shown.startswith("--- prompt 1: ")
    assert f"right answer {task.gold}" in shown
    assert shown.endswith("<answer>")


def test_letters_of_several_tokens_are_not_torn() -> None:
    tokenizer = build_tokenizer(["abc"], 500)
    text = "কমলা ৫টি"
    ids = tokenizer(text)["input_ids"]
    assert len(ids) > len(text)
    labels = [token if place % 2 else IGNORED for place, token in enumerate(ids)]
    shown = marked(tokenizer, ids, labels)
    assert shown.replace("⟦", "").replace("⟧", "") == text


def test_command_prints_it() -> None:
    done = CliRunner().invoke(app, ["preview", "--recipe", "tiny", "--rows", "1"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("--- row 1: ")
