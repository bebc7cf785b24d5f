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
from demo import view
from demo.desk import Updates
from demo.findings_view import FindingsView
from demo.listeners import ASKING, BUSY, QUIET
from demo.services import Person, Services
from demo.training import checks as train_checks
from demo.training import data as train_data
from demo.training.checks import Examined, Fault
from demo.training.data import Chosen
from demo.training.data_panel import DataPanel
from demo.training.form import RecipeForm, command
from demo.training.probe import probe
from demo.training.probe_panel import ProbePanel
from demo.training.texts import train_words
from train.jobs import Job, hub
from train.recipe import Recipe
from train.tasks import read_tasks

#: What is said about the form, in the order in which it was asked for.
_IN_TURN: dict[str, Any] = {"concurrency_id": "form", "concurrency_limit": 1}
#: What the chosen data is called in the command to copy.
_EXAMPLES = "examples.jsonl"


class NewJob:
    """The components of a new job and what they do, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, self._text = services, lang, train_words(lang)
        text = self._text
        gr.Markdown(f"## {text.step_recipe}")
        self.form = RecipeForm(services, lang)
        #: The recipe that the fields were filled with.
        self.filled = gr.State(self.form.recipe.value)
        gr.Markdown(f"## {text.step_data}")
        self.data = DataPanel(services, lang)
        gr.Markdown(f"## {text.step_checks}")
        self.faults = FindingsView(train_checks.document(None, lang), elem_id="faults")
        self.probe = ProbePanel(lang, visible=self.form.fields["stage"].value == "grpo")
        gr.Markdown(f"## {text.step_command}")
        with gr.Row(equal_height=False):
            with gr.Column(min_width=320):
                self.command = gr.Code(
                    label=text.command, language="shell", interactive=False, elem_id="command"
                )
            with gr.Column(min_width=320), gr.Accordion(text.toml, open=False):
                self.toml = gr.Code(
                    show_label=False, language=None, interactive=False, max_lines=24, elem_id="toml"
                )
        gr.Markdown(f"## {text.step_start}")
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
        #: The job that was started here last.
        self.started = gr.Textbox(visible="hidden", elem_id="started")

    @property
    def _inputs(self) -> list[Any]:
        return [*self.data.inputs, *self.form.inputs]

    @property
    def _outcome(self) -> list[Any]:
        return [*self.data.shown, self.faults]

    def listen(self, opened: Sequence[Any], on_started: Any) -> None:
        """Follow the form, and start a job; `on_started` shows it in the components `opened`."""
        form, data = self.form, self.data
        written = [self.command, self.toml, self.state, self.faults, self.probe.ask]
        given, filled = [self.filled, *self._inputs], [self.filled, *form.filled, *written]
        form.recipe.input(self._on_recipe, given, filled, **QUIET, **_IN_TURN)
        gr.on(
            [*form.changes, data.kind.input, data.share.input],
            self._on_field,
            self._inputs,
            [*written, data.file, data.share],
            trigger_mode="always_last",
            **QUIET,
            **_IN_TURN,
        )
        self.probe.ask.click(
            self._on_probe,
            self._inputs,
            [*self.probe.shown, *self._outcome],
            **{**ASKING, **BUSY},
        )
        data.look.click(self._on_look, self._inputs, self._outcome, **BUSY, **_IN_TURN)
        self.start.click(
            self._on_start,
            [self.launcher, *self._inputs],
            [self.state, self.started, *self._outcome, *opened],
            **BUSY,
            **_IN_TURN,
        )
        self._on_started = on_started

    @property
    def loaded(self) -> list[Any]:
        """What `load` fills."""
        form = [self.form.recipe, self.form.init]
        data = [self.data.kind, self.data.look]
        return [*form, *data, self.start, self.state, self.toml, self.command]

    def load(self, request: gr.Request) -> Updates:
        """What is on offer now, for whoever asks."""
        form = self.form
        trainer = self._services.person(request).trainer
        recipe = form.base(form.recipe.value)
        return {
            self.data.kind: gr.update(choices=self.data.kinds()),
            form.recipe: gr.update(choices=form.recipes()),
            form.init: gr.update(choices=form.starts(recipe)),
            self.start: gr.update(interactive=trainer),
            self.data.look: gr.update(interactive=trainer),
            self.state: "" if trainer else self._text.watch_only,
            self.toml: recipe.to_toml(),
            self.command: command(recipe),
        }

    def _on_recipe(
        self, filled: str, kind: str, file: str | None, share: float, name: str, *_: Any
    ) -> Updates:
        """Another recipe was chosen.

        Gradio tells of it twice; the second time, somebody may have typed into a field already.
        """
        if name == filled:
            return {self.filled: name}
        try:
            recipe = self.form.base(name)
        except DaggerError as error:
            return self._refused(error)
        return {self.filled: name, **self.form.fill(name), **self._written(recipe, kind)}

    def _on_field(self, kind: str, file: str | None, share: float, *form: Any) -> Updates:
        """A field was changed: the command follows, or it is said what is wrong."""
        shown = self.data.offer(kind)
        try:
            recipe = self.form.read(*form)
        except DaggerError as error:
            return {**shown, **self._refused(error)}
        return {**shown, **self._written(recipe, kind)}

    def _written(self, recipe: Recipe, kind: str) -> Updates:
        """The recipe as file and command; data of this page would be a file beside it."""
        own = kind in ("kept", "file")
        if own:
            recipe = recipe.changed(dataset=_EXAMPLES, data={}, data_dir="")
        note = self._text.command_kept if kind == "kept" else self._text.command_file
        return {
            self.toml: recipe.to_toml(),
            self.command: command(recipe) + f"\n# {_EXAMPLES}: {note}" * own,
            self.state: "",
            self.probe.ask: gr.update(visible=recipe.stage == "grpo"),
            self.faults: train_checks.document(None, self._lang),
        }

    def _refused(self, error: DaggerError) -> Updates:
        fault = Fault(error.text(self._lang))
        return {self.faults: train_checks.document([fault], self._lang)}

    def _chosen(self, data: Sequence[Any], form: Sequence[Any]) -> Chosen:
        return self.data.choose(self.form.read(*form), *data)

    def _on_look(
        self, request: gr.Request, kind: str, file: str | None, share: float, *form: Any
    ) -> Updates:
        """Look at the data and check everything, without starting."""
        try:
            self._authorised(request)
            chosen = self._chosen((kind, file, share), form)
        except DaggerError as error:
            return self._refused(error)
        with tempfile.TemporaryDirectory() as folder:
            return self._seen(self._examined(chosen, Path(folder)))

    def _authorised(self, request: gr.Request) -> Person:
        """Who asks, if they may train: even looking costs the machine something."""
        person = self._services.person(request)
        if not person.trainer:
            raise JobError("trainers-only")
        return person

    def _on_probe(
        self, request: gr.Request, kind: str, file: str | None, share: float, *form: Any
    ) -> Updates:
        """Sample a few groups with the model that the training starts from."""
        try:
            self._authorised(request)
            chosen = self._chosen((kind, file, share), form)
            with tempfile.TemporaryDirectory() as folder:
                seen = self._examined(chosen, Path(folder))
                if seen.errors or not seen.look:
                    said = self._text.not_probed.format(count=self._number(seen.errors))
                    return {**self._seen(seen), **self.probe.refuse(said)}
                some = read_tasks(train_data.few(seen.recipe, chosen.recipe)).train
                found = probe(seen.recipe, some, seen.look.samples)
            return {**self._seen(seen), **self.probe.show(found)}
        except DaggerError as error:
            return self.probe.refuse(view.plain_line(error.text(self._lang)))

    def _examined(self, chosen: Chosen, folder: Path) -> Examined:
        offered = frozenset(weights for _, weights in self.form.models())
        return train_checks.examine(self._services, chosen, offered, folder, self._lang)

    def _seen(self, seen: Examined) -> Updates:
        """Updates that show the data and its faults."""
        shown = self.data.show(seen.look) if seen.look else {}
        return {**shown, self.faults: train_checks.document(seen.faults, self._lang)}

    def _number(self, count: int) -> str:
        return localized(str(count), self._lang)

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
        text = self._text
        try:
            person = self._authorised(request)
            chosen = self._chosen((kind, file, share), form)
            with tempfile.TemporaryDirectory() as folder:
                seen = self._examined(chosen, Path(folder))
            shown = self._seen(seen)
            if seen.errors:
                said = text.not_started.format(count=self._number(seen.errors))
                return {**shown, self.state: said}
            job = self._begin(chosen, str(form[0]), person.name, launcher)
        except DaggerError as error:
            return {**self._refused(error), self.state: view.plain_line(error.text(self._lang))}
        said = text.started.format(name=job.name)
        news = {self.state: said, self.started: job.name}
        return {**shown, **news, **self._on_started(job, request)}

    def _begin(self, chosen: Chosen, name: str, author: str, launcher: str) -> Job:
        return self._services.runs.start(
            chosen.recipe,
            name=self.form.title(name),
            author=author,
            launcher="hf" if launcher == "hf" else "local",
            data=chosen.lines,
            dataset=chosen.dataset,
        )
