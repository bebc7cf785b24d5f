"""The decisions about the item on the desk: the row of buttons, and what each of them does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import StoreError
from dagger_core.numerals import localized
from demo import actions, view
from demo.curating import deciding, taking_back
from demo.curating.seat import Seat
from demo.desk import Desk, Updates
from demo.listeners import LISTENER
from demo.services import Person
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.work import Step, Work


class Decisions:
    """The row of buttons, in one language."""

    def __init__(self, work: Work) -> None:
        self._work, self._services, self._lang = work, work.services, work.lang
        text = self._text = words(work.lang)
        with gr.Row(elem_classes="buttons decide", equal_height=True):
            self.accept = gr.Button(
                text.accept, variant="primary", elem_id="accept", min_width=130, scale=0
            )
            self.discard = gr.Button(text.discard, elem_id="discard", min_width=130, scale=0)
            self.skip = gr.Button(text.skip, elem_id="skip", min_width=100, scale=0)
            self.next = gr.Button(text.next_item, elem_id="next", min_width=130, scale=0)
            self.by_hand = gr.Button(
                text.by_hand, elem_id="by-hand", min_width=150, scale=0, visible=False
            )
            self.ask = gr.Button(
                text.ask_model, elem_id="ask-model", min_width=150, scale=0, visible=False
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
        """Everything that `values` fills."""
        buttons = [self.accept, self.discard, self.skip, self.flag]
        return [*buttons, self.next, self.by_hand, self.ask, self.proposed]

    def values(self, at: Seat) -> Updates:
        """What can be done with the item of a seat."""
        there = at.question is not None
        bare = gr.update(visible=there and at.solution.graph is None)
        return {
            self.by_hand: bare,
            self.ask: bare,
            **{
                button: gr.update(interactive=there)
                for button in (self.accept, self.discard, self.skip, self.flag)
            },
        }

    def listen(self) -> None:
        """Follow the buttons."""
        work = self._work
        inputs, shown = work.inputs, work.shown
        self.accept.click(self.on_accept, inputs, shown, **LISTENER)
        self.discard.click(self.on_discard, inputs, shown, **LISTENER)
        self.skip.click(self.on_skip, inputs, shown, **LISTENER)
        self.next.click(self.on_next, inputs, shown, **LISTENER)
        for event in (self.flag.click, self.proposed.submit):
            event(self.on_flag, [*inputs, self.proposed], shown, **LISTENER)
        self.by_hand.click(self.on_by_hand, inputs, shown, **LISTENER)

    def beyond(self, desk: Any, work: object, request: gr.Request, verb: str) -> Updates | None:
        """Undo and redo of decisions, where the graph has no step to take back or again."""
        at: Seat = desk
        if work and work != at.solution.key:
            return self._work.show(at)
        if verb == "undo" and not at.solution.can_undo and at.memory.done:
            return self._work.run(at, None, "", request, self._undo)
        if verb == "redo" and not at.solution.can_redo and at.memory.undone:
            return self._work.run(at, None, "", request, self._redo)
        return None

    def _undo(self, at: Seat, person: Person) -> tuple[Seat, str]:
        after, stands = taking_back.take_back(self._services, at, person)
        if stands is not None:
            return after, self._stands(stands, after.memory.done)
        number = after.question.id if after.question else 0
        return after, self._text.did_undone.format(id=localized(str(number), self._lang))

    def _redo(self, at: Seat, person: Person) -> tuple[Seat, str]:
        after, stands = taking_back.do_again(self._services, at, person)
        if stands is not None:
            return after, self._stands(stands)
        return after, self._text.did_redone

    def _stands(self, reason: StoreError, before: Sequence[int] = ()) -> str:
        """Why a decision cannot be taken back, and how to go on."""
        said = view.problem(reason, self._lang)
        return f"{said} {self._text.undo_before}" if before else said

    def _decision(self, status: Any, proposed: str = "") -> Step:
        def decide(at: Seat, person: Person) -> tuple[Seat, str]:
            number = at.question.id if at.question else 0
            after = deciding.decide(self._services, at, person, status, proposed)
            warned = self._warned(at) if status == "accepted" else ""
            return after, f"{self._did(status, number)}{warned}"

        return decide

    def _warned(self, at: Seat) -> str:
        """What the accepted graph was warned of, so that nothing slips through unseen."""
        warnings = [found for found in at.solution.findings if found.severity == "warning"]
        if not warnings:
            return ""
        told = plain_line(warnings[0].text(self._lang))
        more = localized(str(len(warnings) - 1), self._lang) if len(warnings) > 1 else ""
        also = self._text.accepted_also.format(count=more) if more else ""
        return f" {self._text.accepted_with.format(warning=told)}{also}"

    def _did(self, what: str, number: int) -> str:
        said = getattr(self._text, f"did_{what}").format(id=localized(str(number), self._lang))
        return f"{said} {self._text.undo_hint}"

    def on_accept(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """The graph is right."""
        return self._work.run(desk, browser, work, request, self._decision("accepted"))

    def on_discard(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request
    ) -> Updates:
        """The item is of no use."""
        return self._work.run(desk, browser, work, request, self._decision("discarded"))

    def on_flag(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, proposed: str
    ) -> Updates:
        """The right answer is wrong."""
        flagged = self._decision("flagged", str(proposed))
        return self._work.run(desk, browser, work, request, flagged)

    def on_skip(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """Somebody else shall decide."""

        def skip(at: Seat, person: Person) -> tuple[Seat, str]:
            number = at.question.id if at.question else 0
            return deciding.pass_over(self._services, at, person), self._did("skipped", number)

        return self._work.run(desk, browser, work, request, skip)

    def on_next(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """The next item that nobody has decided."""

        def go(at: Seat, person: Person) -> tuple[Seat, str]:
            after = deciding.advance(self._services, at, person)
            same = after.question is not None and after.memory.item == at.memory.item
            return after, self._text.no_other_left if same else ""

        return self._work.run(desk, browser, "", request, go)

    def on_by_hand(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request
    ) -> Updates:
        """A graph is to be made without a model."""
        at = self._work.desk_of(desk, browser)
        return self._work.changed(at, request, lambda d: actions.by_hand(d.solution))
