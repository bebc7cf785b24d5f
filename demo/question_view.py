"""QuestionView: the question with its numbers marked and linked to the picture's nodes."""

from __future__ import annotations

from typing import Any

import gradio as gr

from demo import bundle
from demo.picture import Question, to_json
from demo.view_texts import QUESTION_VIEW

_MODULES = ["dom", "link", "mentions", "question_view"]


class QuestionView(gr.HTML):  # type: ignore[misc]
    """Shows a `Question`. Its `action` event asks for a node for a number that has none.

    Listen as with GraphView. Hover and selection need no listener: views on one channel tell
    each other in the browser.

    Args:
        value: what it shows first.
        channel: that of the GraphView it belongs to.
    """

    def __init__(
        self, value: Question | None = None, *, channel: str = "graph", **kwargs: Any
    ) -> None:
        self.channel = channel
        options = {
            "channel": channel,
            "texts": QUESTION_VIEW,
            "style": bundle.style("question_view"),
        }
        super().__init__(
            value,
            html_template='<div class="dagger-question" role="group"></div>',
            js_on_load=bundle.script(_MODULES, call="mountQuestionView", options=options),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for the question."""

    def postprocess(self, value: Question | None) -> str | None:
        """The document as the browser gets it."""
        return None if value is None else to_json(value)
