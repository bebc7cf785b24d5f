"""The tab of the people of a project: how they work together, agree, and settle a disagreement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate import NewRevision, Revision
from annotate.agreement import Agreement, agreement
from annotate.projects import MOST_OVERLAP, ProjectSettings, change_settings, settings
from dagger_core.diagnostics import DaggerError, StoreError
from dagger_core.diff import same_graph
from dagger_core.numerals import localized
from demo import view
from demo.curating import documents, seat
from demo.curating.seat import Seat
from demo.curating.views import ChangesView
from demo.desk import Desk, Updates
from demo.graph_view import GraphView
from demo.solution import Solution, new_key
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
_ITEMS = 200
_LONGEST = 90


class TeamTab:
    """The components of the tab and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._services, self._lang = page, page.services, page.lang
        self._store = page.services.store
        text = self._text = words(page.lang)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=320):
                self.overlap = gr.Slider(
                    1, MOST_OVERLAP, 1, step=1, label=text.overlap, info=text.overlap_hint
                )
                self.guidelines = gr.Textbox(
                    label=text.guidelines_edit, lines=6, max_lines=20, elem_id="guidelines-edit"
                )
                self.save = gr.Button(text.save_settings, variant="primary", elem_id="team-save")
                self.saved = gr.Markdown(elem_id="team-said", elem_classes="said")
            with gr.Column(scale=7, min_width=320):
                self._build_agreement()
        self._build_adjudication()

    def _build_agreement(self) -> None:
        text = self._text
        gr.Markdown(f"### {text.agreement}")
        self.measure = gr.Button(text.agreement_refresh, size="sm", elem_id="agreement-measure")
        self.line = gr.Markdown(elem_id="agreement-line")
        shares = [text.same_answer, text.same_graph, text.node_f1]
        self.people = gr.Dataframe(
            headers=[text.annotator, text.questions, *shares],
            datatype="str",
            type="array",
            interactive=False,
            visible=False,
            elem_id="agreement-people",
        )
        self.items = gr.Dataframe(
            headers=[text.item, text.annotators, *shares],
            datatype="str",
            type="array",
            interactive=False,
            visible=False,
            elem_id="agreement-items",
        )

    def _build_adjudication(self) -> None:
        text = self._text
        gr.Markdown(f"### {text.adjudicate}")
        # What was on offer is forgotten when the server restarts: hence any value here.
        self.item = gr.Dropdown(
            [], label=text.adjudicate_item, elem_id="adjudicate-item", allow_custom_value=True
        )
        self.said = gr.Markdown(elem_id="adjudicate-said", elem_classes="said")
        self.question = gr.Markdown(elem_id="adjudicate-question", elem_classes="said")
        self.sides: list[tuple[gr.Dropdown, GraphView, gr.Markdown, gr.Button]] = []
        # Not `visible`: a picture that is made and filled at once would stay empty.
        with gr.Row(elem_classes="closed", equal_height=False) as self.both:
            for side in ("left", "right"):
                with gr.Column(min_width=300):
                    who = gr.Dropdown(
                        [], label=text.annotator, elem_id=f"{side}-who", allow_custom_value=True
                    )
                    answer = gr.Markdown(elem_id=f"{side}-answer")
                    picture = GraphView(channel=side, elem_id=f"{side}-picture")
                    take = gr.Button(text.take_this, elem_id=f"{side}-take")
                    self.sides.append((who, picture, answer, take))
        self.difference = ChangesView(options={"channel": "right"}, elem_id="difference")

    @property
    def _compared(self) -> list[Any]:
        parts = [part for side in self.sides for part in side[:3]]
        return [self.both, self.said, self.question, self.difference, *parts]

    def listen(self) -> None:
        """Follow what is done on the tab."""
        page = self._page
        here = [page.desk, page.browser]
        whos = [side[0] for side in self.sides]
        self.save.click(
            self.on_settings, [*here, self.overlap, self.guidelines], [self.saved], **_QUIET
        )
        self.measure.click(self.on_measure, here, [self.line, self.people, self.items], **_QUIET)
        self.item.input(self.on_item, [*here, self.item], [*self._compared], **_QUIET)
        for who in whos:
            who.input(self.on_who, [*here, self.item, *whos], [*self._compared], **_QUIET)
        for number, (who, _, _, take) in enumerate(self.sides):
            take.click(
                self._taker(number),
                [*here, self.item, who],
                [self.item, *self._compared, page.desk, page.work.queue],
                **_QUIET,
            )

    def opened(self, at: Seat) -> Updates:
        """What the tab shows when it is opened."""
        now = settings(self._store, at.memory.project)
        return {
            self.overlap: now.overlap,
            self.guidelines: now.guidelines,
            self.saved: "",
            self.item: gr.update(choices=self._disagreements(at.memory.project), value=None),
            self.both: gr.update(elem_classes=["closed"]),
            self.question: "",
            self.said: "",
        }

    @property
    def filled(self) -> list[Any]:
        """Everything that `opened` fills."""
        return [self.overlap, self.guidelines, self.saved, self.item, *self._compared]

    def on_settings(
        self,
        desk: Desk | None,
        browser: Any,
        overlap: Any,
        guidelines: Any,
        request: gr.Request,
    ) -> str:
        """Other settings for everybody."""
        memory = self._page.work.desk_of(desk, browser).memory
        person = self._page.person(request, memory)
        try:
            if not person.curator:
                raise StoreError("visitors-cannot-decide")
            number = int(overlap) if isinstance(overlap, int | float) else 0
            new = ProjectSettings(str(guidelines or ""), number)
            change_settings(self._store, memory.project, new, person.name)
        except DaggerError as error:
            return view.problem(error, self._lang)
        return str(self._text.settings_saved)

    def on_measure(self, desk: Desk | None, browser: Any) -> Updates:
        """How far the annotators agree now."""
        memory = self._page.work.desk_of(desk, browser).memory
        found = agreement(self._store, memory.project)
        there = bool(found.items)
        people = [
            [one.annotator, str(one.questions), *_shares(one.answer, one.graph, one.node_f1)]
            for one in found.annotators
        ]
        items = [
            [
                str(one.question_id),
                ", ".join(one.annotators),
                *_shares(one.answer, one.graph, one.node_f1),
            ]
            for one in sorted(found.items, key=lambda one: (one.graph, one.node_f1))[:_ITEMS]
        ]
        return {
            self.line: self._agreement_line(found) if there else self._text.agreement_none,
            self.people: gr.update(value=people, visible=there),
            self.items: gr.update(value=items, visible=there),
        }

    def _agreement_line(self, found: Agreement) -> str:
        names = ("answer", "graph", "distractors", "node_f1")
        values = {name: getattr(found, name) for name in names}
        shown = {
            name: "—" if value is None else localized(f"{value:.2f}", self._lang)
            for name, value in values.items()
        }
        count = localized(str(len(found.items)), self._lang)
        return str(self._text.agreement_line.format(count=count, **shown))

    # --- settling a disagreement -----------------------------------------------------------

    def _disagreements(self, project: str) -> list[tuple[str, str]]:
        """The items that several people decided on their own, and differently, as choices."""
        found = []
        for one in agreement(self._store, project).items:
            if one.graph < 1 and self._store.latest(one.question_id) is None:
                question = self._store.question(one.question_id)
                title = f"{one.question_id} · {question.text[:_LONGEST]}"
                found.append((title, str(one.question_id)))
        return found[:_ITEMS]

    def on_item(self, desk: Desk | None, browser: Any, number: Any) -> Updates:
        """An item is to be settled: the first two who differ stand side by side."""
        at = self._page.work.desk_of(desk, browser)
        people = self._people(number)
        names = list(people)
        left, right = _first_two(people)
        return {
            **self._show(at, number, left, right),
            self.sides[0][0]: gr.update(choices=names, value=left),
            self.sides[1][0]: gr.update(choices=names, value=right),
        }

    def on_who(
        self, desk: Desk | None, browser: Any, number: Any, left: Any, right: Any
    ) -> Updates:
        """Two others are to stand side by side."""
        at = self._page.work.desk_of(desk, browser)
        return self._show(at, number, str(left), str(right))

    def _people(self, number: Any) -> dict[str, Revision]:
        known = isinstance(number, str) and number.isdecimal()
        return seat.independent(self._store, int(number)) if known else {}

    def _show(self, at: Seat, number: Any, *names: str) -> Updates:
        """Two decisions about an item, side by side."""
        people = self._people(number)
        chosen = [people.get(name) for name in names]
        if any(revision is None for revision in chosen):
            return {self.both: gr.update(elem_classes=["closed"]), self.question: ""}
        question = self._store.question(int(number))
        updates: Updates = {
            self.both: gr.update(elem_classes=[]),
            self.question: plain_line(question.text),
            self.said: "",
        }
        works = []
        for (_, picture, answer, _), revision in zip(self.sides, chosen, strict=True):
            assert revision is not None
            history = (revision.graph,) if revision.graph is not None else ()
            work = Solution(question.text, question.answer or "", history=history, key=new_key())
            updates[picture] = replace(view.picture(work, self._lang, at.theme), editable=False)
            updates[answer] = view.answer(work, self._lang)
            works.append(work)
        compared = replace(at, solution=works[1], theirs=chosen[0])
        updates[self.difference] = documents.changes(compared, self._lang)
        return updates

    def _taker(self, side: int) -> Any:
        def take(
            desk: Desk | None, browser: Any, number: Any, who: Any, request: gr.Request
        ) -> Updates:
            return self.on_take(desk, browser, number, who, request)

        take.__name__ = f"on_take_{side}"
        return take

    def on_take(
        self, desk: Desk | None, browser: Any, number: Any, who: Any, request: gr.Request
    ) -> Updates:
        """One of the decisions is to count."""
        at = self._page.work.desk_of(desk, browser)
        person = self._page.person(request, at.memory)
        chosen = self._people(number).get(str(who))
        try:
            if not person.curator:
                raise StoreError("visitors-cannot-decide")
            if chosen is None:
                raise StoreError("not-of-this-item")
            head = self._store.latest(int(number))
            new = NewRevision(
                chosen.graph,
                chosen.status,
                person.name,
                answer=chosen.answer,
                reason=f"adjudicated: {chosen.author}",
                parent=head.id if head else None,
            )
            self._store.revise(int(number), new)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        queue = documents.queue(self._store, at.memory, self._lang)
        return {
            self.item: gr.update(choices=self._disagreements(at.memory.project), value=None),
            self.both: gr.update(elem_classes=["closed"]),
            self.question: "",
            self.said: self._text.adjudicated.format(id=number),
            self._page.work.queue: queue,
            self._page.desk: at.holding({self._page.work.queue: queue}),
        }


def _shares(*values: float) -> list[str]:
    return [f"{value:.2f}" for value in values]


def _first_two(people: dict[str, Revision]) -> tuple[str, str]:
    """The first two who differ, or the first two."""
    names = list(people)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            graphs = people[one].graph, people[other].graph
            if None in graphs or not same_graph(*graphs):  # type: ignore[arg-type]
                return one, other
    return (names[0], names[1]) if len(names) > 1 else ("", "")
