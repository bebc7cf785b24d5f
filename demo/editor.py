"""The editor: the picture of a graph with everything that looks at it and changes it.

Pages put it where they want it and say what a change means for them (see `Host`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.ops import CONST
from demo import actions, outcome, view
from demo.actions import Fields
from demo.desk import Desk, Updates
from demo.details import Details
from demo.explanation_view import ExplanationView
from demo.findings_view import FindingsView, read_fix
from demo.graph_view import GraphView
from demo.inspector import Inspector
from demo.listeners import LISTENER
from demo.picture import read_action
from demo.question_view import QuestionView
from demo.solution import Solution
from demo.texts import words

Change = Callable[[Desk], Solution]
#: Called with the desk, the work that was shown, the request and the verb.
Beyond = Callable[[Any, object, gr.Request, str], Updates | None]

_INSPECTOR = "inspector"


class Host(Protocol):
    """The page that an editor is on: whose desk it is, and what a change does to it."""

    lang: Lang
    desk: gr.State
    browser: gr.BrowserState

    @property
    def shown(self) -> list[Any]:
        """Every component that shows the desk."""

    def desk_of(self, desk: Any, browser: Any) -> Any:
        """The desk of a request; see `demo.desk.desk_of`."""

    def show(self, desk: Any, problem: Updates | None = None) -> Updates:
        """What the page does not show yet of the desk, and what is to be said where."""

    def changed(self, desk: Any, request: gr.Request, change: Change, place: Any = None) -> Updates:
        """Carry out a change, keep it as a draft, and show the outcome; or say why not."""


class Editor:
    """The components of an editor and their handlers.

    Every handler takes the desk, the browser's key and the work that the page showed: what was
    meant for other work than the desk has now (a late key press, say) changes nothing.

    Args:
        beyond: is asked about every "undo" and "redo" first, and may do something else.
    """

    def __init__(self, host: Host, channel: str, beyond: Beyond = lambda *_: None) -> None:
        self._host, self._lang, self._channel = host, host.lang, channel
        self._beyond = beyond
        text = words(host.lang)
        self.answer = gr.Markdown(elem_id="answer")
        self.picture = GraphView(channel=channel, inspector=_INSPECTOR, elem_id="picture")
        with gr.Row(elem_classes="buttons", elem_id="edit-buttons"):
            self.add_number = gr.Button(text.add_number, size="sm", min_width=100)
            self.add_operation = gr.Button(text.add_operation, size="sm", min_width=100)
            self.reset = gr.Button(text.reset, size="sm", min_width=100, interactive=False)
        self.state = gr.Markdown(elem_id="edit-state", elem_classes="said")
        self.inspector = Inspector(host.lang, _INSPECTOR)
        self.findings = FindingsView(channel=channel, elem_id="findings")
        self.work = gr.Textbox(visible="hidden", elem_id="work")

    def build_details(
        self,
        explanation: ExplanationView | None = None,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """Put the graph in words, as a table and as JSON where the page is being built."""
        self.details = Details(self._lang, self._channel, explanation, before)

    @property
    def shown(self) -> list[Any]:
        """Everything that `values` fills, and what is said about the graph."""
        buttons = [self.add_number, self.add_operation, self.reset]
        parts = [self.picture, self.answer, self.findings, self.state, self.work, *buttons]
        return [*parts, *self.inspector.shown, *self.details.shown]

    def values(self, desk: Desk) -> Updates:
        """What each component holds when it shows the desk."""
        solution, lang = desk.solution, self._lang
        attempt = solution.attempt
        return {
            self.picture: view.picture(solution, lang, desk.theme, ack=desk.seq),
            self.answer: outcome.answer(solution, lang),
            self.findings: view.findings(solution, lang),
            self.state: "",
            self.work: solution.key,
            self.reset: gr.update(interactive=bool(attempt and attempt.graph)),
            **self.inspector.show(solution),
            self.details.table_state: "",
            **self.details.show(solution),
        }

    def listen(self, numbers: QuestionView) -> None:
        """Follow what is done here, and in the view of the question's numbers."""
        host = self._host
        desk, shown = [host.desk, host.browser, self.work], host.shown
        for source in (self.picture, numbers):
            source.action(self.on_action, desk, shown, **LISTENER)
        self.findings.action(self.on_fix, desk, shown, **LISTENER)
        self.inspector.listen(self.on_fields, desk, shown, **LISTENER)
        table, json = self.details.table, self.details.json
        table.input(self.on_table, [*desk, table], shown, **LISTENER)
        typing = {**LISTENER, "trigger_mode": "always_last"}
        json.input(self.on_json, [*desk, json], shown, **typing)
        buttons: list[tuple[gr.Button, Change]] = [
            (self.add_number, lambda d: actions.add_node(d.solution, CONST)),
            (self.add_operation, lambda d: actions.add_node(d.solution, "add")),
            (self.reset, lambda d: d.solution.reset()),
            (self.inspector.delete, lambda d: actions.delete_selected(d.solution)),
        ]
        for button, change in buttons:
            button.click(self._handler(change), desk, shown, **LISTENER)

    def _changed(
        self, desk: Desk, work: object, request: gr.Request, change: Change, place: Any = None
    ) -> Updates:
        """Change the desk, if it still has the work that was meant."""
        if work and work != desk.solution.key:
            return self._host.show(desk)
        return self._host.changed(desk, request, change, place)

    def _handler(self, change: Change) -> Callable[..., Updates]:
        def handle(desk: Desk | None, browser: Any, work: str, request: gr.Request) -> Updates:
            return self._changed(self._host.desk_of(desk, browser), work, request, change)

        return handle

    def on_action(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Updates:
        """Something was done in the picture or in the question."""
        host = self._host
        desk = host.desk_of(desk, browser)
        action = read_action(event._data)
        if action is None:
            return {host.desk: desk}
        desk = replace(desk, seq=action.seq)
        if action.verb == "theme" and action.theme:
            return host.show(replace(desk, theme=action.theme))
        if action.verb in ("undo", "redo"):
            instead = self._beyond(desk, work, request, action.verb)
            if instead is not None:
                return instead
        if action.verb == "select":
            # The view shows it already: only the form follows.
            desk = desk.with_solution(actions.act(desk.solution, action))
            news = desk.news(self.inspector.show(desk.solution))
            return {**news, host.desk: desk.holding(news)}
        return self._changed(desk, work, request, lambda d: actions.act(d.solution, action))

    def on_fix(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Updates:
        """The fix of a finding was asked for."""
        desk, asked = self._host.desk_of(desk, browser), read_fix(event._data)
        if asked is None:
            return {self._host.desk: desk}
        return self._changed(desk, work, request, lambda d: actions.fix(d.solution, *asked))

    def on_fields(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        event: gr.EventData,
        node_id: str,
        *values: Any,
    ) -> Updates:
        """A field of the inspector was changed or left.

        The others are taken as they are in the graph: the event that leaves one field may come
        after the one that changes the next, and what it says of that one is older.
        """
        desk = self._host.desk_of(desk, browser)
        node = desk.solution.graph.get(node_id) if desk.solution.graph else None
        changed = self.inspector.changed(event.target)
        if node is None or changed is None:
            return {self._host.desk: desk}
        (part, name), before = changed, actions.fields_of(node)
        fields = replace(before, **{name: getattr(_fields(values), name)})
        if fields == before:
            return {self._host.desk: desk}
        if desk.solution.selected == node_id:
            desk = desk.holding({part: getattr(fields, name)})
        change: Change = lambda d: actions.set_fields(d.solution, node_id, fields)  # noqa: E731
        return self._changed(desk, work, request, change)

    def on_table(
        self,
        desk: Desk | None,
        browser: Any,
        work: str,
        request: gr.Request,
        table: list[list[Any]],
    ) -> Updates:
        """The table was edited."""
        desk = self._host.desk_of(desk, browser).holding({self.details.table: table})
        rows = [_fields(row[:5]) for row in table]
        if rows == [_fields(row[:5]) for row in view.rows(desk.solution, self._lang)]:
            # A table that got its old value back says so as if it had been edited.
            return {self._host.desk: desk}
        change: Change = lambda d: actions.set_table(d.solution, rows)  # noqa: E731
        return self._changed(desk, work, request, change, self.details.table_state)

    def on_json(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, text: str
    ) -> Updates:
        """The JSON was edited. It is not sent back: that would move the cursor."""
        desk = self._host.desk_of(desk, browser).holding({self.details.json: text})
        change: Change = lambda d: actions.set_json(d.solution, text)  # noqa: E731
        updates = self._changed(desk, work, request, change)
        updates.pop(self.details.json, None)
        return updates


def _fields(values: Sequence[Any]) -> Fields:
    node_id, op, text, label, distractor = values
    flag = distractor if isinstance(distractor, bool) else str(distractor).lower() == "true"
    node_id, op, text, label = ("" if v is None else str(v) for v in (node_id, op, text, label))
    return Fields(node_id, op, text, label, flag)
