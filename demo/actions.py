"""What a person can do on a page: pure functions from one Solution to the next.

No gradio here, and no trust: every argument may come from anyone. Each raises a DaggerError with
a sentence for the person, and then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dagger_core.diagnostics import EditError
from dagger_core.edit import (
    Connect,
    Delete,
    Edit,
    Insert,
    Rename,
    Replace,
    Update,
    apply,
    free_id,
    sort_nodes,
)
from dagger_core.edit import Sequence as Steps
from dagger_core.fields import input_changes, input_text
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import mentions
from dagger_core.numerals.show import written
from dagger_core.ops import CONST, is_const
from dagger_core.parse import document
from demo.picture import Action, find
from demo.solution import Solution, new_key

#: Longest question that is taken, in characters.
LONGEST_QUESTION = 4000
_LONGEST_ANSWER = 1000


@dataclass(frozen=True)
class Fields:
    """The fields of one node as a form has them; `input` is the value or the arguments."""

    id: str
    op: str
    input: str
    label: str
    distractor: bool


def act(solution: Solution, action: Action) -> Solution:
    """Carry out what a person did in the picture or in the question."""
    return _VERBS[action.verb](solution, action)


def _node(solution: Solution, action: Action) -> Node:
    node = find(solution.graph or Graph(), action.node, action.node_id)
    if node is None:
        raise EditError("node-gone")
    return node


def _select(solution: Solution, action: Action) -> Solution:
    if action.node is None:
        return solution.select(None)
    node = find(solution.graph or Graph(), action.node, action.node_id)
    return solution if node is None else solution.select(node.id)


def _toggle(solution: Solution, action: Action) -> Solution:
    node = _node(solution, action)
    return solution.do(Update(node.id, {"distractor": not node.distractor}))


def _delete(solution: Solution, action: Action) -> Solution:
    return solution.do(Delete(_node(solution, action).id))


def _connect(solution: Solution, action: Action) -> Solution:
    graph = solution.graph or Graph()
    target = find(graph, action.target, action.target_id)
    if target is None:
        raise EditError("node-gone")
    connected = apply(Connect(_node(solution, action).id, target.id), graph)
    return solution.step(_tidied(connected)).select(target.id)


def _tidied(graph: Graph) -> Graph:
    """The graph in an order that can be executed, where there is one."""
    if graph.is_sorted or len(graph.order) < len(graph):
        return graph
    return apply(sort_nodes(graph), graph)


def _add(solution: Solution, _: Action) -> Solution:
    return add_node(solution, CONST if solution.selected is None else "add")


def _add_mention(solution: Solution, action: Action) -> Solution:
    text = solution.question[action.start : action.end].strip()
    if not text:
        raise EditError("number-gone")
    # A number that nothing uses yet does not matter yet, so it begins as a distractor.
    graph = solution.graph or Graph()
    node = Node(free_id(graph), CONST, input_changes(True, text)["val"], distractor=True)
    return solution.do(Insert(node)).select(node.id)


_VERBS: dict[str, Callable[[Solution, Action], Solution]] = {
    "select": _select,
    "toggle": _toggle,
    "delete": _delete,
    "connect": _connect,
    "add": _add,
    "add_mention": _add_mention,
    "undo": lambda solution, _: solution.undo(),
    "redo": lambda solution, _: solution.redo(),
    "theme": lambda solution, _: solution,
}


def add_node(solution: Solution, op: str) -> Solution:
    """Add a number, or an operation that starts from the selected node."""
    graph = solution.graph or Graph()
    if is_const(op):
        node = Node(free_id(graph), CONST, 0)
    else:
        args = () if solution.selected is None else (solution.selected,)
        node = Node(free_id(graph, "s"), op, args=args)
    return solution.do(Insert(node)).select(node.id)


def delete_selected(solution: Solution) -> Solution:
    """Delete the node that is looked at."""
    if solution.selected is None:
        raise EditError("nothing-selected")
    return solution.do(Delete(solution.selected))


def by_hand(solution: Solution) -> Solution:
    """Start a graph without a model: a node for every number, and a place for the answer.

    No number matters until it is used, so each begins as a distractor.
    """
    numbers = [
        Node(f"n{place}", CONST, written(mention.value), distractor=True, label=mention.text)
        for place, mention in enumerate(mentions(solution.question), 1)
    ]
    graph = Graph([*numbers, Node(FINAL, "identity")])
    return replace(solution.step(graph), attempt=None, key=new_key()).select(FINAL)


def set_fields(solution: Solution, node_id: str, fields: Fields) -> Solution:
    """Take over the fields of a form for one node; fields that are unchanged change nothing."""
    graph = solution.graph or Graph()
    node = graph.get(node_id)
    if node is None:
        raise EditError("no-such-node", node=node_id)
    edits = _edits(graph, node, fields)
    if not edits:
        return solution
    after = solution.do(Steps(tuple(edits)))
    return after.select(fields.id.strip()) if solution.selected == node_id else after


def fields_of(node: Node) -> Fields:
    """The fields of a node as a form shows them."""
    return Fields(node.id, node.op, input_text(node), node.label, node.distractor)


def _edits(graph: Graph, node: Node, fields: Fields) -> list[Edit]:
    """The edits that lead from a node to the fields of a form."""
    old = fields_of(node)
    changes: dict[str, object] = {}
    if fields.op != old.op:
        changes["op"] = fields.op
    if fields.input != old.input or is_const(fields.op) != node.is_const:
        changes.update(input_changes(is_const(fields.op), fields.input))
    if fields.label != old.label:
        changes["label"] = fields.label
    if fields.distractor != old.distractor:
        changes["distractor"] = fields.distractor
    edits: list[Edit] = [Update(node.id, changes)] if changes else []
    if fields.id.strip() != node.id:
        edits.append(Rename(node.id, fields.id))
    return edits


def set_table(solution: Solution, rows: Sequence[Fields]) -> Solution:
    """Take over an edited table of nodes, one row a node, in order.

    Rows may have been changed, added or taken away; a row without id, op and input is no node.
    """
    graph = solution.graph or Graph()
    rows = [row for row in rows if row.id.strip() or row.op.strip() or row.input.strip()]
    if len(rows) == len(graph):
        edits: list[Edit] = []
        for node, row in zip(graph.nodes, rows, strict=True):
            edits.extend(_edits(graph, node, row))
        return solution.do(Steps(tuple(edits))) if edits else solution
    return solution.step(Graph(_row_node(row) for row in rows))


def _row_node(row: Fields) -> Node:
    op = row.op.strip() or CONST
    changes = input_changes(is_const(op), row.input)
    return Node(row.id, op, changes["val"], changes["args"], row.distractor, row.label)


def set_json(solution: Solution, text: str) -> Solution:
    """Take over the edited JSON of the graph; text that is no graph is kept, and said so.

    The finding about a mistake names its line and column.
    """
    parsed = document(text)
    if parsed.graph is None:
        return replace(solution, typed=text, saved_at="")
    return replace(solution.do(Replace(parsed.graph)), typed=None)


def fix(solution: Solution, code: str, node_id: str | None) -> Solution:
    """Apply the fix of a finding, if that finding is still there."""
    for finding in solution.findings:
        if finding.code == code and finding.node == node_id and finding.fix is not None:
            return solution.do(finding.fix)
    raise EditError("finding-gone")


def ask(solution: Solution, question: str, gold: str) -> Solution:
    """Take over the question and the right answer as typed."""
    question = _clean(question)
    if not question:
        raise EditError("question-missing")
    if len(question) > LONGEST_QUESTION:
        raise EditError(
            "question-too-long", length=f"{len(question):,}", limit=f"{LONGEST_QUESTION:,}"
        )
    solution = set_gold(solution, gold)
    if question == solution.question:
        return solution
    return replace(solution, question=question, parent=None, saved_at="")


def set_gold(solution: Solution, gold: str) -> Solution:
    """Take over the right answer as typed."""
    gold = _clean(gold)[:_LONGEST_ANSWER]
    return solution if gold == solution.gold else replace(solution, gold=gold, saved_at="")


def _clean(text: str) -> str:
    """A text without what is no character: U+0000 and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode().strip()
