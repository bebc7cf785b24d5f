"""What a run needs, told from the model's config alone: parameters, memory, disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM

from dagger_core.generate.hub import DESCRIPTION, locate
from dagger_core.generate.loading import blaming
from train.models import base_name, scratch_config
from train.recipe import Recipe

if TYPE_CHECKING:
    from transformers import PretrainedConfig

#: Bytes of a trained parameter: itself, its gradient, and two moments of AdamW, in float32.
_TRAINED = 16
#: Bytes that a token leaves in a layer for the way back, in hidden sizes (half precision).
_KEPT_PER_LAYER, _KEPT_CHECKPOINTED = 34, 2
_LOGIT_COPIES = 3
_OVERHEAD = 1.15
_NOT_TEXT = re.compile(r"vision|visual|multi_modal")


@dataclass(frozen=True)
class Estimate:
    """What a run needs.

    Args:
        parameters: of the model. trained: of the adapter, or of the model again.
        memory, disk: bytes, on the busiest device.
        positions: most tokens that the model reads; 0 where it does not say.
        layers: the kinds of linear layers that an adapter can be put on.
    """

    parameters: int
    trained: int
    memory: int
    disk: int
    positions: int
    layers: frozenset[str]


def estimate(recipe: Recipe, method: str, micro: int) -> Estimate:
    """What a recipe needs on each device, with so many samples at once.

    The figures are rough: activations by the usual count for a transformer, 15% on top.

    Raises:
        ModelUnavailable: the model to start from cannot be had.
    """
    config = _config(recipe)
    with torch.device("meta"):
        # Of another dtype, transformers would make it the default for all threads meanwhile, and
        # break a model that the web server loads at that moment.
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    parameters = model.num_parameters()
    adapter = bool(recipe.lora_r and recipe.init)
    linear = list(_linear(model))
    trained = parameters
    if adapter:
        sizes = (i + o for name, i, o in linear if name in recipe.lora_targets)
        trained = recipe.lora_r * sum(sizes)
    half = recipe.bf16 and torch.cuda.is_available()
    weights = (
        parameters * (2 if half else 4) + trained * _TRAINED if adapter else parameters * _TRAINED
    )
    if method == "grpo" and recipe.beta and not adapter:
        weights += parameters * 4  # the starting model beside the trained one
    need = weights + _activations(config.get_text_config(), recipe, method, micro)
    kept = trained * 12 + (0 if adapter else parameters * 4)
    checkpoints = (recipe.keep + 2) * kept if recipe.save_steps or recipe.save_minutes else 0
    return Estimate(
        parameters,
        trained,
        int(need * _OVERHEAD),
        checkpoints + (trained * 4 if adapter else parameters * 2),
        int(getattr(config.get_text_config(), "max_position_embeddings", 0) or 0),
        frozenset(name for name, _, _ in linear),
    )


def _config(recipe: Recipe) -> PretrainedConfig:
    if not recipe.init:
        return scratch_config(recipe)
    base = base_name(recipe.init)
    with blaming(base, "its config"):
        return AutoConfig.from_pretrained(locate(base, DESCRIPTION))


def _linear(model: torch.nn.Module) -> Iterator[tuple[str, int, int]]:
    """The linear layers of the language model: the last part of the name, inputs, outputs."""
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear) and not _NOT_TEXT.search(name):
            last = name.rpartition(".")[2]
            if last != "lm_head":
                yield last, module.in_features, module.out_features


def _activations(config: Any, recipe: Recipe, method: str, micro: int) -> int:
    if method == "grpo":
        tokens, told = (
            recipe.max_prompt_length + recipe.max_completion_length,
            recipe.max_completion_length,
        )
    else:
        tokens = told = recipe.max_length
    per_layer = _KEPT_CHECKPOINTED if recipe.gradient_checkpointing else _KEPT_PER_LAYER
    kept = micro * tokens * config.hidden_size * config.num_hidden_layers * per_layer
    logits = micro * told * config.vocab_size * 4 * _LOGIT_COPIES
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    cache = micro * tokens * config.num_hidden_layers * heads * width * 2 * 2
    return int(max(kept + logits, cache if method == "grpo" else 0))
