"""Adjudication: where people disagree, two decisions side by side, and one of them is taken."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate import NewRevision, Question, Revision
from annotate.independent import Decisions, agree, decisions, disagreements
from dagger_core.diagnostics import DaggerError, StoreError
from dagger_core.numerals import localized
from dagger_core.render.text import shorten
from demo import outcome, view
from demo.curating import documents
from demo.curating.seat import Seat
from demo.curating.views import ChangesView
from demo.desk import Desk, Updates
from demo.graph_view import GraphView
from demo.listeners import BUSY, LISTENER
from demo.solution import Solution, new_key
from demo.texts import words
from demo.view import plain_line

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_ITEMS = 200
_LONGEST = 90


class Adjudication:
    """The components and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._lang = page, page.lang
        self._store = page.services.store
        text = self._text = words(page.lang)
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
    def shown(self) -> list[Any]:
        """Everything that `opened` fills."""
        return [self.item, *self._compared]

    @property
    def _compared(self) -> list[Any]:
        parts = [part for side in self.sides for part in side[:3]]
        return [self.both, self.said, self.question, self.difference, *parts]

    def listen(self) -> None:
        """Follow which item is chosen, whose decisions, and which is taken."""
        page = self._page
        here = [page.desk, page.browser]
        whos = [side[0] for side in self.sides]
        self.item.input(self.on_item, [*here, self.item], [*self._compared], **BUSY)
        for who in whos:
            who.input(self.on_who, [*here, self.item, *whos], [*self._compared], **BUSY)
        for number, (who, _, _, take) in enumerate(self.sides):
            take.click(
                self._taker(number),
                [*here, self.item, who],
                [*self.shown, *page.work.shown],
                **LISTENER,
            )

    def opened(self, at: Seat) -> Updates:
        """What there is to settle when the tab is opened."""
        return {**self._offer(at), self.said: ""}

    def _offer(self, at: Seat) -> Updates:
        return self._offered(self._disagreements(at.memory.project))

    def _offered(self, found: list[tuple[str, str]]) -> Updates:
        return {
            self.item: gr.update(
                choices=found, value=None, info="" if found else self._text.adjudicate_none
            ),
            self.both: gr.update(elem_classes=["closed"]),
            self.question: "",
            self.difference: None,
        }

    def _disagreements(self, project: str) -> list[tuple[str, str]]:
        """The items that several people decided on their own, and differently, as choices."""
        questions = map(self._store.question, disagreements(self._store, project, _ITEMS))
        return [(self._choice(one), str(one.id)) for one in questions]

    def _choice(self, question: Question) -> str:
        return f"{localized(str(question.id), self._lang)} · {shorten(question.text, _LONGEST)}"

    def on_item(self, desk: Desk | None, browser: Any, number: Any) -> Updates:
        """An item is to be settled: the first two who differ stand side by side."""
        return self._open(self._page.work.desk_of(desk, browser), number)

    def _open(self, at: Seat, number: Any) -> Updates:
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

    def _people(self, number: Any) -> Decisions:
        known = isinstance(number, str) and number.isdecimal()
        return decisions(self._store, int(number)) if known else {}

    def _show(self, at: Seat, number: Any, *names: str) -> Updates:
        """Two decisions about an item, side by side."""
        people = self._people(number)
        chosen = [people[name] for name in names if name in people]
        if len(chosen) < len(self.sides):
            return {self.both: gr.update(elem_classes=["closed"]), self.question: ""}
        question = self._store.question(int(number))
        updates: Updates = {
            self.both: gr.update(elem_classes=[]),
            self.question: plain_line(question.text),
            self.said: "",
        }
        for (_, picture, answer, _), revision in zip(self.sides, chosen, strict=True):
            history = (revision.graph,) if revision.graph is not None else ()
            work = Solution(question.text, question.answer or "", history=history, key=new_key())
            updates[picture] = replace(view.picture(work, self._lang, at.theme), editable=False)
            updates[answer] = f"{self._decision(revision)}\n\n{outcome.answer(work, self._lang)}"
        left, right = chosen
        title = self._text.differences_title.format(one=right.author, other=left.author)
        same = self._text.differences_none
        updates[self.difference] = documents.differences(
            left.graph, right.graph, self._lang, title, same
        )
        return updates

    def _decision(self, revision: Revision) -> str:
        """What somebody decided, as Markdown."""
        status = f"**{getattr(self._text, f'status_{revision.status}')}**"
        if revision.status == "flagged" and revision.answer:
            return f"{status} · {self._text.proposes.format(answer=plain_line(revision.answer))}"
        return status

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
        chosen = self._people(number).get(str(who))
        try:
            _, name = self._page.curator(desk, browser, request)
            if chosen is None:
                raise StoreError("not-of-this-item")
            head = self._store.latest(int(number))
            new = NewRevision(
                chosen.graph,
                chosen.status,
                name,
                answer=chosen.answer,
                reason=f"adjudicated: {chosen.author}",
                parent=head.id if head else None,
            )
            saved = self._store.revise(int(number), new)
        except DaggerError as error:
            return {self.said: view.problem(error, self._lang)}
        # It is undone like every other decision.
        at = at.remember(done=(*at.memory.done, saved.id), undone=())
        work = self._page.work
        queue = {work.queue.view: documents.queue(self._store, at.memory, self._lang)}
        return {
            **self._next(at, int(number)),
            self.said: self._text.adjudicated.format(id=localized(str(number), self._lang)),
            **work.show(at, queue),
        }

    def _next(self, at: Seat, settled: int) -> Updates:
        """The disagreement after one that was settled; or that none is left."""
        found = self._disagreements(at.memory.project)
        updates = self._offered(found)
        if not found:
            return updates
        numbers = [number for _, number in found]
        number = next((n for n in numbers if int(n) > settled), numbers[0])
        item = gr.update(choices=found, value=number, info="")
        return {**updates, **self._open(at, number), self.item: item}


def _first_two(people: Decisions) -> tuple[str, str]:
    """The first two who differ, or the first two."""
    names = list(people)
    for one, other in combinations(names, 2):
        if not agree(people[one], people[other]):
            return one, other
    return (names[0], names[1]) if len(names) > 1 else ("", "")
