"""The panel that lets a model suggest graphs for the queue's filter, with progress and cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, StoreError
from dagger_core.numerals import localized
from demo import view
from demo.curating import documents
from demo.curating.preannotation import Progress
from demo.desk import Desk, Updates
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.work import Work

_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_SECONDS = 1.5
_MOST = 100_000


class PrePanel:
    """The panel, in one language."""

    def __init__(self, work: Work) -> None:
        self._work, self._services, self._lang = work, work.services, work.lang
        text = words(work.lang)
        choices = [(choice.title, choice.key) for choice in self._services.catalog.choices()]
        with gr.Accordion(text.pre_title, open=False, elem_id="pre"):
            self.model = gr.Dropdown(
                choices, value=choices[0][1], label=text.pre_model, elem_id="pre-model"
            )
            self.most = gr.Number(
                100, label=text.pre_most, precision=0, minimum=1, elem_id="pre-most"
            )
            with gr.Row(elem_classes="buttons"):
                self.start = gr.Button(
                    text.pre_start, size="sm", variant="primary", elem_id="pre-start"
                )
                self.cancel = gr.Button(
                    text.cancel, size="sm", interactive=False, elem_id="pre-cancel", min_width=80
                )
            self.said = gr.Markdown(elem_id="pre-said", elem_classes="said")
        self.timer = gr.Timer(_SECONDS, active=False)

    @property
    def shown(self) -> list[Any]:
        """What shows the progress."""
        return [self.said, self.cancel, self.start, self.timer]

    def listen(self) -> None:
        """Follow the buttons, and the run while there is one."""
        work = self._work
        here, shown = [work.desk, work.browser], [work.desk, work.queue, *self.shown]
        self.start.click(self.on_start, [*here, self.model, self.most], shown, **_QUIET)
        self.cancel.click(self.on_cancel, here, shown, **_QUIET)
        self.timer.tick(self.on_tick, here, shown, **_QUIET)

    def on_start(
        self, desk: Desk | None, browser: Any, model: Any, most: Any, request: gr.Request
    ) -> Updates:
        """The model is to begin."""
        at, services = self._work.desk_of(desk, browser), self._services
        memory = at.memory
        try:
            if not self._work.page.person(request, memory).curator:
                raise StoreError("visitors-cannot-decide")
            number = min(int(most), _MOST) if isinstance(most, int | float) else _MOST
            services.preannotations.start(
                services.store, services.catalog, memory.project, memory.chosen, str(model), number
            )
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        return self.on_tick(desk, browser)

    def on_cancel(self, desk: Desk | None, browser: Any, request: gr.Request) -> Updates:
        """The model is to stop."""
        memory = self._work.desk_of(desk, browser).memory
        if self._work.page.person(request, memory).curator:
            self._services.preannotations.cancel(memory.project)
        return self.on_tick(desk, browser)

    def on_tick(self, desk: Desk | None, browser: Any) -> Updates:
        """How far it has come; at the end, the queue with what it suggested."""
        at = self._work.desk_of(desk, browser)
        now = self._services.preannotations.progress(at.memory.project)
        running = now is not None and now.running
        updates: Updates = {
            self.said: self._line(now) if now else "",
            self.cancel: gr.update(interactive=running),
            self.start: gr.update(interactive=not running),
            self.timer: gr.Timer(active=running),
        }
        if not running:
            queue = documents.queue(self._services.store, at.memory, self._lang)
            updates[self._work.queue] = queue
            updates[self._work.desk] = at.holding({self._work.queue: queue})
        return updates

    def _line(self, now: Progress) -> str:
        text = words(self._lang)
        numbers = ("done", "total", "right", "checked")
        said = {name: localized(f"{getattr(now, name):,}", self._lang) for name in numbers}
        if now.problem is not None:
            reason = plain_line(now.problem.text(self._lang))
            return str(text.pre_failed.format(problem=reason))
        sentence = text.pre_running if now.running else text.pre_done
        if now.cancelled and not now.running:
            sentence = text.pre_cancelled
        return str(sentence.format(model=plain_line(now.model), **said))
