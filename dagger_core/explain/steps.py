"""The order in which a graph is gone through: to explain it, or to step along it."""

from __future__ import annotations

from dataclasses import dataclass

from dagger_core.execute import Execution


def reading_order(execution: Execution) -> tuple[str, ...]:
    """All ids, each once: what the answer depends on as it is computed, then everything else.

    Nodes that are never computed (on or after a cycle) end their group.
    """
    graph = execution.graph
    computed = [graph.nodes[position].id for position in graph.order]
    everything = dict.fromkeys([*computed, *graph.ids])
    return tuple(sorted(everything, key=lambda node_id: node_id not in graph.live))


@dataclass(frozen=True, slots=True)
class Steps:
    """A graph in steps, so that going on or back is only another index.

    Args:
        given: ids of the numbers that are known from the start.
        order: ids of the operations that have a value, in the order of the steps: first those
            that lead to the answer, then the others.
    """

    given: frozenset[str]
    order: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.order)

    def known(self, count: int) -> frozenset[str]:
        """Ids of the nodes whose value is known after so many steps (0: only what is given)."""
        return self.given | frozenset(self.order[: max(0, count)])


def steps(execution: Execution) -> Steps:
    """The steps of a graph; what failed is never known and is no step."""
    graph = execution.graph
    done = [i for i in reading_order(execution) if execution.value(i) is not None]
    consts = {node.id for node in graph if node.is_const}
    return Steps(frozenset(consts & set(done)), tuple(i for i in done if i not in consts))
