"""Reports that are made with scripted answers."""

from __future__ import annotations

from pathlib import Path

from dagger_core.example import Example
from dagger_core.formats import FORMATS
from dagger_core.generate import ScriptedGenerator, Settings
from train.evaluate import Asker, EvaluationSet, evaluate
from train.evaluate.items import Item
from train.evaluate.writing import save

QUESTION = "Ann had 26 apples{}. Ann ate {}. How many does Ann have?"
COMPACT = FORMATS["compact"]
HOSTILE = '=HYPERLINK("http://x")<script>window.pwned=1</script>'


def make(runs: Path, title: str, right: str, data: str = "apples", first: int = 3) -> Path:
    """A report on problems that a script gets right (1) or wrong (0), in this order.

    Every other one has a distractor, and is wrong for using it; the rest have a wrong operation.
    """
    texts, items = {}, []
    for number, mark in enumerate(right, 1):
        odd = number % 2 == 1
        question = QUESTION.format(" and Bob 17" * odd, first + number) + " Please." * number
        gold = "sub [1] [3] ! [2]" if odd else "sub [1] [2]"
        graph = COMPACT.read(gold, question).graph
        texts[question] = gold if mark == "1" else "sub [2] [3]" if odd else "add [1] [2]"
        items.append(Item(data, number, Example(question, graph), ("RED",) if odd else ()))
    asker = Asker(ScriptedGenerator(texts, name=title), Settings(format="compact"))
    report = evaluate(asker, [EvaluationSet(data, items)])
    return save({**report, "at": f"2026-01-0{len(title) % 9}T10:00:00+00:00"}, None, runs)
