"""What differs between two graphs, and how far two graphs agree.

Two nodes have the same *meaning* if they compute the same thing from the same numbers: ids and
labels do not matter, nor the order of arguments where an operation does not care (+, ×, …), and
an `identity` means what its argument means. All of it takes time near linear in the graphs.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from dagger_core.edit import Delete, Edit, Insert, Update, free_id
from dagger_core.graph import Graph, Node
from dagger_core.numerals import TooLarge, read_number
from dagger_core.ops import CONST, find_op

IDENTITY = "identity"


class _Meanings:
    """Numbers for meanings, so that comparing two of them takes no time at any depth."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def of(self, graph: Graph) -> dict[int, int]:
        """By position: the meaning of each node; nodes on or after a cycle have none."""
        known: dict[str, int] = {}
        found: dict[int, int] = {}
        for position in graph.order:
            node = graph.nodes[position]
            found[position] = self._number(_signature(graph, node, known))
            known.setdefault(node.id, found[position])
        return found

    def _number(self, signature: Hashable) -> int:
        if isinstance(signature, int):
            return signature
        return self._numbers.setdefault(signature, len(self._numbers))


def _signature(graph: Graph, node: Node, known: Mapping[str, Any]) -> Hashable:
    """What a node does, given what stands for its arguments; an int for a mere `identity`."""
    if node.is_const:
        return (CONST, _value(node.val))
    name, args = _operation(graph, node, known)
    if name == IDENTITY and len(args) == 1 and isinstance(args[0], int):
        return args[0]
    return (name, args)


def _operation(
    graph: Graph, node: Node, names: Mapping[str, Any]
) -> tuple[str, tuple[Hashable, ...]]:
    """An operation's own name and its arguments, sorted where their order does not matter."""
    op = find_op(node.op)
    args = [_argument(graph, arg, names) for arg in node.args]
    if op is None:
        return node.op, tuple(args)
    return op.name, tuple(args if op.ordered else sorted(args, key=repr))


def _argument(graph: Graph, arg: Any, names: Mapping[str, Any]) -> Hashable:
    source = graph.reference(arg)
    return _value(arg) if source is None else names.get(source)


def _value(value: Any) -> Hashable:
    """A number by its value, however it is written; anything else by its text."""
    try:
        number = read_number(value)
    except TooLarge:
        number = None
    return ("text", repr(value)) if number is None else ("number", number)


def same_graph(one: Graph, other: Graph) -> bool:
    """Whether two graphs compute the same answer in the same way from the same numbers, and
    mark the same numbers as distractors."""
    meanings = _Meanings()
    return _contents(meanings, one) == _contents(meanings, other)


def _contents(meanings: _Meanings, graph: Graph) -> Hashable:
    found = meanings.of(graph)
    final = None if graph.final is None else found.get(graph.index[graph.final.id])
    nodes = Counter((number, graph.nodes[p].distractor) for p, number in _counted(graph, found))
    return final, len(graph) - len(found), frozenset(nodes.items())


def _counted(graph: Graph, found: dict[int, int]) -> Iterator[tuple[int, int]]:
    """The nodes that do something: all but identities."""
    for position, number in found.items():
        op = find_op(graph.nodes[position].op)
        if op is None or op.name != IDENTITY:
            yield position, number


def node_f1(one: Graph, other: Graph) -> float:
    """How many nodes two graphs share: F1 over the meanings of their nodes, 0 to 1."""
    meanings = _Meanings()
    counts = [
        Counter(number for _, number in _counted(graph, meanings.of(graph)))
        for graph in (one, other)
    ]
    total = sum(map(Counter.total, counts))
    return 2 * (counts[0] & counts[1]).total() / total if total else 1.0


def distractor_flags(graph: Graph) -> dict[Hashable, bool]:
    """For every number of the graph, whether it is marked as a distractor.

    Keys are the same in every graph over the same numbers: the value, and which of the nodes
    with that value it is.
    """
    seen: Counter[Hashable] = Counter()
    flags: dict[Hashable, bool] = {}
    for node in graph.nodes:
        if node.is_const:
            value = _value(node.val)
            flags[value, seen[value]] = node.distractor
            seen[value] += 1
    return flags


