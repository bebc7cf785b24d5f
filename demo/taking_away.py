"""Taking work away: picture, JSON and code of a graph, and all saved graphs as a dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from dagger_core.codegen import EXPORTS
from dagger_core.diagnostics import DaggerError, Lang
from demo import keeping
from demo.desk import Desk, desk_of
from demo.listeners import QUIET
from demo.services import Services
from demo.texts import words

#: For the listener that has put a file into the hidden button `file`: it is on its way.
SEND = "() => document.querySelector('#file').click()"


class TakingAway:
    """A button for every kind of file, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, words(lang)
        with gr.Accordion(text.downloads, open=False, elem_id="downloads"):
            with gr.Row(elem_classes="buttons files"):
                self._downloads = {
                    fmt: gr.Button(fmt.upper(), size="sm", elem_id=f"get-{fmt}", min_width=120)
                    for fmt in keeping.DOWNLOADS
                }
                for name, target in EXPORTS.items():
                    title = target.bn if lang == "bn" else target.en
                    self._downloads[name] = gr.Button(
                        title, size="sm", elem_id=f"get-{name}", min_width=120
                    )
            gr.Markdown(text.downloads_all)
            with gr.Row(elem_classes="buttons files"):
                self._exports = {
                    schema: gr.Button(
                        f"{text.export} {schema}", size="sm", elem_id=f"export-{schema}",
                        min_width=120,
                    )
                    for schema in keeping.SCHEMAS
                }  # fmt: skip
        self._file = gr.DownloadButton(visible="hidden", elem_id="file")

    def listen(self, desk: Sequence[Any]) -> None:
        """Offer the files of the desk; its components are the inputs."""
        for fmt, button in self._downloads.items():
            made = button.click(self._downloader(fmt), list(desk), self._file, **QUIET)
            made.success(None, js=SEND, **QUIET)
        for schema, button in self._exports.items():
            made = button.click(self._exporter(schema), None, self._file, **QUIET)
            made.success(None, js=SEND, **QUIET)

    def _downloader(self, fmt: str) -> Callable[[Desk | None, str], str]:
        def download(desk: Desk | None, browser: str) -> str:
            try:
                solution = desk_of(self._services, desk, browser).solution
                return keeping.download(solution, fmt, self._lang)
            except DaggerError as error:
                raise gr.Error(error.text(self._lang), print_exception=False) from None

        return download

    def _exporter(self, schema: str) -> Callable[[gr.Request], str]:
        def export(request: gr.Request) -> str:
            store, person = self._services.store, self._services.person(request)
            try:
                path, message = keeping.export(store, person, schema, self._lang)
            except DaggerError as error:
                raise gr.Error(error.text(self._lang), print_exception=False) from None
            gr.Info(message)
            return path

        return export
