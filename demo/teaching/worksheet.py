"""Worksheet: the problems of a lesson on paper, with or without solutions.

The browser lays it out and prints it (or saves it as PDF): it shapes Bangla as on the page.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, Lang
from dagger_core.explain import explain
from dagger_core.numerals import localized
from demo import bundle, view
from demo.desk import Updates
from demo.listeners import QUIET
from demo.teaching.lesson import Lesson, Problem
from demo.texts import words

_MODULES = ["dom", "link", "graph/safe_svg", "worksheet"]


class WorksheetView(gr.HTML):  # type: ignore[misc]
    """Shows the document of `document`, and prints one that it has not printed yet."""

    def __init__(self, value: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(
            value,
            html_template='<div class="dagger-worksheet"></div>',
            js_on_load=bundle.script(
                _MODULES, "mountWorksheet", {"style": bundle.style("worksheet")}
            ),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for problems."""

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """The document as the browser gets it."""
        return value


class Worksheet:
    """The button, the choice and the sheet, in one language."""

    def __init__(self, lang: Lang) -> None:
        self._lang, text = lang, words(lang)
        with gr.Accordion(text.worksheet, open=False, visible=False) as self.panel:
            with gr.Row(equal_height=True):
                self.solutions = gr.Checkbox(
                    label=text.worksheet_solutions, elem_id="worksheet-solutions"
                )
                self.print = gr.Button(text.worksheet_print, elem_id="worksheet-print")
            self.sheet = WorksheetView(elem_id="worksheet")

    @property
    def shown(self) -> list[Any]:
        """Everything that `offers` updates."""
        return [self.panel]

    def offers(self, possible: bool) -> Updates:
        """Whether there is anything to print."""
        return {self.panel: gr.update(visible=possible)}

    def listen(self, room: gr.State, lesson_of: Callable[[Any], Lesson]) -> None:
        """Print the lesson of a room when asked to."""

        def on_print(room: Any, solutions: bool) -> dict[str, Any]:
            return document(lesson_of(room), bool(solutions), self._lang)

        self.print.click(on_print, [room, self.solutions], self.sheet, **QUIET)


def document(lesson: Lesson, solutions: bool, lang: Lang) -> dict[str, Any]:
    """The sheet: problems, and with solutions the way to each answer and its picture."""
    text = words(lang)
    names = ("name", "date", "asked", "steps", "answers")
    return {
        "print": secrets.token_hex(4),
        "lang": lang,
        "title": text.worksheet,
        "texts": {name: getattr(text, f"worksheet_{name}") for name in names}
        | {"answer": text.answer},
        "problems": [
            {
                "number": localized(f"{place}.", lang),
                "question": problem.solution.question,
                "lines": max(2, len(problem.steps) + 1),
                "solution": _solution(problem, lang) if solutions else None,
            }
            for place, problem in enumerate(lesson.problems, 1)
        ],
    }


def _solution(problem: Problem, lang: Lang) -> dict[str, Any]:
    sentences = explain(problem.execution, problem.solution.question, lang)
    try:
        svg = view.picture(problem.solution, lang, "light").svg
    except DaggerError:
        svg = ""
    return {"sentences": [sentence.text for sentence in sentences], "svg": svg}
