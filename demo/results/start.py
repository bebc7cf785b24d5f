"""The panel that starts an evaluation: model, problems, how many; progress and cancel."""

from __future__ import annotations

from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, JobError, Lang
from dagger_core.numerals import localized
from demo import view
from demo.desk import Updates
from demo.listeners import QUIET
from demo.results.evaluating import Task
from demo.services import CURATED, Services
from demo.texts import words
from train.evaluate import Asker, Cache, EvaluationSet, load_sets
from train.evaluate.command import ANSWERS_FILE, sampling
from train.evaluate.items import Item
from train.evaluate.sets import BANK, PUBLISHED_SETS

_ACCEPTED, _FILE = "accepted", "file"
_MOST, _USUAL = 400, 100


class StartPanel:
    """The components, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, words(lang)
        models = self._models()
        gr.Markdown(text.evaluate_hint)
        with gr.Row(equal_height=True):
            self.model = gr.Dropdown(
                models, value=models[0][1], label=text.evaluate_model, elem_id="evaluate-model"
            )
            self.data = gr.Dropdown(
                self._sets(), value=BANK, label=text.evaluate_set, elem_id="evaluate-set"
            )
            self.count = gr.Slider(
                10, _MOST, _USUAL, step=10, label=text.evaluate_count, elem_id="evaluate-count"
            )
        self.file = gr.File(
            label=text.evaluate_file,
            file_types=[".jsonl", ".csv", ".tsv", ".parquet"],
            visible=False,
            elem_id="evaluate-file",
        )
        with gr.Row(elem_classes="buttons"):
            self.begin = gr.Button(
                text.evaluate_start, variant="primary", elem_id="evaluate-start", min_width=120
            )
            self.cancel = gr.Button(
                text.evaluate_cancel, interactive=False, elem_id="evaluate-cancel", min_width=120
            )
        self.status = gr.Markdown(elem_id="evaluate-status", elem_classes="said")
        self.clock = gr.Timer(1.0, active=False)

    @property
    def shown(self) -> list[Any]:
        """Everything that `show` updates."""
        return [self.model, self.begin, self.cancel, self.status, self.clock]

    def listen(self, finished: Any) -> None:
        """Set up the buttons; `finished` is called with the listener that may have ended one."""
        given = [self.model, self.data, self.count, self.file]
        self.data.change(self._on_set, self.data, self.file, **QUIET)
        self.begin.click(self._on_begin, given, self.shown, **QUIET)
        self.cancel.click(self._on_cancel, None, self.shown, **QUIET)
        finished(self.clock.tick(self._on_tick, None, self.shown, **QUIET))

    def show(self) -> Updates:
        """What is to be seen of the evaluation that runs or ran last."""
        task = self._services.evaluations.last
        running = task is not None and task.running
        return {
            self.model: gr.update(choices=self._models()),
            self.begin: gr.update(interactive=not running),
            self.cancel: gr.update(interactive=running),
            self.status: "" if task is None else self._said(task),
            self.clock: gr.Timer(active=running),
        }

    def _models(self) -> list[tuple[str, str]]:
        return [(choice.title, choice.key) for choice in self._services.catalog.choices()]

    def _sets(self) -> list[tuple[str, str]]:
        text = words(self._lang)
        hub = [(text.set_hub.format(name=name.upper()), name) for name in PUBLISHED_SETS]
        own = [(text.set_bank, BANK), (text.set_accepted, _ACCEPTED), (text.set_file, _FILE)]
        return [*own, *hub]

    def _on_set(self, data: str) -> Any:
        return gr.update(visible=data == _FILE)

    def _on_begin(
        self, model: str, data: str, count: float, file: str | None, request: gr.Request
    ) -> Updates:
        try:
            self._begin(model, data, int(count), file, request)
        except DaggerError as error:
            return {**self.show(), self.status: view.problem(error, self._lang)}
        return self.show()

    def _begin(
        self, model: str, data: str, count: int, file: str | None, request: gr.Request
    ) -> None:
        services = self._services
        if not services.person(request).curator:
            raise JobError("curators-evaluate")
        names = {key: name for name, key in self._sets()}
        if data not in names or not 1 <= count <= _MOST:
            raise JobError("evaluation-unknown")
        if data == _FILE and not file:
            raise JobError("evaluation-file-missing")
        choice = services.catalog.find(model)
        runs = services.runs.root

        def asker() -> Asker:
            generator = services.catalog.open(model)
            return Asker(generator, sampling(choice.format, ()), cache=Cache(runs / ANSWERS_FILE))

        def sets() -> list[EvaluationSet]:
            if data == _ACCEPTED:
                return [self._accepted(count)]
            return load_sets([str(file) if data == _FILE else data], count)

        services.evaluations.start(choice.title, names[data], sets, asker, runs)

    def _accepted(self, count: int) -> EvaluationSet:
        """The accepted graphs of the store, the first of them."""
        items: list[Item] = []
        for example in self._services.store.examples(project=CURATED):
            if len(items) < count:
                items.append(Item(_ACCEPTED, len(items) + 1, example))
        if not items:
            raise JobError("nothing-accepted")
        return EvaluationSet(_ACCEPTED, items)

    def _on_cancel(self, request: gr.Request) -> Updates:
        if self._services.person(request).curator:
            self._services.evaluations.cancel()
        return self.show()

    def _on_tick(self) -> Updates:
        return self.show()

    def _said(self, task: Task) -> str:
        text = words(self._lang)
        names = {"model": view.plain_line(task.title), "data": view.plain_line(task.data)}
        if task.error is not None:
            return view.problem(task.error, self._lang)
        if task.report is not None:
            return str(text.evaluation_done.format(**names))
        if not task.running:
            return str(text.evaluation_cancelled)
        if not task.total:
            return str(text.evaluation_starting.format(**names))
        counts = {
            name: localized(str(getattr(task, name)), self._lang) for name in ("done", "total")
        }
        return str(text.evaluating.format(**names, **counts))
