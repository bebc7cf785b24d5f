"""The Solve page: ask, look, edit, execute again, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError, Lang
from dagger_core.ops import CONST
from demo import actions, answering, keeping, view
from demo.actions import Fields
from demo.asking import Asking
from demo.desk import Desk, Updates, desk_of
from demo.details import Details
from demo.findings_view import FindingsView, read_fix
from demo.graph_view import GraphView
from demo.inspector import Inspector
from demo.picture import LISTENER, read_action
from demo.services import Services, browser_key, new_browser_key
from demo.solution import Solution, new_key
from demo.taking_away import TakingAway
from demo.texts import words
from demo.writing import Writing

_CHANNEL, _INSPECTOR = "solve", "inspector"
#: Names the browser's own storage; a change forgets every visitor's draft key.
_STORAGE = {"storage_key": "dagger-studio", "secret": "dagger-studio-draft-key"}

Change = Callable[[Desk], Solution]


class SolvePage:
    """The components of the page and what they do, in one language.

    Every handler takes the desk and the browser's key first; what it gives back always has the
    desk in it. A refusal is said at the place where the change was asked for.
    """

    def __init__(self, services: Services, lang: Lang) -> None:
        self.services, self.lang, self.text = services, lang, words(lang)
        self.desk = gr.State(None)
        self.browser = gr.BrowserState("", **_STORAGE)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=320):
                self.asking = Asking(services.catalog, lang, _CHANNEL)
            with gr.Column(scale=7, min_width=320):
                self._build_picture()
        self.details = Details(lang, _CHANNEL)
        self.files = TakingAway(services, lang)
        self.writing = Writing(self)
        self._listen()

    # --- what is on the page ---------------------------------------------------------------

    def _build_picture(self) -> None:
        text = self.text
        self.answer = gr.Markdown(elem_id="answer")
        self.picture = GraphView(channel=_CHANNEL, inspector=_INSPECTOR, elem_id="picture")
        with gr.Row(elem_classes="buttons"):
            self.add_number = gr.Button(text.add_number, size="sm", min_width=100)
            self.add_operation = gr.Button(text.add_operation, size="sm", min_width=100)
            self.reset = gr.Button(text.reset, size="sm", min_width=100, interactive=False)
        self.edit_state = gr.Markdown(elem_id="edit-state", elem_classes="said")
        self.inspector = Inspector(self.lang, _INSPECTOR)
        self.findings = FindingsView(channel=_CHANNEL, elem_id="findings")
        with gr.Row(elem_id="keeping"):
            self.save = gr.Button(
                text.save, variant="primary", elem_id="save", scale=1, min_width=110
            )
            self.save_state = gr.Markdown(elem_id="save-state", elem_classes="said")

    @property
    def shown(self) -> list[Any]:
        """Every component that shows the desk."""
        asking, places = self.asking, [self.edit_state, self.save_state, self.save, self.reset]
        asked = [asking.status, asking.numbers, asking.generate, asking.stop, asking.by_hand]
        return [
            *(self.desk, self.picture, self.answer, self.findings, self.add_number),
            *(self.add_operation, asking.gold, *asked, *places),
            *(*self.inspector.shown, *self.details.shown),
        ]

    @property
    def loaded(self) -> list[Any]:
        """Every component that `on_load` fills."""
        return [self.browser, self.asking.question, self.asking.model, *self.shown]

    def start(self, app: gr.Blocks) -> None:
        """Bring back the draft of the browser when the page is opened."""
        app.load(
            self.on_load,
            self.browser,
            self.loaded,
            show_progress="hidden",
            api_visibility="private",
        )

    # --- what it does ----------------------------------------------------------------------

    def _listen(self) -> None:
        desk, shown = [self.desk, self.browser], self.shown
        typing = {**LISTENER, "trigger_mode": "always_last"}
        for source in (self.picture, self.asking.numbers):
            source.action(self.on_action, desk, shown, **LISTENER)
        self.findings.action(self.on_fix, desk, shown, **LISTENER)
        self.inspector.listen(self.on_fields, desk, shown, **LISTENER)
        table, json = self.details.table, self.details.json
        table.input(self.on_table, [*desk, table], shown, **LISTENER)
        json.input(self.on_json, [*desk, json], shown, **typing)
        buttons: list[tuple[gr.Button, Change]] = [
            (self.add_number, lambda d: actions.add_node(d.solution, CONST)),
            (self.add_operation, lambda d: actions.add_node(d.solution, "add")),
            (self.reset, lambda d: d.solution.reset()),
            (self.inspector.delete, lambda d: actions.delete_selected(d.solution)),
        ]
        for button, change in buttons:
            button.click(self._handler(change), desk, shown, **LISTENER)
        asked = [*desk, self.asking.question, self.asking.gold]
        self.asking.by_hand.click(self.on_by_hand, asked, shown, **LISTENER)
        self.asking.gold.change(self.on_gold, [*desk, self.asking.gold], shown, **typing)
        self.save.click(self.on_save, asked, shown, **LISTENER)
        self.writing.listen(asked)
        self.files.listen(desk)

    def show(self, desk: Desk, problem: Updates | None = None) -> Updates:
        """What the page does not show yet of the desk, and what is to be said where."""
        solution, lang = desk.solution, self.lang
        attempt = solution.attempt
        values: Updates = {
            self.picture: view.picture(solution, lang, desk.theme, ack=desk.seq),
            self.asking.status: view.effort(solution, lang),
            self.asking.numbers: view.numbers(solution, lang),
            self.answer: view.answer(solution, lang),
            self.findings: view.findings(solution, lang),
            self.edit_state: "",
            **self.inspector.show(solution),
            self.details.table_state: "",
            **self.details.show(solution),
            self.save_state: view.save_state(solution, lang),
            self.reset: gr.update(interactive=bool(attempt and attempt.graph)),
            **(problem or {}),
        }
        news = desk.news(values)
        return {**news, self.desk: desk.holding(news)}

    def _changed(
        self, desk: Desk, request: gr.Request, change: Change, place: Any = None
    ) -> Updates:
        """Carry out a change, keep it as a draft, and show the outcome; or say why not."""
        try:
            if request.session_hash in self.services.streams:
                raise EditError("still-writing")
            after = desk.with_solution(change(desk))
        except DaggerError as error:
            return self.show(desk, {place or self.edit_state: view.problem(error, self.lang)})
        if after.solution is not desk.solution:
            self.services.drafts.put(after.browser, after.solution)
        return self.show(after)

    def _handler(self, change: Change) -> Callable[..., Updates]:
        def handle(desk: Desk | None, browser: str, request: gr.Request) -> Updates:
            return self._changed(desk_of(self.services, desk, browser), request, change)

        return handle

    def on_load(self, browser: str) -> Updates:
        """A page is opened: bring back the draft of this browser, if it has one."""
        self.services.warm_up()
        browser = browser_key(browser) or new_browser_key()
        draft = self.services.drafts.get(browser)
        # Without a draft, what was typed meanwhile stays.
        asked = draft and {
            self.asking.question: draft.question,
            self.asking.gold: draft.gold,
        }
        return {
            self.browser: browser,
            **(asked or {}),
            # A model that was trained meanwhile is on offer from now on.
            self.asking.model: gr.update(choices=self.asking.models()),
            **self.show(Desk(draft or Solution(key=new_key()), browser)),
        }

    def on_action(
        self, desk: Desk | None, browser: str, request: gr.Request, event: gr.EventData
    ) -> Updates:
        """Something was done in the picture or in the question."""
        desk = desk_of(self.services, desk, browser)
        action = read_action(event._data)
        if action is None:
            return {self.desk: desk}
        desk = replace(desk, seq=action.seq)
        if action.verb == "theme" and action.theme:
            return self.show(replace(desk, theme=action.theme))
        if action.verb == "select":
            # The view shows it already: only the form follows.
            desk = desk.with_solution(actions.act(desk.solution, action))
            news = desk.news(self.inspector.show(desk.solution))
            return {**news, self.desk: desk.holding(news)}
        return self._changed(desk, request, lambda d: actions.act(d.solution, action))

    def on_fix(
        self, desk: Desk | None, browser: str, request: gr.Request, event: gr.EventData
    ) -> Updates:
        """The fix of a finding was asked for."""
        desk, asked = desk_of(self.services, desk, browser), read_fix(event._data)
        if asked is None:
            return {self.desk: desk}
        return self._changed(desk, request, lambda d: actions.fix(d.solution, *asked))

    def on_fields(
        self, desk: Desk | None, browser: str, request: gr.Request, node_id: str, *values: Any
    ) -> Updates:
        """A field of the inspector was changed or left."""
        desk = desk_of(self.services, desk, browser)
        fields = _fields(values)
        node = desk.solution.graph.get(node_id) if desk.solution.graph else None
        if node is None or fields == actions.fields_of(node):
            return {self.desk: desk}
        if desk.solution.selected == node_id:
            desk = desk.holding(self.inspector.holds(fields))
        change: Change = lambda d: actions.set_fields(d.solution, node_id, fields)  # noqa: E731
        return self._changed(desk, request, change)

    def on_table(
        self, desk: Desk | None, browser: str, request: gr.Request, table: list[list[Any]]
    ) -> Updates:
        """The table was edited."""
        desk = desk_of(self.services, desk, browser).holding({self.details.table: table})
        rows = [_fields(row[:5]) for row in table]
        change: Change = lambda d: actions.set_table(d.solution, rows)  # noqa: E731
        return self._changed(desk, request, change, self.details.table_state)

    def on_json(self, desk: Desk | None, browser: str, request: gr.Request, text: str) -> Updates:
        """The JSON was edited. It is not sent back: that would move the cursor."""
        desk = desk_of(self.services, desk, browser).holding({self.details.json: text})
        updates = self._changed(desk, request, lambda d: actions.set_json(d.solution, text))
        updates.pop(self.details.json, None)
        return updates

    def on_by_hand(
        self, desk: Desk | None, browser: str, request: gr.Request, question: str, gold: str
    ) -> Updates:
        """A graph is to be made without a model."""
        project = self.services.person(request).project

        def begin(desk: Desk) -> Solution:
            known = answering.start(self.services, desk.solution, question, gold, project)
            return actions.by_hand(known)

        desk = desk_of(self.services, desk, browser)
        return self._changed(desk, request, begin, self.asking.status)

    def on_gold(self, desk: Desk | None, browser: str, request: gr.Request, gold: str) -> Updates:
        """The right answer was typed, or came with an example or a draft."""
        desk = desk_of(self.services, desk, browser)
        if actions.set_gold(desk.solution, gold) is desk.solution:
            return {self.desk: desk}
        change: Change = lambda d: actions.set_gold(d.solution, gold)  # noqa: E731
        return self._changed(desk, request, change, self.asking.status)

    def on_save(
        self, desk: Desk | None, browser: str, request: gr.Request, question: str, gold: str
    ) -> Updates:
        """The graph is to be kept."""
        store, person = self.services.store, self.services.person(request)

        def keep(desk: Desk) -> Solution:
            asked = actions.ask(desk.solution, question, gold)
            return keeping.save(store, asked, person, self.lang)

        return self._changed(desk_of(self.services, desk, browser), request, keep, self.save_state)


def _fields(values: Sequence[Any]) -> Fields:
    node_id, op, text, label, distractor = values
    flag = distractor if isinstance(distractor, bool) else str(distractor).lower() == "true"
    node_id, op, text, label = ("" if v is None else str(v) for v in (node_id, op, text, label))
    return Fields(node_id, op, text, label, flag)
