"""Reports of two models on the same problems."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("gradio")

from demo.results.reports import Reports
from tests.demo.results.made import make


@pytest.fixture
def found(tmp_path: Path) -> Reports:
    make(tmp_path / "runs", "old", "110")
    make(tmp_path / "runs", "newer", "101")
    (tmp_path / "models" / "mini").mkdir(parents=True)
    return Reports(tmp_path / "runs", tmp_path / "models")
