"""CurvesView: how trainings go, as curves over their steps."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from demo import bundle
from demo.training.curves_texts import CURVES

_MODULES = ["dom", "curves/scale", "curves/chart", "curves/curves_view"]


class CurvesView(gr.HTML):  # type: ignore[misc]
    """Shows a document of `demo.training.curves`; nothing can be changed in it.

    Args:
        value: what it shows first.
    """

    def __init__(self, value: dict[str, Any] | None = None, **kwargs: Any) -> None:
        options = {"texts": CURVES, "style": bundle.style("curves_view")}
        super().__init__(
            value,
            html_template='<div class="dagger-curves"></div>',
            js_on_load=bundle.script(_MODULES, "mountCurvesView", options),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for a curve."""

    def postprocess(self, value: dict[str, Any] | None) -> str | None:
        """The document as the browser gets it: one long text is quicker than many values."""
        return None if value is None else json.dumps(value, ensure_ascii=False)
