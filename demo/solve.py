"""The Solve page: ask, look, edit, execute again, save."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError, Lang
from dagger_core.numerals.show import digits
from demo import actions, answering, keeping, outcome, view
from demo.asking import Asking, typed_before
from demo.desk import Desk, Updates, desk_of
from demo.editor import Change, Editor
from demo.inspecting.comparing import Comparing
from demo.inspecting.distracting import Distracting
from demo.inspecting.sharing import EMBEDDED, TAKE_LINK, Sharing, open_link, put_aside, swapped
from demo.inspecting.trying import Trying
from demo.listeners import LISTENER
from demo.services import Services, browser_key, new_browser_key
from demo.solution import Solution, new_key
from demo.taking_away import TakingAway
from demo.texts import words
from demo.writing import Writing

_CHANNEL = "solve"
#: Names the browser's own storage; a change forgets every visitor's draft key.
_STORAGE = {"storage_key": "dagger-studio", "secret": "dagger-studio-draft-key"}


class SolvePage:
    """The components of the page and what they do, in one language.

    Every handler takes the desk and the browser's key first; what it gives back always has the
    desk in it. A refusal is said at the place where the change was asked for.
    """

    def __init__(self, services: Services, lang: Lang) -> None:
        self.services, self.lang, self.text = services, lang, words(lang)
        self.desk = gr.State(None)
        self.browser = gr.BrowserState("", **_STORAGE)
        with gr.Row(equal_height=False, elem_id="solve"):
            with gr.Column(scale=5, min_width=320):
                self.asking = Asking(services.catalog, lang, _CHANNEL)
            with gr.Column(scale=7, min_width=320):
                self.editor = Editor(self, _CHANNEL)
                self._build_keeping()
        self.editor.build_details(self.asking.explanation, self._build_tabs)
        self.files = TakingAway(services, lang)
        self.writing = Writing(self)
        self._listen()

    # --- what is on the page ---------------------------------------------------------------

    def _build_keeping(self) -> None:
        with gr.Row(elem_id="keeping"):
            self.save = gr.Button(
                self.text.save, variant="primary", elem_id="save", scale=1, min_width=110
            )
            self.save_state = gr.Markdown(elem_id="save-state", elem_classes="said")
            self.sharing = Sharing(self.services, self.lang)
        self.sharing.panel.render()

    def _build_tabs(self) -> None:
        with gr.Tab(self.text.whatif):
            self.trying = Trying(self.services, self.lang)
        with gr.Tab(self.text.distract):
            self.distracting = Distracting(self.services, self.lang, self.asking)
        with gr.Tab(self.text.compare):
            self.comparing = Comparing(self.services, self.lang, self.asking)

    @property
    def shown(self) -> list[Any]:
        """Every component that shows the desk."""
        asking = self.asking
        asked = [asking.status, asking.numbers, asking.generate, asking.stop, asking.by_hand]
        return [
            *(self.desk, asking.gold, *asked, self.save_state, self.save),
            *(*self.editor.shown, self.trying.numbers),
        ]

    @property
    def loaded(self) -> list[Any]:
        """Every component that `on_load` fills."""
        asking, sharing = self.asking, self.sharing
        mine = [self.browser, asking.question, asking.model, asking.digits.radio, sharing.other]
        return [*mine, *self.shown]

    def start(self, app: gr.Blocks) -> None:
        """Open the link in the address, or the draft of the browser, when the page is opened."""
        app.load(
            self.on_load,
            [self.browser, self.sharing.brought, self.asking.unasked, self.asking.digits.stored],
            self.loaded,
            js=TAKE_LINK,
            **LISTENER,
        )

    # --- what it does ----------------------------------------------------------------------

    def _listen(self) -> None:
        desk, shown = [self.desk, self.browser], self.shown
        typing = {**LISTENER, "trigger_mode": "always_last"}
        self.editor.listen(self.asking.numbers)
        asked = [*desk, self.asking.question, self.asking.gold]
        self.asking.by_hand.click(self.on_by_hand, asked, shown, **LISTENER)
        self.asking.gold.change(self.on_gold, [*desk, self.asking.gold], shown, **typing)
        self.save.click(self.on_save, asked, shown, **LISTENER)
        self.writing.listen(asked)
        switch = self.asking.digits
        inputs, outputs = [*desk, switch.radio], [*shown, switch.stored]
        switch.radio.input(self.on_digits, inputs, outputs, **LISTENER)
        self.sharing.listen(asked, self.on_other, self.loaded)
        self.files.listen(desk)
        for panel in (self.trying, self.distracting, self.comparing):
            panel.listen(desk)

    def desk_of(self, desk: Desk | None, browser: object) -> Desk:
        """The desk of a request."""
        return desk_of(self.services, desk, browser)

    def show(self, desk: Desk, problem: Updates | None = None) -> Updates:
        """What the page does not show yet of the desk, and what is to be said where."""
        with digits(desk.digits):
            news = desk.news(self._values(desk) | (problem or {}))
        return {**news, self.desk: desk.holding(news)}

    def _values(self, desk: Desk) -> Updates:
        solution, lang = desk.solution, self.lang
        return {
            **self.editor.values(desk),
            **self.trying.show(solution),
            self.asking.status: outcome.effort(solution, lang),
            self.asking.numbers: view.numbers(solution, lang),
            self.save_state: view.save_state(solution, lang),
        }

    def changed(
        self, desk: Desk, request: gr.Request, change: Change, place: Any = None
    ) -> Updates:
        """Carry out a change, keep it as a draft, and show the outcome; or say why not."""
        try:
            if request.session_hash in self.services.streams:
                raise EditError("still-writing")
            after = desk.with_solution(change(desk))
        except DaggerError as error:
            return self.show(desk, {place or self.editor.state: view.problem(error, self.lang)})
        if after.solution is not desk.solution:
            self.services.drafts.put(after.browser, after.solution)
        return self.show(after)

    def on_load(
        self,
        browser: str,
        link: str = "",
        unasked: str | None = "",
        script: Any = None,
        request: gr.Request | None = None,
    ) -> Updates:
        """A page is opened: bring what its address links to, or else this browser's draft."""
        self.services.warm_up()
        drafts, problem = self.services.drafts, ""
        embedded = link.startswith(EMBEDDED)
        # A page inside another one leaves the drafts of its visitors alone.
        browser = "" if embedded else browser_key(browser) or new_browser_key()
        opened: Solution | None = None
        model: str | None = None
        try:
            model = self.asking.chosen(request)
            link = link.removeprefix(EMBEDDED)
            opened = open_link(link) if link else None
        except DaggerError as error:
            problem = view.problem(error, self.lang)
        if opened is not None:
            put_aside(drafts, browser, opened)
        draft = opened or drafts.get(browser)
        chosen = self.asking.digits.script(script)
        desk = Desk(draft or Solution(key=new_key()), browser, digits=chosen)
        typed = "" if opened else typed_before(unasked, desk.solution.question)
        return {
            **({} if embedded else {self.browser: browser}),
            # Without a draft, what was typed meanwhile stays.
            **(self._asked(desk.solution) if draft else {}),
            **({self.asking.question: typed} if typed else {}),
            # A model that was trained meanwhile is on offer from now on.
            self.asking.model: self.asking.offer(model),
            self.asking.digits.radio: self.asking.digits.value(chosen),
            **self.sharing.offers(browser),
            **self.show(desk, {self.asking.status: problem} if problem else None),
        }

    def _asked(self, solution: Solution) -> Updates:
        return {self.asking.question: solution.question, self.asking.gold: solution.gold}

    def on_other(self, desk: Desk | None, browser: str, request: gr.Request) -> Updates:
        """Back to the work that a link took the place of; what is on the page is put aside."""

        def swap(desk: Desk) -> Solution:
            return swapped(self.services.drafts, desk.browser, desk.solution)

        updates = self.changed(self.desk_of(desk, browser), request, swap)
        return {**updates, **self._asked(updates[self.desk].solution)}

    def on_digits(self, desk: Desk | None, browser: str, script: Any) -> Updates:
        """Numbers are to be shown in other digits."""
        desk = replace(self.desk_of(desk, browser), digits=self.asking.digits.script(script))
        return {**self.show(desk), self.asking.digits.stored: desk.digits}

    def on_by_hand(
        self, desk: Desk | None, browser: str, request: gr.Request, question: str, gold: str
    ) -> Updates:
        """A graph is to be made without a model."""
        project = self.services.person(request).project

        def begin(desk: Desk) -> Solution:
            known = answering.start(self.services, desk.solution, question, gold, project)
            return actions.by_hand(known)

        desk = self.desk_of(desk, browser)
        return self.changed(desk, request, begin, self.asking.status)

    def on_gold(self, desk: Desk | None, browser: str, request: gr.Request, gold: str) -> Updates:
        """The right answer was typed, or came with an example or a draft."""
        desk = self.desk_of(desk, browser)
        if actions.set_gold(desk.solution, gold) is desk.solution:
            return {self.desk: desk}
        change: Change = lambda d: actions.set_gold(d.solution, gold)  # noqa: E731
        return self.changed(desk, request, change, self.asking.status)

    def on_save(
        self, desk: Desk | None, browser: str, request: gr.Request, question: str, gold: str
    ) -> Updates:
        """The graph is to be kept."""
        store, person = self.services.store, self.services.person(request)

        def keep(desk: Desk) -> Solution:
            asked = actions.ask(desk.solution, question, gold)
            return keeping.save(store, asked, person, self.lang)

        return self.changed(self.desk_of(desk, browser), request, keep, self.save_state)
