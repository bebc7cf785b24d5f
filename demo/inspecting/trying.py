"""Trying other numbers: what moves when a number of the graph is another one, and what does not.

Nothing that is tried changes the work on the page. The browser sends all numbers that differ
with every trial, so the server keeps nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, Lang
from dagger_core.execute import Execution
from dagger_core.graph import Graph, Node
from dagger_core.numerals import Number, TooLarge, localized, read_number, show
from dagger_core.numerals.show import digits, plain
from dagger_core.render.text import shorten
from dagger_core.whatif import Outcome, whatif
from demo import view
from demo.desk import Desk, Updates, desk_of
from demo.graph_view import GraphView
from demo.inspecting.whatif_view import WhatIfView, read_trial
from demo.listeners import LISTENER
from demo.services import Services
from demo.solution import Solution
from demo.texts import words

_CHANNEL = "whatif"
_MOST_FIELDS = 40
_NAME_WIDTH = 60
_STOPS = 100


class Trying:
    """The panel, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, words(lang)
        gr.Markdown(text.whatif_hint)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=320):
                self.numbers = WhatIfView(channel=_CHANNEL, elem_id="whatif")
            with gr.Column(scale=7, min_width=320):
                self.picture = GraphView(channel=_CHANNEL, elem_id="whatif-picture")

    def show(self, solution: Solution) -> Updates:
        """Updates that begin anew with a solution."""
        return {self.numbers: document(solution, self._lang)}

    def listen(self, desk: Sequence[Any]) -> None:
        """Try what is asked for with the graph of the desk; its components are the inputs."""
        self.numbers.action(self._on_try, list(desk), [self.numbers, self.picture], **LISTENER)

    def _on_try(self, desk: Desk | None, browser: str, event: gr.EventData) -> Updates:
        asked = read_trial(event._data)
        desk = desk_of(self._services, desk, browser)
        if asked is None or desk.solution.execution is None:
            return {self.numbers: gr.skip()}
        tried, seq, theme = asked
        with digits(desk.digits):
            outcome, problems = attempt(desk.solution.execution, tried, self._lang)
            # Without the question nobody can complain that a number is not in it.
            tried_graph = (outcome.after.graph,)
            after = Solution(history=tried_graph, key=desk.solution.key)
            picture = view.picture(after, self._lang, theme)  # type: ignore[arg-type]
            marked = tuple(f"n{outcome.after.graph.index[key]}" for key in sorted(outcome.moved))
            shown = replace(picture, editable=False, selected=None, revision=seq, marked=marked)
            said = document(desk.solution, self._lang, outcome, problems, seq)
            return {self.numbers: said, self.picture: shown}


def attempt(
    before: Execution, tried: Mapping[int, str], lang: Lang
) -> tuple[Outcome, dict[int, str]]:
    """What comes of numbers as typed, by place of their nodes, and which are none and why."""
    changes: dict[str, Number] = {}
    problems: dict[int, str] = {}
    outcome = whatif(before, {})
    for place, text in tried.items():
        if place >= len(before.graph):
            continue
        try:
            value = read_number(text)
        except TooLarge:
            value = None
        if value is None:
            problems[place] = words(lang).no_number
            continue
        try:
            outcome = whatif(before, {**changes, before.graph.ids[place]: value})
        except DaggerError as error:
            problems[place] = error.text(lang)
        else:
            changes[before.graph.ids[place]] = value
    return outcome, problems


def document(
    solution: Solution,
    lang: Lang,
    outcome: Outcome | None = None,
    problems: Mapping[int, str] | None = None,
    ack: int = 0,
) -> dict[str, Any]:
    """What the WhatIfView shows: the numbers of a solution, and what came of other ones."""
    text, execution = words(lang), solution.execution
    base: dict[str, Any] = {
        "lang": lang,
        "ack": ack,
        "texts": _texts(lang),
        "rows": [],
        "moved": [],
    }
    if execution is None:
        return {**base, "key": "", "verdict": text.whatif_empty}
    graph = execution.graph
    outcome = outcome or Outcome(execution, execution, frozenset(), frozenset(graph.ids))
    consts = [place for place, node in enumerate(graph.nodes) if node.is_const][:_MOST_FIELDS]
    rows = [_row(graph, place, (problems or {}).get(place, ""), lang) for place in consts]
    moved = [
        {
            "node": f"n{graph.index[node.id]}",
            "name": _name(node),
            "before": _value(outcome.before, node, lang),
            "after": _value(outcome.after, node, lang),
        }
        for node in graph
        if node.id in outcome.moved and not node.is_const
    ]
    # Numbers that were tried differ by themselves; what is told is what followed from them.
    key = f"{solution.key}-{solution.revision}"
    return {**base, "key": key, "rows": rows, "moved": moved, "verdict": _verdict(outcome, lang)}


def _texts(lang: Lang) -> dict[str, str]:
    text = words(lang)
    names = ("whatif_number", "whatif_slider", "whatif_back", "whatif_all_back", "whatif_moved")
    return {name.removeprefix("whatif_"): getattr(text, name) for name in names} | {
        "distractor": text.distractor_short,
        "digits": localized("0123456789", lang),
    }


def _row(graph: Graph, place: int, problem: str, lang: Lang) -> dict[str, Any]:
    node = graph.nodes[place]
    try:
        value = read_number(node.val)
    except TooLarge:
        value = None
    low, high, step = slider(value)
    return {
        "node": f"n{place}",
        "name": _name(node),
        "value": "" if value is None else localized(plain(value), lang),
        "distractor": node.distractor or node.id not in graph.live,
        "low": low,
        "high": high,
        "step": step,
        "problem": problem,
    }


def slider(value: Number | None) -> tuple[float, float, float]:
    """Least and greatest value and step of a slider on which a number stands in the middle."""
    number = 0.0 if value is None else float(value)
    reach = max(10.0, 2 * abs(number))
    if value is not None and number != int(number):
        step = float(Decimal(1).scaleb(-min(6, len(plain(value).partition(".")[2]))))
    else:
        # 1, 10, 100, …: at most a few hundred stops.
        step = float(10 ** max(0, len(str(int(reach // _STOPS))) - 1))
    return (-reach if number < 0 else 0.0), reach, step


def _name(node: Node) -> str:
    return shorten(node.label, _NAME_WIDTH) or shorten(node.id, _NAME_WIDTH)


def _value(execution: Execution, node: Node, lang: Lang) -> str:
    value = execution.value(node.id)
    return str(words(lang).failed) if value is None else show(value, lang)


def _verdict(outcome: Outcome, lang: Lang) -> str:
    """What became of the answer, in a sentence."""
    text, final = words(lang), outcome.before.graph.final
    if final is None or outcome.before.answer is None:
        return str(text.no_answer)
    before, after = (
        _value(execution, final, lang) for execution in (outcome.before, outcome.after)
    )
    if outcome.answer_moved:
        return str(text.whatif_answer_moved.format(before=before, after=after)).replace("….", "…")
    changed = any(node.is_const and node.id in outcome.moved for node in outcome.before.graph)
    said = text.whatif_answer_stays if changed else text.whatif_answer_now
    return str(said.format(answer=before))
