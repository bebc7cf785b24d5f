"""SFT, SFT then GRPO, GRPO from scratch, over several seeds: the published ablation in miniature.

    python -m train split --recipe shipped --data FOLDER … --out HELD
    python -m bench.ablation --held HELD --out FOLDER [--sft models/dagger-mini]
        [--seeds 42 43 44] [--minutes 10] [--arms sft grpo scratch]

Every run of recipe `shipped-grpo` goes into a folder of its own, `FOLDER/grpo-42` and
`FOLDER/scratch-42`, and is not done again if its weights are there: folders of jobs that the Train
page started will do. All models then answer the held-out problems without the grammar, greedily and
sampled at temperature 1. FOLDER gets `table.md` and `ablation.svg`: means over the seeds, and
the lowest and the highest of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from train.evaluate import plots
from train.evaluate.command import Options
from train.evaluate.command import run as evaluate
from train.recipe import load

_ARMS = {"sft": "SFT", "grpo": "SFT, then GRPO", "scratch": "GRPO from scratch"}
_BANK = "bank_new"
_FILES = (
    _BANK,
    "bmwp",
    "msvamp_bn",
    "svamp",
    "problemathic_simple",
    "problemathic_complex",
    "mawps",
)
_REAL = "public sets"
_WAYS = {"greedy": (), "sampled": ("temperature=1", "seed=1")}
_GROUPS = tuple(f"{problems}, {way}" for way in _WAYS for problems in (_BANK, _REAL))
_SCRATCH = {"init": "", "layers": 6, "vocab": 6144}


@dataclass(frozen=True)
class Arm:
    """One way of training, measured.

    Args:
        accuracy: by group of problems, percent right of each seed.
    """

    name: str
    accuracy: Mapping[str, Sequence[float]]


def _trained(kind: str, sft: str, seed: int, minutes: float, out: Path) -> str:
    """The weights of a run, trained if they are not there."""
    folder = out / f"{kind}-{seed}"
    if not (folder / "adapter" / "model.safetensors").is_file():
        from train.grpo import run

        changes = _SCRATCH if kind == "scratch" else {"init": sft}
        run(load("shipped-grpo").changed(**changes, seed=seed, max_minutes=minutes), folder)
    return str(folder / "adapter")


def _measured(model: str, held: Path, stem: Path) -> dict[str, float]:
    """Percent right by group of problems and way of answering."""
    data = [str(held / f"{name}.jsonl") for name in _FILES]
    measured: dict[str, float] = {}
    for way, changes in _WAYS.items():
        report = stem.with_name(f"{stem.name}-{way}.json")
        if not report.is_file():
            evaluate(model, data, report, Options(grammar=False, only_json=True, changes=changes))
        rows = json.loads(report.read_text("utf-8"))["rows"]
        for problems in (_BANK, _REAL):
            right = [row["correct"] for row in rows if (row["set"] == _BANK) == (problems == _BANK)]
            measured[f"{problems}, {way}"] = 100 * fmean(right)
    return measured


def _arms(args: argparse.Namespace) -> Iterator[Arm]:
    for kind in args.arms:
        found: list[dict[str, float]] = []
        for seed in [0] if kind == "sft" else args.seeds:
            model = args.sft
            if kind != "sft":
                model = _trained(kind, args.sft, seed, args.minutes, args.out)
            found.append(_measured(model, args.held, args.out / f"report-{kind}-{seed}"))
        yield Arm(_ARMS[kind], {group: [one[group] for one in found] for group in _GROUPS})


def _table(arms: Sequence[Arm]) -> str:
    lines = [f"| | {' | '.join(_GROUPS)} |", "| --- |" + " --- |" * len(_GROUPS)]
    for arm in arms:
        cells = [_cell(arm.accuracy[group]) for group in _GROUPS]
        lines.append(f"| {arm.name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(seeds: Sequence[float]) -> str:
    if len(seeds) == 1:
        return f"{seeds[0]:.1f}"
    return f"{fmean(seeds):.1f} ({', '.join(f'{one:.1f}' for one in seeds)})"


def _plot(arms: Sequence[Arm]) -> str:
    values: list[dict[str, Any]] = [
        {
            "group": group,
            "model": arm.name,
            "value": fmean(seeds),
            **({"low": min(seeds), "high": max(seeds)} if len(seeds) > 1 else {}),
        }
        for arm in arms
        for group, seeds in arm.accuracy.items()
    ]
    return plots.svg(plots.bars(values, "Held-out problems", "Accuracy (%)", "Training"))


def main() -> None:
    """Train what is missing, measure, and write the table and the plot."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--held", type=Path, required=True, help="folder of `python -m train split`"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sft", default="models/dagger-mini")
    parser.add_argument("--seeds", type=int, nargs="+", default=[42, 43, 44])
    parser.add_argument("--arms", choices=_ARMS, nargs="+", default=list(_ARMS))
    parser.add_argument("--minutes", type=float, default=10.0, help="of each run")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    arms = list(_arms(args))
    table = _table(arms)
    (args.out / "table.md").write_text(table, "utf-8")
    (args.out / "ablation.svg").write_text(_plot(arms), "utf-8")
    print(table)


if __name__ == "__main__":
    main()
