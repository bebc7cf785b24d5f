"""What would go wrong in a run, found before any weight is loaded.

Every `train.faults.Fault` names a field of the recipe, says what is the matter and what to set.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from dagger_core.diagnostics import (
    ModelUnavailable,
    RecipeError,
    Sentence,
)
from dagger_core.formats import FORMATS
from train.batches import device_count, share_out
from train.faults import Fault
from train.recipe import Recipe
from train.tasks import Task, Tasks, read_tasks

Method = Literal["sft", "grpo"]
#: Problems of the bank, and rows for token counts, that are looked at: all would take minutes.
_BANK, _MEASURED = 300, 1000
_LARGE = 300_000_000


def check(
    recipe: Recipe, method: Method, out: Path | None = None, tasks: Tasks | None = None
) -> list[Fault]:
    """All faults of a recipe, the worst first.

    Args:
        out: the folder of the run, for room on the disk and for another run in it.
        tasks: what is trained on, where it is known already; else it is read, of the bank a few.
    """
    if recipe.format not in FORMATS:
        known = ", ".join(FORMATS)
        return [Fault("format", {"value": repr(recipe.format), "known": known})]
    faults = [*_batches(recipe, method), *_libraries(recipe)]
    try:
        tasks = tasks or read_tasks(_sample(recipe))
        faults += [*_rows(recipe, method, tasks), *_leakage(tasks)]
    except RecipeError as error:
        faults.append(Fault("unreadable", {"problem": error}))
    try:
        faults += _model(recipe, method, out or Path(), tasks)
    except ModelUnavailable as error:
        faults.append(Fault("init", {"problem": error}))
    if out is not None:
        faults += _folder(recipe, out)
    order = ("error", "warning", "info")
    return sorted(faults, key=lambda fault: order.index(fault.severity))


def _sample(recipe: Recipe) -> Recipe:
    few = {name: min(getattr(recipe, name), _BANK) for name in ("bank", "eval_bank")}
    return recipe.changed(**few, bank_unlike=0)


def _batches(recipe: Recipe, method: Method) -> Iterator[Fault]:

    if method == "grpo" and recipe.generations < 2:
        yield Fault("one-generation")
    elif method == "grpo" and recipe.batch % recipe.generations:
        better = max(1, round(recipe.batch / recipe.generations)) * recipe.generations
        params = {"batch": recipe.batch, "generations": recipe.generations, "better": better}
        yield Fault("generations", params)
    devices = device_count()
    try:
        share_out(recipe, devices)
    except RecipeError:
        micro = recipe.micro_batch or max(1, recipe.batch // devices)
        yield Fault(
            "devices",
            {
                "batch": recipe.batch,
                "micro": micro,
                "devices": devices,
                "multiple": micro * devices,
            },
        )


def _libraries(recipe: Recipe) -> Iterator[Fault]:
    wanted = {"use_vllm": "vllm" if recipe.use_vllm else "", "report_to": recipe.report_to}
    for name, library in wanted.items():
        if library not in ("", "none") and importlib.util.find_spec(library) is None:
            yield Fault("missing-library", {"library": library, "name": name})


def _rows(recipe: Recipe, method: Method, tasks: Tasks) -> Iterator[Fault]:
    usable = [t for t in tasks.train if (t.response if method == "sft" else t.gold is not None)]
    if not usable:
        count = len(tasks.train) + tasks.left_out.total()
        yield Fault("no-data" if method == "sft" else "no-gold", {"left_out": count})
    if len(usable) < len(tasks.train):
        reason = Sentence.named("left-no-answer" if method == "sft" else "left-no-gold").general()
        count = len(tasks.train) - len(usable)
        yield Fault("left-out", {"count": count, "source": "data", "reason": reason})
    for (source, reason), count in tasks.left_out.items():
        yield Fault("left-out", {"count": count, "source": source or "data", "reason": reason})
    yield from _repeated(usable)
    if recipe.eval_steps and not tasks.evaluation:
        yield Fault("no-evaluation")


def _repeated(tasks: Sequence[Task]) -> Iterator[Fault]:
    """Problems that stand in the data more than once; a file that is seen twice repeats none."""
    different = {id(task): task for task in tasks}.values()
    golds: defaultdict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for task in different:
        question = " ".join(task.question.split())
        counts[question] += 1
        golds[question].add(str(task.gold))
    again = [question for question, count in counts.items() if count > 1]
    against = [question for question in again if len(golds[question]) > 1]
    if again:
        count = sum(counts[question] - 1 for question in again)
        yield Fault("duplicates", {"count": count, "total": len(different), "example": again[0]})
    if against:
        yield Fault("contradictions", {"count": len(against), "example": against[0]})


def _leakage(tasks: Tasks) -> Iterator[Fault]:
    known = {key for task in tasks.train for key in task.keys}
    leaked = [task for task in tasks.evaluation if known.intersection(task.keys)]
    if leaked:
        total = len(tasks.evaluation)
        params = {"count": len(leaked), "total": total, "example": leaked[0].question}
        yield Fault("leakage", params)


def _model(recipe: Recipe, method: Method, out: Path, tasks: Tasks | None) -> Iterator[Fault]:
    import torch

    from dagger_core.generate.loading import memory
    from train.estimate import estimate

    if not recipe.init and method == "grpo":
        yield Fault("no-signal")
    try:
        micro, _ = share_out(recipe, device_count())
    except RecipeError:
        micro = recipe.micro_batch or recipe.batch
    needs = estimate(recipe, method, micro)
    gpu = torch.cuda.is_available()
    if not gpu and needs.parameters > _LARGE:
        yield Fault("no-gpu", {"billions": f"{needs.parameters / 1e9:.1f}"})
    have = memory("cuda" if gpu else "cpu")
    said = {"need": f"{needs.memory / 1e9:.1f}", "where": "GPU" if gpu else "RAM"}
    if needs.memory > have.total:
        yield Fault("memory", {**said, "have": f"{have.total / 1e9:.1f}"})
    else:
        yield Fault("memory-fits", {**said, "have": f"{have.free / 1e9:.1f}"})
    free = room(out)
    if needs.disk > free:
        params = {"need": f"{needs.disk / 1e9:.1f}", "have": f"{free / 1e9:.1f}"}
        yield Fault("disk", params)
    missing = [name for name in recipe.lora_targets if name not in needs.layers]
    if recipe.lora_r and recipe.init and missing:
        params = {"missing": ", ".join(missing), "known": ", ".join(sorted(needs.layers))}
        yield Fault("targets", params)
    wanted = recipe.max_length
    if method == "grpo":
        wanted = recipe.max_prompt_length + recipe.max_completion_length
    if recipe.init and needs.positions and wanted > needs.positions:
        yield Fault("positions", {"wanted": wanted, "limit": needs.positions})
    if recipe.init and tasks is not None:
        yield from _lengths(recipe, method, tasks)


def _lengths(recipe: Recipe, method: Method, tasks: Tasks) -> Iterator[Fault]:
    from train.encoding import encode
    from train.models import open_tokenizer

    form, some = FORMATS[recipe.format], tasks.train[:_MEASURED]
    tokenizer = open_tokenizer(recipe.init)
    rows = list(encode(tokenizer, ((form.messages(t.question), t.response) for t in some)))
    prompts, answers = [len(row.prompt) for row in rows], [len(row.answer) for row in rows]
    if method == "sft":
        whole = [prompt + answer for prompt, answer in zip(prompts, answers, strict=True)]
        yield from _longer("rows-too-long", whole, recipe.max_length)
    else:
        yield from _longer("prompts-too-long", prompts, recipe.max_prompt_length)
        yield from _longer("answers-cut-off", answers, recipe.max_completion_length)


def _longer(code: str, lengths: Sequence[int], limit: int) -> Iterator[Fault]:
    longer = [length for length in lengths if length > limit]
    if longer:
        params = {
            "count": len(longer),
            "total": len(lengths),
            "limit": limit,
            "longest": max(longer),
        }
        yield Fault(code, params)


def room(out: Path) -> int:
    """Free bytes where a folder is, or will be."""
    there = next(p for p in (out.absolute(), *out.absolute().parents) if p.exists())
    return shutil.disk_usage(there).free


def _folder(recipe: Recipe, out: Path) -> Iterator[Fault]:
    from train.checkpoints import other_run

    problem = other_run(out, recipe)
    if problem is not None:
        yield Fault("other-run", {"problem": problem})
