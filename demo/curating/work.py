"""The Work tab: the queue, the item on the desk with its editor, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.queue import Filter
from dagger_core.diagnostics import DaggerError, EditError, StoreError
from dagger_core.diff import diff, revert
from dagger_core.numerals import localized
from demo import actions, view
from demo.curating import documents, seat
from demo.curating.beside import Beside
from demo.curating.bulk_panel import BulkPanel
from demo.curating.filters import Filters
from demo.curating.memory import recall
from demo.curating.pre_panel import PrePanel
from demo.curating.samples import fill
from demo.curating.seat import Seat
from demo.curating.views import (
    KEYS,
    ChangesView,
    DraftView,
    KeysView,
    QueueView,
    read_changes,
    read_queue,
)
from demo.desk import Desk, Updates
from demo.editor import Change, Editor
from demo.picture import LISTENER
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
                self._build_queue()
            with gr.Column(scale=8, min_width=320, elem_id="item") as self.item:
                self._build_item()

    # --- what is on the tab ----------------------------------------------------------------

    def _build_queue(self) -> None:
        self.filters = Filters(self.lang)
        self.queue = QueueView(elem_id="queue")
        self.samples = gr.Button(
            self.text.load_problems, variant="primary", visible=False, elem_id="samples"
        )
        self.bulk = BulkPanel(self)
        self.pre = PrePanel(self)

    def _build_item(self) -> None:
        text, lang = self.text, self.lang
        with gr.Row(elem_classes="item-line"):
            self.heading = gr.Markdown(elem_id="heading", elem_classes="said")
            self.draft = DraftView(options={"editor": "#item"}, elem_id="draft", min_width=160)
        self.numbers = QuestionView(channel=_CHANNEL, elem_id="numbers")
        self._build_decisions()
        self.said = gr.Markdown(elem_id="said", elem_classes="said")
        keys = {"keys": KEYS, "texts": documents.key_texts(lang), "channel": _CHANNEL}
        self.keys = KeysView(options=keys, elem_id="keys")
        with gr.Column(elem_id="editor"):
            self.editor = Editor(self, _CHANNEL, self.beyond)
            self.changes = ChangesView(options={"channel": _CHANNEL}, elem_id="changes")
            self.theirs = gr.Button(text.take_theirs, size="sm", visible=False, elem_id="theirs")
            self.editor.build_details()
            self.beside = Beside(self)

    def _build_decisions(self) -> None:
        text = self.text
        with gr.Row(elem_classes="buttons decide", equal_height=True):
            self.accept = gr.Button(
                text.accept, variant="primary", elem_id="accept", min_width=130, scale=0
            )
            self.discard = gr.Button(text.discard, elem_id="discard", min_width=130, scale=0)
            self.skip = gr.Button(text.skip, elem_id="skip", min_width=100, scale=0)
            self.next = gr.Button(text.next_item, elem_id="next", min_width=110, scale=0)
            self.by_hand = gr.Button(
                text.by_hand, elem_id="by-hand", min_width=150, scale=0, visible=False
            )
            self.proposed = gr.Textbox(
                label=text.proposed,
                show_label=False,
                container=False,
                placeholder=text.proposed,
                elem_id="proposed",
                scale=3,
                min_width=180,
                max_lines=1,
            )
            self.flag = gr.Button(text.flag, elem_id="flag", min_width=100, scale=0)

    @property
    def shown(self) -> list[Any]:
        """Every component that shows the seat."""
        decisions = [self.accept, self.discard, self.skip, self.flag, self.next, self.by_hand]
        return [
            *(self.desk, self.browser, self.item, self.queue, self.samples, self.said),
            self.heading,
            *(self.draft, self.numbers, self.proposed, self.changes, self.theirs, *decisions),
            *(*self.editor.shown, *self.filters.shown, *self.beside.shown),
        ]

    # --- what it does ----------------------------------------------------------------------

    def listen(self) -> None:
        """Follow what is done on the tab."""
        seat_in, shown = [self.desk, self.browser, self.editor.work], self.shown
        self.editor.listen(self.numbers)
        self.queue.action(self.on_queue, seat_in, shown, **LISTENER)
        self.changes.action(self.on_changes, seat_in, shown, **LISTENER)
        flagged = [*seat_in, self.proposed]
        self.accept.click(self.on_accept, seat_in, shown, **LISTENER)
        self.discard.click(self.on_discard, seat_in, shown, **LISTENER)
        self.skip.click(self.on_skip, seat_in, shown, **LISTENER)
        self.next.click(self.on_next, seat_in, shown, **LISTENER)
        for event in (self.flag.click, self.proposed.submit):
            event(self.on_flag, flagged, shown, **LISTENER)
        self.theirs.click(self.on_theirs, seat_in, shown, **LISTENER)
        self.by_hand.click(self.on_by_hand, seat_in, shown, **LISTENER)
        self.samples.click(self.on_samples, seat_in, shown, **LISTENER)
        self.filters.listen(self.on_filters, seat_in, shown)
        self.filters.clear.click(self.on_clear, seat_in, shown, **LISTENER)
        for part in (self.beside, self.bulk, self.pre):
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
        text, lang = self.text, self.lang
        queue = documents.queue(self.services.store, at.memory, lang)
        more = {
            self.queue: queue,
            self.samples: gr.update(visible=queue["bar"] is None),
            self.said: said or ("" if at.question or queue["bar"] is None else text.all_done),
            self.proposed: "",
            **self.beside.values(at),
        }
        if queue["bar"] is None:
            more[self.said] = text.import_hint
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
            self.changes: documents.changes(at, lang),
            self.theirs: gr.update(visible=at.theirs is not None),
            self.by_hand: gr.update(visible=there and solution.graph is None),
            **{
                button: gr.update(interactive=there)
                for button in (self.accept, self.discard, self.skip, self.flag)
            },
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

    def beyond(self, desk: Any, work: object, request: gr.Request, verb: str) -> Updates | None:
        """Undo and redo of decisions, where the graph has no step to take back or again."""
        at: Seat = desk
        if work and work != at.solution.key:
            return self.show(at)
        if verb == "undo" and not at.solution.can_undo and at.memory.done:
            return self.run(at, None, "", request, self._undo)
        if verb == "redo" and not at.solution.can_redo and at.memory.undone:
            return self.run(at, None, "", request, self._redo)
        return None

    def again(self, at: Seat, person: Person) -> Seat:
        """The seat with its item taken up anew, after something else may have changed it."""
        if at.question is None:
            return at
        return seat.take_up(self.services, at, person, at.question.id)

    def _undo(self, at: Seat, person: Person) -> tuple[Seat, str]:
        after = seat.take_back(self.services, at, person)
        number = after.question.id if after.question else 0
        return after, self.text.did_undone.format(id=localized(str(number), self.lang))

    def _redo(self, at: Seat, person: Person) -> tuple[Seat, str]:
        return seat.do_again(self.services, at, person), self.text.did_redone

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
        return self.present(after, said)

    def _decision(self, status: Any, proposed: str = "") -> Step:
        def decide(at: Seat, person: Person) -> tuple[Seat, str]:
            number = at.question.id if at.question else 0
            after = seat.decide(self.services, at, person, status, proposed)
            return after, self._did(status, number)

        return decide

    def _did(self, what: str, number: int) -> str:
        said = getattr(self.text, f"did_{what}").format(id=localized(str(number), self.lang))
        return f"{said} {self.text.undo_hint}"

    def on_accept(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """The graph is right."""
        return self.run(desk, browser, work, request, self._decision("accepted"))

    def on_discard(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request
    ) -> Updates:
        """The item is of no use."""
        return self.run(desk, browser, work, request, self._decision("discarded"))

    def on_flag(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, proposed: str
    ) -> Updates:
        """The right answer is wrong."""
        return self.run(desk, browser, work, request, self._decision("flagged", str(proposed)))

    def on_skip(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """Somebody else shall decide."""

        def skip(at: Seat, person: Person) -> tuple[Seat, str]:
            number = at.question.id if at.question else 0
            return seat.pass_over(self.services, at, person), self._did("skipped", number)

        return self.run(desk, browser, work, request, skip)

    def on_next(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """The next item that nobody has decided."""

        def go(at: Seat, person: Person) -> tuple[Seat, str]:
            return seat.advance(self.services, at, person, leaving=True), ""

        return self.run(desk, browser, "", request, go)

    def on_queue(
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
            return seat.take_up(self.services, at, person, number), ""

        return self.run(desk, browser, "", request, go)

    def on_filters(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, *values: Any
    ) -> Updates:
        """Other filters were chosen; the item on the desk stays."""
        chosen, sort = self.filters.read(values)
        at = self.desk_of(desk, browser).remember(chosen=chosen, sort=sort, start=0)
        # What a person is typing is not sent back to them.
        at = replace(at, seen=at.holding(self.filters.values(chosen, sort)).seen)
        return self.show(
            at, {self.queue: documents.queue(self.services.store, at.memory, self.lang)}
        )

    def on_clear(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """All filters go."""
        at = self.desk_of(desk, browser)
        at = at.remember(chosen=Filter(), start=0)
        return self.present(at, "", self.filters.values(Filter(), at.memory.sort))

    def on_changes(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Updates:
        """One node is to be as it was in the suggestion."""
        at, asked = self.desk_of(desk, browser), read_changes(event._data)
        if asked is None or (work and work != at.solution.key):
            return self.show(at)

        def reset(desk: Desk) -> Solution:
            graph, baseline = desk.solution.graph, at.baseline
            if graph is None or baseline is None:
                raise EditError("change-gone")
            for change in diff(baseline, graph):
                ids = (change.before and change.before.id, change.after and change.after.id)
                if ids == asked:
                    return desk.solution.do(revert(baseline, graph, change))
            raise EditError("change-gone")

        return self.changed(at, request, reset)

    def on_theirs(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """Somebody else's version is to be taken up instead of one's own."""
        at = self.desk_of(desk, browser)
        theirs = at.theirs.graph if at.theirs else None
        if theirs is None:
            return self.show(at)
        return self.changed(at, request, lambda d: d.solution.step(theirs))

    def on_by_hand(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request
    ) -> Updates:
        """A graph is to be made without a model."""
        at = self.desk_of(desk, browser)
        return self.changed(at, request, lambda d: actions.by_hand(d.solution))

    def on_samples(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request
    ) -> Updates:
        """An empty project is to be filled with problems to try on."""

        def load(at: Seat, person: Person) -> tuple[Seat, str]:
            if not person.curator:
                raise StoreError("visitors-cannot-decide")
            number = fill(self.services.store, at.memory.project)
            said = self.text.loaded_problems.format(count=number)
            return seat.advance(self.services, at, person), said

        return self.run(desk, browser, "", request, load)
