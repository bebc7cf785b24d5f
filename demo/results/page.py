"""The Results page: every report in one table, plots, failures, two models compared, downloads."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from dagger_core.diagnostics import Lang
from demo.desk import Updates
from demo.keeping import new_file
from demo.listeners import QUIET
from demo.results import tables
from demo.results.compare import ComparePanel
from demo.results.failures import FailuresPanel
from demo.results.plots import PLOTS, plot
from demo.results.reports import Entry, Reports
from demo.results.start import StartPanel
from demo.services import Services
from demo.taking_away import SEND
from demo.texts import words
from train.evaluate.writing import markdown

_ON_PLOTS = 4


class ResultsPage:
    """The components of the page and what they do, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, words(lang)
        self._reports = Reports(services.runs.root, services.catalog.models)
        gr.Markdown(text.results_hint)
        self.keys = gr.State(())
        self.table = gr.Dataframe(
            headers=tables.headers(lang),
            datatype=tables.kinds_of_columns(),
            column_widths=tables.WIDTHS,
            interactive=False,
            wrap=True,
            max_height=520,
            pinned_columns=2,
            show_search="search",
            buttons=["fullscreen", "copy"],
            elem_id="results-table",
        )
        self.file = gr.DownloadButton(visible="hidden", elem_id="file")
        self.broken = gr.Markdown(elem_id="broken-reports", elem_classes="said")
        with gr.Row(elem_classes="buttons"):
            self.refresh = gr.Button(text.refresh, size="sm", min_width=140)
            self.table_file = gr.Button(text.download_table, size="sm", min_width=140)
        with gr.Accordion(text.by_set, open=False):
            self.sets = gr.Dataframe(interactive=False, wrap=True, elem_id="results-sets")
        with gr.Accordion(text.evaluate, open=False, elem_id="evaluate"):
            self.start_panel = StartPanel(services, lang)
        with gr.Tabs():
            with gr.Tab(text.plots, elem_id="tab-plots"):
                self._build_plots()
            with gr.Tab(text.failures, elem_id="tab-failures"):
                self.report = gr.Dropdown([], label=text.report, elem_id="report")
                self._build_downloads()
                self.failures = FailuresPanel(services, lang, self._reports)
            with gr.Tab(text.compare_reports, elem_id="tab-compare") as self.compare_tab:
                self.compare = ComparePanel(services, lang, self._reports)
        self._listen()

    def _build_plots(self) -> None:
        text = words(self._lang)
        self.chosen = gr.Dropdown([], multiselect=True, label=text.plot_reports, elem_id="plotted")
        self.plots = {}
        for name, title in PLOTS.items():
            with gr.Column():
                gr.Markdown(f"## {getattr(text, title)}")
                self.plots[name] = gr.Plot(show_label=False, elem_id=f"plot-{name}")

    def _build_downloads(self) -> None:
        text = words(self._lang)
        with gr.Row(elem_classes="buttons"):
            self.files = {
                kind: gr.Button(
                    getattr(text, f"download_{kind}"), size="sm", elem_id=f"download-{kind}"
                )
                for kind in ("json", "markdown", "csv")
            }

    @property
    def shown(self) -> list[Any]:
        """Everything that reading the reports updates."""
        choices = [self.report, self.chosen, self.compare.before, self.compare.after]
        return [self.keys, self.table, self.broken, self.sets, *choices, *self.plots.values()]

    def start(self, app: gr.Blocks) -> None:
        """Show the reports when the page is opened, and the evaluation that runs."""
        shown = [*self.shown, *self.failures.shown, *self.start_panel.shown]
        app.load(self._on_load, None, shown, **QUIET)

    def _listen(self) -> None:
        opened = [*self.shown, *self.failures.shown]
        self.refresh.click(self._on_refresh, None, opened, **QUIET)
        self.table.select(self._on_select, self.keys, [self.report, *self.failures.shown], **QUIET)
        self.report.input(self._on_report, self.report, self.failures.shown, **QUIET)
        self.chosen.input(self._on_plots, self.chosen, list(self.plots.values()), **QUIET)
        self.failures.listen(self.report)
        self.compare.listen(self.compare_tab)
        self.start_panel.listen(lambda tick: tick.then(self._on_ended, self.keys, opened, **QUIET))
        for kind, button in self.files.items():
            made = button.click(self._downloader(kind), self.report, self.file, **QUIET)
            made.success(None, js=SEND, **QUIET)
        made = self.table_file.click(self._on_table_file, None, self.file, **QUIET)
        made.success(None, js=SEND, **QUIET)

    # --- what it does ----------------------------------------------------------------------

    def _on_load(self, request: gr.Request) -> Updates:
        return {**self._read(request), **self.start_panel.show()}

    def _on_refresh(self, request: gr.Request) -> Updates:
        return self._read(request)

    def _on_ended(self, keys: tuple[str, ...], request: gr.Request) -> Updates:
        """The clock of an evaluation has ticked: if it has written its report, show that."""
        task = self._services.evaluations.last
        if task is None or task.report is None or task.report.stem in keys:
            return {self.keys: keys}
        return self._read(request)

    def _read(self, request: gr.Request) -> Updates:
        """Everything, from the reports that there are now."""
        entries, broken = self._reports.entries()
        text = words(self._lang)
        choices = [(entry.title, entry.key) for entry in entries]
        first = entries[0] if entries else None
        plotted = [entry.key for entry in entries[:_ON_PLOTS]]
        named = text.broken_reports.format(names=", ".join(broken)) if broken else ""
        before, after = self._reports.comparable() or (None, None)
        return {
            self.keys: tuple(entry.key for entry in entries),
            self.table: tables.table(entries, self._lang),
            self.broken: named or ("" if entries else text.no_reports),
            self.sets: tables.by_set(entries, self._lang),
            self.report: gr.update(choices=choices, value=first.key if first else None),
            self.chosen: gr.update(choices=choices, value=plotted),
            self.compare.before: gr.update(choices=choices, value=before and before.key),
            self.compare.after: gr.update(choices=choices, value=after and after.key),
            **self._plots(plotted),
            **self.failures.show(first, request),
        }

    def _on_select(
        self, keys: tuple[str, ...], request: gr.Request, event: gr.SelectData
    ) -> Updates:
        """A row of the table was clicked: one of our reports, or a published one."""
        number = event.row_value[0] if event.row_value else 0
        if not str(number).isdigit() or not 1 <= int(number) <= len(keys):
            return {self.report: gr.update()}
        key = keys[int(number) - 1]
        return {self.report: key, **self.failures.show(self._reports.find(key), request)}

    def _on_report(self, key: str, request: gr.Request) -> Updates:
        return self.failures.show(self._reports.find(key), request)

    def _on_plots(self, keys: Sequence[str]) -> Updates:
        return self._plots(keys)

    def _plots(self, keys: Sequence[str]) -> Updates:
        entries = [entry for entry in map(self._reports.find, keys) if entry is not None]
        return {part: self._plot(name, entries) for name, part in self.plots.items()}

    def _plot(self, name: str, entries: Sequence[Entry]) -> PlotData | None:
        return plot(name, [entry.head for entry in entries], self._lang)

    # --- files -----------------------------------------------------------------------------

    def _downloader(self, kind: str) -> Any:
        def make(key: str, request: gr.Request) -> str:
            entry = self._reports.find(key)
            if entry is None or entry.rows_for(self._services.person(request)) is None:
                raise gr.Error(words(self._lang).rows_closed, print_exception=False)
            return str(self._file(kind, entry))

        return make

    def _file(self, kind: str, entry: Entry) -> Path:
        """A report as a file: as it stands, for reading, or its problems as a table."""
        if kind == "json":
            return Path(shutil.copy(entry.path, new_file(f"{entry.path.stem}.json")))
        suffix = "md" if kind == "markdown" else "csv"
        path = new_file(f"{entry.path.stem}.{suffix}")
        text = markdown(entry.whole) if kind == "markdown" else tables.rows_csv(entry.whole)
        # Spreadsheets take a file for UTF-8 by its first bytes.
        path.write_text(text, "utf-8-sig" if kind == "csv" else "utf-8", "replace")
        return path

    def _on_table_file(self) -> str:
        path = new_file("results.csv")
        entries, _ = self._reports.entries()
        path.write_text(tables.table_csv(entries, self._lang), "utf-8-sig")
        return str(path)
