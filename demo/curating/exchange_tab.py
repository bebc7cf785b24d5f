"""The tab of files: questions brought in, accepted graphs taken out, to the Hub, and backups."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.exchange.importing import Imported, Preview, import_source, preview
from dagger_core.diagnostics import DaggerError, Lang, StoreError
from dagger_core.numerals import localized
from dagger_core.rows.columns import FIELDS
from dagger_core.rows.sources import HUB_NAME, BadRow
from demo import keeping, view
from demo.curating import taking
from demo.desk import Desk, Updates
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
_SHOWN_ERRORS = 200
_CELL = 200
_CLICK = "() => document.querySelector('#annotate-file').click()"


class ExchangeTab:
    """The components of the tab and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._services, self._lang = page, page.services, page.lang
        self._text = words(page.lang)
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                self._build_import()
            with gr.Column(scale=5, min_width=320):
                self._build_export()

    def _build_import(self) -> None:
        text = self._text
        gr.Markdown(f"### {text.import_title}")
        self.file = gr.File(
            label=text.import_file,
            file_types=[".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"],
            elem_id="import-file",
            height=110,
        )
        with gr.Row(equal_height=True):
            self.name = gr.Textbox(
                label=text.import_name,
                placeholder="owner/name",
                elem_id="import-name",
                scale=3,
                min_width=180,
                max_lines=1,
            )
            self.config = gr.Textbox(label=text.import_config, min_width=90, max_lines=1)
            self.split = gr.Textbox("train", label=text.import_split, min_width=90, max_lines=1)
        self.look = gr.Button(text.look_inside, elem_id="import-look")
        self.said = gr.Markdown(elem_id="import-said", elem_classes="said")
        with gr.Group(visible=False, elem_id="import-columns") as self.mapping:
            self.columns: dict[str, gr.Dropdown] = {}
            for start in range(0, len(FIELDS), 4):
                with gr.Row():
                    for field in FIELDS[start : start + 4]:
                        self.columns[field] = gr.Dropdown(
                            [(text.no_column, "")],
                            value="",
                            label=getattr(text, f"field_{field}"),
                            elem_id=f"column-{field}",
                            allow_custom_value=True,
                            min_width=120,
                        )
        fields = [getattr(text, f"field_{name}") for name in ("question", "answer", "graph")]
        self.rows = gr.Dataframe(
            headers=[text.line, *fields],
            column_widths=["64px", "50%", "15%", "30%"],
            datatype="str",
            type="array",
            interactive=False,
            wrap=True,
            visible=False,
            elem_id="import-rows",
        )
        self.go = gr.Button(text.import_go, variant="primary", visible=False, elem_id="import-go")
        self.errors = gr.Dataframe(
            headers=[text.line, text.reason],
            column_widths=["64px", "90%"],
            datatype="str",
            type="array",
            interactive=False,
            wrap=True,
            visible=False,
            elem_id="import-errors",
        )

    def _build_export(self) -> None:
        text = self._text
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

    @property
    def _source(self) -> list[Any]:
        return [self.file, self.name, self.config, self.split]

    @property
    def _previewed(self) -> list[Any]:
        return [self.said, self.mapping, self.rows, self.go, self.errors, *self.columns.values()]

    def listen(self) -> None:
        """Follow what is done on the tab."""
        page = self._page
        here = [page.desk, page.browser]
        columns = list(self.columns.values())
        look = [*here, *self._source]
        for event in (self.look.click, self.file.upload, self.name.submit):
            event(self.on_look, look, self._previewed, **_QUIET)
        changed = [column.input for column in columns]
        gr.on(changed, self.on_columns, [*look, *columns], [self.said, self.rows], **_QUIET)
        self.go.click(self.on_import, [*look, *columns], [*self._previewed, *page.shown], **_QUIET)
        options = [self.kind, self.format, self.held_out]
        written = self.make.click(
            self.on_export, [*here, *options], [self.file_out, self.made], **_QUIET
        )
        written.success(None, js=_CLICK, **{**_QUIET, "show_progress": "hidden"})
        self.push.click(
            self.on_push, [*here, self.held_out, self.hub, self.private], self.pushed, **_QUIET
        )

    def start(self) -> None:
        """Nothing is running when the page is opened."""

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

    def _curator(self, desk: Any, browser: Any, request: gr.Request) -> tuple[str, str]:
        """The project and the person's name, if they may write to it."""
        memory = self._page.work.desk_of(desk, browser).memory
        person = self._page.person(request, memory)
        if not person.curator:
            raise StoreError("visitors-cannot-decide")
        return memory.project, person.name

    def on_look(
        self,
        desk: Desk | None,
        browser: Any,
        file: Any,
        name: Any,
        config: Any,
        split: Any,
        request: gr.Request,
    ) -> Updates:
        """Show the first rows of a source and what its columns are taken for."""
        text = self._text
        try:
            self._curator(desk, browser, request)
            source = _source(file, name)
            seen = preview(source, config=str(config or "") or None, split=str(split or "train"))
        except DaggerError as error:
            return self._refused(error)
        if not seen.rows:
            return {**self._refused(None), self.said: text.import_empty}
        schema = seen.schema
        known = text.import_known.format(schema=schema.name) if schema else text.import_unknown
        choices = [(text.no_column, ""), *((name, name) for name in seen.names)]
        return {
            self.said: known,
            self.mapping: gr.update(visible=True),
            self.rows: gr.update(value=_table(seen, self._lang), visible=True),
            self.go: gr.update(visible=True),
            self.errors: gr.update(visible=False),
            **{
                field: gr.update(choices=choices, value=seen.columns.get(key, ""))  # type: ignore[call-overload]
                for key, field in self.columns.items()
            },
        }

    def _refused(self, error: DaggerError | None) -> Updates:
        return {
            self.said: view.problem(error, self._lang) if error else "",
            self.mapping: gr.update(visible=False),
            self.rows: gr.update(visible=False),
            self.go: gr.update(visible=False),
            self.errors: gr.update(visible=False),
        }

    def on_columns(
        self,
        desk: Desk | None,
        browser: Any,
        file: Any,
        name: Any,
        config: Any,
        split: Any,
        request: gr.Request,
        *columns: Any,
    ) -> Updates:
        """Show the rows as other columns make them."""
        try:
            self._curator(desk, browser, request)
            chosen = self._mapping(columns)
            options = {"config": str(config or "") or None, "split": str(split or "train")}
            seen = preview(_source(file, name), chosen, **options)  # type: ignore[arg-type]
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        return {self.said: "", self.rows: gr.update(value=_table(seen, self._lang), visible=True)}

    def _mapping(self, columns: tuple[Any, ...]) -> Mapping[Any, str]:
        pairs = zip(self.columns, columns, strict=True)
        return {field: str(name) for field, name in pairs if name}

    def on_import(
        self,
        desk: Desk | None,
        browser: Any,
        file: Any,
        name: Any,
        config: Any,
        split: Any,
        request: gr.Request,
        *columns: Any,
    ) -> Updates:
        """Bring the good rows of a source into the project."""
        at = self._page.work.desk_of(desk, browser)
        try:
            project, _ = self._curator(desk, browser, request)
            done = import_source(
                self._services.store,
                _source(file, name),
                self._mapping(columns),
                project=project,
                config=str(config or "") or None,
                split=str(split or "train"),
            )
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        problems = [*done.errors, *done.duplicates][:_SHOWN_ERRORS]
        person = self._page.person(request, at.memory)
        return {
            **self._page.opened(at.remember(start=0), person),
            **self._refused(None),
            self.said: self._outcome(done),
            self.errors: gr.update(
                value=[[str(row.number), row.reason.text(self._lang)] for row in problems],
                visible=bool(problems),
            ),
        }

    def _outcome(self, done: Imported) -> str:
        names = ("questions", "suggestions", "repeated", "bad")
        counts = {name: localized(f"{getattr(done, name):,}", self._lang) for name in names}
        return str(self._text.import_done.format(**counts))

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
            project, _ = self._curator(desk, browser, request)
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
            project, _ = self._curator(desk, browser, request)
            url = taking.push(
                self._services.store, project, str(name).strip(), _share(held_out), bool(private)
            )
        except DaggerError as error:
            return view.problem(error, self._lang)
        return str(self._text.hub_done.format(url=plain_line(url)))


def _source(file: Any, name: Any) -> str | Path:
    """The uploaded file, or a name on the Hub; never another path of the server."""
    if isinstance(file, str) and file:
        return Path(file)
    named = str(name or "").strip()
    if not named:
        raise StoreError("no-source")
    if not HUB_NAME.fullmatch(named) or Path(named).exists():
        raise StoreError("not-a-hub-name", name=named)
    return named


def _share(value: Any) -> float:
    return min(0.5, max(0.0, float(value))) if isinstance(value, int | float) else 0.1


def _table(seen: Preview, lang: Lang) -> list[list[str]]:
    rows = []
    for number, row in seen.rows:
        if isinstance(row, BadRow):
            rows.append([str(number), f"⚠ {row.reason.text(lang)}"[:_CELL], "", ""])
        else:
            answer = "" if row.question.answer is None else str(row.question.answer)
            rows.append(
                [
                    str(number),
                    row.question.text[:_CELL],
                    answer[:_CELL],
                    (row.graph or "")[:_CELL],
                ]
            )
    return rows
