"""The graph in words, as a table and as JSON, and the model's text: all for reading closely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from demo import view
from demo.explanation_view import ExplanationView
from demo.inspecting.telling import explanation
from demo.solution import Solution
from demo.texts import words

_COLUMNS = ("id", "op", "value_or_args", "label", "distractor_short", "result")


class Details:
    """The tabs, in one language.

    Args:
        explanation: where it stands, if not in a tab.
        before: puts the tabs of a page in front of these.
    """

    def __init__(
        self,
        lang: Lang,
        channel: str,
        explanation: ExplanationView | None = None,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self._lang, text = lang, words(lang)
        with gr.Tabs():
            before()
            if explanation is None:
                with gr.Tab(text.explanation):
                    explanation = ExplanationView(channel=channel, elem_id="explanation")
            self.explanation = explanation
            with gr.Tab(text.table):
                gr.Markdown(text.table_hint)
                self.table_state = gr.Markdown(elem_id="table-state", elem_classes="said")
                self.table = gr.Dataframe(
                    headers=[getattr(text, name) for name in _COLUMNS],
                    datatype=["str", "str", "str", "str", "bool", "str"],
                    type="array",
                    static_columns=[5],
                    interactive=True,
                    wrap=True,
                    buttons=["fullscreen", "copy"],
                    elem_id="table",
                )
            with gr.Tab(text.json):
                self.json_state = gr.Markdown(elem_id="json-state", elem_classes="said")
                self.json = gr.Code(
                    language="json", label=text.json, lines=12, elem_id="json", wrap_lines=True
                )
            with gr.Tab(text.model_text):
                self.model_text = gr.Textbox(
                    text.no_model_text,
                    lines=8,
                    max_lines=30,
                    label=text.model_text,
                    show_label=False,
                    interactive=False,
                    buttons=["copy"],
                    elem_id="model-text",
                )

    @property
    def shown(self) -> list[gr.blocks.Block]:
        """Everything that `show` updates, and what is said about the table."""
        read = [self.explanation, self.model_text]
        return [*read, self.table_state, self.table, self.json_state, self.json]

    def show(self, solution: Solution) -> dict[Any, Any]:
        """Updates that show a solution."""
        attempt = solution.attempt
        return {
            self.explanation: explanation(solution, self._lang),
            self.table: view.rows(solution, self._lang),
            self.json: view.json_text(solution),
            self.json_state: view.json_state(solution, self._lang),
            self.model_text: attempt.text if attempt else words(self._lang).no_model_text,
        }
