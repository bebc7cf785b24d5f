"""Asking: each question once, a failure of one is not the failure of all, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dagger_core.diagnostics import GenerationError
from dagger_core.generate import LocalGenerator, ScriptedGenerator, Settings, Stream
from tests.dagger_core.generate.conftest import make_model
from train.evaluate import Asker, Cache, Stopped

ROOT = Path(__file__).parents[3]
COMPACT = Settings(format="compact", max_new_tokens=8)
# The compact prompt has no digits, so that only words make another question.
QUESTIONS = [
    f"Ann has 5 {thing} and buys 2. How many?"
    for thing in (
        "pens",
        "cups",
        "hats",
        "cats",
        "toys",
        "jars",
        "bags",
        "figs",
        "nuts",
        "pins",
        "maps",
        "keys",
    )
]


class Counting(ScriptedGenerator):
    """Answers every question with its length, and remembers what it was asked."""

    def __init__(self, broken: str = "", slow: str = "") -> None:
        super().__init__(["x"], name="counting")
        self.asked: list[str] = []
        self.broken, self.slow = broken, slow

    def generate(self, question: str, settings: Settings) -> Stream:
        self.asked.append(question)
        if question == self.broken or self.broken == "all":
            return ScriptedGenerator({"": "x"}).generate(question, settings)
        delay = 30.0 if question == self.slow else 0.0
        return ScriptedGenerator([str(len(question))], delay=delay).generate(question, settings)


def test_equal_questions_are_asked_once() -> None:
    model = Counting()
    answers = Asker(model, COMPACT).ask([*QUESTIONS, *QUESTIONS])
    assert sorted(model.asked) == sorted(QUESTIONS)
    assert answers[:12] == answers[12:]
    assert [answer.text for answer in answers[:12]] == [str(len(q)) for q in QUESTIONS]


def test_what_is_known_is_not_asked_again(tmp_path: Path) -> None:
    cache, model = Cache(tmp_path / "deep" / "answers.sqlite3"), Counting()

    def halfway(done: int, total: int) -> None:
        if done >= 6:
            raise Stopped

    with pytest.raises(Stopped):
        Asker(model, COMPACT, jobs=2, cache=cache).ask(QUESTIONS, halfway)
    before = len(model.asked)
    assert 6 <= before < 12
    told: list[tuple[int, int]] = []
    Asker(model, COMPACT, cache=cache).ask(QUESTIONS, lambda *seen: told.append(seen))
    assert told[0][0] >= 6, "what was answered counts at once"
    assert told[-1] == (12, 12)
    assert len(model.asked) <= 12 + 2, "at most the two that were on their way are asked twice"
    count = len(model.asked)
    Asker(model, COMPACT, cache=cache).ask(QUESTIONS)
    assert len(model.asked) == count
    Asker(model, Settings(format="compact", max_new_tokens=9), cache=cache).ask(QUESTIONS[:1])
    assert len(model.asked) == count + 1, "other settings are another question"
    fresh = Cache(tmp_path / "deep" / "answers.sqlite3", fresh=True)
    Asker(model, COMPACT, cache=fresh).ask(QUESTIONS[:1])
    assert len(model.asked) == count + 2


def test_one_that_fails_or_is_late_is_named(tmp_path: Path) -> None:
    model = Counting(broken=QUESTIONS[3], slow=QUESTIONS[5])
    cache = Cache(tmp_path / "answers.sqlite3")
    answers = Asker(model, COMPACT, timeout=3, cache=cache).ask(QUESTIONS)
    assert [answer.finish for answer in answers].count("stop") == 10
    assert (answers[3].finish, answers[5].finish) == ("error", "timeout")
    assert "no completion" in answers[3].error
    assert "too long" in answers[5].error
    Asker(model, COMPACT, timeout=3, cache=cache).ask(QUESTIONS)
    assert len(model.asked) == 14, "those two are asked again the next time"


def test_a_model_that_fails_at_everything_is_given_up() -> None:
    model = Counting(broken="all")
    with pytest.raises(GenerationError, match="no completion"):
        Asker(model, COMPACT, jobs=1).ask([f"{n}" for n in range(500)])
    assert len(model.asked) < 20


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch")
    return make_model(tmp_path_factory.mktemp("models") / "tiny")


def test_a_local_model_answers_in_batches_as_it_does_alone(tiny: Path) -> None:
    model = LocalGenerator(tiny, device="cpu")
    wanted = [model.generate(question, COMPACT).read().text for question in QUESTIONS[:4]]
    many = [*QUESTIONS, *(f"{q} Tell." for q in QUESTIONS), *(f"{q} Now?" for q in QUESTIONS)]
    told: list[int] = []
    answers = Asker(model, COMPACT, batch=5).ask(many, lambda done, total: told.append(done))
    assert [answer.text for answer in answers[:4]] == wanted
    assert sum(answer.alone for answer in answers) == 20, "some are timed alone"
    assert told[-1] == len(many)
    assert len(told) < len(many), "the others come in batches"


def test_a_question_that_does_not_fit_fails_alone(tiny: Path) -> None:
    long = " ".join(["Ann has 5 pens."] * 400)
    answers = Asker(LocalGenerator(tiny, device="cpu"), COMPACT).ask([*QUESTIONS, long])
    assert [answer.finish for answer in answers].count("error") == 1
    assert "too long" in answers[-1].error


def test_the_same_weights_are_the_same_model(tiny: Path, tmp_path: Path) -> None:
    again, other = make_model(tmp_path / "again"), make_model(tmp_path / "other", seed=1)
    (again / "report.json").write_text("{}")
    names = [LocalGenerator(path).identity for path in (tiny, again, other)]
    assert names[0] == names[1] != names[2]
    assert LocalGenerator(tiny, constrained=False).identity != names[0]


_SLOW_RUN = """
import sys
from pathlib import Path
from dagger_core.generate import ScriptedGenerator, Settings
from train.evaluate import Asker, Cache
questions = [f"{n}" for n in range(40)]
model = ScriptedGenerator(["x"], delay=0.05, name="slow")
asker = Asker(model, Settings(format="compact"), jobs=1, cache=Cache(Path(sys.argv[1])))
print(len(asker.ask(questions, lambda done, total: print("at", done, flush=True))))
"""


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    start: Callable[[], subprocess.Popen[str]] = lambda: subprocess.Popen(  # noqa: E731
        [sys.executable, "-c", _SLOW_RUN, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    process = start()
    out: Any = process.stdout
    at = 0
    while at < 10:
        at = int(out.readline().split()[1])
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    deadline = time.monotonic() + 60
    again = start()
    lines = again.communicate(timeout=deadline - time.monotonic())[0].split("\n")
    assert int(lines[0].split()[1]) >= 10
    assert lines[-2] == "40"
