"""WhatIfView: every number of a graph as a field and a slider, and what moves when one is moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from demo import bundle

_MODULES = ["dom", "link", "whatif_view"]
_LONGEST = 60
_MOST = 300


class WhatIfView(gr.HTML):  # type: ignore[misc]
    """Shows the document of `trying.document`; its `action` event has the numbers to try.

    Args:
        value: what it shows first.
        channel: that of the GraphView it belongs to.
    """

    def __init__(
        self, value: dict[str, Any] | None = None, *, channel: str = "graph", **kwargs: Any
    ) -> None:
        options = {"channel": channel, "style": bundle.style("whatif_view")}
        super().__init__(
            value,
            html_template='<div class="dagger-whatif"></div>',
            js_on_load=bundle.script(_MODULES, "mountWhatIfView", options),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for a graph."""

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """The document as the browser gets it."""
        return value


def read_trial(data: object) -> tuple[dict[int, str], int, str] | None:
    """The numbers to try by place of their nodes, the number of the trial, and the theme.

    None if no view would send that.
    """
    if not isinstance(data, Mapping) or data.get("action") != "try":
        return None
    values, seq = data.get("values"), data.get("seq")
    if not isinstance(values, Mapping) or len(values) > _MOST or not isinstance(seq, int):
        return None
    tried: dict[int, str] = {}
    for dom, text in values.items():
        known = isinstance(dom, str) and dom[:1] == "n" and dom[1:].isascii() and dom[1:].isdigit()
        if not known or len(dom) > 7 or not isinstance(text, str) or len(text) > _LONGEST:
            return None
        tried[int(dom[1:])] = text
    return tried, seq, "dark" if data.get("theme") == "dark" else "light"
