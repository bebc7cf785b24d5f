"""A Solution as text and back: the draft that survives a reload and a restart."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from typing import Any

from dagger_core.diagnostics import Diagnostic
from dagger_core.graph import Graph
from demo.solution import Attempt, Solution

_STEPS = 20
_PLAIN = ("question", "gold", "selected", "key", "revision", "parent", "saved_at", "typed")


def dump(solution: Solution) -> str:
    """The draft of a solution with its last steps."""
    first = max(0, solution.at + 1 - _STEPS)
    history = solution.history[first : solution.at + _STEPS]
    obj: dict[str, Any] = {name: getattr(solution, name) for name in _PLAIN}
    obj["history"] = [graph.to_json() for graph in history]
    obj["at"] = solution.at - first
    obj["attempt"] = _attempt_obj(solution.attempt) if solution.attempt else None
    return json.dumps(obj, ensure_ascii=False)


def load(text: str) -> Solution | None:
    """The solution of a draft, or None if it is not one (written by another version, say)."""
    try:
        obj = json.loads(text)
        history = tuple(_graph(item) for item in obj["history"])
        attempt = obj["attempt"]
        solution = Solution(
            **{name: obj[name] for name in _PLAIN},
            history=history,
            at=max(0, min(int(obj["at"]), len(history) - 1)),
            attempt=_attempt(attempt) if attempt else None,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return solution


def _attempt_obj(attempt: Attempt) -> dict[str, Any]:
    obj = {field.name: getattr(attempt, field.name) for field in fields(attempt)}
    obj["graph"] = attempt.graph.to_json() if attempt.graph else None
    obj["notes"] = [[note.code, note.node, dict(note.params)] for note in attempt.notes]
    return obj


def _attempt(obj: dict[str, Any]) -> Attempt:
    notes = tuple(Diagnostic(code, node, params) for code, node, params in obj["notes"])
    graph = _graph(obj["graph"]) if obj["graph"] else None
    return Attempt(**{**obj, "notes": notes, "graph": graph})


def _graph(text: str) -> Graph:
    return Graph.from_obj(json.loads(text, parse_float=Decimal))
