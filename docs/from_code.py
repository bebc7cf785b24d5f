"""The parts of the documents that are made from the code; `make docs` checks them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = ("dagger_core", "annotate", "train", "demo")


def tree() -> str:
    """Every module with the first line of its docstring."""
    lines = ["app.py — " + _first_line(ROOT / "app.py")]
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            summary = _first_line(path)
            if summary and "versions" not in path.parts:
                name = path.relative_to(ROOT).as_posix().removesuffix("__init__.py")
                lines.append(f"{name} — {summary}")
    return "```text\n" + "\n".join(lines) + "\n```"


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


def operations() -> str:
    """The table of operations."""
    from dagger_core.execute import arity_text
    from dagger_core.ops import OPS

    rows = ["| name | sign | arguments | in words | also read |", "|---|---|---|---|---|"]
    for op in OPS.values():
        aliases = ", ".join(f"`{alias}`" for alias in op.aliases)
        symbol = op.symbol.replace("|", "\\|")
        rows.append(
            f"| `{op.name}` | {symbol} | {arity_text(op)} | {op.en} · {op.bn} | {aliases} |"
        )
    return "\n".join(rows)


def diagnostics() -> str:
    """The table of diagnostics."""
    from dagger_core.diagnostics import codes

    rows = ["| code | severity | says |", "|---|---|---|"]
    for code in codes().values():
        said = code.en.replace("|", "\\|").replace("\n", " ")
        rows.append(f"| `{code.name}` | {code.severity} | {said} |")
    return "\n".join(rows)


def _every(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """The commands of a group, those of its groups by both names."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _every(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def endpoints() -> str:
    """The table of the public API's endpoints."""
    from inspect import cleandoc, signature

    from demo import api

    rows = ["| endpoint | does | arguments |", "|---|---|---|"]
    for function in api.ENDPOINTS:
        does = cleandoc(function.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        given = ", ".join(f"`{name}`" for name in signature(function).parameters)
        rows.append(f"| `/{function.__name__}` | {does} | {given} |")
    return "\n".join(rows)


def commands(module: str) -> str:
    """The commands of a command line with their options, from the program itself."""
    app = importlib.import_module(f"{module}.__main__").app
    rows = ["| command | does | options |", "|---|---|---|"]
    for name, command in _every(typer.main.get_command(app)):
        options = [p.opts[-1] for p in command.params if p.param_type_name == "option"]
        does = " ".join((command.help or "").split())
        listed = ", ".join(f"`{option}`" for option in options if option != "--help")
        rows.append(f"| `python -m {module} {name}` | {does} | {listed} |")
    return "\n".join(rows)
