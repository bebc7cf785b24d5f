"""Graph: a computational graph as it was written, and what follows from its shape.

A Graph may be wrong in every way a model can write it: nodes keep what stood there, and
`check` and `execute` say what is the matter. Ids are compared stripped; an integer id may be
referenced by an integer (policy P7).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from dagger_core.node import Node, encode

__all__ = ["FINAL", "Graph", "Node"]

#: The id of the node that holds the answer, and what is taken for it when it is missing.
FINAL = "final_result"
_LARGEST_ID = 10**1000
_FINAL_LIKE = (FINAL, "final", "final_answer", "result", "answer", "output")


class Graph:
    """An immutable list of nodes, with everything that follows from it computed on demand.

    Where several nodes share an id, look-ups give the first of them.

    Args:
        nodes: the nodes in their order; their ids are stripped.
        ids: their ids, in the same order.
    """

    __slots__ = ("__dict__", "ids", "nodes")

    nodes: tuple[Node, ...]
    ids: Sequence[str]

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        nodes = tuple(nodes)
        written = [node.id for node in nodes]
        ids = [*map(str.strip, written)]
        if ids != written:
            nodes = tuple(map(_renamed, nodes, ids))
        object.__setattr__(self, "nodes", nodes)
        object.__setattr__(self, "ids", ids)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a Graph does not change; apply an Edit to set {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self.nodes == other.nodes

    def __hash__(self) -> int:
        return hash(tuple(self.ids))

    def __repr__(self) -> str:
        return f"Graph({', '.join(self.ids)})"

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __getitem__(self, node_id: str) -> Node:
        return self.nodes[self.index[node_id]]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of the first node of every id."""
        table: dict[str, int] = {}
        for position, node_id in enumerate(self.ids):
            table.setdefault(node_id, position)
        return table

    @cached_property
    def duplicates(self) -> frozenset[str]:
        """Ids that more than one node has."""
        if len(self.index) == len(self.nodes):
            return frozenset()
        seen: set[str] = set()
        again: set[str] = set()
        for node_id in self.ids:
            (again if node_id in seen else seen).add(node_id)
        return frozenset(again)

    def get(self, node_id: str) -> Node | None:
        """The node with this id, or None."""
        position = self.index.get(node_id)
        return None if position is None else self.nodes[position]

    def reference(self, arg: Any) -> str | None:
        """The id an argument refers to, or None if it is a number or refers to nothing."""
        if isinstance(arg, str):
            key = arg.strip()
        elif isinstance(arg, int) and not isinstance(arg, bool) and abs(arg) < _LARGEST_ID:
            key = str(arg)
        else:
            return None
        return key if key in self.index else None

    def parents(self, node: Node) -> list[str]:
        """Ids of the nodes it takes as arguments, in order, with repetitions."""
        if node.is_const:
            return []
        return [key for key in map(self.reference, node.args) if key is not None]

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the nodes that take each node as an argument, each once."""
        table: dict[str, dict[str, None]] = {key: {} for key in self.index}
        for node in self.nodes:
            for parent in self.parents(node):
                table[parent][node.id] = None
        return {key: tuple(value) for key, value in table.items()}

    @property
    def final(self) -> Node | None:
        """The node that holds the answer.

        `final_result`; without one, a node with a like name ("final", "result", …); else the
        last node that nothing uses, preferring those not marked as distractors.
        """
        if self.nodes and self.nodes[-1].id == FINAL:  # as in every well-formed graph
            return self.nodes[-1]
        return self._final

    @cached_property
    def _final(self) -> Node | None:
        lowered = {key.lower(): key for key in reversed(list(self.index))}
        for name in _FINAL_LIKE:
            key = name if name in self.index else lowered.get(name)
            if key is not None:
                return self.get(key)
        leaves = [node for node in self.nodes if not self.children[node.id]]
        plain = [node for node in leaves if not node.distractor]
        return next(reversed(plain or leaves), None)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Positions of the nodes, each after the nodes it needs and otherwise as written.

        Nodes on or after a cycle are left out. Where nodes share an id, one of them is enough.
        """
        waiting: list[int] = []
        users: dict[str, list[int]] = {}
        for position, node in enumerate(self.nodes):
            needs = set(self.parents(node))
            waiting.append(len(needs))
            for parent in needs:
                users.setdefault(parent, []).append(position)
        ready = [position for position, count in enumerate(waiting) if not count]
        order = []
        while ready:
            position = heapq.heappop(ready)
            order.append(position)
            for user in users.pop(self.ids[position], ()):
                waiting[user] -= 1
                if not waiting[user]:
                    heapq.heappush(ready, user)
        return tuple(order)

    @cached_property
    def is_sorted(self) -> bool:
        """Whether every node stands after the nodes it needs."""
        return all(
            self.index[parent] < position
            for position, node in enumerate(self.nodes)
            for parent in self.parents(node)
        )

    def ancestors(self, node_id: str) -> frozenset[str]:
        """Ids of all nodes that this one's value depends on, without itself unless on a cycle."""
        node = self.get(node_id)
        return self._walk(self.parents(node) if node else [], lambda n: self.parents(n))

    def descendants(self, node_id: str) -> frozenset[str]:
        """Ids of all nodes whose value depends on this one, without itself unless on a cycle."""
        return self._walk(self.children.get(node_id, ()), lambda n: self.children[n.id])

    def _walk(self, start: Iterable[str], step: Any) -> frozenset[str]:
        seen = set(start)
        stack = list(seen)
        while stack:
            for key in step(self[stack.pop()]):
                if key not in seen:
                    seen.add(key)
                    stack.append(key)
        return frozenset(seen)

    @cached_property
    def live(self) -> frozenset[str]:
        """Ids of the answer's node and of all nodes it depends on."""
        if self.final is None:
            return frozenset()
        return self.ancestors(self.final.id) | {self.final.id}

    def to_obj(self) -> dict[str, Any]:
        """The graph as JSON values: {"nodes": [...]}."""
        return {"nodes": [node.to_obj() for node in self.nodes]}

    def to_json(self) -> str:
        """The graph as JSON text, one node a line, laid out like the published example."""
        rows = ",\n".join("    " + node.to_json() for node in self.nodes)
        return '{\n  "nodes": [\n' + rows + "\n  ]\n}"

    def to_line(self) -> str:
        """The graph as JSON text on one line."""
        return encode(self.to_obj())

    @classmethod
    def from_obj(cls, obj: Any) -> Graph:
        """The graph of `{"nodes": [{…}, …]}`.

        Raises:
            ValueError: `obj` has another shape.
        """
        nodes = obj.get("nodes") if isinstance(obj, Mapping) else None
        if not isinstance(nodes, list | tuple) or not all(isinstance(n, Mapping) for n in nodes):
            raise ValueError('a graph is an object with a list "nodes" of objects')
        return cls(map(Node.from_obj, nodes))


def _renamed(node: Node, node_id: str) -> Node:
    return msgspec.structs.replace(node, id=node_id)
