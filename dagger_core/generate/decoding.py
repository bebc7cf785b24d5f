"""Token by token: sampling with a seed of its own, text that never splits a letter, batches.

Imports torch and transformers; import it only when a model is really needed.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import torch
from transformers import (
    GenerationConfig,
    LogitsProcessor,
    LogitsProcessorList,
    PreTrainedTokenizerBase,
    StoppingCriteria,
    StoppingCriteriaList,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)
from transformers.generation.streamers import BaseStreamer

from dagger_core.diagnostics import GenerationError
from dagger_core.formats import FORMATS
from dagger_core.generate.base import Completed, FinishReason, Sink
from dagger_core.generate.constrain import GrammarMask
from dagger_core.generate.loading import Loaded
from dagger_core.generate.settings import Settings
from dagger_core.generate.weigh import Candidate, plausible, weigh

_HALF_LETTER = "\ufffd"


class TokenDecoder:
    """Text from token ids, one at a time; the bytes of an unfinished letter are held back.

    Each step decodes only the tokens since the last full letter, with those before it as context,
    since many tokenizers treat the space at the start of a text differently.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._context: list[int] = []
        self._fresh: list[int] = []

    def add(self, token: int) -> str:
        """The text that this token completes; often empty inside a Bangla letter."""
        self._fresh.append(token)
        text = self._pending()
        if text.endswith(_HALF_LETTER):
            return ""
        self._context, self._fresh = self._fresh, []
        return text

    def rest(self) -> str:
        """What is still held back at the end: bytes that never became a letter."""
        return self._pending() if self._fresh else ""

    def _pending(self) -> str:
        known = self._decode(self._context)
        return self._decode([*self._context, *self._fresh])[len(known) :]

    def _decode(self, tokens: list[int]) -> str:
        text: Any = self._tokenizer.decode(
            tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return str(text)


class SeededSampling(LogitsProcessor):  # type: ignore[misc]
    """Sampling by Gumbel noise, each row from its own generator: its argmax *is* the sample.

    So `generate` runs greedily, the global random state is neither read nor moved, and a row's
    answer depends on its seed alone, not on its neighbours in the batch.

    Args:
        seeds: one for each row.
    """

    def __init__(self, settings: Settings, seeds: Sequence[int]) -> None:
        self._seeds = seeds
        self._generators: list[torch.Generator] = []
        self._warpers = LogitsProcessorList([TemperatureLogitsWarper(float(settings.temperature))])
        if settings.top_k:
            self._warpers.append(TopKLogitsWarper(settings.top_k))
        if settings.top_p < 1:
            self._warpers.append(TopPLogitsWarper(float(settings.top_p)))

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        if not self._generators:
            self._generators = [
                torch.Generator(scores.device).manual_seed(seed) for seed in self._seeds
            ]
        noise = torch.empty_like(scores)
        for row, generator in zip(noise, self._generators, strict=True):
            row.exponential_(generator=generator)
        return self._warpers(input_ids, scores) - noise.clamp_min_(1e-30).log_()


class _Feed(BaseStreamer):  # type: ignore[misc]
    """Receives every new token from `generate` and writes its text to the sink."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, sink: Sink) -> None:
        self._decoder = TokenDecoder(tokenizer)
        self._sink = sink
        self._prompt_seen = False

    def put(self, value: torch.Tensor) -> None:
        if not self._prompt_seen:
            self._prompt_seen = True
            return
        for token in value.flatten().tolist():
            self._sink.write(self._decoder.add(token))

    def end(self) -> None:
        self._sink.write(self._decoder.rest(), tokens=0)


class _StopWhenCancelled(StoppingCriteria):  # type: ignore[misc]
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def __call__(self, input_ids: torch.Tensor, scores: Any, **_: Any) -> torch.BoolTensor:
        return torch.full((len(input_ids),), self._sink.cancelled(), device=input_ids.device)


@dataclass(frozen=True, slots=True)
class Row:
    """One completion of a batch: question, token ids of the prompt, the grammar if any, seed."""

    question: str
    prompt: list[int]
    grammar: str | None
    seed: int


def first_seed(settings: Settings) -> int:
    """The seed of the settings, or one drawn for this call."""
    return secrets.randbits(48) if settings.seed is None else settings.seed


def complete(loaded: Loaded, row: Row, settings: Settings, sink: Sink) -> FinishReason:
    """Write one completion to a sink: piece by piece, or whole where several are weighed.

    Raises:
        GenerationError: the prompt does not fit the model, or the model fails.
    """
    hooks: dict[str, Any] = {"stopping_criteria": StoppingCriteriaList([_StopWhenCancelled(sink)])}
    weighed = _beams(loaded, [row], settings) > 1
    if not weighed:
        hooks["streamer"] = _Feed(loaded.tokenizer, sink)
    [answer] = _answers(loaded, [row], settings, **hooks)
    if weighed:
        sink.write(answer.text, answer.tokens)
    if answer.ended:
        return "stop"
    return "cancelled" if sink.cancelled() else "length"


def complete_batch(loaded: Loaded, rows: Sequence[Row], settings: Settings) -> list[Completed]:
    """Complete rows side by side; each is charged an equal share of the batch's seconds.

    Raises:
        GenerationError: a prompt does not fit the model, or the model fails.
    """
    start = time.perf_counter()
    answers = _answers(loaded, rows, settings)
    share = (time.perf_counter() - start) / len(rows)
    return [
        Completed(answer.text, answer.tokens, share, "stop" if answer.ended else "length")
        for answer in answers
    ]


def _beams(loaded: Loaded, rows: Sequence[Row], settings: Settings) -> int:
    """How many candidates there are for a doubtful answer; several only where all are graphs."""
    constrained = loaded.grammars is not None and all(row.grammar for row in rows)
    return FORMATS[settings.format].candidates if constrained and settings.greedy else 1


def _answers(
    loaded: Loaded, rows: Sequence[Row], settings: Settings, **hooks: Any
) -> list[Candidate]:
    answers = _generate(loaded, rows, settings, **hooks)
    beams, form = _beams(loaded, rows, settings), settings.format
    if beams == 1:
        return answers
    doubtful = [
        place
        for place, (row, answer) in enumerate(zip(rows, answers, strict=True))
        if answer.ended and not plausible(answer.text, row.question, form)
    ]
    if doubtful:
        again = [rows[place] for place in doubtful]
        candidates = iter(_generate(loaded, again, settings, beams, **hooks))
        for place, row in zip(doubtful, again, strict=True):
            better = weigh(list(islice(candidates, beams)), row.question, form)
            answers[place] = better or answers[place]
    return answers


def _candidate(loaded: Loaded, tokens: list[int], log_probability: float) -> Candidate:
    end = next((i + 1 for i, token in enumerate(tokens) if token in loaded.eos), None)
    written = tokens[:end]
    text: Any = loaded.tokenizer.decode(
        written, skip_special_tokens=True, clean_up_tokenization_spaces=False
    )
    return Candidate(str(text), len(written), log_probability, ended=end is not None)


def _generate(
    loaded: Loaded, rows: Sequence[Row], settings: Settings, beams: int = 1, **hooks: Any
) -> list[Candidate]:
    """So many candidates for each row, the likeliest first; prompts are padded left."""
    prompts = [row.prompt for row in rows]
    width = max(map(len, prompts))
    pad = loaded.eos[0] if loaded.eos else 0
    ids = torch.tensor([[pad] * (width - len(row)) + row for row in prompts])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in prompts])
    config = GenerationConfig(
        max_new_tokens=min(settings.max_new_tokens, _room(loaded, width)),
        do_sample=False,  # SeededSampling does it
        num_beams=beams,
        num_return_sequences=beams,
        length_penalty=0.0 if beams > 1 else None,  # a score is the whole text's probability
        return_dict_in_generate=True,
        output_scores=beams > 1,
        eos_token_id=list(loaded.eos) or None,
        pad_token_id=pad,
        temperature=1.0,
        top_p=1.0,
        top_k=50,
    )
    torch.set_num_threads(loaded.threads)
    try:
        with torch.inference_mode():
            output: Any = loaded.model.generate(
                ids.to(loaded.model.device),
                attention_mask=mask.to(loaded.model.device),
                generation_config=config,
                logits_processor=_processors(loaded, rows, settings),
                **hooks,
            )
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise GenerationError("out-of-memory-while-writing") from error
    written: list[list[int]] = output.sequences[:, width:].tolist()
    scores: list[float] = output.sequences_scores.tolist() if beams > 1 else [0.0] * len(written)
    return [_candidate(loaded, *one) for one in zip(written, scores, strict=True)]


def _room(loaded: Loaded, prompt_tokens: int) -> int:
    """How many tokens fit behind the prompt in the model's window."""
    config = loaded.model.config.get_text_config()
    window = getattr(config, "max_position_embeddings", None)
    if window is None:
        return 2**31
    if prompt_tokens >= window:
        raise GenerationError("question-too-long-for-model", tokens=prompt_tokens, room=window)
    return int(window) - prompt_tokens


def _processors(loaded: Loaded, rows: Sequence[Row], settings: Settings) -> LogitsProcessorList:
    """The grammar's mask first, then sampling among what it leaves."""
    processors = LogitsProcessorList()
    if any(row.grammar for row in rows) and (grammars := loaded.grammars):
        starts = [grammars.start(row.grammar) if row.grammar else None for row in rows]
        processors.append(GrammarMask(starts))
    if not settings.greedy:
        processors.append(SeededSampling(settings, [row.seed for row in rows]))
    return processors
