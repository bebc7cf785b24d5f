"""Graph -> the value or the failure of every node: the only executor (policies P3, P5, P7, P8).

Every node is computed, distractors too, once each, in time linear in the graph.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from math import inf
from typing import Any

import msgspec

from dagger_core.diagnostics import Diagnostic, brief
from dagger_core.graph import Graph, Node
from dagger_core.numerals import Number, TooLarge, plain_number, read_number
from dagger_core.numerals.read import tame
from dagger_core.ops import CONST, NAMES, OPS, Op, OpFailure, find_op

Result = Number | Diagnostic

# What these operations do to two whole numbers.
_PAIRS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}
# Whole numbers below this need no care: no two of them make one beyond every bound.
_SMALL = 10**300


class Execution(msgspec.Struct, frozen=True, dict=True):
    """What came out of a graph.

    Args:
        graph: the graph that was executed.
        results: by id, the value of a node or the diagnostic that says why it has none.
    """

    graph: Graph
    results: Mapping[str, Result]

    def value(self, node_id: str) -> Number | None:
        """The value of a node, or None if it has none."""
        result = self.results.get(node_id)
        return None if isinstance(result, Diagnostic) else result

    def failure(self, node_id: str) -> Diagnostic | None:
        """Why a node has no value, or None if it has one."""
        result = self.results.get(node_id)
        return result if isinstance(result, Diagnostic) else None

    @property
    def answer(self) -> Number | None:
        """The value of the answer's node."""
        final = self.graph.final
        return None if final is None else self.value(final.id)

    @cached_property
    def path(self) -> tuple[str, ...]:
        """Ids of the nodes the answer depends on, in the order they are computed."""
        live, nodes = self.graph.live, self.graph.nodes
        return tuple(nodes[p].id for p in self.graph.order if nodes[p].id in live)

    @property
    def failures(self) -> list[Diagnostic]:
        """All failures, in the order of the nodes."""
        found = map(self.failure, self.graph.index)
        return [failure for failure in found if failure is not None]


