"""Answers that can hardly be one give way to the next likely one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagger_core.formats import FORMATS
from dagger_core.generate import LocalGenerator, Settings, decoding
from dagger_core.generate.weigh import Candidate, plausible, weigh

QUESTION = "Mina has 12 pens and 30 boxes for 7 boys. How many pens does each of them get?"
GREEDY = Settings(max_new_tokens=60, format="compact")


def candidate(text: str, log_probability: float) -> Candidate:
    return Candidate(text, 5, log_probability)


def test_the_likeliest_that_can_be_the_answer_is_taken() -> None:
    broken, whole, later = (
        candidate("div [1] [3]", -0.1),
        candidate("add [1] [2]", -1.0),
        candidate("mul [1] [2]", -2.0),
    )
    assert weigh([broken, whole, later], QUESTION, "compact") is whole
    assert weigh([whole, broken], QUESTION, "compact") is whole
    assert weigh([broken, candidate("sub [1] [2]", -0.2), later], QUESTION, "compact") is later


def test_what_is_far_less_likely_is_not_considered() -> None:
    broken, far = candidate("div [1] [3]", -0.1), candidate("add [1] [2]", -4.8)
    assert weigh([broken, far], QUESTION, "compact") is None


def test_text_without_a_graph_is_not_plausible() -> None:
    assert not plausible("add [1] [9]", QUESTION, "compact")
    assert not plausible("div [1] {1}", QUESTION, "compact")
    assert plausible("add [1] [2]", QUESTION, "compact")


def test_a_model_gives_a_doubtful_answer_up(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = LocalGenerator(tiny)
    [likeliest] = generator.generate_batch([QUESTION], GREEDY)
    assert likeliest.finish_reason == "stop"

    def other(text: str, *_: str) -> bool:
        return text != likeliest.text

    monkeypatch.setattr(decoding, "plausible", other)
    monkeypatch.setattr(decoding.weigh.__module__ + ".plausible", other)
    [second] = generator.generate_batch([QUESTION], GREEDY)
    assert second.text != likeliest.text
    assert FORMATS["compact"].read(second.text, QUESTION).graph is not None
    # Nothing else is likely enough, or what is likely is no better: the first answer stays.
    monkeypatch.setattr(decoding.weigh.__module__ + ".plausible", lambda *_: False)
    assert generator.generate_batch([QUESTION], GREEDY)[0].text == likeliest.text


def test_stream_and_batch_agree(tiny: Path) -> None:
    questions = [QUESTION, QUESTION.replace("12", "35"), "কয়টি? ৫টি ও ৭টি।"]
    together = LocalGenerator(tiny).generate_batch(questions, GREEDY)
    for question, done in zip(questions, together, strict=True):
        stream = LocalGenerator(tiny).generate(question, GREEDY)
        pieces = list(stream)
        assert "".join(pieces) == done.text
        assert (stream.tokens, stream.finish_reason) == (done.tokens, done.finish_reason)
