"""The Annotate page: work through a queue of questions, alone or with others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from annotate import projects
from dagger_core.diagnostics import DaggerError, Lang, StoreError
from demo import view
from demo.curating import seat
from demo.curating.deciding import advance
from demo.curating.exchange_tab import ExchangeTab
from demo.curating.memory import Memory, recall
from demo.curating.overview_tab import OverviewTab
from demo.curating.seat import Seat
from demo.curating.team_tab import TeamTab
from demo.curating.work import Work
from demo.desk import Desk, Updates
from demo.listeners import LISTENER, QUIET
from demo.services import CURATED, VISITORS, Person, Services
from demo.solution import Solution
from demo.texts import words

#: Names the browser's own storage; a change forgets what every browser remembers.
_STORAGE = {"storage_key": "dagger-annotate", "secret": "dagger-annotate-memory"}
_LONGEST_NAME = 100


class AnnotatePage:
    """The components of the page and its tabs, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self.services, self.lang, self.text = services, lang, words(lang)
        self.desk = gr.State(None)
        self.browser = gr.BrowserState(None, **_STORAGE)
        if services.ephemeral:
            gr.Markdown(self.text.ephemeral, elem_id="ephemeral")
        self._build_head()
        with gr.Tabs(elem_id="annotate-tabs"):
            with gr.Tab(self.text.work_tab):
                self.work = Work(self)
            with gr.Tab(self.text.exchange_tab) as self.exchange_tab:
                self.exchange = ExchangeTab(self)
            with gr.Tab(self.text.team_tab) as self.team_tab:
                self.team = TeamTab(self)
            with gr.Tab(self.text.overview_tab) as self.overview_tab:
                self.overview = OverviewTab(self)
        self._listen()

    def _build_head(self) -> None:
        text = self.text
        with gr.Row(elem_id="project-row", equal_height=True):
            self.project = gr.Dropdown(
                [CURATED],
                value=CURATED,
                label=text.project,
                elem_id="project",
                min_width=180,
                allow_custom_value=True,
            )
            self.name = gr.Textbox(
                label=text.your_name,
                elem_id="annotator",
                max_lines=1,
                min_width=140,
                visible=not self.services.public,
            )
            self.new_project = gr.Textbox(
                label=text.new_project,
                placeholder=text.new_project_hint,
                elem_id="new-project",
                max_lines=1,
                min_width=180,
                submit_btn=text.create,
            )
        self.state = gr.Markdown(elem_id="project-state", elem_classes="said")

    @property
    def shown(self) -> list[Any]:
        """Everything that a change of the project or the person fills."""
        return [self.project, self.name, self.new_project, self.state, *self.work.shown]

    def _listen(self) -> None:
        here = [self.desk, self.browser]
        for part in (self.work, self.exchange, self.team):
            part.listen()
        outgoing = self.exchange.outgoing
        self.exchange_tab.select(outgoing.backup_line, None, outgoing.backup, **QUIET)
        self.team_tab.select(self.on_team, here, self.team.filled, **QUIET)
        self.overview_tab.select(self.on_overview, here, self.overview.filled, **QUIET)
        self.project.input(self.on_project, [*here, self.project], self.shown, **LISTENER)
        for event in (self.name.submit, self.name.blur):
            event(self.on_name, [*here, self.name], self.shown, **LISTENER)
        self.new_project.submit(
            self.on_new_project, [*here, self.new_project], self.shown, **LISTENER
        )

    def start(self, app: gr.Blocks) -> None:
        """Go on where this browser stopped when the page is opened."""
        app.load(self.on_load, self.browser, self.shown, **LISTENER)

    def person(self, request: gr.Request, memory: Memory) -> Person:
        """Who sent a request; on a private machine people sign with any name they give."""
        person = self.services.person(request)
        name = " ".join(memory.name.split())[:_LONGEST_NAME]
        return person if self.services.public or not name else replace(person, name=name)

    def curator(self, desk: Any, browser: Any, request: gr.Request) -> tuple[str, str]:
        """The project that a request is about and the person's name, if they may write to it.

        Raises:
            StoreError: they may not.
        """
        memory = self.work.desk_of(desk, browser).memory
        person = self.person(request, memory)
        if not person.curator:
            raise StoreError("visitors-cannot-decide")
        return memory.project, person.name

    def on_load(self, browser: Any, request: gr.Request) -> Updates:
        """The page is opened: the project, the queue and the item of last time."""
        memory = recall(browser)
        person = self.person(request, memory)
        memory = replace(memory, name=person.name)
        if memory.project not in self._projects(person):
            memory = replace(memory, project=CURATED, item=0)
        return self.opened(Seat(Solution(), memory.key, memory=memory), person)

    def opened(self, at: Seat, person: Person, said: str = "") -> Updates:
        """Show the project of a seat: the item it remembers, or the next to do."""
        number = at.memory.item
        at = seat.clear(at)
        try:
            step = partial(seat.choose, question_id=number) if number else advance
            at = step(self.services, at, person)
        except StoreError:
            at = seat.clear(at)
        work, at = self.work, self.work.queue.follow(at)
        memory = at.memory
        problem: Updates = {work.said: self.text.trying} if not person.curator else {}
        fields = work.queue.filters.values(memory.chosen, memory.sort)
        return {
            **work.present(at, said, {**problem, **fields}),
            **work.queue.offers(at),
            self.project: gr.update(choices=self._projects(person), value=memory.project),
            self.name: memory.name,
            self.new_project: gr.update(value="", visible=person.curator),
            self.state: "",
        }

    def on_new_questions(self, desk: Desk | None, browser: Any, request: gr.Request) -> Updates:
        """Questions were imported: the queue from its beginning, with the item that is open."""
        at = self.work.desk_of(desk, browser).remember(start=0)
        return self.opened(at, self.person(request, at.memory))

    def on_team(self, desk: Desk | None, browser: Any) -> Updates:
        """The tab of the people is looked at."""
        return self.team.opened(self.work.desk_of(desk, browser))

    def on_overview(self, desk: Desk | None, browser: Any) -> Updates:
        """The tab of the counts is looked at."""
        return self.overview.opened(self.work.desk_of(desk, browser))

    def _projects(self, person: Person) -> list[str]:
        """The projects a person may see."""
        names = dict.fromkeys([CURATED, *self.services.store.projects()])
        return [name for name in names if person.curator or name != VISITORS]

    def on_project(
        self, desk: Desk | None, browser: Any, project: Any, request: gr.Request
    ) -> Updates:
        """Another project was chosen."""
        at = self.work.desk_of(desk, browser)
        person = self.person(request, at.memory)
        if project not in self._projects(person):
            return self.work.show(at)
        at = seat.leave(self.services, at, person)
        return self.opened(at.remember(project=project, start=0, batch=0), person)

    def on_name(self, desk: Desk | None, browser: Any, name: Any, request: gr.Request) -> Updates:
        """Somebody says who they are."""
        at = self.work.desk_of(desk, browser)
        if str(name).strip() == at.memory.name or not str(name).strip():
            return {self.desk: at}
        item, before = at.memory.item, self.person(request, at.memory)
        at = seat.leave(self.services, at, before)
        at = at.remember(
            item=item, name=str(name).strip()[:_LONGEST_NAME], done=(), undone=(), batch=0
        )
        return self.opened(at, self.person(request, at.memory))

    def on_new_project(
        self, desk: Desk | None, browser: Any, name: Any, request: gr.Request
    ) -> Updates:
        """A project is to be made."""
        at = self.work.desk_of(desk, browser)
        person = self.person(request, at.memory)
        try:
            if not person.curator:
                raise StoreError("visitors-cannot-decide")
            made = projects.create(self.services.store, str(name))
            at = seat.leave(self.services, at, person)
        except DaggerError as error:
            return {**self.work.show(at), self.state: view.problem(error, self.lang)}
        return self.opened(at.remember(project=made, start=0, batch=0), person)
