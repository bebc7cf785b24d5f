"""Taking accepted graphs out: as a file, as a dataset folder, to the Hub; and the backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import DaggerError
from demo import keeping, view
from demo.curating import taking
from demo.desk import Desk
from demo.listeners import BUSY, QUIET
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_CLICK = "() => document.querySelector('#annotate-file').click()"


class ExportPanel:
    """The components and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._services, self._lang = page, page.services, page.lang
        text = self._text = words(page.lang)
        gr.Markdown(f"### {text.export_title}\n{text.export_hint}")
        kinds = [(getattr(text, f"kind_{kind}"), kind) for kind in taking.KINDS]
        self.kind = gr.Dropdown(
            kinds, value="dataset", label=text.export_kind, elem_id="export-kind"
        )
        with gr.Row():
            self.format = gr.Dropdown(
                [("JSONL", ".jsonl"), ("Parquet", ".parquet")],
                value=".jsonl",
                label=text.export_format,
                min_width=120,
            )
            self.held_out = gr.Slider(
                0, 0.5, 0.1, step=0.05, label=text.validation_share, min_width=160
            )
        self.make = gr.Button(text.make_file, variant="primary", elem_id="export-make")
        self.file_out = gr.DownloadButton(visible="hidden", elem_id="annotate-file")
        self.made = gr.Markdown(elem_id="export-said", elem_classes="said")
        with gr.Accordion(text.hub_title, open=False, elem_id="to-hub"):
            self.hub = gr.Textbox(
                label=text.hub_name, placeholder="owner/name", max_lines=1, elem_id="hub-name"
            )
            self.private = gr.Checkbox(True, label=text.hub_private)
            self.push = gr.Button(text.hub_push, elem_id="hub-push")
            self.pushed = gr.Markdown(elem_id="hub-said", elem_classes="said")
        gr.Markdown(f"### {text.backup_title}")
        self.backup = gr.Markdown(elem_id="backup")

    def listen(self) -> None:
        """Follow the buttons."""
        here = [self._page.desk, self._page.browser]
        options = [self.kind, self.format, self.held_out]
        written = self.make.click(
            self.on_export, [*here, *options], [self.file_out, self.made], **BUSY
        )
        written.success(None, js=_CLICK, **QUIET)
        self.push.click(
            self.on_push, [*here, self.held_out, self.hub, self.private], self.pushed, **BUSY
        )

    def backup_line(self) -> str:
        """Whether there is a backup, and how the last one went."""
        text, backup = self._text, self._services.backup
        if backup is None:
            return str(text.backup_none)
        name, last = plain_line(backup.name), backup.last
        if last is None:
            return str(text.backup_waiting.format(name=name))
        at = last.at.astimezone().strftime("%Y-%m-%d %H:%M")
        if last.problem:
            problem = plain_line(last.problem)
            return str(text.backup_failed.format(name=name, time=at, problem=problem))
        return str(text.backup_ok.format(name=name, time=at))

    def on_export(
        self,
        desk: Desk | None,
        browser: Any,
        kind: Any,
        suffix: Any,
        held_out: Any,
        request: gr.Request,
    ) -> tuple[str, str]:
        """Write the accepted graphs of the project to a file."""
        try:
            project, _ = self._page.curator(desk, browser, request)
            wanted = taking.Wanted(str(kind), str(suffix), _share(held_out))
            taken = taking.take_out(self._services.store, project, wanted)
        except DaggerError as error:
            raise gr.Error(error.text(self._lang), print_exception=False) from None
        return str(taken.path), keeping.export_said(taken.rows, taken.failures, self._lang)

    def on_push(
        self,
        desk: Desk | None,
        browser: Any,
        held_out: Any,
        name: Any,
        private: Any,
        request: gr.Request,
    ) -> str:
        """Put the dataset on the Hub."""
        try:
            project, _ = self._page.curator(desk, browser, request)
            url = taking.push(
                self._services.store, project, str(name).strip(), _share(held_out), bool(private)
            )
        except DaggerError as error:
            return view.problem(error, self._lang)
        return str(self._text.hub_done.format(url=plain_line(url)))


def _share(value: Any) -> float:
    return min(0.5, max(0.0, float(value))) if isinstance(value, int | float) else 0.1
