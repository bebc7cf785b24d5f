"""What errors say: every name that is raised has a sentence in both languages, with its params."""

from __future__ import annotations

import ast
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomlkit

import dagger_core
from dagger_core.diagnostics import EditError, StoreError

ROOT = Path(dagger_core.__file__).parents[1]
TABLE = tomlkit.parse((ROOT / "dagger_core" / "errors.toml").read_text("utf-8")).unwrap()


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Place, name and params of every error that is made with a constant name."""
    for folder in ("dagger_core", "annotate", "demo"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Name(id=error),
                        args=[ast.Constant(value=str(name))],
                        keywords=given,
                    ) if error.endswith(("Error", "TooLarge", "Timeout", "Unavailable")):
                        if " " not in name:
                            place = f"{path.name}:{node.lineno}"
                            yield place, name, {keyword.arg or "**" for keyword in given}


@pytest.mark.parametrize("name", TABLE)
def test_both_languages_mention_the_same(name: str) -> None:
    english, bangla = TABLE[name]["en"], TABLE[name]["bn"]
    assert fields(english) == fields(bangla)
    assert any("\u0980" <= letter <= "\u09ff" for letter in bangla)


def test_what_is_raised_is_in_the_table() -> None:
    found = list(raised())
    assert len(found) > 20
    unknown = [(place, name) for place, name, _ in found if name not in TABLE]
    wrong = [
        place
        for place, name, given in found
        if name in TABLE and given != fields(TABLE[name]["en"])
    ]
    assert (unknown, wrong) == ([], [])


def test_an_error_speaks_two_languages() -> None:
    error = EditError("no-such-node", node="n7")
    assert str(error) == "There is no node called n7 any more."
    assert error.text("bn") == "n7 নামে এখন আর কোনো নোড নেই।"


def test_numbers_are_in_the_digits_of_the_language_and_names_are_not() -> None:
    assert EditError("too-many-nodes", limit=200).text("bn").startswith("একটি গ্রাফে সর্বোচ্চ ২০০টি")
    assert "২০০,০০০" in EditError("input-too-long", limit="200,000").text("bn")
    assert "200,000" in EditError("input-too-long", limit="200,000").text("en")
    assert EditError("no-such-node", node="7").text("bn").startswith("7 ")


def test_a_plain_sentence_stays() -> None:
    assert str(StoreError("The disk is {full}.")) == "The disk is {full}."
    assert StoreError("The disk is {full}.").text("bn") == "The disk is {full}."


def test_long_and_strange_params_are_harmless() -> None:
    error = EditError("no-such-node", node="{0.__class__}" + "x" * 5000)
    assert "{0.__class__}" in str(error)
    assert len(str(error)) < 300


def test_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(EditError("id-taken", to="n1")))
    assert error.text("bn") == EditError("id-taken", to="n1").text("bn")
