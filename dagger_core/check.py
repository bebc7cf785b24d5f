"""Graph (and question) -> Diagnostics: the rules a good graph keeps, each a small function.

Everything `execute` can fail at is reported here too, on its node, so that one call tells all.
Where a mend is certain, the diagnostic carries it as an Edit. To add a rule: write a generator
function, give its code a row in diagnostics.toml, and put it into `RULES` or `QUESTION_RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dagger_core.diagnostics import Diagnostic
from dagger_core.edit import Insert, Rename, Update, free_id, sort_nodes
from dagger_core.execute import Execution, execute
from dagger_core.graph import FINAL, Graph
from dagger_core.ground import Grounding, ground, number_label
from dagger_core.node import Node
from dagger_core.numerals import mentions
from dagger_core.numerals.show import plain, written
from dagger_core.ops import CONST
from dagger_core.plausible import doubt

Rule = Callable[[Graph, Execution], Iterator[Diagnostic]]
QuestionRule = Callable[[Graph, Execution, Grounding], Iterator[Diagnostic]]


def check(
    graph: Graph, execution: Execution | None = None, question: str | None = None
) -> list[Diagnostic]:
    """Everything noticed about a graph: errors first, each group in the order of the nodes.

    With a question, the numbers of its text are compared with the const nodes, too.
    """
    execution = execution or execute(graph)
    found = [diagnostic for rule in RULES for diagnostic in rule(graph, execution)]
    if question:
        grounding = ground(graph, question)
        for question_rule in QUESTION_RULES:
            found += question_rule(graph, execution, grounding)
    place = {"error": 0, "warning": 1, "info": 2}
    end = len(graph)
    return sorted(found, key=lambda d: (place[d.severity], graph.index.get(d.node or "", end)))


def _ids(graph: Graph, _: Execution) -> Iterator[Diagnostic]:
    for position, node in enumerate(graph.nodes):
        if not node.id:
            yield Diagnostic("missing-id", "", {"position": position + 1})
    for node_id in sorted(graph.duplicates - {"", FINAL}):
        yield Diagnostic("duplicate-id", node_id)


def _failures(graph: Graph, execution: Execution) -> Iterator[Diagnostic]:
    for failure in execution.failures:
        if failure.code not in ("upstream", "duplicate-id"):
            yield failure


def _final(graph: Graph, _: Execution) -> Iterator[Diagnostic]:
    final = graph.final
    count = sum(node.id == FINAL for node in graph.nodes)
    if count > 1:
        yield Diagnostic("many-finals", FINAL, {"count": count})
    if final is None:
        yield Diagnostic("no-answer")
    elif count == 0:
        yield Diagnostic("no-final", final.id, fix=Rename(final.id, FINAL) if final.id else None)
    if final is not None and final.is_const:
        yield Diagnostic("const-final", final.id)


def _size(graph: Graph, _: Execution) -> Iterator[Diagnostic]:
    if len(graph) < 3:
        yield Diagnostic("few-nodes", None, {"count": len(graph)})


def _order(graph: Graph, _: Execution) -> Iterator[Diagnostic]:
    if graph.is_sorted:
        return
    fix = sort_nodes(graph)
    for position in graph.order:  # which leaves cycles out: sorting does not mend them
        node = graph.nodes[position]
        late = next((p for p in graph.parents(node) if graph.index[p] > position), None)
        if late is not None and node.id not in graph.duplicates:
            yield Diagnostic("unsorted", node.id, {"arg": late}, fix)


def _flags(graph: Graph, execution: Execution) -> Iterator[Diagnostic]:
    if graph.final is None:
        return
    for node in graph.nodes:
        if node.id in graph.duplicates:
            continue
        if node.distractor and node.id in graph.live:
            fix = Update(node.id, {"distractor": False})
            yield Diagnostic("used-distractor", node.id, fix=fix)
        elif not node.distractor and node.id not in graph.live and node.is_const:
            # Where the answer fails, a lost connection is as likely as a forgotten flag.
            sure = execution.answer is not None
            mark = Update(node.id, {"distractor": True})
            yield Diagnostic("unused-number", node.id, fix=mark if sure else None)


def _unused(graph: Graph, _: Execution) -> Iterator[Diagnostic]:
    for node in graph.nodes:
        loose = not node.is_const and node.id not in graph.live and not graph.children[node.id]
        if loose and not node.distractor:
            yield Diagnostic("unused-node", node.id)


def _no_number(_: Graph, __: Execution, grounding: Grounding) -> Iterator[Diagnostic]:
    if not grounding.mentions:
        yield Diagnostic("question-without-number")


def _numbers_without_node(graph: Graph, _: Execution, grounding: Grounding) -> Iterator[Diagnostic]:
    for position in grounding.unused:
        mention = grounding.mentions[position]
        if mention.kind == "ordinal":  # "5th grade" names a thing and counts nothing
            continue
        label = number_label(grounding.question, mention.start, mention.end)
        node = Node(free_id(graph), CONST, written(mention.value), (), True, label)
        params = {"text": mention.text, "start": mention.start, "end": mention.end}
        yield Diagnostic("number-without-node", None, params, Insert(node))


def _foreign_consts(graph: Graph, _: Execution, grounding: Grounding) -> Iterator[Diagnostic]:
    for node_id in grounding.unknown:
        node = graph[node_id]
        if node is graph.final:
            continue
        value = plain(grounding.values[node_id])
        said = mentions(node.label) if node.label.strip() in grounding.question else []
        if len(said) == 1 and said[0].kind in ("digit", "word"):
            # The label quotes the question with one plain number, and the node has another.
            params = {"value": value, "said": said[0].text}
            fix = Update(node_id, {"val": written(said[0].value)})
            yield Diagnostic("const-differs", node_id, params, fix)
        else:
            yield Diagnostic("const-not-in-question", node_id, {"value": value})


def _doubtful_answer(
    graph: Graph, execution: Execution, grounding: Grounding
) -> Iterator[Diagnostic]:
    doubtful = doubt(execution, grounding.question)
    if doubtful is not None:
        yield doubtful


#: Every rule about a graph, in no particular order.
RULES: tuple[Rule, ...] = (_ids, _failures, _final, _size, _order, _flags, _unused)

#: Every rule about a graph and its question.
QUESTION_RULES: tuple[QuestionRule, ...] = (
    _no_number,
    _numbers_without_node,
    _foreign_consts,
    _doubtful_answer,
)
