"""Lists to choose from whose entries come and go, as jobs and models do.

Gradio refuses a choice that it did not offer in the session, and forgets what it offered when the
server restarts, while the page stays open. Here every handler checks what was chosen by itself,
as it must for anything that a browser sends.
"""

from __future__ import annotations

from typing import Any

import gradio as gr


class ChangingRadio(gr.Radio):  # type: ignore[misc]
    """A Radio that hands on whatever the browser sends."""

    is_template = True  # to the browser it is a Radio

    def preprocess(self, payload: Any) -> Any:
        """What was chosen, unchecked."""
        return payload


class ChangingDropdown(gr.Dropdown):  # type: ignore[misc]
    """A Dropdown that hands on whatever the browser sends."""

    is_template = True  # to the browser it is a Dropdown

    def preprocess(self, payload: Any) -> Any:
        """What was chosen, unchecked."""
        return payload
