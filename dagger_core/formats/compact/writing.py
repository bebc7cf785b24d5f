"""Graph to compact text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagger_core.diagnostics import DaggerError
from dagger_core.formats.compact.question import shown
from dagger_core.formats.compact.symbols import mention_id, number_text
from dagger_core.graph import Graph, Node
from dagger_core.numerals.mentions import Mention
from dagger_core.numerals.read import read_number
from dagger_core.ops import CONST, find_op

Names = Mapping[str, str]


class NotGrounded(DaggerError):
    """A graph that the compact format cannot say: broken, not sorted, or not numeric."""


def write(graph: Graph, question: str) -> str:
    """The graph as compact text; what is kept stands in the package's docstring.

    Raises:
        NotGrounded: no answer, a duplicate id, a node before its arguments, a dangling argument,
            an unknown operation, a wrong number of arguments, or a const that is no number.
    """
    final = graph.final
    if final is None or graph.duplicates or not graph.is_sorted:
        raise NotGrounded("The graph needs an answer, unique ids, and nodes after their arguments.")
    names = _names_of_consts(graph, question)
    steps: list[str] = []
    for node in graph.nodes:
        if not node.is_const and node is not final:
            steps.append(_call(graph, node, names))
            names[node.id] = f"{{{len(steps)}}}"
    answer = _answer(graph, final, names, len(steps))
    return " ".join([*steps, *answer, *_marks(graph, final, names)])


def _marks(graph: Graph, final: Node, names: Names) -> list[str]:
    used = {parent for node in graph.nodes for parent in graph.parents(node)}
    loose = [n for n in graph.nodes if n.is_const and n is not final and n.id not in used]
    kept = {names[node.id] for node in loose if not node.distractor}
    flagged = {"=" if n is final else names[n.id] for n in graph.nodes if n.distractor}
    parts: list[str] = []
    for mark, items in (("&", kept), ("!", flagged)):
        parts += [mark, *sorted(items, key=_place)] if items else []
    return parts


def _place(symbol: str) -> tuple[int, int, str]:
    digits = symbol[1:].split("]")[0].rstrip("}")
    return ("[{#=".index(symbol[0]), int(digits) if digits.isdigit() else 0, symbol)


def _answer(graph: Graph, final: Node, names: Names, steps: int) -> list[str]:
    if final.is_const:
        return ["=", CONST, names[final.id]]
    call = _call(graph, final, names)
    name, _, arguments = call.partition(" ")
    if name != "identity":
        return ["=", call]
    return [] if arguments == f"{{{steps}}}" else ["=", arguments]


def _call(graph: Graph, node: Node, names: Names) -> str:
    op = find_op(node.op)
    if op is None or not op.takes(len(node.args)):
        raise NotGrounded(f"{node.id}: no operation {node.op} takes {len(node.args)} arguments.")
    return " ".join([op.name, *(_argument(graph, node, arg, names) for arg in node.args)])


def _argument(graph: Graph, node: Node, arg: Any, names: Names) -> str:
    key = graph.reference(arg)
    if key is not None and key in names:
        return names[key]
    value = read_number(arg) if key is None else None
    if value is None:
        raise NotGrounded(f"{node.id}: {arg} is neither an earlier node nor a number.")
    return f"#{number_text(value)}"


def _names_of_consts(graph: Graph, question: str) -> dict[str, str]:
    """The symbol of each const node: a reading of a mention, or a constant.

    A reading belongs to one node. Of several that fit, the one that the label quotes comes first,
    then the one that `read` would give this id, then first readings, then the order of the text.
    """
    free = [
        (reading, number, mention)
        for number, mention in enumerate(shown(question), 1)
        for reading in range(1, len(mention.readings) + 1)
    ]
    names: dict[str, str] = {}
    for node in graph.nodes:
        if not node.is_const:
            continue
        value = read_number(node.val)
        if value is None:
            raise NotGrounded(f"{node.id}: {node.val} is not a number.")
        fitting = [entry for entry in free if entry[2].readings[entry[0] - 1] == value]
        if not fitting:
            names[node.id] = f"#{number_text(value)}"
            continue
        best = min(fitting, key=lambda entry: _distance(node, question, *entry))
        free.remove(best)
        names[node.id] = f"[{best[1]}]" + (f":{best[0]}" if best[0] > 1 else "")
    return names


def _distance(
    node: Node, question: str, reading: int, number: int, mention: Mention
) -> tuple[Any, ...]:
    quoted = bool(node.label) and question.startswith(node.label, mention.start)
    own_id = node.id == mention_id(number, reading)
    return (not quoted, not own_id, reading, number)
