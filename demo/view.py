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
from dagger_core.numerals import TooLarge, localized, read_number, show
from dagger_core.numerals.show import fraction_text
from dagger_core.ops import CONST, OPS
from dagger_core.parse import document
from dagger_core.render import describe, inline, render, to_dot
from dagger_core.score import CORRECT_WEIGHT, EXECUTES_WEIGHT, FORMAT_WEIGHT
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


def answer(solution: Solution, lang: Lang) -> str:
    """The answer, whether it is right, and the reward with its parts, as Markdown."""
    text, score, execution = words(lang), solution.score, solution.execution
    if score is None or execution is None:
        return f"## {text.answer}\n{text.no_answer}"
    if execution.answer is None:
        lines = [f"## {text.answer}: —", text.no_answer]
    else:
        lines = [f"## {text.answer}: {show(execution.answer, lang)}"]
        fraction = fraction_text(execution.answer)
        if fraction:
            lines.append(text.exactly.format(fraction=localized(fraction, lang)))
    if solution.gold:
        lines.append(_against_gold(solution, lang))
    lines.append(_reward(_parts(solution, lang), bool(solution.gold), lang))
    return "\n\n".join(lines)


def _parts(solution: Solution, lang: Lang) -> list[tuple[str, float]]:
    """What the answer earns in training, part by part.

    Without a right answer, correctness is not one of the parts, and how well a trace knows
    whether it is right cannot be told.
    """
    text, score, trace = words(lang), solution.score, solution.trace_score
    checked = bool(solution.gold)
    if trace is not None:
        worth = trace.weights
        parts = [(text.reward_structure, worth.structure * trace.structure, True)]
        parts.append((text.reward_correct, worth.correctness * trace.correctness, checked))
        parts.append((text.reward_confidence, worth.confidence * trace.confidence, checked))
    elif score is not None:
        parts = [(text.reward_format, FORMAT_WEIGHT * score.format, True)]
        parts.append((text.reward_executes, EXECUTES_WEIGHT * score.executes, True))
        parts.append((text.reward_correct, CORRECT_WEIGHT * score.correct, checked))
    else:
        parts = []
    return [(name, round(worth, 4)) for name, worth, known in parts if known]


def _reward(parts: list[tuple[str, float]], checked: bool, lang: Lang) -> str:
    """The reward as a sum."""
    text = words(lang)
    summed = " + ".join(f"{name} {localized(f'{worth:g}', lang)}" for name, worth in parts)
    total = localized(f"{sum(worth for _, worth in parts):g}", lang)
    line = f"{text.reward} **{total}** = {summed}"
    return line if checked else f"{line} {text.reward_unchecked}"


def _against_gold(solution: Solution, lang: Lang) -> str:
    text, score = words(lang), solution.score
    try:
        gold = read_number(solution.gold)
    except TooLarge:
        gold = None
    if gold is None:
        return str(text.unreadable_gold.format(gold=plain_line(solution.gold)))
    trace = solution.trace_score
    if trace.correctness if trace is not None else score is not None and score.correct:
        return str(text.right)
    final = solution.graph.final if solution.graph and trace is None else None
    if final is not None and final.is_const and score is not None and score.value == gold:
        return str(text.reward_asserted)
    return str(text.wrong.format(gold=show(gold, lang)))


def answer_line(solution: Solution, lang: Lang) -> str:
    """The answer in a few words, for a title."""
    text, execution = words(lang), solution.execution
    if execution is None or execution.answer is None:
        return str(text.no_answer)
    return f"{text.answer}: {show(execution.answer, lang)}"


def effort(solution: Solution, lang: Lang) -> str:
    """Which model answered, how long it took, how it ended, and whether its graph was edited."""
    text, attempt = words(lang), solution.attempt
    if attempt is None:
        return ""
    parts = [
        text.effort.format(
            model=plain_line(attempt.model.removeprefix("models/")),
            tokens=localized(str(attempt.tokens), lang),
            seconds=localized(f"{attempt.seconds:.2f}", lang),
        )
    ]
    if attempt.finish_reason in ("length", "cancelled"):
        parts.append(getattr(text, attempt.finish_reason))
    if attempt.graph is not None and solution.graph != attempt.graph:
        parts.append(text.edited)
    return " · ".join(parts)


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
