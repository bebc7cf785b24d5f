"""Why an answer in words is wrong."""

from __future__ import annotations

import pytest

from dagger_core.example import Example
from dagger_core.formats import FORMATS
from dagger_core.generate import ScriptedGenerator, Settings
from train.evaluate import Asker, EvaluationSet, evaluate
from train.evaluate.items import Item
from train.evaluate.traces import wrong_calculations

QUESTION = "A train goes 60 km in 90 minutes. It makes 3 trips of 2 legs. How many km in all?"
GRAPH = FORMATS["compact"].read("mul [1] [3] mul {1} [4] ! [2]", QUESTION).graph


def trace(reasoning: str, answer: str) -> str:
    return f"<reasoning>{reasoning}</reasoning><answer>{answer}</answer>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (trace("Step 1: 60 × 3 = 180.\nStep 2: 180 × 2 = 360.", "360 km"), None),
        (trace("Step 1: 60 × 3 = 170.\nStep 2: 170 × 2 = 340.", "340 km"), "calculation"),
        (trace("ধাপ ১: ৬০ × ৩ = ১৭০।\nধাপ ২: ১৭০ × ২ = ৩৪০।", "৩৪০"), "calculation"),
        (trace("Step 1: 60 × 3 = 180.\nStep 2: 180 × 2 = 360.", "360 kg"), "units"),
        (trace("Step 1: 60 × 3 = 180.\nStep 2: in metres.", "360000"), "units"),
        (trace("60 × 3 = 180.", "180"), "premature"),
        (trace("\n".join(f"I look at number {n} now." for n in range(20)), "7"), "verbose"),
        (trace("Step 1: 60 + 3 = 63.\nStep 2: 63 + 2 = 65.", "65 km"), "unexplained"),
        (trace("no answer", "many"), "not_parsed"),
        ("just text", "not_parsed"),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    item = Item("set", 1, Example(QUESTION, GRAPH, 360), stated="360 km")
    script = ScriptedGenerator([text])
    asker = Asker(script, Settings(format="trace"))
    assert evaluate(asker, [EvaluationSet("set", [item])])["failures"] == (
        {kind: 1} if kind else {}
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("3 + 4 = 7, then 7 x 2 = 14", []),
        ("3 + 4 = 8", ["3 + 4 = 8"]),
        ("10 / 3 = 3.33 and 10 / 3 = 3.3", []),
        ("10 / 3 = 3.4", ["10 / 3 = 3.4"]),
        ("$1,200 - $200 = $1,000", []),
        ("(2 + 3) × 4 = 20", []),
        ("5 / 0 = 1", []),
        ("x = 3", []),
        ("(((((" * 50 + "1 + 1 = 3", ["1 + 1 = 3"]),
        ("1 + " * 5000 + "1 = 2", []),
    ],
)
def test_wrong_calculations(text: str, wrong: list[str]) -> None:
    assert [found.lstrip("( ") for found in wrong_calculations(text)] == wrong
