"""GRPO: a recipe in, a model or an adapter out that earns more of the recipe's reward.

TRL's GRPOTrainer with every parameter that matters written out; the rewards are `train.rewards`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import TrainerCallback, set_seed
from trl import GRPOConfig

from dagger_core.diagnostics import RecipeError, Sentence
from dagger_core.formats import FORMATS
from dagger_core.generate.prompt import plain_text, prompt_ids, renderable
from dagger_core.numerals.show import written
from train.dataset import LeftOut
from train.models import open_model
from train.recipe import Recipe
from train.record import RunResult
from train.reporting import EventCallback
from train.rewards import Rewards
from train.running import Prepared, Run, arguments
from train.tasks import Task, read_tasks
from train.trainer import Grpo

if TYPE_CHECKING:
    from datasets import Dataset
    from transformers import PreTrainedTokenizerBase


def run(recipe: Recipe, out: Path) -> RunResult:
    """Trains into a run's folder: weights in `adapter`, `checkpoints`, `events.jsonl`.

    A run that was interrupted goes on from its last checkpoint.

    Raises:
        RecipeError: data that the recipe names cannot be had, or the folder holds another run.
        ModelUnavailable: the model to start from cannot be had.
    """
    set_seed(recipe.seed)
    current = Run("grpo", recipe, out)
    tasks = read_tasks(recipe)
    start = open_model(recipe, (text for t in tasks.train for text in (t.question, t.response)))
    train = prompts(tasks.train, recipe, start.tokenizer, tasks.left_out)
    if not len(train):
        raise RecipeError("data: no prompt is left to train on. See `check` for the reasons.")
    evaluation = prompts(tasks.evaluation, recipe, start.tokenizer, tasks.left_out)
    rewards = Rewards(recipe)
    trainer = Grpo(
        recipe=recipe,
        clock=current.clock,
        model=start.model,
        args=config(recipe, out, rewards.weights),
        reward_funcs=rewards.functions,
        train_dataset=train,
        eval_dataset=evaluation if len(evaluation) and recipe.eval_steps else None,
        processing_class=start.tokenizer,
        peft_config=start.adapter,
        callbacks=[*current.callbacks, Samples(rewards, current.events, recipe.log_steps)],
    )
    return current.train(trainer, start, Prepared(len(train), tasks.digest, tasks.left_out))


def prompts(
    tasks: Sequence[Task],
    recipe: Recipe,
    tokenizer: PreTrainedTokenizerBase,
    left_out: LeftOut,
) -> Dataset:
    """The prompts of tasks with what their rewards need; too long ones are left out.

    The columns are those of the published schema, `prompt`, `solution` and `question`, and the
    gold `graph` as JSON.
    """
    from datasets import Dataset

    form, rows = FORMATS[recipe.format], []
    for task in tasks:
        messages, source = form.messages(task.question), task.origin.partition(" row ")[0]
        if task.gold is None:
            left_out[source, Sentence.named("left-no-gold")] += 1
        elif len(prompt_ids(tokenizer, messages)) > recipe.max_prompt_length:
            left_out[source, Sentence.named("left-long-prompt")] += 1
        else:
            gold = task.gold if isinstance(task.gold, str) else str(written(task.gold))
            rows.append(
                {
                    "prompt": _prompt(tokenizer, messages),
                    "solution": gold,
                    "question": task.question,
                    "graph": task.graph.to_json() if task.graph is not None else None,
                }
            )
    return Dataset.from_list(rows)


def _prompt(tokenizer: PreTrainedTokenizerBase, messages: list[dict[str, str]]) -> Any:
    """The prompt as the trainer renders it to the text that `prompt_text` gives."""
    return renderable(tokenizer, messages) if tokenizer.chat_template else plain_text(messages)


class Samples(TrainerCallback):  # type: ignore[misc]
    """Writes down, at every line of the log, the best and the worst completion of a prompt."""

    def __init__(self, rewards: Rewards, events: EventCallback, every: int) -> None:
        self._rewards, self._events, self._every = rewards, events, every

    def on_step_end(self, args: Any, state: Any, *_: Any, **__: Any) -> None:
        """Picks them from the prompt whose completions differ most in what they earned."""
        latest = self._rewards.latest
        if state.global_step % self._every or not latest.texts:
            return
        totals = [self._rewards.total(index) for index in range(len(latest.texts))]
        groups: dict[str, list[int]] = {}
        for index, question in enumerate(latest.questions):
            groups.setdefault(question, []).append(index)
        group = max(
            groups.values(), key=lambda g: max(totals[i] for i in g) - min(totals[i] for i in g)
        )
        best, worst = (choose(group, key=totals.__getitem__) for choose in (max, min))
        for index in dict.fromkeys((best, worst)):
            self._events.sample(
                state.global_step,
                latest.questions[index],
                latest.texts[index],
                totals[index],
                self._rewards.parts(index),
                str(latest.golds[index]),
            )


def config(recipe: Recipe, out: Path, weights: list[float]) -> GRPOConfig:
    """TRL's configuration of a recipe, with the weights of its rewards.

    Raises:
        RecipeError: a batch cannot be divided into groups, or among devices.
    """
    named = arguments(recipe, out)
    prompts_at_once, rest = divmod(recipe.batch, recipe.generations)
    if rest or not prompts_at_once:
        raise RecipeError(
            f"batch: {recipe.batch} completions a step are no multiple of generations "
            f"({recipe.generations}). Set batch to {recipe.generations * max(1, prompts_at_once)}."
        )
    vllm: dict[str, Any] = {"use_vllm": bool(recipe.use_vllm)}
    if recipe.use_vllm:
        vllm["vllm_mode"] = recipe.use_vllm
        vllm["vllm_gpu_memory_utilization"] = recipe.vllm_memory
        vllm["vllm_max_model_length"] = recipe.max_prompt_length + recipe.max_completion_length
    if recipe.vllm_url:
        vllm["vllm_server_base_url"] = recipe.vllm_url
    return GRPOConfig(
        **named,
        **vllm,
        reward_weights=weights,
        num_generations=recipe.generations,
        num_generations_eval=1,
        num_iterations=recipe.iterations,
        max_completion_length=recipe.max_completion_length,
        temperature=recipe.temperature,
        top_p=recipe.top_p,
        top_k=recipe.top_k,
        beta=recipe.beta,
        epsilon=recipe.epsilon,
        epsilon_high=recipe.epsilon_high,
        loss_type=recipe.loss_type,
        scale_rewards=recipe.scale_rewards,
        mask_truncated_completions=recipe.mask_truncated,
        shuffle_dataset=True,
        remove_unused_columns=False,
        log_completions=False,
    )
