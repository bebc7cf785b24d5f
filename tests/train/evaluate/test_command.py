"""The command line: from names to a report in a file, for models here and behind a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dagger_core.diagnostics import SettingsError, SourceError
from tests.serving import serve
from train.__main__ import app
from train.evaluate.command import read_report, sampling

ROOT = Path(__file__).parents[3]
MINI = str(ROOT / "models" / "dagger-mini")
QUESTIONS = (
    "Ann had 26 apples. She ate 9. How many does she have?",
    "Bob buys 4 boxes of 6 pens. How many pens does he have?",
    "Eve has 12 cups and 5 hats. She buys 3 cups. How many cups does she have?",
    "রিমার ২৬টি আম ছিল। সে ৯টি আম খেল। কয়টি আম আছে?",
)
ANSWERS = (17, 24, 15, 17)


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGGER_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = zip(QUESTIONS, ANSWERS, strict=True)
    path = tmp_path / "small.jsonl"
    lines = [json.dumps({"question": q, "answer": a}, ensure_ascii=False) for q, a in rows]
    path.write_text("\n".join([*lines, "{broken"]) + "\n", "utf-8")
    return path


def run(*given: object) -> str:
    done = CliRunner().invoke(app, ["evaluate", *map(str, given)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def answers(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["question"], row["text"]) for row in report["rows"]]


@pytest.fixture(scope="module")
def local() -> None:
    pytest.importorskip("torch")


def test_a_report_is_files_where_the_app_finds_them(local: None, data: Path, runs: Path) -> None:
    out = run("--model", MINI, "--data", data, "--data", f"again+d={data}")
    assert "small" in out
    assert "! small row 5: Not a JSON object" in out
    (path,) = (runs / "reports").glob("*.json")
    report = read_report(path)
    assert report["sets"].keys() == {"small", "again+d"}
    assert report["count"] == 8
    assert report["accuracy"] == pytest.approx(
        sum(part["accuracy"] * part["count"] for part in report["sets"].values()) / 8, abs=1e-4
    )
    assert report["drop"] is None, "they are not the same set with and without"
    settings = report["settings"]
    assert (settings["temperature"], settings["format"], settings["grammar"]) == (
        0,
        "compact",
        True,
    )
    assert settings["sources"] == [str(data), f"again+d={data}"]
    text = path.with_suffix(".md").read_text("utf-8")
    assert "# dagger-mini on small + again+d" in text
    assert all(f"]({picture.name})" in text for picture in path.parent.glob("*.svg"))
    assert len(list(path.parent.glob("*.svg"))) >= 1


def test_answers_made_elsewhere(data: Path, tmp_path: Path) -> None:
    rows = zip(QUESTIONS[:3], ("sub [1] [2]", "mul [1] [2]", "add [1] [2]"), strict=True)
    lines = [json.dumps({"question": q, "text": text}) for q, text in rows]
    (tmp_path / "made.jsonl").write_text("\n".join(lines), "utf-8")
    out = tmp_path / "out.json"
    run("--model", f"answers:{tmp_path / 'made.jsonl'}", "--format", "compact", "--data", data,
        "--out", out)  # fmt: skip
    report = read_report(out)
    assert (report["accuracy"], report["failures"]) == (0.5, {"error": 1, "unexplained": 1})


def test_the_same_figures_through_a_real_server(
    local: None, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("uvicorn")
    out = tmp_path / "local.json"
    run("--model", MINI, "--data", data, "--no-grammar", "--out", out)
    here = read_report(out)
    with serve(Path(MINI), "--dtype", "float32") as (url, name):
        monkeypatch.setenv("DAGGER_ENDPOINT_URL", url)
        monkeypatch.setenv("DAGGER_ENDPOINT_MODEL", name)
        out = tmp_path / "served.json"
        run("--model", "endpoint", "--format", "compact", "--data", data, "--jobs", 2,
            "--out", out)  # fmt: skip
    there = read_report(out)
    assert answers(there) == answers(here)
    names = ("accuracy", "executed", "valid", "format", "reward", "failures", "count")
    assert [there[name] for name in names] == [here[name] for name in names]
    assert there["accuracy"] > 0, "a figure that says nothing would be the same anywhere"
    # Without the server: what it said is kept.
    run("--model", "endpoint", "--format", "compact", "--data", data, "--out", out)
    assert answers(read_report(out)) == answers(here)


def test_sampling_can_be_changed() -> None:
    settings = sampling("dagger_json", ["temperature=0.7", "seed=5"])
    assert (settings.temperature, settings.seed, settings.max_new_tokens) == (0.7, 5, 2048)
    for wrong in ("heat=1", "temperature", "temperature=hot", "top_p=7"):
        with pytest.raises(SettingsError):
            sampling("compact", [wrong])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rows": [], "accuracy": 1}', "\udcff"])
def test_what_is_no_report(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError, match=r"a\.json is no report"):
        read_report(path)
