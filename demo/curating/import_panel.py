"""Bringing questions in: a file or a dataset on the Hub, looked into before it is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.exchange.importing import Imported, import_source, preview
from dagger_core.diagnostics import DaggerError, StoreError
from dagger_core.numerals import localized
from dagger_core.rows.columns import FIELDS
from dagger_core.rows.sources import HUB_NAME
from demo import view
from demo.curating.incoming_table import table
from demo.desk import Desk, Updates
from demo.listeners import BUSY, LISTENER
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_SHOWN_ERRORS = 200


@dataclass(frozen=True)
class _Asked:
    """A source to import: a file or a name on the Hub, and what its columns are."""

    source: str | Path
    config: str | None
    split: str
    columns: Mapping[Any, str]


class ImportPanel:
    """The components and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._services, self._lang = page, page.services, page.lang
        text = self._text = words(page.lang)
        gr.Markdown(f"### {text.import_title}")
        self.file = gr.File(
            label=text.import_file,
            file_types=[".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"],
            elem_id="import-file",
            height=150,
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

    @property
    def _source(self) -> list[Any]:
        return [self.file, self.name, self.config, self.split]

    @property
    def _previewed(self) -> list[Any]:
        return [self.said, self.mapping, self.rows, self.go, self.errors, *self.columns.values()]

    def listen(self) -> None:
        """Follow what is looked into, mapped and imported."""
        page = self._page
        columns = list(self.columns.values())
        look = [page.desk, page.browser, *self._source]
        for event in (self.look.click, self.file.upload, self.name.submit):
            event(self.on_look, look, self._previewed, **BUSY)
        changed = [column.input for column in columns]
        gr.on(changed, self.on_columns, [*look, *columns], [self.said, self.rows], **BUSY)
        imported = self.go.click(self.on_import, [*look, *columns], self._previewed, **BUSY)
        # In a step of its own: on this page work may have gone on meanwhile.
        imported.then(page.on_new_questions, look[:2], page.shown, **LISTENER)

    def on_look(
        self, desk: Desk | None, browser: Any, request: gr.Request, *values: Any
    ) -> Updates:
        """Show the first rows of a source and what its columns are taken for."""
        text = self._text
        try:
            self._page.curator(desk, browser, request)
            asked = self._asked(values)
            seen = preview(asked.source, config=asked.config, split=asked.split)
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
            self.rows: gr.update(value=table(seen, self._lang), visible=True),
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
        self, desk: Desk | None, browser: Any, request: gr.Request, *values: Any
    ) -> Updates:
        """Show the rows as other columns make them."""
        try:
            self._page.curator(desk, browser, request)
            asked = self._asked(values)
            seen = preview(asked.source, asked.columns, config=asked.config, split=asked.split)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        return {self.said: "", self.rows: gr.update(value=table(seen, self._lang), visible=True)}

    def _asked(self, values: Sequence[Any]) -> _Asked:
        """What the fields say: those of `_source`, and the columns if they were looked at.

        Raises:
            StoreError: they name no source.
        """
        file, name, config, split, *columns = values
        pairs = zip(self.columns, columns, strict=False)
        return _Asked(
            _source(file, name),
            str(config or "") or None,
            str(split or "train"),
            {field: str(column) for field, column in pairs if column},
        )

    def on_import(
        self, desk: Desk | None, browser: Any, request: gr.Request, *values: Any
    ) -> Updates:
        """Bring the good rows of a source into the project."""
        try:
            project, _ = self._page.curator(desk, browser, request)
            asked = self._asked(values)
            done = import_source(
                self._services.store,
                asked.source,
                asked.columns,
                project=project,
                config=asked.config,
                split=asked.split,
            )
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        problems = [*done.errors, *done.duplicates][:_SHOWN_ERRORS]
        return {
            **self._refused(None),
            self.said: self._outcome(done),
            self.errors: gr.update(
                value=[
                    [localized(str(row.number), self._lang), row.reason.text(self._lang)]
                    for row in problems
                ],
                visible=bool(problems),
            ),
        }

    def _outcome(self, done: Imported) -> str:
        names = ("questions", "suggestions", "repeated", "bad")
        counts = {name: localized(f"{getattr(done, name):,}", self._lang) for name in names}
        return str(self._text.import_done.format(**counts))


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
