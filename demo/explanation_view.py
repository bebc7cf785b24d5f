"""ExplanationView: the way to the answer in numbered sentences, linked with the picture."""

from __future__ import annotations

from typing import Any

import gradio as gr

from demo import bundle
from demo.view_texts import EXPLANATION_VIEW

_MODULES = ["dom", "link", "walk", "explanation_view"]


class ExplanationView(gr.HTML):  # type: ignore[misc]
    """Shows the document of `telling.explanation`. It has no events of its own for the server.

    Args:
        value: what it shows first.
        channel: that of the GraphView it belongs to.
    """

    def __init__(
        self, value: dict[str, Any] | None = None, *, channel: str = "graph", **kwargs: Any
    ) -> None:
        options = {
            "channel": channel,
            "texts": EXPLANATION_VIEW,
            "style": bundle.style("explanation_view"),
        }
        super().__init__(
            value,
            html_template='<div class="dagger-explanation"></div>',
            js_on_load=bundle.script(_MODULES, "mountExplanationView", options),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for an explanation."""

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """The document as the browser gets it."""
        return value