@dataclass(frozen=True, slots=True)
class Change:
    """One node that differs.

    Args:
        before: the node as it was; None if it is new.
        after: the node as it is; None if it is gone.
        fields: of a node that is in both, what differs: op, val, args, distractor, label.
    """

    before: Node | None
    after: Node | None
    fields: tuple[str, ...] = ()


def diff(before: Graph, after: Graph) -> tuple[Change, ...]:
    """What was changed, in the order of `after`, then what was removed.

    A renamed node and arguments swapped where order does not matter are no changes.
    """
    pairs = _pairs(before, after)
    old_names = {key: key for key in before.index}
    new_names = {after.nodes[b].id: before.nodes[a].id for b, a in pairs.items()}
    changes = []
    for position, node in enumerate(after.nodes):
        if position not in pairs:
            changes.append(Change(None, node))
            continue
        old = before.nodes[pairs[position]]
        was, now = _parts(before, old, old_names), _parts(after, node, new_names)
        fields = tuple(name for name in _FIELDS if was.get(name) != now.get(name))
        if fields:
            changes.append(Change(old, node, fields))
    kept = set(pairs.values())
    gone = (Change(node, None) for p, node in enumerate(before.nodes) if p not in kept)
    return (*changes, *gone)


def revert(before: Graph, after: Graph, change: Change) -> Edit:
    """The edit that takes one change of `diff(before, after)` back, and leaves the others.

    Arguments that were renamed keep their new names.
    """
    if change.before is None:
        assert change.after is not None
        return Delete(change.after.id)
    names = {
        before.nodes[old].id: after.nodes[new].id for new, old in _pairs(before, after).items()
    }
    args = tuple(names.get(arg, arg) if isinstance(arg, str) else arg for arg in change.before.args)
    if change.after is None:
        was = msgspec.structs.replace(change.before, id=free_id(after), args=args)
        taken = change.before.id in after.index
        kept = was if taken else msgspec.structs.replace(was, id=change.before.id)
        position = before.index[change.before.id]
        return Insert(kept, min(position, len(after)))
    fields = set(change.fields)
    if fields & {"op", "val", "args"}:
        fields |= {"op", "val", "args"}
    values = {name: args if name == "args" else getattr(change.before, name) for name in fields}
    return Update(change.after.id, values)


_FIELDS = ("op", "val", "args", "distractor", "label")


def _parts(graph: Graph, node: Node, names: Mapping[str, Any]) -> dict[str, Hashable]:
    """The fields of a node in a form in which equal means equal in meaning."""
    parts: dict[str, Hashable] = {"distractor": node.distractor, "label": node.label}
    if node.is_const:
        return parts | {"op": CONST, "val": _value(node.val)}
    name, args = _operation(graph, node, names)
    return parts | {"op": name, "args": args}


def _pairs(before: Graph, after: Graph) -> dict[int, int]:
    """Positions in `after` and the positions in `before` that they come from.

    Nodes are the same first if id and meaning agree, then by meaning, by id, and last by what
    they do to nodes that are paired already (numbers: by their labels).
    """
    meanings = _Meanings()
    old, new = meanings.of(before), meanings.of(after)
    pairs: dict[int, int] = {}

    def pair(olds: Iterable[tuple[int, Hashable]], news: Iterable[tuple[int, Hashable]]) -> None:
        taken = set(pairs.values())
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for position, key in olds:
            if position not in taken:
                waiting[key].append(position)
        for position, key in news:
            if position not in pairs and waiting[key]:
                pairs[position] = waiting[key].popleft()

    ids = [[(p, n.id) for p, n in enumerate(g.nodes)] for g in (before, after)]
    pair(
        [(p, (key, old.get(p))) for p, key in ids[0]],
        [(p, (key, new.get(p))) for p, key in ids[1]],
    )
    pair(list(old.items()), list(new.items()))
    pair(*ids)
    old_names = {key: key for key in before.index}
    new_names = {after.nodes[b].id: before.nodes[a].id for b, a in pairs.items()}
    pair(
        [(p, _local(before, n, old_names)) for p, n in enumerate(before.nodes)],
        [(p, _local(after, n, new_names)) for p, n in enumerate(after.nodes)],
    )
    return pairs


def _local(graph: Graph, node: Node, names: Mapping[str, Any]) -> Hashable:
    """What a node does to its arguments, these by their names in the older graph; of a number,
    what it stands for."""
    if node.is_const:
        return (CONST, node.label or node.id)
    return _operation(graph, node, names)
