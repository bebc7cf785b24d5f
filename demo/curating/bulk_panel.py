"""One action for everything in the queue's filter: with a preview, a count and one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.bulk import FIXABLE, Action, accept_right, apply_fix, preview, run
from annotate.filtering import Filter
from annotate.queue import count
from annotate.undo import undo_batch
from dagger_core.diagnostics import DaggerError, StoreError
from dagger_core.numerals import localized
from dagger_core.render.text import shorten
from demo import view
from demo.desk import Desk, Updates
from demo.listeners import LISTENER
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.seat import Seat
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
        # What an action came to, until the browser remembers it: a batch, 0 for one undone.
        self.batch = gr.State(None)

    @property
    def shown(self) -> list[Any]:
        """Everything that `values` fills."""
        return [self.back]

    def values(self, at: Seat) -> Updates:
        """Whether the last action on everything can be undone."""
        return {self.back: gr.update(visible=bool(at.memory.batch))}

    def listen(self) -> None:
        """Follow the buttons of the panel."""
        work = self._work
        here, outcome = [work.desk, work.browser], [self.said, self.batch]
        inputs = [*here, self.action]
        quiet = {**LISTENER, "concurrency_id": "bulk"}
        seen = {**quiet, "show_progress": "full", "show_progress_on": self.said}
        self.panel_opened(here, quiet)
        self.look.click(self.on_preview, inputs, self.said, **seen)
        done = self.act.click(self.on_run, inputs, outcome, **seen)
        undone = self.back.click(self.on_undo, here, outcome, **seen)
        # In a step of its own: on this page work went on meanwhile.
        for event in (done, undone):
            event.then(self.on_done, [*here, self.batch], work.shown, **LISTENER)

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
        lines = [plain_line(shorten(item.text, _LONGEST)) for item in found.items[:_TOLD]]
        more = ["- …"] if found.count > _TOLD else []
        return "\n".join([said, "", *(f"- {line}" for line in lines), *more])

    def on_run(
        self,
        desk: Desk | None,
        browser: Any,
        chosen: Any,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  # how Gradio asks for it
    ) -> Updates:
        """Do it to everything in the filter."""
        text, at = words(self._lang), self._work.desk_of(desk, browser)
        store, wanted = self._services.store, at.memory.chosen
        try:
            project, name = self._work.page.curator(at, browser, request)
            action = _action(chosen)
            total = preview(store, action, wanted, project).count

            def tell(done: int) -> None:
                progress((done, total))

            done = run(store, action, name, wanted, project, progress=tell)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang), self.batch: None}
        said = text.bulk_done.format(count=localized(f"{done.revisions:,}", self._lang))
        return {self.said: said, self.batch: done.id}

    def on_undo(self, desk: Desk | None, browser: Any, request: gr.Request) -> Updates:
        """Bring everything back that the action changed."""
        text, at = words(self._lang), self._work.desk_of(desk, browser)
        try:
            _, name = self._work.page.curator(at, browser, request)
            undone = undo_batch(self._services.store, at.memory.batch, name)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang), self.batch: None}
        said = text.bulk_undone.format(count=localized(f"{undone.revisions:,}", self._lang))
        if undone.kept:
            said += " " + text.bulk_kept.format(kept=localized(f"{undone.kept:,}", self._lang))
        return {self.said: said, self.batch: 0}

    def on_done(self, desk: Desk | None, browser: Any, batch: Any, request: gr.Request) -> Updates:
        """The queue as it is now; the item on the desk may have been among those changed."""
        work, at = self._work, self._work.desk_of(desk, browser)
        if isinstance(batch, int):
            at = at.remember(batch=batch)
        return work.present(work.again(at, work.page.person(request, at.memory)))


def _action(chosen: Any) -> Action:
    if chosen == _ACCEPT:
        return accept_right()
    if chosen in FIXABLE:
        return apply_fix(chosen)
    raise StoreError("no-such-action")