class _Stop(Exception):
    """Ends the computation of one node; caught below and never seen outside."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params


def execute(graph: Graph) -> Execution:
    """Compute every node.

    Whatever is wrong with a node becomes its result; nothing is raised for a bad graph.
    """
    values = _quick(graph.nodes)
    return Execution(graph, _careful(graph) if values is None else values)


def _quick(nodes: Iterable[Node]) -> dict[str, int] | None:
    """The values of an ordinary graph, or None where any node needs care.

    Ordinary: whole numbers only, operations by their published names, arguments that are ids of
    nodes before. Nearly every graph is such a one, and training executes millions of them.
    """
    known: dict[str, int] = {}
    count = 0
    try:
        for node in nodes:
            count += 1
            name, args = node.op, node.args
            if name == CONST:
                value = node.val
            elif name in _PAIRS and len(args) == 2:
                value = _PAIRS[name](known[args[0]], known[args[1]])
            elif OPS[name].takes(len(args)):
                value = OPS[name].fn([*map(known.__getitem__, args)])
            else:
                return None
            if type(value) is not int or abs(value) > _SMALL:
                return None
            known[node.id] = value
    except (LookupError, TypeError, ArithmeticError, OpFailure):
        return None
    return known if len(known) == count else None  # fewer: ids that several nodes share


def _careful(graph: Graph) -> dict[str, Result]:
    """The results of any graph: in any order, with cycles, with ids used twice."""
    results: dict[str, Result] = {}
    for position in graph.order:
        node = graph.nodes[position]
        results[node.id] = _result(graph, node, results)
    if len(results) < len(graph.index):
        _explain_cycles(graph, results)
    return results


def _result(graph: Graph, node: Node, known: Mapping[str, Result]) -> Result:
    if node.id in graph.duplicates:
        return Diagnostic("duplicate-id", node.id)
    op: Op | None = None
    try:
        if node.is_const:
            return _constant(node)
        op = _operation(node)
        values = [_argument(graph, node, op, i, known) for i in range(len(node.args))]
        return tame(op.fn(values))
    except _Stop as stop:
        return Diagnostic(stop.code, node.id, stop.params)
    except OpFailure as failure:
        return Diagnostic(failure.code, node.id, {"op": op.name if op else node.op})
    except ZeroDivisionError:
        return Diagnostic("zero-divisor", node.id)
    except (TooLarge, OverflowError):
        return Diagnostic("overflow", node.id)


def _constant(node: Node) -> Number:
    value = read_number(node.val)
    if value is None:
        if node.val is None:
            raise _Stop("missing-value")
        raise _Stop("bad-value", value=brief(node.val))
    return value


def _operation(node: Node) -> Op:
    op = find_op(node.op)
    if op is None:
        if not node.op.strip():
            raise _Stop("missing-op")
        raise _Stop("unknown-op", op=brief(node.op), hint=did_you_mean(node.op, NAMES))
    if not op.takes(len(node.args)):
        raise _Stop("arity", op=op.name, wants=arity_text(op), has=len(node.args))
    return op


def _argument(
    graph: Graph, node: Node, op: Op, position: int, known: Mapping[str, Result]
) -> Number:
    arg = node.args[position]
    source = graph.reference(arg)
    if source is not None:
        result = known[source]
        if isinstance(result, Diagnostic):
            root = result.params.get("source", source) if result.code == "upstream" else source
            raise _Stop("upstream", source=root)
        return result
    if isinstance(arg, str):
        value = plain_number(arg)
        if value is None:
            raise _Stop(
                "dangling-arg",
                position=position + 1,
                arg=brief(arg),
                hint=did_you_mean(arg, graph.index),
            )
    else:
        value = read_number(arg)
        if value is None:
            raise _Stop("bad-arg", position=position + 1, arg=brief(arg))
    if not op.literals:
        raise _Stop("literal-arg", op=op.name, position=position + 1, arg=brief(arg))
    return value


def _explain_cycles(graph: Graph, results: dict[str, Result]) -> None:
    """Give every node that was never ready its reason: on a cycle, or after one."""
    stuck = [key for key in graph.index if key not in results]
    leads_to: dict[str, str] = {}  # id -> a node of the cycle it depends on
    cycles: dict[str, str] = {}  # id -> the cycle it is on
    for start in stuck:
        walk: dict[str, None] = {}
        key = start
        while key not in leads_to and key not in walk:
            walk[key] = None
            key = next(p for p in graph.parents(graph[key]) if p not in results)
        if key in walk:
            ids = list(walk)
            loop = ids[ids.index(key) :]
            cycles.update(dict.fromkeys(loop, _cycle_text(loop)))
        leads_to.update(dict.fromkeys(walk, leads_to.get(key, key)))
    for key in stuck:
        if key in cycles:
            results[key] = Diagnostic("cycle", key, {"path": cycles[key]})
        else:
            results[key] = Diagnostic("upstream", key, {"source": leads_to[key]})


def _cycle_text(loop: list[str]) -> str:
    """The nodes of a cycle, each followed by one that takes it; long ones are cut."""
    shown = [loop[0], *reversed(loop)]
    return " → ".join(brief(key) for key in (shown if len(shown) <= 9 else [*shown[:8], "…"]))


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A hint that names the nearest known word, or nothing."""
    if len(word) > 60 or len(known) > 100:
        return ""
    near = get_close_matches(word.strip().lower(), list(known), 1, 0.7)
    return f" ({near[0]}?)" if near else ""


def arity_text(op: Op) -> str:
    """How many arguments an operation takes, in digits: "2", "1–2", "2+"."""
    if op.most == inf:
        return f"{op.least}+"
    return str(op.least) if op.least == op.most else f"{op.least}–{op.most}"
