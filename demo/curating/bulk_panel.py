"""One action for everything in the queue's filter: with a preview, a count and one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.bulk import FIXABLE, Action, accept_right, apply_fix, preview, run
from annotate.queue import Filter, count
from annotate.undo import undo_batch
from dagger_core.diagnostics import DaggerError, StoreError
from dagger_core.numerals import localized
from demo import view
from demo.curating.seat import Seat
from demo.desk import Desk, Updates
from demo.picture import LISTENER
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.work import Work

_ACCEPT = "accept"
_TOLD = 5
_LONGEST = 120


class BulkPanel:
    """The panel, in one language."""

    def __init__(self, work: Work) -> None:
        self._work, self._services, self._lang = work, work.services, work.lang
        text = words(work.lang)
        with gr.Accordion(text.bulk, open=False, elem_id="bulk"):
            self.action = gr.Dropdown(
                [(text.bulk_accept, _ACCEPT)],
                value=_ACCEPT,
                label=text.bulk_action,
                elem_id="bulk-action",
                allow_custom_value=True,
            )
            with gr.Row(elem_classes="buttons"):
                self.look = gr.Button(text.preview, size="sm", min_width=80, elem_id="bulk-look")
                self.act = gr.Button(
                    text.do_it, size="sm", variant="primary", min_width=80, elem_id="bulk-do"
                )
                self.back = gr.Button(
                    text.undo_bulk, size="sm", min_width=80, visible=False, elem_id="bulk-undo"
                )
            self.said = gr.Markdown(elem_id="bulk-said", elem_classes="said")
        self.batch = gr.State(0)

    @property
    def shown(self) -> list[Any]:
        """What shows the outcome of an action."""
        return [self.said, self.back, self.batch]

    def listen(self) -> None:
        """Follow the buttons of the panel."""
        work = self._work
        inputs, shown = [work.desk, work.browser, self.action], [*work.shown, *self.shown]
        choices = [work.desk, work.browser]
        quiet = {**LISTENER, "concurrency_id": "bulk"}
        self.panel_opened(choices, quiet)
        self.look.click(self.on_preview, inputs, self.said, **quiet)
        self.act.click(self.on_run, inputs, shown, **quiet)
        self.back.click(self.on_undo, [*inputs, self.batch], shown, **quiet)

    def panel_opened(self, inputs: list[Any], quiet: dict[str, Any]) -> None:
        """Offer the fixes that something in the filter needs, when somebody looks for them."""
        self.action.focus(self.on_offer, inputs, self.action, **quiet)

    def on_offer(self, desk: Desk | None, browser: Any) -> Any:
        """What can be done to the filter."""
        text, at = words(self._lang), self._work.desk_of(desk, browser)
        store, memory = self._services.store, at.memory
        choices = [(text.bulk_accept, _ACCEPT)]
        for code in FIXABLE:
            number = count(store, Filter(code=code), project=memory.project)
            if number:
                title = text.bulk_fix.format(code=code)
                choices.append((f"{title} ({localized(str(number), self._lang)})", code))
        return gr.update(choices=choices)

    def on_preview(self, desk: Desk | None, browser: Any, chosen: Any) -> str:
        """What the action would do."""
        text, at = words(self._lang), self._work.desk_of(desk, browser)
        try:
            store, memory = self._services.store, at.memory
            found = preview(store, _action(chosen), memory.chosen, memory.project)
        except DaggerError as error:
            return view.problem(error, self._lang)
        said = text.bulk_preview.format(count=localized(f"{found.count:,}", self._lang))
        lines = [plain_line(item.text[:_LONGEST]) for item in found.items[:_TOLD]]
        more = ["- …"] if found.count > _TOLD else []
        return "\n".join([said, "", *(f"- {line}" for line in lines), *more])

    def on_run(self, desk: Desk | None, browser: Any, chosen: Any, request: gr.Request) -> Updates:
        """Do it to everything in the filter."""
        text, at = words(self._lang), self._work.desk_of(desk, browser)
        try:
            person, memory = self._curator(at, request), at.memory
            done = run(self._services.store, _action(chosen), person, memory.chosen, memory.project)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        said = text.bulk_done.format(count=localized(f"{done.revisions:,}", self._lang))
        return self._after(at, request, said, done.id)

    def on_undo(
        self, desk: Desk | None, browser: Any, chosen: Any, batch: Any, request: gr.Request
    ) -> Updates:
        """Bring everything back that the action changed."""
        text, at = words(self._lang), self._work.desk_of(desk, browser)
        try:
            person = self._curator(at, request)
            undone = undo_batch(self._services.store, int(batch or 0), person)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        said = text.bulk_undone.format(
            count=localized(f"{undone.revisions:,}", self._lang),
            kept=localized(f"{undone.kept:,}", self._lang),
        )
        return self._after(at, request, said, 0)

    def _curator(self, at: Seat, request: gr.Request) -> str:
        person = self._work.page.person(request, at.memory)
        if not person.curator:
            raise StoreError("visitors-cannot-decide")
        return person.name

    def _after(self, at: Seat, request: gr.Request, said: str, batch: int) -> Updates:
        """The queue as it is now; the item on the desk may have been among those changed."""
        person = self._work.page.person(request, at.memory)
        return {
            **self._work.present(self._work.again(at, person)),
            self.said: said,
            self.back: gr.update(visible=bool(batch)),
            self.batch: batch,
        }


def _action(chosen: Any) -> Action:
    if chosen == _ACCEPT:
        return accept_right()
    if chosen in FIXABLE:
        return apply_fix(chosen)
    raise StoreError("no-such-action")
