"""Jobs from the command line, with a real training of the tiny recipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from train.jobs import Runs


def run(folder: Path, *words: str) -> str:
    """What `python -m train jobs …` prints."""
    command = [sys.executable, "-m", "train", "jobs", *words]
    env = {**os.environ, "DAGGER_RUNS": str(folder), "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def test_tiny_recipe_from_start_to_model(tmp_path: Path) -> None:
    pytest.importorskip("trl")
    assert run(tmp_path, "list") == ""
    name = run(tmp_path, "start", "--recipe", "tiny").strip()
    followed = run(tmp_path, "show", name, "--follow")
    assert "train_loss" in followed
    assert followed.splitlines()[-1].split()[:3] == [name, "sft", "done"]
    job = Runs(tmp_path).find(name)
    assert job.model is not None
    assert (job.model / "model.safetensors").is_file()
    assert job.status.exit_code == 0
    failed = subprocess.run(
        [sys.executable, "-m", "train", "jobs", "stop", name, "--runs", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert failed.returncode == 1
    assert "over already" in failed.stderr
    assert "Traceback" not in failed.stderr
    run(tmp_path, "delete", name, "--yes")
    assert run(tmp_path, "list") == ""
    assert not job.folder.exists()
