"""A new job: recipe, data, checks, command, start."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, JobError, Lang
from dagger_core.numerals import localized
from demo import train_checks, train_data, view
from demo.curves_view import CurvesView
from demo.desk import Updates
from demo.findings_view import FindingsView
from demo.services import Services
from demo.train_checks import Fault
from demo.train_data import Chosen, Look
from demo.train_form import RecipeForm, command
from demo.train_texts import train_words
from train.jobs import Job, hub

_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_BUSY: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
_SHARE = 0.1


class NewJob:
    """The components of a new job and what they do, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, self._text = services, lang, train_words(lang)
        text = self._text
        gr.Markdown(f"### {text.step_recipe}")
        self.form = RecipeForm(services, lang)
        gr.Markdown(f"### {text.step_data}")
        self._build_data()
        gr.Markdown(f"### {text.step_checks}")
        self.faults = FindingsView(train_checks.document(None, lang), elem_id="faults")
        gr.Markdown(f"### {text.step_command}")
        with gr.Row(equal_height=False):
            self.command = gr.Code(
                label=text.command, language="shell", interactive=False, elem_id="command"
            )
            with gr.Accordion(text.toml, open=False):
                self.toml = gr.Code(
                    show_label=False, language=None, interactive=False, max_lines=24, elem_id="toml"
                )
        gr.Markdown(f"### {text.step_start}")
        self.launcher = gr.Radio(
            [(text.launcher_local, "local"), (text.launcher_hf, "hf")],
            value="local",
            label=text.launcher,
            visible=hub.is_configured(os.environ),
            elem_id="launcher",
        )
        with gr.Row(equal_height=False):
            self.start = gr.Button(
                text.start, variant="primary", elem_id="start", scale=0, min_width=180
            )
            self.state = gr.Markdown(elem_id="start-state", elem_classes="said")

    def _build_data(self) -> None:
        text, lang = self._text, self._lang
        with gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=280):
                self.kind = gr.Radio(self._kinds(), value="recipe", label=text.data, elem_id="data")
                self.file = gr.File(
                    label=text.data_upload,
                    file_types=[".jsonl", ".json", ".csv", ".parquet"],
                    visible=False,
                    elem_id="data-file",
                )
                self.share = gr.Slider(
                    *(0, 0.5, _SHARE),
                    step=0.05,
                    label=text.held_out,
                    info=text.held_out_info,
                    visible=False,
                    elem_id="held-out",
                )
                self.look = gr.Button(text.look, elem_id="look")
            with gr.Column(scale=3, min_width=320):
                self.found = gr.Markdown(elem_id="data-found", elem_classes="said")
                self.lengths = CurvesView({"lang": lang}, elem_id="data-lengths")
                self.left_out = gr.Dataframe(
                    headers=[text.column_where, text.column_why, text.column_rows],
                    datatype=["str", "str", "number"],
                    label=text.left_out,
                    interactive=False,
                    wrap=True,
                    visible=False,
                    elem_id="left-out",
                )

    def _kinds(self) -> list[tuple[str, str]]:
        text, kept = self._text, train_data.count_accepted(self._services)
        count = localized(str(kept), self._lang)
        titles = (text.data_recipe, text.data_kept.format(count=count), text.data_file)
        return list(zip(titles, train_data.KINDS, strict=True))

    @property
    def _inputs(self) -> list[Any]:
        return [self.kind, self.file, self.share, *self.form.inputs]

    @property
    def _outcome(self) -> list[Any]:
        return [self.found, self.lengths, self.left_out, self.faults]

    def listen(self, opened: Sequence[Any], on_started: Any) -> None:
        """Follow the form, and start a job; `on_started` shows it in the components `opened`."""
        form, written = self.form, [self.command, self.toml, self.state, self.faults]
        form.recipe.input(self._on_recipe, self._inputs, [*form.filled, *written], **_QUIET)
        gr.on(
            [part.input for part in (form.init, *form.fields.values(), self.kind, self.share)],
            self._on_field,
            self._inputs,
            [*written, self.file, self.share],
            trigger_mode="always_last",
            **_QUIET,
        )
        self.look.click(self._on_look, self._inputs, self._outcome, **_BUSY)
        started = self.start.click(
            self._on_start,
            [self.launcher, *self._inputs],
            [self.state, *self._outcome, *opened],
            **_BUSY,
        )
        started.success(None, js="() => window.scrollTo(0, 0)", **_QUIET)
        self._on_started = on_started

    @property
    def loaded(self) -> list[Any]:
        """What `load` fills."""
        return [self.kind, self.form.recipe, self.form.init, self.start, self.state, self.toml,
                self.command]  # fmt: skip

    def load(self, request: gr.Request) -> Updates:
        """What is on offer now, for whoever asks."""
        form = self.form
        trainer = self._services.person(request).trainer
        recipe = form.base(form.recipe.value)
        return {
            self.kind: gr.update(choices=self._kinds()),
            form.recipe: gr.update(choices=form.recipes()),
            form.init: gr.update(choices=form.models()),
            self.start: gr.update(interactive=trainer),
            self.state: "" if trainer else self._text.watch_only,
            self.toml: recipe.to_toml(),
            self.command: command(recipe),
        }

    def _on_recipe(self, kind: str, file: str | None, share: float, name: str, *_: Any) -> Updates:
        """Another recipe was chosen."""
        try:
            recipe = self.form.base(name)
        except DaggerError as error:
            return self._refused(error)
        return {**self.form.fill(name), **self._written(recipe.to_toml(), command(recipe))}

    def _on_field(self, kind: str, file: str | None, share: float, *form: Any) -> Updates:
        """A field was changed: the command follows, or it is said what is wrong."""
        shown = {
            self.file: gr.update(visible=kind == "file"),
            self.share: gr.update(visible=kind == "kept"),
        }
        try:
            recipe = self.form.read(*form)
        except DaggerError as error:
            return {**shown, **self._refused(error)}
        return {**shown, **self._written(recipe.to_toml(), command(recipe))}

    def _written(self, toml: str, line: str) -> Updates:
        return {
            self.toml: toml,
            self.command: line,
            self.state: "",
            self.faults: train_checks.document(None, self._lang),
        }

    def _refused(self, error: DaggerError) -> Updates:
        fault = Fault(error.text(self._lang))
        return {self.faults: train_checks.document([fault], self._lang)}

    def _chosen(self, kind: str, file: str | None, share: float, form: Sequence[Any]) -> Chosen:
        recipe = self.form.read(*form)
        share = share if isinstance(share, int | float) else 0.0
        return train_data.choose(self._services, recipe, kind, file, float(share))

    def _on_look(self, kind: str, file: str | None, share: float, *form: Any) -> Updates:
        """Look at the data and check everything, without starting."""
        try:
            chosen = self._chosen(kind, file, share, form)
        except DaggerError as error:
            return self._refused(error)
        return self._looked(chosen)[1]

    def _looked(self, chosen: Chosen) -> tuple[list[Fault], Updates]:
        """All faults, and updates that show the data and them."""
        offered = frozenset(weights for _, weights in self.form.models())
        broken = [
            Fault(error.text(self._lang))
            for error in train_checks.permitted(self._services, chosen, offered)
        ]
        shown: Updates = {}
        if not broken:  # what is not permitted is not even read
            with tempfile.TemporaryDirectory() as folder:
                try:
                    shown = self._data(train_data.look(chosen, Path(folder)))
                except DaggerError as error:
                    broken.append(Fault(error.text(self._lang)))
                broken += train_checks.preflight(chosen, Path(folder), self._lang)
        return broken, {**shown, self.faults: train_checks.document(broken, self._lang)}

    def _data(self, found: Look) -> Updates:
        text, lang, number = self._text, self._lang, self._number
        lines = [text.data_count.format(samples=number(found.samples))]
        if found.held_out:
            lines.append(text.data_held_out.format(count=number(found.held_out)))
        if found.bank_looked < found.bank:
            said = text.data_sampled
            lines.append(said.format(looked=number(found.bank_looked), bank=number(found.bank)))
        field, limit = found.limit
        longer = sum(length > limit for length in found.lengths)
        if longer:
            lines.append(text.data_too_long.format(count=number(longer), field=field))
        if found.unmeasured:
            lines.append(text.unmeasured.format(why=view.plain_line(found.unmeasured)))
        if not found.left_out:
            lines.append(text.left_out_none)
        rows = [[where, why, count] for (where, why), count in found.left_out.items()]
        charts = train_data.histogram(found.lengths, lang)
        return {
            self.found: "\n\n".join(lines),
            self.lengths: {"lang": lang, "charts": charts},
            self.left_out: gr.update(value=rows, visible=bool(rows)),
        }

    def _number(self, value: int) -> str:
        return localized(f"{value:,}", self._lang)

    def _on_start(
        self,
        request: gr.Request,
        launcher: str,
        kind: str,
        file: str | None,
        share: float,
        *form: Any,
    ) -> Updates:
        """Start a job, if whoever asks may and nothing stands in the way."""
        person, text = self._services.person(request), self._text
        if not person.trainer:
            return {self.state: JobError("trainers-only").text(self._lang)}
        try:
            chosen = self._chosen(kind, file, share, form)
            faults, shown = self._looked(chosen)
            count = sum(fault.severity == "error" for fault in faults)
            if count:
                said = text.not_started.format(count=localized(str(count), self._lang))
                return {**shown, self.state: said}
            job = self._begin(chosen, str(form[0]), person.name, launcher)
        except DaggerError as error:
            return {**self._refused(error), self.state: view.plain_line(error.text(self._lang))}
        said = text.started.format(name=job.name)
        return {**shown, self.state: said, **self._on_started(job, request)}

    def _begin(self, chosen: Chosen, name: str, author: str, launcher: str) -> Job:
        return self._services.runs.start(
            chosen.recipe,
            name=self.form.title(name),
            author=author,
            launcher="hf" if launcher == "hf" else "local",
            data=chosen.lines,
            dataset=chosen.dataset,
        )
