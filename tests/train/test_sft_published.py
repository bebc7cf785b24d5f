"""SFT as published, on a small Gemma 3 with a vision tower: LoRA, packing, best loss, cosine."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

pytest.importorskip("trl")

import torch
from safetensors.torch import load_file
from transformers import Gemma3Config, Gemma3ForConditionalGeneration

from dagger_core.example import Example
from dagger_core.generate import LocalGenerator, Settings
from train import grpo, sft
from train.encoding import IGNORED, Turn, encode, labelled
from train.events import all_events
from train.models import open_tokenizer
from train.problems import stream
from train.recipe import Recipe, load
from train.record import RunResult
from train.tokenizer import build_tokenizer

#: How Gemma 3 is asked: the system's words go before the user's, and its turns end by a mark.
GEMMA = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else 'user') + '\n' }}"
    "{{ message['content'] | trim }}{{ '<end_of_turn>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}"
)
PROBLEMS = list(itertools.islice(stream(9), 40))


@pytest.fixture(scope="module")
def gemma(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gemma")
    tokenizer = build_tokenizer([p.question for p in PROBLEMS], 1024)
    tokenizer.chat_template = GEMMA
    torch.manual_seed(0)
    text = {
        "vocab_size": 1024, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 32,
        "pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id,
        "bos_token_id": tokenizer.bos_token_id,
    }  # fmt: skip
    vision = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1,
        "num_attention_heads": 2, "image_size": 28, "patch_size": 14,
    }  # fmt: skip
    config = Gemma3Config(text_config=text, vision_config=vision, mm_tokens_per_image=1)
    Gemma3ForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def rows(path: Path, problems: list[object]) -> str:
    made = (Example(p.question, p.graph, p.answer, p.lang) for p in problems)  # type: ignore[attr-defined]
    path.write_text("".join(f"{example.to_line()}\n" for example in made), "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def recipe(gemma: Path, tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """`dagger-4b-sft`, small."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("rows")
    return load("dagger-4b-sft").changed(
        init=str(gemma), lora_r=8, lora_alpha=16, batch=4, micro_batch=2, max_length=2500,
        dataset=rows(folder / "train.jsonl", PROBLEMS[:16]), dataset_config="", eval_split="",
        eval_dataset=rows(folder / "val.jsonl", PROBLEMS[24:27]), learning_rate=1e-3,
        epochs=1.0, bf16=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def trained(recipe: Recipe, tmp_path_factory: pytest.TempPathFactory) -> tuple[RunResult, Path]:
    out = tmp_path_factory.mktemp("run")
    return sft.run(recipe, out), out


def test_only_the_language_model_gets_an_adapter(trained: tuple[RunResult, Path]) -> None:
    weights = load_file(trained[0].model / "adapter_model.safetensors")
    assert weights
    assert not any("vision" in name or "multi_modal" in name for name in weights)
    layers = {name.split(".lora_")[0].rpartition(".")[2] for name in weights}
    assert layers == set(load("dagger-4b-sft").lora_targets)


def test_best_eval_loss_is_kept_and_the_rate_ends_at_its_minimum(
    trained: tuple[RunResult, Path], recipe: Recipe
) -> None:
    events = all_events(trained[1])
    losses = [e.values["eval_loss"] for e in events if e.kind == "evaluation"]
    assert len(losses) >= 2
    assert losses[-1] < losses[0]
    state = json.loads(max(trained[1].glob("checkpoints/*/trainer_state.json")).read_text("utf-8"))
    best = Path(state["best_model_checkpoint"])
    assert best.parent == trained[1] / "checkpoints"
    assert best.is_dir()
    rates = [e.values["learning_rate"] for e in events if e.kind == "step"]
    assert rates[0] == pytest.approx(1e-3)
    assert rates[-1] < rates[0]
    assert min(rates) >= recipe.min_learning_rate


def test_adapter_answers(trained: tuple[RunResult, Path]) -> None:
    generator = LocalGenerator(str(trained[0].model), device="cpu")
    settings = Settings(format="dagger_json", max_new_tokens=4, temperature=0)
    assert generator.generate(PROBLEMS[30].question, settings).read().tokens == 4


def test_grpo_goes_on_from_it(
    trained: tuple[RunResult, Path], recipe: Recipe, tmp_path: Path
) -> None:
    rewarded = load("dagger-4b-sft-grpo").changed(
        init=str(trained[0].model), dataset=recipe.dataset, dataset_config="", batch=4,
        micro_batch=2, generations=2, max_prompt_length=2500, max_completion_length=8,
        max_steps=1, bf16=False, save_steps=0,
    )  # fmt: skip
    done = grpo.run(rewarded, tmp_path)
    assert done.steps == 1
    assert (done.model / "adapter_model.safetensors").is_file()


def test_only_the_response_is_learned(gemma: Path) -> None:
    tokenizer = open_tokenizer(str(gemma))
    assert Turn.of(tokenizer) == Turn("", "<end_of_turn>\n")
    messages = [{"role": "user", "content": " 2 + 2? "}]
    (row,) = labelled(encode(tokenizer, [(messages, "four")]), 0.0, 100, 0)
    learned = [token for token in row["labels"] if token != IGNORED]
    assert tokenizer.decode(learned) == "four<end_of_turn>\n"
    whole = tokenizer.decode(row["input_ids"])
    assert whole == (
        "<s><start_of_turn>user\n2 + 2?<end_of_turn>\n<start_of_turn>model\nfour<end_of_turn>\n"
    )
