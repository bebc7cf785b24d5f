"""Recipe: everything a training run depends on, as one value; recipes are TOML files.

The field names, types and help texts here are the command line's options, the keys of the files
in `recipes/`, and what a form shows. Fields stand in groups (`group_of`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import tomlkit
from tomlkit.exceptions import TOMLKitError

from dagger_core.diagnostics import RecipeError
from train.values import alike, plain, typed

#: The seed of the bank's problems that are only ever evaluated on.
TEST_SEED = 0

Group = Literal[
    "general", "scratch", "adapter", "data", "learning", "grpo", "reward", "machine", "run"
]
GROUPS: tuple[Group, ...] = get_args(Group)


def _in(group: Group) -> Callable[..., Any]:
    """A field of a group: its help, its default, and the values it may have if they are few."""

    def declared(text: str, default: Any = dataclasses.MISSING, **more: Any) -> Any:
        known = {"help": text, "group": group, "choices": more.pop("choices", ())}
        if default is not dataclasses.MISSING:
            more["default"] = default
        return field(metadata=known, **more)

    return declared


_general, _scratch, _adapter, _data = _in("general"), _in("scratch"), _in("adapter"), _in("data")
_learning, _grpo, _reward = _in("learning"), _in("grpo"), _in("reward")
_machine, _run = _in("machine"), _in("run")

LINEAR_LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class Recipe:
    """A training run, by SFT (supervised) or by GRPO (rewarded)."""

    about: str = _general("What the recipe is for, in one line.", "")
    about_bn: str = _general("The same in Bangla.", "")
    stage: str = _general("What it is made for.", "sft", choices=("sft", "grpo"))
    format: str = _general("How graphs are written: a name in dagger_core.formats.", "compact")
    init: str = _general(
        "Model or adapter to start from, a folder or Hub name; empty starts from random weights.",
        "",
    )

    layers: int = _scratch("Decoder layers of a model from scratch.", 8)
    hidden: int = _scratch("Width of a model from scratch.", 256)
    heads: int = _scratch("Attention heads of a model from scratch.", 4)
    vocab: int = _scratch("Tokens of its tokenizer, mentions and constants included.", 4096)

    lora_r: int = _adapter("Rank of the LoRA adapter; 0 trains all weights.", 0)
    lora_alpha: int = _adapter("LoRA alpha: its changes are scaled by alpha / rank.", 16)
    lora_dropout: float = _adapter("Dropout within the adapter.", 0.0)
    lora_targets: tuple[str, ...] = _adapter("Layers that get an adapter.", LINEAR_LAYERS)
    rslora: bool = _adapter("Scale by alpha / sqrt(rank) instead (rank-stabilised).", False)

    dataset: str = _data(
        "File of rows, folder of a dataset, or Hub name; example lines or a published schema.", ""
    )
    dataset_config: str = _data("Config of `dataset` on the Hub.", "")
    dataset_split: str = _data("Split of `dataset` to train on.", "train")
    eval_dataset: str = _data("Where evaluation rows are, if not in `dataset`.", "")
    eval_split: str = _data("Split to evaluate on while training; empty for none.", "")
    eval_rows: int = _data("Most rows to evaluate on while training; 0 is all.", 0)
    data_dir: str = _data("Folder with the files of `data`.", "")
    data: Mapping[str, int] = _data(
        "Files of example lines (without .jsonl) and how often each is seen, every time varied.",
        default_factory=dict,
    )
    held_out: Mapping[str, float] = _data(
        "Share of the problem families held out, by file; the empty name is for all others.",
        default_factory=dict,
    )
    longest: int = _data("Most steps a calculation may have to be trained on.", 12)
    bank: int = _data("Problems taken from the project's own problem bank.", 0)
    bank_seed: int = _data("Seed of these problems; 0 is kept for evaluation.", 1)
    bank_unlike: int = _data(
        "Only combinations of situations that the first so many problems of seed 1 do not have.", 0
    )
    eval_bank: int = _data(
        "Problems of the bank to evaluate on, of situations that are not trained on.", 0
    )
    distract: int = _data("Times each row is seen with distractors of the bank put in.", 0)
    asides: tuple[str, ...] = _data("Files whose distractor sentences go into other problems.", ())
    aside_share: float = _data("Share of the rows of files that get such a sentence.", 0.3)
    bank_aside_share: float = _data("Share of the bank's problems that get one.", 0.0)
    vary: bool = _data("Exchange names and things, put in and take out sentences.", True)
    noise: float = _data("Share of the words that `vary` replaces or drops in a noisy row.", 0.05)
    subword_dropout: float = _data(
        "Share of the tokenizer's merges left out in every second prompt (BPE-dropout); the "
        "library draws them without a seed.",
        0.0,
    )

    dropout: float = _learning(
        "Dropout behind attention and feed-forward layers where all weights are trained.", 0.0
    )
    start_share: float = _learning(
        "Share of the starting weights in those that are saved (WiSE-FT); 0 is none.",
        0.0,
    )
    prompt_loss: float = _learning("Share of the prompt's tokens that are learned too.", 0.15)
    batch: int = _learning(
        "Samples per optimizer step over all devices; for GRPO, completions.", 64
    )
    max_length: int = _learning("Longer samples (in tokens) are left out.", 256)
    packing: bool = _learning("Fill every sequence with several samples.", False)
    optimizer: str = _learning(
        "adamw, or muon for matrices with adamw for the rest.", "adamw", choices=("adamw", "muon")
    )
    learning_rate: float = _learning("Highest learning rate.", 1e-3)
    min_learning_rate: float = _learning("Learning rate at the end of cosine_with_min_lr.", 0.0)
    schedule: str = _learning(
        "Course of the learning rate; `clock` rises, stays and falls, by steps or minutes.",
        "clock",
        choices=(
            "clock",
            "constant",
            "constant_with_warmup",
            "linear",
            "cosine",
            "cosine_with_min_lr",
        ),
    )
    warmup: float = _learning("Share of the run in which the learning rate rises.", 0.03)
    warmup_steps: int = _learning("The same in steps; 0 leaves it to `warmup`.", 0)
    decay: float = _learning("Share of a `clock` run, at its end, in which it falls to 0.", 0.4)
    weight_decay: float = _learning("Weight decay of AdamW.", 0.1)
    beta2: float = _learning("Second beta of AdamW.", 0.98)
    max_grad_norm: float = _learning("Longer gradients are cut to this length.", 1.0)
    epochs: float = _learning("Passes over the prepared samples.", 1.0)
    max_steps: int = _learning("Optimizer steps; 0 is as many as `epochs` has.", 0)
    max_minutes: float = _learning("Minutes after which the run is over; 0 is no limit.", 0.0)

    generations: int = _grpo("Completions of each prompt, compared with each other.", 8)
    iterations: int = _grpo("Optimizer steps on the same completions.", 1)
    max_prompt_length: int = _grpo("Longer prompts (in tokens) are left out.", 1024)
    max_completion_length: int = _grpo("Completions end after this many tokens.", 1024)
    beta: float = _grpo(
        "Weight of the KL divergence from the starting model; 0 needs no copy.", 0.0
    )
    epsilon: float = _grpo(
        "How far a token's probability may fall in a step before it is cut.", 0.2
    )
    epsilon_high: float = _grpo("How far it may rise.", 0.28)
    loss_type: str = _grpo(
        "How token losses are averaged.", "bnpo", choices=("bnpo", "grpo", "dr_grpo", "dapo")
    )
    scale_rewards: str = _grpo(
        "Whose standard deviation rewards are divided by.",
        "group",
        choices=("group", "batch", "none"),
    )
    temperature: float = _grpo("Temperature of the samples.", 1.0)
    top_p: float = _grpo("Likeliest tokens with this much probability are sampled from.", 0.95)
    top_k: int = _grpo("At most so many tokens are sampled from; 0 is all.", 64)
    mask_truncated: bool = _grpo("Completions that are cut off do not count in the loss.", True)

    correctness_weight: float = _reward("Trace format: what a right answer is worth.", 0.6)
    structure_weight: float = _reward("Trace format: what steps with a conclusion are worth.", 0.25)
    confidence_weight: float = _reward("Trace format: what knowing one's errors is worth.", 0.15)
    distractor_reward: float = _reward(
        "Worth of the distractor flags' F1 against a gold graph.", 0.0
    )
    grounding_reward: float = _reward("Worth of numbers that stand in the question.", 0.0)
    shaping_reward: float = _reward("Worth of a format that is nearly right.", 0.0)

    micro_batch: int = _machine("Samples on one device at once; 0 is the whole batch.", 0)
    bf16: bool = _machine("Compute in bfloat16 where it is safe.", True)
    gradient_checkpointing: bool = _machine("Compute twice to need less memory.", False)
    attention: str = _machine(
        "Attention kernel, as transformers names it; empty is its choice.", ""
    )
    use_vllm: str = _machine(
        "Generate with vLLM: within the training process, or on a server.",
        "",
        choices=("", "colocate", "server"),
    )
    vllm_url: str = _machine("Address of the vLLM server.", "")
    vllm_memory: float = _machine("Share of the GPU's memory that colocated vLLM takes.", 0.3)

    save_steps: int = _run("Steps between checkpoints; 0 saves the end only.", 0)
    save_minutes: float = _run("Minutes between checkpoints, besides `save_steps`; 0 is none.", 0.0)
    keep: int = _run("Checkpoints that are kept; the best is kept besides.", 2)
    eval_steps: int = _run("Steps between evaluations; 0 evaluates never.", 0)
    keep_best: bool = _run("Keep the weights with the best eval loss, not the last.", False)
    log_steps: int = _run("Steps between lines of the log.", 50)
    report_to: str = _run(
        "Where metrics go besides the run's folder.", "none", choices=("none", "trackio", "wandb")
    )
    seed: int = _run("Seed of everything.", 42)

    def __post_init__(self) -> None:
        for name in _AT_LEAST_ONE:
            if getattr(self, name) < 1:
                raise RecipeError("field-at-least-one", field=name, value=getattr(self, name))
        for f in fields(self):
            value, choices = getattr(self, f.name), f.metadata["choices"]
            if choices and value not in choices:
                raise RecipeError(
                    "field-choices",
                    field=f.name,
                    value=repr(value),
                    choices=", ".join(map(repr, choices)),
                )
            if f.name not in _MAY_BE_NEGATIVE and isinstance(value, int | float) and value < 0:
                raise RecipeError("field-negative", field=f.name, value=value)
        for name in _BELOW_ONE:
            if getattr(self, name) >= 1:
                raise RecipeError("field-below-one", field=name, value=getattr(self, name))
        if self.hidden % self.heads:
            raise RecipeError("hidden-and-heads", hidden=self.hidden, heads=self.heads)
        if self.bank_seed == TEST_SEED:
            raise RecipeError("bank-seed-kept", seed=TEST_SEED)
        if not (self.data or self.bank or self.dataset):
            raise RecipeError("nothing-to-train-on")
        if self.keep_best and not (self.eval_steps and self.save_steps == self.eval_steps):
            raise RecipeError("keep-best-needs")
        if self.start_share and (self.start_share >= 1 or self.lora_r or not self.init):
            raise RecipeError("start-share-needs")

    def changed(self, **changes: Any) -> Recipe:
        """The recipe with other values; text is read as the field's type.

        Raises:
            RecipeError: a field does not exist, or a value is not of its type.
        """
        return replace(self, **{name: typed(Recipe, name, v) for name, v in changes.items()})

    def to_toml(self) -> str:
        """The recipe as a file, with every field written out."""
        return tomlkit.dumps({f.name: plain(getattr(self, f.name)) for f in fields(self)})


_AT_LEAST_ONE = (
    *("layers", "hidden", "heads", "vocab", "batch", "max_length", "log_steps", "generations"),
    *("max_prompt_length", "max_completion_length", "iterations", "keep", "lora_alpha"),
)
#: Shares that are drawn again and again until they fail.
_BELOW_ONE = ("aside_share", "bank_aside_share")
_MAY_BE_NEGATIVE = ("seed",)


def group_of(name: str) -> Group:
    """The group that a field stands in."""
    group: Group = Recipe.__dataclass_fields__[name].metadata["group"]
    return group


def _folder() -> Path:
    return Path(str(resources.files("train"))) / "recipes"


def names() -> list[str]:
    """The names of the recipes that come with the project."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def load(name: str) -> Recipe:
    """The recipe of a name, or of a path to a TOML file.

    Raises:
        RecipeError: it does not exist, is no TOML, or has a field that does not fit.
    """
    path = Path(name) if name.endswith(".toml") else _folder() / f"{name}.toml"
    try:
        table = tomlkit.parse(path.read_text("utf-8")).unwrap()
    except OSError as error:
        likely = ", ".join(alike(name, names()))
        raise RecipeError("no-such-recipe", name=name, likely=likely) from error
    except TOMLKitError as error:
        raise RecipeError("recipe-no-toml", name=path.name, problem=error) from error
    return Recipe(**{key: typed(Recipe, key, value) for key, value in table.items()})
