"""The model of a run: from random weights, a model or an adapter to what is trained and saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    Qwen3Config,
)

from dagger_core.diagnostics import RecipeError
from dagger_core.generate.hub import DESCRIPTION, locate, locate_weights
from dagger_core.generate.loading import ADAPTER_CONFIG, base_of
from train.recipe import Recipe
from train.tokenizer import build_tokenizer

if TYPE_CHECKING:
    from peft import LoraConfig

_POSITIONS = 1024
#: Layers of vision towers have the same names as those of the language model.
_NOT_TEXT = r".*(vision_tower|vision_model|multi_modal_projector|visual).*"


@dataclass(frozen=True)
class Start:
    """What a run starts from.

    Args:
        model: with a trainable adapter if the run goes on training one.
        adapter: the adapter to be put on the model, for a run that begins one.
    """

    model: Any
    tokenizer: PreTrainedTokenizerBase
    adapter: LoraConfig | None = None

    @property
    def trains_adapter(self) -> bool:
        """Whether an adapter comes out, and not a whole model."""
        return self.adapter is not None or hasattr(self.model, "peft_config")


def open_model(recipe: Recipe, texts: Iterable[str] = ()) -> Start:
    """The model that a recipe starts from.

    An adapter in `init` goes on being trained as it is; with `lora_r` 0 it is merged first.

    Args:
        texts: what the tokenizer of a model from random weights is made from.

    Raises:
        ModelUnavailable: `init` cannot be had.
        RecipeError: there is nothing to make a tokenizer from.
    """
    if not recipe.init:
        return _from_scratch(recipe, texts)
    tokenizer, base = open_tokenizer(recipe.init), base_name(recipe.init)
    model = _load(base, recipe)
    if base == recipe.init:
        return Start(model, tokenizer, _lora(recipe, model) if recipe.lora_r else None)
    from peft import PeftModel

    adapter = locate_weights(recipe.init)
    if recipe.lora_r:
        return Start(PeftModel.from_pretrained(model, adapter, is_trainable=True), tokenizer)
    merged = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    return Start(merged.requires_grad_(True), tokenizer)  # PEFT froze it


def base_name(init: str) -> str:
    """The model that weights are read from: `init`, or what an adapter is an adapter of.

    Raises:
        ModelUnavailable: it cannot be had.
    """
    folder = locate(init, DESCRIPTION)
    return base_of(init, folder) if (folder / ADAPTER_CONFIG).is_file() else init


def open_tokenizer(init: str) -> PreTrainedTokenizerBase:
    """The tokenizer of a model or adapter; an adapter may have one of its own.

    Raises:
        ModelUnavailable: it cannot be had.
    """
    folder = locate(init, DESCRIPTION)
    if not (folder / "tokenizer_config.json").is_file():
        folder = locate(base_name(init), DESCRIPTION)
    return AutoTokenizer.from_pretrained(folder, padding_side="left")


def _load(name: str, recipe: Recipe) -> PreTrainedModel:
    # Frozen weights may be in half precision; weights that are trained need all of it.
    frozen = bool(recipe.lora_r) and recipe.bf16 and torch.cuda.is_available()
    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
        locate_weights(name),
        dtype=torch.bfloat16 if frozen else torch.float32,
        attn_implementation=recipe.attention or None,
    )
    model.config._name_or_path = name  # an adapter remembers its base by this
    return model


def _lora(recipe: Recipe, model: PreTrainedModel) -> LoraConfig:
    from peft import LoraConfig

    return LoraConfig(
        r=recipe.lora_r,
        lora_alpha=recipe.lora_alpha,
        lora_dropout=recipe.lora_dropout,
        target_modules=list(recipe.lora_targets),
        exclude_modules=_NOT_TEXT if hasattr(model.config, "vision_config") else None,
        use_rslora=recipe.rslora,
        task_type="CAUSAL_LM",
    )


def _from_scratch(recipe: Recipe, texts: Iterable[str]) -> Start:
    texts = list(texts)
    if not texts:
        raise RecipeError("init: random weights need texts to learn from. Set init to a model.")
    tokenizer = build_tokenizer(texts, recipe.vocab)
    config = scratch_config(
        recipe,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return Start(AutoModelForCausalLM.from_config(config), tokenizer)


def scratch_config(recipe: Recipe, **tokens: int | None) -> Qwen3Config:
    """The shape of a model from random weights, and its special tokens."""
    longest = max(_POSITIONS, recipe.max_length, recipe.max_prompt_length)
    return Qwen3Config(
        vocab_size=recipe.vocab,
        hidden_size=recipe.hidden,
        intermediate_size=recipe.hidden * 8 // 3 // 32 * 32,
        num_hidden_layers=recipe.layers,
        num_attention_heads=recipe.heads,
        num_key_value_heads=recipe.heads,
        head_dim=recipe.hidden // recipe.heads,
        max_position_embeddings=longest,
        tie_word_embeddings=True,
        **tokens,
    )


def drop_out(model: torch.nn.Module, share: float) -> None:
    """Dropout behind each attention and feed-forward layer while the model trains.

    Decoders of the Llama kind have none of their own; nothing of it is saved with the model.
    """

    def drop(module: torch.nn.Module, _given: Any, made: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.dropout(made, share, module.training)

    for name, module in model.named_modules():
        if name.endswith(("o_proj", "down_proj")):
            module.register_forward_hook(drop)


def mix_in_start(model: torch.nn.Module, recipe: Recipe) -> None:
    """Averages weights with those that the recipe started from, `start_share` of these.

    What is learned for new data then costs less of what was known before: WiSE-FT (Wortsman et
    al. 2022).

    Raises:
        ModelUnavailable: `init` cannot be had any more.
    """
    began = dict(open_model(recipe).model.named_parameters())
    with torch.no_grad():
        for name, value in model.named_parameters():  # which has tied weights once
            value.lerp_(began[name].to(value), recipe.start_share)


def save_model(trainer: Any, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Saves what a trainer trained, as the Auto classes or PEFT load it; models in bfloat16.

    Every process of the run must call it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if trainer.is_fsdp_enabled or trainer.is_deepspeed_enabled:
        trainer.save_model(str(folder))
    elif trainer.args.should_save:
        model = trainer.accelerator.unwrap_model(trainer.model)
        if hasattr(model, "peft_config"):
            model.save_pretrained(folder, selected_adapters=["default"])
        else:
            model.config.use_cache = True  # the trainer switches it off, and writing needs it
            model.to(torch.bfloat16).save_pretrained(folder)
    if trainer.args.should_save:
        tokenizer.save_pretrained(folder)
