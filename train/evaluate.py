"""How good a model is: its answers to a file of problems, executed and compared.

The report's figures are shares of the rows unless they say otherwise:

- accuracy: the graph executes to the gold answer.
- executed: the graph has an answer at all.
- valid: the text is read without an error.
- flag_precision, flag_recall, flag_f1: the numbers marked as distractors against those of the
  gold graph, by value, over all rows that have a gold graph.
- tokens: written per answer, on average. seconds: wall time of the batched run per answer.
- p50_seconds, p90_seconds: of single answers, one after the other.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from dagger_core.example import Example
from dagger_core.execute import execute
from dagger_core.formats import FORMATS, Format
from dagger_core.graph import Graph
from dagger_core.numerals import read_number, same_answer

#: Rows that are answered one by one to take the time of a single answer.
_TIMED = 20


@dataclass(frozen=True)
class Outcome:
    """One answer: the text, and what became of it."""

    text: str
    tokens: int
    valid: bool
    executed: bool
    correct: bool
    flagged: Counter[Any]


class Model:
    """A causal LM that answers in batches, greedily."""

    def __init__(self, name: str, format_name: str = "compact", max_new_tokens: int = 96) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(name, padding_side="left")
        self.model = AutoModelForCausalLM.from_pretrained(name, dtype="auto").eval()
        self.format: Format = FORMATS[format_name]
        self.max_new_tokens = max_new_tokens

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def answers(self, questions: Sequence[str]) -> list[tuple[str, int]]:
        """The text and its tokens for each question, as one batch."""
        prompts = [
            self.tokenizer.apply_chat_template(
                self.format.messages(question), tokenize=False, add_generation_prompt=True
            )
            for question in questions
        ]
        inputs = self.tokenizer(
            prompts, return_tensors="pt", padding=True, add_special_tokens=False
        ).to(self.model.device)
        inputs.pop("token_type_ids", None)
        written = self.model.generate(
            **inputs, max_new_tokens=self.max_new_tokens, do_sample=False
        )[:, inputs["input_ids"].shape[1] :]
        texts = self.tokenizer.batch_decode(written, skip_special_tokens=True)
        counts = (written != self.tokenizer.pad_token_id).sum(dim=1).tolist()
        return list(zip(texts, counts, strict=True))


def evaluate(model: Model, examples: Sequence[Example], batch: int = 32) -> dict[str, Any]:
    """The report on these examples; `rows` has the outcome of each."""
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].question))
    outcomes: dict[int, Outcome] = {}
    started = time.perf_counter()
    for part in _chunks(order, batch):
        written = model.answers([examples[place].question for place in part])
        for place, (text, tokens) in zip(part, written, strict=True):
            outcomes[place] = judge(model.format, examples[place], text, tokens)
    seconds = time.perf_counter() - started
    results = [outcomes[place] for place in range(len(examples))]
    return {
        "accuracy": _share(result.correct for result in results),
        "executed": _share(result.executed for result in results),
        "valid": _share(result.valid for result in results),
        **_flags(examples, results),
        "tokens": _mean([result.tokens for result in results]),
        "seconds": round(seconds / max(1, len(examples)), 4),
        **_times(model, examples[:_TIMED]),
        "count": len(examples),
        "rows": [
            {"id": example.id, "correct": result.correct, "text": result.text}
            for example, result in zip(examples, results, strict=True)
        ],
    }


def judge(form: Format, example: Example, text: str, tokens: int) -> Outcome:
    """What became of one answer."""
    graph = form.read(text, example.question).graph
    answer = execute(graph).answer if graph is not None else None
    return Outcome(
        text=text,
        tokens=tokens,
        valid=graph is not None,
        executed=answer is not None,
        correct=answer is not None
        and example.answer is not None
        and same_answer(answer, example.answer),
        flagged=flagged(graph),
    )


def flagged(graph: Graph | None) -> Counter[Any]:
    """The values of the consts that are marked as distractors, with how often each is."""
    nodes = graph.nodes if graph is not None else ()
    return Counter(read_number(node.val) for node in nodes if node.is_const and node.distractor)


def _flags(examples: Sequence[Example], results: Sequence[Outcome]) -> dict[str, float | None]:
    hits = marked = wanted = 0
    for example, result in zip(examples, results, strict=True):
        if example.graph is not None:
            gold = flagged(example.graph)
            hits += (gold & result.flagged).total()
            marked += result.flagged.total()
            wanted += gold.total()
    return {
        "flag_precision": round(hits / marked, 4) if marked else None,
        "flag_recall": round(hits / wanted, 4) if wanted else None,
        "flag_f1": round(2 * hits / (marked + wanted), 4) if marked + wanted else None,
    }


def _times(model: Model, examples: Sequence[Example]) -> dict[str, float | None]:
    taken = []
    for example in examples:
        started = time.perf_counter()
        model.answers([example.question])
        taken.append(time.perf_counter() - started)
    taken.sort()
    if not taken:
        return {"p50_seconds": None, "p90_seconds": None}
    return {
        "p50_seconds": round(taken[len(taken) // 2], 3),
        "p90_seconds": round(taken[len(taken) * 9 // 10], 3),
    }


def _share(flags: Iterator[bool]) -> float:
    values = list(flags)
    return round(sum(values) / len(values), 4) if values else 0.0


def _mean(values: Sequence[int]) -> float:
    return round(sum(values) / len(values), 2) if values else 0.0


def _chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
