"""The tab of files: questions brought in, accepted graphs taken out, to the Hub, and backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from demo.curating.export_panel import ExportPanel
from demo.curating.import_panel import ImportPanel

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage


class ExchangeTab:
    """The two sides of the tab, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                self.incoming = ImportPanel(page)
            with gr.Column(scale=5, min_width=320):
                self.outgoing = ExportPanel(page)

    def listen(self) -> None:
        """Follow what is done on the tab."""
        self.incoming.listen()
        self.outgoing.listen()
