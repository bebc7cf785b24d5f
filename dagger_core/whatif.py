"""What if a number were another: the graph with other numbers, executed, and what moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dagger_core.diagnostics import EditError
from dagger_core.edit import Update, apply
from dagger_core.execute import Execution, execute
from dagger_core.graph import Graph
from dagger_core.numerals import Number, TooLarge
from dagger_core.numerals.read import tame
from dagger_core.numerals.show import written


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of other numbers.

    Args:
        before, after: the execution as it was, and with the other numbers.
        moved: ids of the nodes that came out differently: another value, another failure, or a
            value instead of a failure.
        same: ids of all others.
    """

    before: Execution
    after: Execution
    moved: frozenset[str]
    same: frozenset[str]

    @property
    def answer_moved(self) -> bool:
        """Whether the answer is another one."""
        final = self.before.graph.final
        return final is not None and final.id in self.moved


def whatif(before: Graph | Execution, changes: Mapping[str, Number]) -> Outcome:
    """The outcome of giving some consts, by id, other values.

    Raises:
        EditError: no node has that id, or it is not a number, or the value is not finite.
    """
    execution = execute(before) if isinstance(before, Graph) else before
    graph = execution.graph
    for node_id, value in changes.items():
        node = graph.get(node_id)
        if node is not None and not node.is_const:
            raise EditError("only-numbers-change", node=node_id)
        graph = apply(Update(node_id, {"val": _written(node_id, value)}), graph)
    after = execute(graph)
    moved = frozenset(
        key for key, result in execution.results.items() if after.results[key] != result
    )
    return Outcome(execution, after, moved, frozenset(execution.results) - moved)


def _written(node_id: str, value: Number) -> int | Decimal | str | float:
    try:
        return written(tame(value))
    except TooLarge:
        raise EditError("number-too-large", node=node_id) from None
