"""What the edit changed: against the suggestion, or against what somebody else saved meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import EditError
from dagger_core.diff import diff, revert
from demo.curating import documents
from demo.curating.seat import Seat
from demo.curating.views import ChangesView, read_changes
from demo.desk import Desk, Updates
from demo.listeners import LISTENER
from demo.solution import Solution
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.work import Work


class Comparison:
    """The list of changes, each with a way back, in one language."""

    def __init__(self, work: Work, channel: str) -> None:
        self._work = work
        self.changes = ChangesView(options={"channel": channel}, elem_id="changes")
        self.theirs = gr.Button(
            words(work.lang).take_theirs, size="sm", visible=False, elem_id="theirs"
        )

    @property
    def shown(self) -> list[Any]:
        """Everything that `values` fills."""
        return [self.changes, self.theirs]

    def values(self, at: Seat) -> Updates:
        """What the edit of a seat changed."""
        return {
            self.changes: documents.changes(at, self._work.lang),
            self.theirs: gr.update(visible=at.theirs is not None),
        }

    def listen(self) -> None:
        """Follow changes that are taken back."""
        work = self._work
        self.changes.action(self.on_reset, work.inputs, work.shown, **LISTENER)
        self.theirs.click(self.on_theirs, work.inputs, work.shown, **LISTENER)

    def on_reset(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Updates:
        """One node is to be as it was."""
        at, asked = self._work.desk_of(desk, browser), read_changes(event._data)
        if asked is None or (work and work != at.solution.key):
            return self._work.show(at)

        def reset(desk: Desk) -> Solution:
            graph, baseline = desk.solution.graph, at.baseline
            if graph is None or baseline is None:
                raise EditError("change-gone")
            for change in diff(baseline, graph):
                ids = (change.before and change.before.id, change.after and change.after.id)
                if ids == asked:
                    return desk.solution.do(revert(baseline, graph, change))
            raise EditError("change-gone")

        return self._work.changed(at, request, reset)

    def on_theirs(self, desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
        """Somebody else's version is to be taken up instead of one's own."""
        at = self._work.desk_of(desk, browser)
        theirs = at.theirs.graph if at.theirs else None
        if theirs is None:
            return self._work.show(at)
        return self._work.changed(at, request, lambda d: d.solution.step(theirs))
