"""GraphView: the picture of a graph, to look at and to edit."""

from __future__ import annotations

from typing import Any

import gradio as gr

from demo import bundle
from demo.picture import Picture, to_json
from demo.view_texts import GRAPH_VIEW

_MODULES = [
    "dom",
    "link",
    *(
        f"graph/{name}"
        for name in (
            "commands",
            "icons",
            "geometry",
            "paths",
            "safe_svg",
            "viewport",
            "gestures",
            "scene",
            "connector",
            "outbox",
            "toolbar",
            "graph_view",
        )
    ),
]


_CALL = "mountGraphView"


def head() -> str:
    """What the head of a page with GraphViews must hold."""
    options = {"texts": GRAPH_VIEW, "style": bundle.style("graph_view")}
    return bundle.shared(_MODULES, _CALL, options)


class GraphView(gr.HTML):  # type: ignore[misc]
    """Shows a `Picture`; tells what a person does to it in its `action` event.

    The page needs `head()` in its head. Listen with `view.action(fn, inputs, outputs,
    **LISTENER)` and read the event with `read_action` (both in `demo.picture`).

    Args:
        value: what it shows first.
        channel: views on one channel light up and select each other's nodes.
        inspector: `elem_id` of the component whose first field gets the focus on Enter.
    """

    def __init__(
        self,
        value: Picture | None = None,
        *,
        channel: str = "graph",
        inspector: str = "",
        **kwargs: Any,
    ) -> None:
        # Gradio asks for an attribute of the name of every parameter.
        self.channel, self.inspector = channel, inspector
        options = {"channel": channel, "inspector": inspector}
        super().__init__(
            value,
            html_template='<div class="dagger-graph"></div>',
            js_on_load=bundle.mount(_CALL, options, event="action"),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for the graph."""

    def postprocess(self, value: Picture | None) -> str | None:
        """The document as the browser gets it."""
        return None if value is None else to_json(value)
