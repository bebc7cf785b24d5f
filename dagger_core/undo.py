"""The way back: an edit and the graph it was applied to -> the edit that undoes it."""

from __future__ import annotations

from functools import singledispatch

from dagger_core.diagnostics import EditError
from dagger_core.edit import (
    Connect,
    Delete,
    Disconnect,
    Edit,
    Insert,
    Rename,
    Reorder,
    Replace,
    Sequence,
    Update,
    apply,
    existing,
)
from dagger_core.graph import Graph


def inverse(edit: Edit, graph: Graph) -> Edit:
    """The edit that leads from `apply(edit, graph)` back to `graph`.

    It is an edit of the same sort where that leads back exactly, else `Replace(graph)`: deleted
    arguments, say, or an id that was referred to by a number, are not to be had otherwise.

    Raises:
        EditError: the edit does not fit the graph.
    """
    edited = apply(edit, graph)
    back = _back(edit, graph)
    try:
        return back if apply(back, edited) == graph else Replace(graph)
    except EditError:
        return Replace(graph)


@singledispatch
def _back(edit: Edit, graph: Graph) -> Edit:
    """The likely inverse of an edit."""
    return Replace(graph)


@_back.register
def _(edit: Update, graph: Graph) -> Edit:
    node = existing(graph, edit.node)
    return Update(edit.node, {name: getattr(node, name) for name in edit.changes})


@_back.register
def _(edit: Rename, graph: Graph) -> Edit:
    return Rename(edit.to.strip(), edit.node)


@_back.register
def _(edit: Insert, graph: Graph) -> Edit:
    return Delete(edit.node.id.strip())


@_back.register
def _(edit: Connect, graph: Graph) -> Edit:
    count = len(existing(graph, edit.target).args)
    return Disconnect(edit.target, count if edit.position is None else edit.position)


@_back.register
def _(edit: Disconnect, graph: Graph) -> Edit:
    args = existing(graph, edit.target).args
    return Update(edit.target, {"args": args})


@_back.register
def _(edit: Reorder, graph: Graph) -> Edit:
    back = {position: place for place, position in enumerate(edit.positions)}
    return Reorder(tuple(back[place] for place in range(len(back))))


@_back.register
def _(edit: Sequence, graph: Graph) -> Edit:
    backwards: list[Edit] = []
    for step in edit.edits:
        backwards.insert(0, inverse(step, graph))
        graph = apply(step, graph)
    return Sequence(tuple(backwards))
