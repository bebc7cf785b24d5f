"""The queue beside the item: filters, progress, the questions themselves, and a way to begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.filtering import Filter
from annotate.queue import choices
from dagger_core.diagnostics import StoreError
from dagger_core.numerals import localized
from demo.curating import documents, samples
from demo.curating.deciding import advance
from demo.curating.filters import Filters
from demo.curating.seat import Seat, choose
from demo.curating.views import QueueView, read_queue
from demo.desk import Desk, Updates
from demo.listeners import LISTENER
from demo.services import Person
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.work import Work


class QueuePanel:
    """The panel, in one language."""

    def __init__(self, work: Work) -> None:
        self._work, self._store, self._lang = work, work.services.store, work.lang
        self._text = words(work.lang)
        self.filters = Filters(work.lang)
        self.view = QueueView(options={"item": "#item"}, elem_id="queue")
        self.samples = gr.Button(
            self._text.load_problems, variant="primary", visible=False, elem_id="samples"
        )

    @property
    def shown(self) -> list[Any]:
        """Everything that shows the queue."""
        return [self.view, self.samples, *self.filters.shown]

    def values(self, at: Seat) -> Updates:
        """The queue of a seat."""
        queue = documents.queue(self._store, at.memory, self._lang)
        return {self.view: queue, self.samples: gr.update(visible=queue["bar"] is None)}

    def follow(self, at: Seat) -> Seat:
        """The seat with the page of the queue turned to its item."""
        return replace(at, memory=documents.followed(self._store, at.memory))

    def offers(self, at: Seat) -> Updates:
        """What the questions of a seat's project can be filtered by now."""
        return self.filters.offer(choices(self._store, at.memory.project))

    def listen(self) -> None:
        """Follow the filters and the lines."""
        work = self._work
        inputs, shown = work.inputs, work.shown
        self.view.action(self.on_action, inputs, shown, **LISTENER)
        self.samples.click(self.on_samples, inputs, shown, **LISTENER)
        self.filters.listen(self.on_filters, inputs, shown)
        self.filters.clear.click(self.on_clear, inputs, shown, **LISTENER)
        self.filters.more.expand(self.on_more, inputs[:2], self.filters.shown, **LISTENER)

    def on_action(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Updates:
        """A line of the queue was chosen, or its page turned."""
        asked = read_queue(event._data)

        def go(at: Seat, person: Person) -> tuple[Seat, str]:
            if asked is None:
                return at, ""
            verb, number = asked
            if verb == "page":
                return at.remember(start=number), ""
            return choose(self._work.services, at, person, number), ""

        return self._work.run(desk, browser, "", request, go)

    def on_filters(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, *values: Any
    ) -> Updates:
        """Other filters were chosen; the item on the desk stays."""
        chosen, sort = self.filters.read(values)
        at = self._work.desk_of(desk, browser).remember(chosen=chosen, sort=sort, start=0)
        # What a person is typing is not sent back to them.
        at = replace(at, seen=at.holding(self.filters.values(chosen, sort)).seen)
        return self._work.show(at, self.values(at))

    def on_clear(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """All filters go."""
        at = self._work.desk_of(desk, browser).remember(chosen=Filter(), start=0)
        return self._work.present(at, "", self.filters.values(Filter(), at.memory.sort))

    def on_more(self, desk: Desk | None, browser: Any) -> Updates:
        """The rarer filters are looked at: models and people may have come since."""
        return self.offers(self._work.desk_of(desk, browser))

    def on_samples(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request
    ) -> Updates:
        """An empty project is to be filled with problems to try on."""

        def load(at: Seat, person: Person) -> tuple[Seat, str]:
            if not person.curator:
                raise StoreError("visitors-cannot-decide")
            number = samples.fill(self._store, at.memory.project, self._lang)
            said = self._text.loaded_problems.format(count=localized(str(number), self._lang))
            return advance(self._work.services, at, person), said

        return self._work.run(desk, browser, "", request, load)
