"""DigitSwitch: which digits answers, nodes and sentences are shown in; the browser remembers it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.numerals.show import Script
from demo.texts import words

#: Names the browser's own storage; a change forgets the choice.
_STORAGE = {"storage_key": "dagger-digits", "secret": "dagger-studio-digits"}
_CHOICES: list[tuple[str, Script]] = [("১২৩", "bangla"), ("123", "ascii")]


class DigitSwitch:
    """What the browser remembers, and the switch, to be rendered where the page wants it."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        # Not in any part of the page that may be closed: there, nothing is read from the browser.
        self.stored = gr.BrowserState("", **_STORAGE)
        self.radio = gr.Radio(
            _CHOICES,
            value=self.value(None),
            label=words(lang).digits,
            elem_id="digits",
            render=False,
        )

    def value(self, script: Script | None) -> Script:
        """What the switch stands on."""
        return script or ("bangla" if self._lang == "bn" else "ascii")

    @staticmethod
    def script(value: Any) -> Script | None:
        """The digits that a browser asks for; None: those of the language."""
        return value if value in ("ascii", "bangla") else None
