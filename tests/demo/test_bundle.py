"""The browser's modules: they import what they use, and fit into one scope."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from demo import bundle, graph_view, question_view
from demo.view_texts import GRAPH_VIEW, QUESTION_VIEW

NODE = shutil.which("node")
BUNDLES = {
    "graph_view": (graph_view._MODULES, "mountGraphView"),
    "question_view": (question_view._MODULES, "mountQuestionView"),
}


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_has_no_module_words_left(name: str) -> None:
    modules, call = BUNDLES[name]
    text = bundle.script(modules, call, {"channel": "x"})
    assert not re.search(r"^\s*(import|export)\s", text, re.MULTILINE)
    assert text.endswith(f'{call}({{ element, trigger, props, watch }}, {{"channel": "x"}});\n')


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_holds_every_module_it_imports(name: str) -> None:
    modules, _ = BUNDLES[name]
    for module in modules:
        path = bundle.ASSETS / f"{module}.js"
        for source in re.findall(r'^import [^;]* from "(.+)";', path.read_text(), re.MULTILINE):
            needed = (path.parent / source).resolve().relative_to(bundle.ASSETS)
            assert str(needed.with_suffix("")) in modules, f"{module} needs {needed}"


def test_two_modules_with_one_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "ASSETS", tmp_path)
    for name in "ab":
        (tmp_path / f"{name}.js").write_text("export function twice() {}\n")
    with pytest.raises(ValueError, match="twice"):
        bundle.script(["a", "b"], "twice", {})


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize("path", sorted(bundle.ASSETS.rglob("*.js")), ids=lambda p: p.stem)
def test_module_loads_alone(path: Path) -> None:
    program = f"await import({json.dumps(path.as_uri())})"
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", program], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("texts", [GRAPH_VIEW, QUESTION_VIEW])
def test_both_languages_have_the_same_words(texts: dict[str, dict[str, str]]) -> None:
    assert texts["en"].keys() == texts["bn"].keys()
    for name, english in texts["en"].items():
        assert re.findall(r"\{\w+\}", english) == re.findall(r"\{\w+\}", texts["bn"][name])


def test_every_command_has_words() -> None:
    commands = (bundle.ASSETS / "graph/commands.js").read_text()
    names = re.findall(r'\{ name: "(\w+)"', commands)
    assert len(names) > 15
    assert set(names) <= GRAPH_VIEW["en"].keys()


@pytest.mark.parametrize("path", sorted(bundle.ASSETS.rglob("*.css")), ids=lambda p: p.stem)
def test_every_rule_of_a_style_sheet_ends(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("{") == text.count("}")
