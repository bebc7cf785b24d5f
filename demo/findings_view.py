"""FindingsView: what is wrong with a graph, each with its node to look at and its fix to apply."""

from __future__ import annotations

from typing import Any

import gradio as gr

from demo import bundle

_MODULES = ["dom", "link", "findings_view"]


class FindingsView(gr.HTML):  # type: ignore[misc]
    """Shows the document of `view.findings`; its `action` event asks for a fix.

    The event's data is {"action": "fix", "code": …, "id": …}; `read_fix` reads it. Showing a
    node needs no listener: the views of one channel tell each other in the browser.

    Args:
        value: what it shows first.
        channel: that of the GraphView it belongs to.
    """

    def __init__(
        self, value: dict[str, Any] | None = None, *, channel: str = "graph", **kwargs: Any
    ) -> None:
        super().__init__(
            value,
            html_template='<div class="dagger-findings"></div>',
            css_template=bundle.style("findings_view"),
            js_on_load=bundle.script(_MODULES, "mountFindingsView", {"channel": channel}),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for a finding."""

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """The document as the browser gets it."""
        return value


def read_fix(data: object) -> tuple[str, str | None] | None:
    """The code and the node of the finding to mend, or None if no view would send that."""
    if not isinstance(data, dict) or data.get("action") != "fix":
        return None
    code, node_id = data.get("code"), data.get("id")
    if not isinstance(code, str) or not isinstance(node_id, str | None):
        return None
    return code, node_id
