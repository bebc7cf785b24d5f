"""Edits: small frozen commands that turn one graph into another.

An edit says what a person did ("delete n3"), not how the list changed, so it can be shown, stored
and undone (`undo`). `apply` never changes a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

import msgspec

from dagger_core.diagnostics import EditError
from dagger_core.graph import Graph, Node
from dagger_core.numerals import TooLarge, plain_number

_FIELDS = frozenset({"op", "val", "args", "distractor", "label"})
_MAX_NODES = 2000
_MAX_TEXT = 10_000


@dataclass(frozen=True)
class Edit:
    """Base of all edits."""


@dataclass(frozen=True)
class Update(Edit):
    """Set fields of one node: any of op, val, args, distractor, label."""

    node: str
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rename(Edit):
    """Give a node another id, here and wherever it is an argument."""

    node: str
    to: str


@dataclass(frozen=True)
class Insert(Edit):
    """Put a new node at a position (0 is first; None: before the answer's node)."""

    node: Node
    position: int | None = None


@dataclass(frozen=True)
class Delete(Edit):
    """Remove a node, and every use of it as an argument."""

    node: str


@dataclass(frozen=True)
class Connect(Edit):
    """Make one node an argument of another, at a position (None: last)."""

    source: str
    target: str
    position: int | None = None


@dataclass(frozen=True)
class Disconnect(Edit):
    """Remove one argument of a node, by its position."""

    target: str
    position: int


@dataclass(frozen=True)
class Reorder(Edit):
    """Put the nodes in this order, given as their present positions."""

    positions: tuple[int, ...]


@dataclass(frozen=True)
class Replace(Edit):
    """Take another graph instead, as when its JSON was edited or a model answered anew."""

    graph: Graph


@dataclass(frozen=True)
class Sequence(Edit):
    """Several edits as one step of undo."""

    edits: tuple[Edit, ...]


@singledispatch
def apply(edit: Edit, graph: Graph) -> Graph:
    """The graph after an edit.

    Raises:
        EditError: the edit names a node that is not there, or would make an unusable graph.
    """
    raise EditError("not-an-edit", name=type(edit).__name__)


@apply.register
def _(edit: Update, graph: Graph) -> Graph:
    node = existing(graph, edit.node)
    unknown = set(edit.changes) - _FIELDS
    if unknown:
        raise EditError("no-such-field", node=edit.node, field=sorted(unknown)[0])
    new = Node.from_obj({**msgspec.structs.asdict(node), **edit.changes})
    return _with(graph, node, _tidy(new))


@apply.register
def _(edit: Rename, graph: Graph) -> Graph:
    node = existing(graph, edit.node)
    to = _text(edit.to, edit.node, "id").strip()
    if not to:
        raise EditError("empty-id", node=edit.node)
    if to != edit.node and to in graph.index:
        raise EditError("id-taken", to=to)
    if to not in graph.index and _is_literal(graph, to):
        raise EditError("id-reads-as-number", node=edit.node, to=to)
    renamed = _with(graph, node, msgspec.structs.replace(node, id=to))
    return _map_args(renamed, lambda arg: to if graph.reference(arg) == edit.node else arg)


@apply.register
def _(edit: Insert, graph: Graph) -> Graph:
    node = _tidy(edit.node)
    if not node.id:
        raise EditError("new-node-without-id")
    if node.id in graph.index:
        raise EditError("id-taken", to=node.id)
    if len(graph) >= _MAX_NODES:
        raise EditError("too-many-nodes", limit=_MAX_NODES)
    position = edit.position
    if position is None:
        final = graph.final
        position = len(graph) if final is None else graph.index[final.id]
    _within(position, len(graph))
    return Graph((*graph.nodes[:position], node, *graph.nodes[position:]))


@apply.register
def _(edit: Delete, graph: Graph) -> Graph:
    node = existing(graph, edit.node)
    kept = Graph(n for n in graph.nodes if n is not node)
    drop = edit.node if edit.node not in kept.index else None
    return Graph(
        n
        if drop is None or drop not in graph.parents(n)
        else msgspec.structs.replace(
            n, args=tuple(arg for arg in n.args if graph.reference(arg) != drop)
        )
        for n in kept.nodes
    )


@apply.register
def _(edit: Connect, graph: Graph) -> Graph:
    existing(graph, edit.source)
    target = existing(graph, edit.target)
    if target.is_const:
        raise EditError("number-takes-no-arguments", node=edit.target)
    args = target.args
    position = len(args) if edit.position is None else edit.position
    _within(position, len(args))
    args = (*args[:position], edit.source, *args[position:])
    return _with(graph, target, msgspec.structs.replace(target, args=args))


@apply.register
def _(edit: Disconnect, graph: Graph) -> Graph:
    target = existing(graph, edit.target)
    if not 0 <= edit.position < len(target.args):
        raise EditError("no-such-argument", node=edit.target, position=edit.position + 1)
    args = target.args[: edit.position] + target.args[edit.position + 1 :]
    return _with(graph, target, msgspec.structs.replace(target, args=args))


@apply.register
def _(edit: Reorder, graph: Graph) -> Graph:
    if sorted(edit.positions) != list(range(len(graph))):
        raise EditError("order-incomplete")
    return Graph(graph.nodes[position] for position in edit.positions)


@apply.register
def _(edit: Replace, graph: Graph) -> Graph:
    return edit.graph


@apply.register
def _(edit: Sequence, graph: Graph) -> Graph:
    for step in edit.edits:
        graph = apply(step, graph)
    return graph


def sort_nodes(graph: Graph) -> Reorder:
    """The edit that puts every node after its arguments, moving as little as it can.

    Nodes on a cycle keep their order and come last.
    """
    done = set(graph.order)
    rest = [position for position in range(len(graph)) if position not in done]
    return Reorder((*graph.order, *rest))


def free_id(graph: Graph, stem: str = "n") -> str:
    """An id that no node has: the stem and the lowest free number."""
    number = 1
    while f"{stem}{number}" in graph.index:
        number += 1
    return f"{stem}{number}"


def existing(graph: Graph, node_id: str) -> Node:
    """The node with this id; raises EditError if there is none."""
    node = graph.get(node_id)
    if node is None:
        raise EditError("no-such-node", node=node_id)
    return node


def _with(graph: Graph, old: Node, new: Node) -> Graph:
    return Graph(new if node is old else node for node in graph.nodes)


def _map_args(graph: Graph, change: Callable[[Any], Any]) -> Graph:
    return Graph(
        node
        if not node.args
        else msgspec.structs.replace(node, args=tuple(change(arg) for arg in node.args))
        for node in graph.nodes
    )


def _tidy(node: Node) -> Node:
    """A node whose texts are short enough and can be stored."""
    return msgspec.structs.replace(
        node,
        id=_text(node.id, node.id, "id").strip(),
        op=_text(node.op, node.id, "op"),
        label=_text(node.label, node.id, "label"),
    )


def _text(text: str, node: str, field: str) -> str:
    if len(text) > _MAX_TEXT:
        raise EditError("text-too-long", node=node, field=field, limit=_MAX_TEXT)
    return text.encode("utf-8", "replace").decode()


def _within(position: int, most: int) -> None:
    if not 0 <= position <= most:
        raise EditError("no-such-position", position=position, most=most)


def _is_literal(graph: Graph, text: str) -> bool:
    """Whether an argument is this number, and would become a reference to a node called so."""
    try:
        if plain_number(text) is None:
            return False
    except TooLarge:
        return False
    named = Graph([Node(text)])
    return any(named.reference(arg) for node in graph if not node.is_const for arg in node.args)
