"""Who may import whom, and what `import dagger_core` must not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What each part may import of the others.
MAY = {
    "dagger_core": set(),
    "annotate": {"dagger_core"},
    "train": {"dagger_core"},
    "demo": {"dagger_core", "annotate", "train"},
    "app": {"dagger_core", "annotate", "train", "demo"},
}
#: Libraries that only some parts may import, even inside of functions.
ONLY = {"gradio": {"demo", "app"}, "sqlalchemy": {"annotate"}, "trl": {"train"}}
#: The modules that work with weights; `generate.local` imports them when a model is wanted.
DEFERRED = {f"dagger_core.generate.{name}" for name in ("constrain", "decoding", "loading")}
HEAVY = ("torch", "transformers", "gradio", "sqlalchemy", "trl", "peft", "datasets")


def modules(part: str) -> list[Path]:
    folder = ROOT / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{part}.py"]


def imported(path: Path) -> Iterator[str]:
    """Top-level names that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("part", MAY)
def test_imports_go_down(part: str) -> None:
    files = [path for path in modules(part) if path.exists()]
    assert files, f"{part} is not there"
    forbidden = (set(MAY) | {"tests", "bench"}) - MAY[part] - {part}
    forbidden |= {library for library, parts in ONLY.items() if part not in parts}
    for path in files:
        wrong = forbidden.intersection(imported(path))
        assert not wrong, f"{path.relative_to(ROOT)} must not import {', '.join(sorted(wrong))}"


def test_the_scan_sees_imports_in_functions() -> None:
    assert "torch" in set(imported(ROOT / "dagger_core" / "generate" / "warm.py"))


def test_the_core_loads_nothing_heavy() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules("dagger_core")
    ]
    light = [name for name in names if name not in DEFERRED]
    assert len(light) > 30
    code = f"""
import importlib, sys
for name in {light!r}:
    importlib.import_module(name)
    loaded = [heavy for heavy in {HEAVY!r} if heavy in sys.modules]
    if loaded:
        sys.exit(f"{{name}} loads {{loaded}}")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
