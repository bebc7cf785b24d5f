"""The panel that lets a model suggest graphs, for the queue's filter or for the open item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError
from dagger_core.numerals import localized
from demo import view
from demo.curating.memory import Memory
from demo.curating.preannotation import Progress, one, unanswered
from demo.curating.seat import Seat
from demo.desk import Desk, Updates
from demo.listeners import LISTENER
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.work import Work

#: A tick that comes while another one waits is left out.
_TICK: dict[str, Any] = {**LISTENER, "trigger_mode": "once"}
_SECONDS = 1.5
_MOST = 100_000


class PrePanel:
    """The panel, in one language."""

    def __init__(self, work: Work) -> None:
        self._work, self._services, self._lang = work, work.services, work.lang
        self._runs = work.services.preannotations
        text = self._text = words(work.lang)
        choices = [(choice.title, choice.key) for choice in self._services.catalog.choices()]
        with gr.Accordion(text.pre_title, open=False, elem_id="pre"):
            self.model = gr.Dropdown(
                choices, value=choices[0][1], label=text.pre_model, elem_id="pre-model"
            )
            self.one = gr.Button(text.pre_one, size="sm", elem_id="pre-one")
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
        return [self.said, self.cancel, self.start, self.one, self.timer]

    def listen(self) -> None:
        """Follow the buttons, and the runs while there are any."""
        work = self._work
        here, shown = [work.desk, work.browser], [*work.shown, *self.shown]
        self.start.click(self.on_start, [*here, self.model, self.most], shown, **LISTENER)
        for button in (self.one, work.decisions.ask):
            button.click(self.on_ask, [*here, self.model], shown, **LISTENER)
        self.cancel.click(self.on_cancel, here, shown, **LISTENER)
        self.timer.tick(self.on_tick, here, shown, **_TICK)

    def on_start(
        self, desk: Desk | None, browser: Any, model: Any, most: Any, request: gr.Request
    ) -> Updates:
        """The model is to suggest graphs for the filter."""
        at, services = self._work.desk_of(desk, browser), self._services
        memory = at.memory
        number = min(int(most), _MOST) if isinstance(most, int | float) else _MOST
        asked = partial(
            unanswered, services.store, memory.project, memory.chosen, str(model), number
        )
        try:
            self._work.page.curator(at, browser, request)
            self._runs.start(_filter(memory), services.store, services.catalog, str(model), asked)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        return self.on_tick(at, browser, request)

    def on_ask(self, desk: Desk | None, browser: Any, model: Any, request: gr.Request) -> Updates:
        """The model is to suggest a graph for the item on the desk."""
        at, services = self._work.desk_of(desk, browser), self._services
        try:
            self._work.page.curator(at, browser, request)
            if at.question is None:
                raise EditError("nothing-on-desk")
            asked = partial(one, at.question)
            purpose = _item(at.memory)
            self._runs.start(purpose, services.store, services.catalog, str(model), asked)
        except DaggerError as error:
            return {self._work.said: view.problem(error, self._lang)}
        return self.on_tick(at, browser, request)

    def on_cancel(self, desk: Desk | None, browser: Any, request: gr.Request) -> Updates:
        """The models are to stop."""
        at = self._work.desk_of(desk, browser)
        if self._work.page.person(request, at.memory).curator:
            self._runs.cancel(_filter(at.memory))
            self._runs.cancel(_item(at.memory))
        return self.on_tick(at, browser, request)

    def on_tick(self, desk: Desk | None, browser: Any, request: gr.Request) -> Updates:
        """How far they have come; in the end, the queue and the item with what was suggested."""
        at = self._work.desk_of(desk, browser)
        batch = self._runs.progress(_filter(at.memory))
        asked = self._runs.progress(_item(at.memory))
        filling = batch is not None and batch.running
        asking = asked is not None and asked.running
        updates: Updates = {
            self.said: self._line(batch) if batch else "",
            self.cancel: gr.update(interactive=filling or asking),
            self.start: gr.update(interactive=not filling),
            self.one: gr.update(interactive=not asking),
            self.timer: gr.Timer(active=filling or asking),
        }
        said: Updates = {}
        if asked:
            said[self._work.said] = self._answer_line(asked, at)
            if not asking:
                self._runs.forget(_item(at.memory))
        if not asking and self._is_new(at):
            return {**self._presented(at, request, said), **updates}
        if not filling and not asking:
            queue = self._work.queue
            said = {**said, **queue.values(at), **queue.offers(at)}
        # No more than that: somebody may be reading what was said about an edit.
        news = at.news(said)
        return {**news, self._work.desk: at.holding(news), **updates}

    def _is_new(self, at: Seat) -> bool:
        """Whether something has been suggested for the item since it was taken up."""
        if at.question is None:
            return False
        known = at.suggestion.id if at.suggestion else 0
        suggestions = self._services.store.suggestions(at.question.id)
        return any(s.graph is not None and s.id > known for s in suggestions)

    def _presented(self, at: Seat, request: gr.Request, said: Updates) -> Updates:
        work = self._work
        at = work.again(at, work.page.person(request, at.memory))
        return work.present(at, "", {**work.queue.offers(at), **said})

    def _answer_line(self, now: Progress, at: Seat) -> str:
        """How it stands with the open item."""
        text = self._text
        if now.problem is not None or now.cancelled:
            return self._line(now)
        number = localized(str(at.memory.item), self._lang)
        if now.running:
            sentence = text.pre_asking
        elif not now.graphs:
            sentence = text.pre_answered_badly
        else:
            sentence = text.pre_answered
        return str(sentence.format(model=plain_line(now.model), id=number))

    def _line(self, now: Progress) -> str:
        text = self._text
        numbers = ("done", "total", "right", "checked")
        said = {name: localized(f"{getattr(now, name):,}", self._lang) for name in numbers}
        if now.problem is not None:
            reason = plain_line(now.problem.text(self._lang))
            return str(text.pre_failed.format(problem=reason))
        sentence = text.pre_running if now.running else text.pre_done
        if now.cancelled and not now.running:
            sentence = text.pre_cancelled
        return str(sentence.format(model=plain_line(now.model), **said))


def _filter(memory: Memory) -> tuple[str, int]:
    return memory.project, 0


def _item(memory: Memory) -> tuple[str, int]:
    return memory.project, memory.item
