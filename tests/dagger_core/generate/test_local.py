"""Local generation on a real, tiny model: text, seeds, stopping, batches, adapters, prompts."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from dagger_core.diagnostics import GenerationError
from dagger_core.generate import LocalGenerator, Settings
from dagger_core.generate.decoding import TokenDecoder
from dagger_core.generate.prompt import prompt_ids, prompt_text
from dagger_core.generate.warm import WARM

BANGLA = "মিনার কাছে ১০০টি কলম আছে। প্রতিটি কলমের দাম ৫ টাকা। সে কত টাকা পাবে?"
ENGLISH = "Mina has 12 pens and buys 30 more. How many pens does she have?"
SAMPLED = Settings(temperature=1.0, seed=3, max_new_tokens=60, format="compact")
GREEDY = Settings(max_new_tokens=60, format="compact")
LONG = Settings(temperature=2.0, seed=3, max_new_tokens=400, format="compact")


def free(model: Path) -> LocalGenerator:
    return LocalGenerator(model, constrained=False)


@pytest.mark.parametrize("settings", [GREEDY, SAMPLED])
@pytest.mark.parametrize("question", [BANGLA, ENGLISH])
def test_stream_and_batch_agree(tiny: Path, question: str, settings: Settings) -> None:
    stream = free(tiny).generate(question, settings)
    pieces = list(stream)
    assert "".join(pieces) == stream.text
    batch = free(tiny).generate_batch([question, BANGLA * 2], settings)
    assert batch[0].text == stream.text
    assert batch[0].tokens == stream.tokens
    assert batch[0].finish_reason == stream.finish_reason


def test_greedy_is_what_transformers_writes(tiny: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from dagger_core.formats import FORMATS

    tokenizer = AutoTokenizer.from_pretrained(tiny)
    model = AutoModelForCausalLM.from_pretrained(tiny)
    prompt = tokenizer(
        FORMATS["compact"].messages(ENGLISH)[0]["content"] + "\n", return_tensors="pt"
    )
    output = model.generate(**prompt, max_new_tokens=60, do_sample=False)
    expected = tokenizer.decode(output[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)
    assert free(tiny).generate(ENGLISH, GREEDY).read().text == expected


def test_batches_keep_the_order_of_the_questions(tiny: Path) -> None:
    questions = [ENGLISH * 3, BANGLA, ENGLISH, BANGLA * 2]
    together = free(tiny).generate_batch(questions, GREEDY, batch_size=2)
    alone = [free(tiny).generate(question, GREEDY).read() for question in questions]
    assert [done.text for done in together] == [done.text for done in alone]
    assert free(tiny).generate_batch([], GREEDY) == []


def test_a_question_has_its_own_seed_in_any_batch(tiny: Path) -> None:
    questions = [ENGLISH * 2, ENGLISH, ENGLISH, BANGLA]
    small = free(tiny).generate_batch(questions, SAMPLED, batch_size=1)
    large = free(tiny).generate_batch(questions, SAMPLED, batch_size=4)
    assert [done.text for done in small] == [done.text for done in large]
    assert small[1].text != small[2].text


def test_a_seed_repeats_and_disturbs_nobody(tiny: Path) -> None:
    torch.manual_seed(1)
    expected = torch.rand(4)
    torch.manual_seed(1)
    texts = [free(tiny).generate(ENGLISH, SAMPLED).read().text for _ in range(2)]
    assert torch.equal(torch.rand(4), expected)
    assert texts[0] == texts[1]
    other = Settings(temperature=1.0, seed=4, max_new_tokens=60, format="compact")
    assert free(tiny).generate(ENGLISH, other).read().text != texts[0]


def test_two_requests_side_by_side_do_not_mix(tiny: Path) -> None:
    alone = free(tiny).generate(BANGLA, LONG).read().text
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(free(tiny).generate(BANGLA, LONG).read().text))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [alone] * 3


def test_sampling_follows_the_distribution() -> None:
    from dagger_core.generate.decoding import SeededSampling

    scores = torch.log(torch.tensor([[0.6, 0.3, 0.1, 1e-12]])).repeat(4000, 1)
    ids = torch.zeros((4000, 1), dtype=torch.long)
    drawn = SeededSampling(Settings(temperature=1.0), range(4000))(ids, scores.clone()).argmax(-1)
    share = torch.bincount(drawn, minlength=4) / 4000
    assert torch.allclose(share[:3], torch.tensor([0.6, 0.3, 0.1]), atol=0.03)
    narrow = Settings(temperature=1.0, seed=0, top_k=2)
    assert SeededSampling(narrow, range(4000))(ids, scores.clone()).argmax(-1).max() == 1
    nucleus = Settings(temperature=1.0, seed=0, top_p=0.5)
    assert SeededSampling(nucleus, range(4000))(ids, scores.clone()).argmax(-1).max() == 0


def test_cancel_stops_the_model_within_a_token(tiny: Path) -> None:
    stream = free(tiny).generate(BANGLA, LONG)
    whole = free(tiny).generate(BANGLA, LONG).read()
    assert whole.tokens > 100, "the model must have more to say for this test to mean anything"
    for _ in stream:
        if stream.tokens >= 5:
            stream.cancel()
    assert stream.finish_reason == "cancelled"
    assert stream.tokens < 20
    WARM.unload()  # returns once nobody uses the model: a model that runs on would hold it


def test_length_and_window(tiny: Path) -> None:
    seven = Settings(temperature=2.0, seed=3, max_new_tokens=7, format="compact")
    short = free(tiny).generate(BANGLA, seven)
    assert (short.read().finish_reason, short.tokens) == ("length", 7)
    with pytest.raises(GenerationError, match=r"too long for this model: \d+ tokens .* 512 fit"):
        free(tiny).generate(BANGLA * 40, GREEDY).read()


def test_answer_is_cut_where_the_window_ends(tiny: Path) -> None:
    question = ENGLISH * 7
    settings = Settings(temperature=2.0, seed=5, max_new_tokens=8192, format="compact")
    done = free(tiny).generate(question, settings).read()
    assert done.finish_reason in ("length", "stop")
    assert done.tokens < 512


@pytest.mark.parametrize("text", [BANGLA, "ক্ষ্ম্য 👩🏽‍🏫 ✓ é", "a  b\n\n c "])
def test_letters_are_never_split(tokenizer_maker: Callable[..., Any], text: str) -> None:
    tokenizer = tokenizer_maker()
    decoder = TokenDecoder(tokenizer)
    pieces = [decoder.add(token) for token in tokenizer(text)["input_ids"]]
    assert "".join(pieces) + decoder.rest() == text
    assert not any("\ufffd" in piece for piece in pieces)


def test_bytes_that_never_become_a_letter_come_last(tokenizer_maker: Callable[..., Any]) -> None:
    tokenizer = tokenizer_maker()
    tokens = tokenizer("aমি👩")["input_ids"][:-1]
    decoder = TokenDecoder(tokenizer)
    streamed = "".join(decoder.add(token) for token in tokens)
    assert streamed == "aমি"
    assert streamed + decoder.rest() == tokenizer.decode(tokens)


def test_adapter_is_found_and_merged(tiny: Path, tmp_path: Path) -> None:
    from peft import LoraConfig, PeftModel, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    base = AutoModelForCausalLM.from_pretrained(tiny)
    torch.manual_seed(0)
    lora = LoraConfig(r=4, target_modules=["q_proj", "up_proj"], init_lora_weights=False)
    get_peft_model(base, lora).save_pretrained(tmp_path / "adapter")
    unmerged = PeftModel.from_pretrained(
        AutoModelForCausalLM.from_pretrained(tiny), tmp_path / "adapter"
    )
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    prompt = prompt_ids(tokenizer, [{"role": "user", "content": "[1] + [2]"}])
    expected = unmerged.generate(
        input_ids=torch.tensor([prompt]), max_new_tokens=8, do_sample=False
    )[0, len(prompt) :]

    generator = LocalGenerator(tmp_path / "adapter", constrained=False)
    with WARM.lease(generator._weights, lambda: False) as loaded:
        assert loaded is not None
        logits = loaded.model(torch.tensor([prompt])).logits[0, -1]
        assert logits.argmax() == expected[0]
        assert type(loaded.model).__name__ == "LlamaForCausalLM"
    assert generator.generate(ENGLISH, GREEDY).read().text != (
        free(tiny).generate(ENGLISH, GREEDY).read().text
    )


def test_adapter_whose_base_lies_beside_it(
    tiny: Path, tmp_path: Path, model_maker: Callable[..., Path]
) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    model_maker(tmp_path / "base")
    base = AutoModelForCausalLM.from_pretrained(tmp_path / "base")
    get_peft_model(base, LoraConfig(target_modules=["q_proj"])).save_pretrained(tmp_path / "a")
    config = tmp_path / "a" / "adapter_config.json"
    config.write_text(
        json.dumps({**json.loads(config.read_text()), "base_model_name_or_path": "../base"})
    )
    untrained = LocalGenerator(tmp_path / "a", constrained=False).generate(ENGLISH, GREEDY).read()
    assert untrained.text == free(tmp_path / "base").generate(ENGLISH, GREEDY).read().text


def test_retrained_folder_is_read_again(model_maker: Callable[..., Path], tmp_path: Path) -> None:
    folder = model_maker(tmp_path / "m", seed=0)
    first = free(folder).generate(BANGLA, GREEDY).read().text
    time.sleep(0.02)
    model_maker(folder, seed=7)
    assert free(folder).generate(BANGLA, GREEDY).read().text != first


def test_prompt_with_and_without_a_template(tokenizer_maker: Callable[..., Any]) -> None:
    messages = [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}]
    assert prompt_text(tokenizer_maker(), messages) == "S\n\nU\n"
    template = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<go>"
    assert prompt_text(tokenizer_maker(template), messages) == "<system>S<user>U<go>"
    strict = (
        "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        + template
    )
    assert prompt_text(tokenizer_maker(strict), messages) == "<user>S\n\nU<go>"


_AT_ONCE = """
import sys, threading, time
from dagger_core.generate import LocalGenerator, Settings

model, failures, start = sys.argv[1], [], threading.Barrier(3)

def run(work, later):
    start.wait()
    time.sleep(later)  # into the midst of the first one's imports
    try:
        work(LocalGenerator(model))
    except Exception as error:
        failures.append(repr(error))

def answer(generator):
    generator.generate("2 + 3?", Settings(max_new_tokens=2, format="compact")).read()

works = ((LocalGenerator.warm, 0), (answer, 0.4), (answer, 1.2))
threads = [threading.Thread(target=run, args=work) for work in works]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
sys.exit("; ".join(failures) or 0)
"""


def test_first_requests_at_once_do_not_trip_over_the_imports(tiny: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _AT_ONCE, str(tiny)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
