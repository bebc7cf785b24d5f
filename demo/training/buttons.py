"""The small buttons that stand beside a job."""

from __future__ import annotations

from typing import Any

import gradio as gr


def small(text: str, name: str, width: int = 150, **more: Any) -> gr.Button:
    """A small button.

    Args:
        name: its `elem_id`.
        width: the least it takes, in pixels.
    """
    return gr.Button(text, size="sm", scale=0, min_width=width, elem_id=name, **more)
