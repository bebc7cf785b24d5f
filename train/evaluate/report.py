"""The report of an evaluation: one value that is plain JSON, with everything that was found.

Its keys: the figures of `train.evaluate.figures` over all problems, so that `accuracy` is the
average of the sets weighted by their size, as in the published table; `model`, `title`,
`identity` (of its weights), `data`, `settings`, `at` (UTC); `sets` with the figures of each set;
`drops` of accuracy by kind of distractor; `by_kind`, `by_distractors`, `by_operations` with the
figures of each group; `failures` by kind; `troubles` of the data; `rows`, one for each problem.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any

from dagger_core.numerals import Number, show
from train.evaluate.answers import Asker, Progress
from train.evaluate.failures import KINDS, Failure, failure
from train.evaluate.figures import Figures, figures
from train.evaluate.judge import Verdict, judge
from train.evaluate.sets import EvaluationSet

Report = dict[str, Any]
VERSION = 1
#: What every report has, beside figures of all problems.
KEYS = frozenset(
    [
        *("version", "model", "title", "identity", "data", "at", "settings", "accuracy", "count"),
        *("intervals", "sets", "drops", "by_kind", "by_distractors", "by_operations"),
        *("failures", "troubles", "rows"),
    ]
)
#: Groups of more distractors or operations are counted as one.
_MANY = 6


def evaluate(
    asker: Asker,
    sets: Sequence[EvaluationSet],
    progress: Progress | None = None,
    *,
    title: str = "",
    noted: Mapping[str, Any] | None = None,
) -> Report:
    """Ask all problems of the sets and report.

    Args:
        title: what people know the model by.
        noted: what else should stand among the settings.

    Raises:
        Stopped: `progress` raised it; the answers so far are in the cache.
        GenerationError: the model cannot be had, or fails at every question.
    """
    items = [item for one in sets for item in one.items]
    answers = asker.ask([item.question for item in items], progress)
    form = asker.settings.format
    verdicts = [judge(form, item, answer) for item, answer in zip(items, answers, strict=True)]
    wrong = [failure(form, verdict) for verdict in verdicts]
    return {
        "version": VERSION,
        "model": asker.generator.name,
        "title": title or asker.generator.name,
        "identity": asker.generator.identity,
        "data": " + ".join(one.name for one in sets),
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "settings": {**asdict(asker.settings), "batch": asker.batch, **(noted or {})},
        **figures(verdicts),
        "sets": {
            one.name: figures([v for v in verdicts if v.item.set == one.name]) for one in sets
        },
        "drops": _drops(verdicts),
        "by_kind": _groups(verdicts, lambda one: one.item.kinds),
        "by_distractors": _groups(verdicts, _distractors),
        "by_operations": _groups(verdicts, lambda one: _size(one.item.operations)),
        "failures": dict(_counted(one.kind for one in wrong if one is not None)),
        "troubles": [asdict(trouble) for one in sets for trouble in one.troubles],
        "rows": [_row(verdict, fail) for verdict, fail in zip(verdicts, wrong, strict=True)],
    }


def _counted(kinds: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(kinds)
    return sorted(counts.items(), key=lambda one: (-one[1], KINDS.index(one[0])))


def _drops(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """What each kind of distractor costs: accuracy without distractors less that with it."""
    plain = [one for one in verdicts if not one.item.distracted]
    found = {}
    for kind in sorted({kind for one in verdicts for kind in one.item.kinds}):
        part = figures([*plain, *(one for one in verdicts if kind in one.item.kinds)])
        if part["drop"] is not None:
            found[kind] = {"drop": part["drop"], "interval": part["intervals"].get("drop")}
    return found


def _groups(
    verdicts: Sequence[Verdict], keys: Callable[[Verdict], Iterable[Hashable]]
) -> dict[str, Figures]:
    """The figures of each group that a verdict is in, by the group's name."""
    groups: dict[Any, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for key in keys(verdict):
            groups[key].append(verdict)
    return {
        f"{key}+" if key == _MANY else str(key): figures(groups[key])
        for key in sorted(groups, key=lambda key: (isinstance(key, str), key))
    }


def _distractors(verdict: Verdict) -> tuple[int, ...]:
    found = verdict.item.distractors
    return _size(None if found is None else found.total())


def _size(count: int | None) -> tuple[int, ...]:
    return () if count is None else (min(count, _MANY),)


def _row(verdict: Verdict, fail: Failure | None) -> dict[str, Any]:
    item, answer = verdict.item, verdict.answer
    return {
        "id": item.example.id,
        "set": item.set,
        "family": item.family,
        "key": sha256(f"{item.set}\n{item.question}".encode("utf-8", "replace")).hexdigest()[:12],
        "question": item.question,
        "gold": _text(item.gold),
        "kinds": list(item.kinds),
        "distractors": None if item.distractors is None else item.distractors.total(),
        "operations": item.operations,
        "graph": None if item.example.graph is None else item.example.graph.to_obj(),
        "correct": verdict.correct,
        "answer": _text(verdict.value),
        "text": answer.text,
        "tokens": answer.tokens,
        "seconds": round(answer.seconds, 4),
        "failure": asdict(fail) if fail else None,
    }


def _text(value: Number | None) -> str | None:
    return None if value is None else show(value)
