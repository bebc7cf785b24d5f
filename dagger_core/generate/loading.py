"""From a model's name to a model in memory: config, tokenizer, size check, weights, adapter.

Imports torch and transformers; import it only when a model is really needed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from dagger_core.diagnostics import ModelUnavailable, Sentence
from dagger_core.generate.hub import (
    DESCRIPTION,
    Device,
    Weights,
    is_folder,
    locate,
    locate_weights,
)

if TYPE_CHECKING:
    from dagger_core.generate.constrain import Grammars

ADAPTER_CONFIG = "adapter_config.json"
_SMALL = 50_000_000
_DEFAULT_THREADS = torch.get_num_threads()
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about a model but its weights; made before another model has to leave memory."""

    weights: Weights
    base: str
    adapter: str | None
    config: PretrainedConfig
    tokenizer: PreTrainedTokenizerBase
    device: str
    dtype: torch.dtype
    bytes: int


@dataclass(frozen=True)
class Loaded:
    """A model in memory, ready to write.

    Args:
        eos: the token ids that end an answer.
        threads: CPU threads that make one answer fastest (measured: one, for a small model).
    """

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    eos: tuple[int, ...]
    threads: int

    @cached_property
    def grammars(self) -> Grammars | None:
        """What constrains its decoding, made on first use; None if its tokenizer does not fit."""
        from dagger_core.generate.constrain import Grammars

        vocabulary = self.model.get_output_embeddings().out_features
        return Grammars.of(self.tokenizer, vocabulary, self.eos)


def plan(weights: Weights) -> Plan:
    """Read a model's config and tokenizer, and fetch its files; nothing big enters memory.

    Raises:
        ModelUnavailable: with which, why, and what to do.
    """
    folder = locate(weights.name, DESCRIPTION)
    adapter = weights.name if (folder / ADAPTER_CONFIG).is_file() else None
    base = base_of(weights.name, folder) if adapter else weights.name
    base_folder = locate(base, DESCRIPTION)
    with blaming(base, "config"):
        config = AutoConfig.from_pretrained(base_folder, trust_remote_code=False)
    with blaming(weights.name, "tokenizer"):
        own = adapter and (folder / "tokenizer_config.json").is_file()
        tokenizer = AutoTokenizer.from_pretrained(
            folder if own else base_folder, trust_remote_code=False
        )
    device, dtype = _place(weights.device)
    with blaming(base, "architecture"), torch.device("meta"):
        parameters = AutoModelForCausalLM.from_config(config).num_parameters()
    made = Plan(
        weights, base, adapter, config, tokenizer, device, dtype, parameters * dtype.itemsize
    )
    _require_room(made, memory(device).total)
    for name in filter(None, (base, adapter)):
        locate_weights(name)
    return made


def load(made: Plan) -> Loaded:
    """Bring a planned model into memory, its adapter merged.

    Raises:
        ModelUnavailable: with which, why, and what to do.
    """
    _require_room(made, memory(made.device).free)
    with blaming(made.base, "weights"):
        model, info = AutoModelForCausalLM.from_pretrained(
            locate_weights(made.base),
            config=made.config,
            dtype=made.dtype,
            device_map=None if made.device == "cpu" else {"": made.device},
            trust_remote_code=False,
            output_loading_info=True,
        )
    if info["missing_keys"]:
        some = ", ".join(sorted(info["missing_keys"])[:3])
        raise ModelUnavailable("model-weights-lack", model=made.base, missing=some)
    if made.adapter:
        model = _with_adapter(model, made.adapter)
    small = made.device == "cpu" and model.num_parameters() < _SMALL
    return Loaded(
        model.eval(),
        made.tokenizer,
        _end_tokens(model, made.tokenizer),
        1 if small else _DEFAULT_THREADS,
    )


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of memory, in all and to be had now."""

    total: int
    free: int


def memory(device: str) -> Memory:
    """Memory of a device in bytes; on the CPU a container's limit counts."""
    if device == "cuda":
        free, total = torch.cuda.mem_get_info()
        return Memory(total, free)
    machine = psutil.virtual_memory()
    limit = _CGROUP_LIMIT.read_text().strip() if _CGROUP_LIMIT.is_file() else "max"
    total = min(machine.total, int(limit)) if limit.isdigit() else machine.total
    return Memory(total, min(total, machine.available))


def _require_room(made: Plan, room: int) -> None:
    if os.environ.get("SPACES_ZERO_GPU") and made.device == "cuda":
        return  # the GPU is not attached yet and cannot be asked
    if made.bytes > room:
        said = "model-too-large-for-gpu" if made.device == "cuda" else "model-too-large"
        need, have = (f"{size / 1e9:.1f}" for size in (made.bytes, room))
        raise ModelUnavailable(said, model=made.weights.name, need=need, have=have)


def _place(device: Device) -> tuple[str, torch.dtype]:
    """Where a model runs and in which precision: bf16 on a GPU, float32 on the CPU."""
    if device == "cpu" or not torch.cuda.is_available():
        return "cpu", torch.float32
    return "cuda", torch.bfloat16


def base_of(name: str, folder: Path) -> str:
    """The base model of an adapter; a relative path may start at the adapter's folder."""
    with blaming(name, "adapter-config"):
        base = json.loads((folder / ADAPTER_CONFIG).read_text("utf-8"))["base_model_name_or_path"]
    beside = folder / str(base)
    return str(beside) if beside.is_dir() and not is_folder(str(base)) else str(base)


def _with_adapter(model: Any, adapter: str) -> PreTrainedModel:
    """The model with the adapter's changes merged in: as fast as the base alone."""
    from peft import PeftModel

    with blaming(adapter, "adapter"):
        merged: PreTrainedModel = PeftModel.from_pretrained(
            model, locate_weights(adapter)
        ).merge_and_unload()
    return merged


def _end_tokens(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> tuple[int, ...]:
    generation = getattr(model.generation_config, "eos_token_id", None)
    ids = generation if isinstance(generation, list) else [generation]
    return tuple(sorted({token for token in [*ids, tokenizer.eos_token_id] if token is not None}))


@contextmanager
def blaming(name: str, part: str) -> Iterator[None]:
    """Turn whatever a loader raises into a sentence about the part of the model that it read.

    Args:
        part: its name in `errors.toml`, without "part-".
    """
    try:
        yield
    except ModelUnavailable:
        raise
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise ModelUnavailable("model-out-of-memory", model=name) from error
    except Exception as error:
        detail = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
        blamed = Sentence.named(f"part-{part}")
        raise ModelUnavailable(
            "model-part-unreadable", model=name, part=blamed, detail=detail
        ) from error
