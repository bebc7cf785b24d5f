"""The Work tab: the queue, the item on the desk with its editor, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError, StoreError
from demo import view
from demo.curating import documents, seat
from demo.curating.beside import Beside
from demo.curating.bulk_panel import BulkPanel
from demo.curating.comparison import Comparison
from demo.curating.decisions import Decisions
from demo.curating.memory import recall
from demo.curating.pre_panel import PrePanel
from demo.curating.queue_panel import QueuePanel
from demo.curating.seat import Seat
from demo.curating.views import KEYS, DraftView, KeysView
from demo.desk import Updates
from demo.editor import Change, Editor
from demo.question_view import QuestionView
from demo.services import Person
from demo.solution import Solution
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_CHANNEL = "annotate"

#: What a handler does with the seat: the seat afterwards, and what is to be said.
Step = Callable[[Seat, Person], tuple[Seat, str]]


class Work:
    """The components of the tab and what they do; it is the host of its editor."""

    def __init__(self, page: AnnotatePage) -> None:
        self.page, self.services, self.lang = page, page.services, page.lang
        self.desk, self.browser = page.desk, page.browser
        self.text = words(self.lang)
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=280):
                self.queue = QueuePanel(self)
                self.bulk = BulkPanel(self)
                self.pre = PrePanel(self)
            with gr.Column(scale=8, min_width=320, elem_id="item") as self.item:
                self._build_item()

    def _build_item(self) -> None:
        lang = self.lang
        with gr.Row(elem_classes="item-line"):
            self.heading = gr.Markdown(elem_id="heading", elem_classes="said")
            self.draft = DraftView(options={"editor": "#item"}, elem_id="draft", min_width=160)
        self.numbers = QuestionView(channel=_CHANNEL, elem_id="numbers")
        self.decisions = Decisions(self)
        self.said = gr.Markdown(elem_id="said", elem_classes="said")
        keys = {"keys": KEYS, "texts": documents.key_texts(lang), "channel": _CHANNEL}
        self.keys = KeysView(options=keys, elem_id="keys")
        with gr.Column(elem_id="editor"):
            self.editor = Editor(self, _CHANNEL, self.decisions.beyond)
            self.comparison = Comparison(self, _CHANNEL)
            self.editor.build_details()
            self.beside = Beside(self)

    @property
    def shown(self) -> list[Any]:
        """Every component that shows the seat."""
        return [
            *(self.desk, self.browser, self.item, self.said, self.heading, self.draft),
            *(self.numbers, *self.editor.shown, *self.queue.shown, *self.decisions.shown),
            *(*self.comparison.shown, *self.beside.shown, *self.bulk.shown),
        ]

    @property
    def inputs(self) -> list[Any]:
        """What the handlers of the parts begin with: the desk, the browser, the work shown."""
        return [self.desk, self.browser, self.editor.work]

    def listen(self) -> None:
        """Follow what is done on the tab."""
        self.editor.listen(self.numbers)
        for part in (self.queue, self.decisions, self.comparison, self.beside, self.bulk, self.pre):
            part.listen()

    def desk_of(self, desk: Any, browser: object) -> Seat:
        """The seat of a request; made anew from what the browser remembers after a restart."""
        if isinstance(desk, Seat):
            return desk
        memory = recall(browser)
        blank = Seat(Solution(), memory.key, memory=memory)
        if not memory.item:
            return seat.clear(blank)
        try:
            # Whoever it is, what they may do is checked when they do it.
            curator = Person(memory.name, not self.services.public)
            found = seat.take_up(self.services, blank, curator, memory.item)
            key = memory.work or found.solution.key
            return replace(found, solution=replace(found.solution, key=key))
        except StoreError:
            return seat.clear(blank)

    def present(self, at: Seat, said: str = "", problem: Updates | None = None) -> Updates:
        """Show the seat with all that goes with another item: the queue, the history."""
        queue = self.queue.values(at)
        empty = queue[self.queue.view]["bar"] is None
        idle = "" if at.question else self.text.all_done
        more = {
            **queue,
            self.said: self.text.import_hint if empty else said or idle,
            self.decisions.proposed: "",
            **self.beside.values(at),
            **self.bulk.values(at),
        }
        return self.show(at, {**more, **(problem or {})})

    def show(self, desk: Any, problem: Updates | None = None) -> Updates:
        """What the page does not show yet of the seat, and what is to be said where."""
        at: Seat = desk
        lang, solution, memory = self.lang, at.solution, at.memory
        there = at.question is not None
        values = self.editor.values(at)
        shown = values[self.editor.picture]
        values[self.editor.picture] = replace(
            shown,
            can_undo=shown.can_undo or bool(memory.done),
            can_redo=shown.can_redo or bool(memory.undone),
        )
        values |= {
            self.browser: replace(memory, work=solution.key).to_obj(),
            self.item: gr.update(elem_classes=[] if there else ["nothing"]),
            self.heading: documents.heading(at, lang),
            self.draft: documents.draft(at, lang),
            self.numbers: view.numbers(solution, lang),
            **self.comparison.values(at),
            **self.decisions.values(at),
            **(problem or {}),
        }
        if at.theirs is not None and self.said not in (problem or {}):
            values[self.said] = documents.conflict(at.theirs, lang)
        news = at.news(values)
        return {**news, self.desk: at.holding(news)}

    def changed(self, desk: Any, request: gr.Request, change: Change, place: Any = None) -> Updates:
        """Carry out a change of the graph, keep it as a draft, and show the outcome."""
        at: Seat = desk
        try:
            if at.question is None:
                raise EditError("nothing-on-desk")
            after = at.with_solution(change(at))
        except DaggerError as error:
            return self.show(at, {place or self.editor.state: view.problem(error, self.lang)})
        assert isinstance(after, Seat)
        if after.solution is at.solution:
            return self.show(after)
        try:
            key = seat.draft_key(at.memory, at.question.id)
            kept = self.services.drafts.keep(key, after.solution)
        except StoreError as error:
            failed = documents.draft(after, self.lang, error.text(self.lang))
            return self.show(after, {self.draft: failed})
        return self.show(replace(after, drafted=kept))

    def again(self, at: Seat, person: Person) -> Seat:
        """The seat with its item taken up anew, after something else may have changed it."""
        if at.question is None:
            return at
        return seat.take_up(self.services, at, person, at.question.id)

    def run(
        self, desk: Any, browser: object, work: object, request: gr.Request, step: Step
    ) -> Updates:
        """Take a step to another item, or say why not; late presses of a key do nothing."""
        at = self.desk_of(desk, browser)
        if work and work != at.solution.key:
            return self.show(at)
        try:
            after, said = step(at, self.page.person(request, at.memory))
        except DaggerError as error:
            return self.show(at, {self.said: view.problem(error, self.lang)})
        if after.theirs is not None and after.theirs is not at.theirs:
            said = documents.conflict(after.theirs, self.lang)
        if after.memory.item != at.memory.item:
            after = self.queue.follow(after)
        return self.present(after, said)
