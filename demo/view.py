"""A Solution as what the components of a page show: pictures, rows and words."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from dagger_core.diagnostics import DaggerError, Diagnostic, Lang, RenderError
from dagger_core.execute import Execution
from dagger_core.graph import Graph, Node
from dagger_core.ground import ground
from dagger_core.numerals import localized, show
from dagger_core.numerals.show import fraction_text
from dagger_core.ops import CONST, OPS
from dagger_core.parse import document
from dagger_core.render import describe, inline, render, to_dot
from demo.actions import fields_of
from demo.answering import Step
from demo.picture import Mention as Mark
from demo.picture import Picture, Question, Use, picture_nodes
from demo.solution import Solution
from demo.texts import words

Theme = Literal["light", "dark"]

_MOST_FINDINGS = 30


@lru_cache(maxsize=512)
def _svg(dot: str) -> str:
    return inline(render(dot, "svg")).markup


def picture(
    solution: Solution,
    lang: Lang,
    theme: Theme,
    *,
    ack: int | None = None,
    busy: str = "",
) -> Picture:
    """The picture of a solution's graph, or what is to be said in its place.

    Args:
        ack: the last action of the browser that is in it.
        busy: what is being waited for, while a model writes.
    """
    base = Picture(
        key=solution.key,
        revision=solution.revision,
        ack=ack,
        lang=lang,
        theme=theme,
        editable=not busy,
        can_undo=solution.can_undo,
        can_redo=solution.can_redo,
    )
    text, graph = words(lang), solution.graph
    if graph is None or not graph.nodes:
        empty = text.no_graph if solution.attempt else text.empty_picture
        return replace(base, state="busy" if busy else "empty", message=busy or empty)
    execution = solution.execution
    assert execution is not None
    base = replace(base, alt=describe(graph, execution, lang))
    try:
        dot = to_dot(graph, execution, theme=theme, lang=lang, diagnostics=solution.findings)
        svg = _svg(dot)
    except RenderError as error:
        return replace(base, state="error", message=f"{error.text(lang)} {text.see_table}")
    state: Literal["busy", "stale", "ready"] = "stale" if solution.typed is not None else "ready"
    selected = graph.index.get(solution.selected or "")
    return replace(
        base,
        svg=svg,
        nodes=_nodes(graph, execution, solution.findings, lang),
        selected=None if selected is None else f"n{selected}",
        state="busy" if busy else state,
        message=busy,
    )


def outline(graph: Graph, lang: Lang, theme: Theme, key: str) -> Picture:
    """The picture of a graph that nobody has executed yet: only its numbers have values."""
    base = Picture(key=key, lang=lang, theme=theme, editable=False, alt=describe(graph, None, lang))
    try:
        svg = _svg(to_dot(graph, theme=theme, lang=lang))
    except RenderError as error:
        return replace(base, state="error", message=error.text(lang))
    return replace(base, svg=svg, nodes=picture_nodes(graph, None, lang))


def _nodes(graph: Graph, execution: Execution, findings: list[Diagnostic], lang: Lang) -> Any:
    failed = {f.node for f in findings if f.severity == "error" and f.node}
    return picture_nodes(graph, execution, lang, failed)


def findings(solution: Solution, lang: Lang) -> dict[str, Any]:
    """The document of a FindingsView."""
    text, graph = words(lang), solution.graph or Graph()
    found = solution.findings
    items = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "severity_text": getattr(text, finding.severity),
            "text": finding.text(lang),
            "node_id": finding.node,
            "node": dom_of(graph, finding.node),
            "fixable": finding.fix is not None,
        }
        for finding in found[:_MOST_FINDINGS]
    ]
    more = len(found) - len(items)
    rest = text.more_findings.format(count=localized(str(more), lang)) if more else ""
    empty = "" if solution.graph is None else text.no_findings
    buttons = {"fix": text.fix, "show": text.show_node}
    return {"items": items, "rest": rest, "empty": empty, "lang": lang, "texts": buttons}


def dom_of(graph: Graph, node_id: str | None) -> str | None:
    """What a node is called in the picture."""
    place = graph.index.get(node_id or "")
    return None if place is None else f"n{place}"


def operations(lang: Lang, present: str = CONST) -> list[tuple[str, str]]:
    """What a node can be, as choices; an operation that is not known stays one of them."""
    choices = [(words(lang).number_op, CONST)]
    for op in OPS.values():
        choices.append((f"{op.name} · {op.symbol} · {op.bn if lang == 'bn' else op.en}", op.name))
    known = any(name == present for _, name in choices)
    return choices if known else [(present or "—", present), *choices]


def rows(solution: Solution, lang: Lang) -> list[list[Any]]:
    """The rows of the node table: id, op, value or arguments, label, distractor, result."""
    graph, execution = solution.graph, solution.execution
    if graph is None or execution is None:
        return []
    table = []
    for node in graph:
        fields = fields_of(node)
        result = value_text(execution, node, lang)
        table.append([fields.id, fields.op, fields.input, fields.label, fields.distractor, result])
    return table


def value_text(execution: Execution, node: Node, lang: Lang) -> str:
    """The value of a node for people, or that it has none."""
    value = execution.value(node.id)
    if value is None:
        return str(words(lang).failed)
    fraction = fraction_text(value)
    shown = show(value, lang)
    return f"{shown} ({localized(fraction, lang)})" if fraction else shown


def json_text(solution: Solution) -> str:
    """The JSON that is being typed, else that of the graph."""
    if solution.typed is not None:
        return solution.typed
    return solution.graph.to_json() if solution.graph else ""


def json_state(solution: Solution, lang: Lang) -> str:
    """Whether the JSON on the page is the graph on the page, and if not, why."""
    text = words(lang)
    if solution.typed is None:
        return str(text.json_ok) if solution.graph else ""
    problem = document(solution.typed).diagnostics
    sentence = problem[0].text(lang) if problem else ""
    return str(text.json_bad.format(problem=plain_line(sentence)))


def numbers(solution: Solution, lang: Lang) -> Question:
    """The question with its numbers marked and linked to the nodes that stand for them."""
    graph = solution.graph
    if graph is None:
        return Question(solution.question, (), lang)
    grounding = ground(graph, solution.question)
    marks = []
    for position, mention in enumerate(grounding.mentions):
        ids = grounding.nodes_of.get(position, ())
        live = any(node_id in graph.live for node_id in ids)
        use: Use = "used" if live else "distractor" if ids else "unused"
        dom = tuple(f"n{graph.index[node_id]}" for node_id in ids)
        marks.append(Mark(mention.start, mention.end, use, dom))
    return Question(solution.question, tuple(marks), lang, addable=True)


def progress(step: Step, lang: Lang) -> str:
    """What a model is doing."""
    text = words(lang)
    if not step.tokens:
        return str(text.waiting)
    return str(text.writing.format(tokens=localized(str(step.tokens), lang)))


def problem(error: DaggerError, lang: Lang) -> str:
    """Something that was refused or went wrong, for the place where it was asked for."""
    return f"⚠ {plain_line(error.text(lang))}"


def save_state(solution: Solution, lang: Lang) -> str:
    """Whether the graph on the page has been saved."""
    if solution.graph is None:
        return ""
    return plain_line(solution.saved_at or words(lang).not_saved)


_MARKUP: Mapping[int, str] = {ord(mark): f"\\{mark}" for mark in string.punctuation}


def plain_line(text: str) -> str:
    """Somebody's words inside Markdown, as they stand and on one line."""
    return " ".join(text.split()).translate(_MARKUP)
