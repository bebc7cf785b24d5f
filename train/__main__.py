"""The command line of training: `python -m train sft|grpo|evaluate|split|recipes|jobs`.

torch and transformers are imported only by the commands that need them.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer

from dagger_core.diagnostics import DaggerError, RecipeError
from train.jobs import commands as jobs
from train.recipe import Recipe, load, names

#: Problems of the bank in each of its two files of `split`.
_BANK = 400

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Train and evaluate models.")
app.add_typer(jobs.app, name="jobs")

RecipeName = Annotated[str, typer.Option("--recipe", help="A name of `recipes`, or a .toml file.")]
Data = Annotated[
    str, typer.Option("--data", help="File of rows, Hub dataset, or folder of the recipe's files.")
]
Init = Annotated[str, typer.Option(help="Model or adapter to start from: a folder or Hub name.")]
Out = Annotated[Path, typer.Option(help="Folder of the run; weights go into `adapter` in it.")]
Method = Annotated[str, typer.Option(help="sft or grpo; empty is what the recipe is made for.")]
Changes = Annotated[
    list[str] | None, typer.Option("--set", help="Another value: --set learning_rate=1e-4")
]


@app.command()
def sft(
    recipe: RecipeName,
    out: Out,
    data: Data = "",
    init: Init = "",
    change: Changes = None,
) -> None:
    """Train a model on questions and their answers; an interrupted run goes on."""
    chosen = _recipe(recipe, data, init, change)
    from train import sft as trainer

    print(trainer.run(chosen, out).text())


@app.command()
def grpo(
    recipe: RecipeName,
    out: Out,
    data: Data = "",
    init: Init = "",
    change: Changes = None,
) -> None:
    """Train a model by the reward of its own answers; an interrupted run goes on."""
    chosen = _recipe(recipe, data, init, change)
    from train import grpo as trainer

    print(trainer.run(chosen, out).text())


@app.command()
def evaluate(
    model: Annotated[str, typer.Option(help="Folder, Hub name, `endpoint`, `gold`, answers:FILE.")],
    data: Annotated[list[str], typer.Option(help="Set, file or Hub dataset; may be repeated.")],
    out: Annotated[Path | None, typer.Option(help="File for the report (JSON).")] = None,
    form: Annotated[str, typer.Option("--format", help="How the model writes.")] = "",
    limit: Annotated[int, typer.Option(help="Only the first rows of each set; 0 is all.")] = 0,
    batch: Annotated[int, typer.Option(help="Questions answered at once on this machine.")] = 32,
    jobs: Annotated[int, typer.Option(help="Requests at once to a server.")] = 8,
    timeout: Annotated[float, typer.Option(help="Seconds a server has for one answer.")] = 300.0,
    grammar: Annotated[bool, typer.Option(help="Let the format's grammar hold the model.")] = True,
    fresh: Annotated[bool, typer.Option(help="Ask again what was asked before.")] = False,
    only_json: Annotated[bool, typer.Option(help="No Markdown and no plots.")] = False,
    change: Annotated[
        list[str] | None, typer.Option("--set", help="Sampling: --set temperature=0.7")
    ] = None,
) -> None:
    """Answer sets of problems and report how many answers are right."""
    from train.evaluate import command

    options = command.Options(
        form, limit, batch, jobs, timeout, grammar, fresh, only_json, tuple(change or ())
    )
    command.run(model, data, out, options)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="Report of the first model.")],
    after: Annotated[Path, typer.Argument(help="Report of the second model.")],
) -> None:
    """Compare two reports problem by problem, with a paired test; regressions are listed."""
    from train.evaluate import command
    from train.evaluate.compare import markdown

    print(markdown(command.read_report(before), command.read_report(after)), end="")


@app.command()
def average(
    models: Annotated[list[Path], typer.Argument(help="Folders of models trained from one start.")],
    out: Annotated[Path, typer.Option(help="Folder for the model that comes out.")],
    share: Annotated[
        list[float] | None, typer.Option(help="How much of each, in their order; equal if absent.")
    ] = None,
) -> None:
    """Average the weights of models; often the average is better than each of them."""
    from train import soup

    soup.average(models, out, share or ())
    print(out)


@app.command()
def split(
    recipe: RecipeName,
    out: Annotated[Path, typer.Option(help="Folder for the files of held-out rows.")],
    data: Data = "",
    never: Annotated[
        list[str] | None, typer.Option(help="A file never trained on: rows without relatives.")
    ] = None,
    change: Changes = None,
) -> None:
    """Write what a recipe is not trained on: its held-out rows, and new problems of the bank."""
    from train.dataset import bank_rows, held_out_rows

    chosen = _recipe(recipe, data, "", change)
    out.mkdir(parents=True, exist_ok=True)
    for name, lines in (held_out_rows(chosen, never or []) | bank_rows(chosen, _BANK)).items():
        (out / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print(f"{name}: {len(lines)} rows")


@app.command()
def recipes() -> None:
    """List the recipes that come with the project."""
    known = names()
    width = max(map(len, known))
    for name in known:
        print(f"{name:{width}}  {load(name).about}")


@app.command()
def check(
    recipe: RecipeName,
    method: Method = "",
    out: Annotated[Path | None, typer.Option(help="Folder of the run, if it is known.")] = None,
    data: Data = "",
    init: Init = "",
    change: Changes = None,
) -> None:
    """Tell what would go wrong in a run, before any weight is loaded."""
    chosen = _recipe(recipe, data, init, change)
    from train import preflight

    faults = preflight.check(chosen, _method(chosen, method), out)
    for fault in faults:
        print(f"{fault.severity}: {fault.field}: {fault.text()} Set: {fault.remedy()}")
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(1)


@app.command()
def preview(
    recipe: RecipeName,
    method: Method = "",
    rows: Annotated[int, typer.Option(help="How many rows to show.")] = 4,
    data: Data = "",
    init: Init = "",
    change: Changes = None,
) -> None:
    """Print the first rows exactly as the model will see them; what is not learned is marked."""
    chosen = _recipe(recipe, data, init, change)
    from train import preview as first

    print(first.preview(chosen, _method(chosen, method), rows))


def _method(recipe: Recipe, given: str) -> Literal["sft", "grpo"]:
    method = given or recipe.stage
    if method not in ("sft", "grpo"):
        raise RecipeError(f"--method {method}: must be sft or grpo.")
    return "grpo" if method == "grpo" else "sft"


def _recipe(name: str, data: str, init: str, changes: list[str] | None) -> Recipe:
    chosen = load(name)
    is_folder_of_files = bool(chosen.data) and Path(data).is_dir()
    given: dict[str, Any] = {"data_dir" if is_folder_of_files else "dataset": data, "init": init}
    values = {key: value for key, value in given.items() if value}
    for change in changes or ():
        key, equals, value = change.partition("=")
        if not equals:
            raise RecipeError(f"--set {change}: write it as name=value.")
        values[key.strip()] = value.strip()
    return chosen.changed(**values)


def main() -> None:
    """Run a command; a mistake of the caller is one line, not a traceback."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        app(standalone_mode=True)
    except (DaggerError, msgspec.MsgspecError, OSError) as error:
        raise SystemExit(f"{error}") from error


if __name__ == "__main__":
    main()
