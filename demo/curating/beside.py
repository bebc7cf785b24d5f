"""What stands beside an item: its history, its comments, and the project's guidelines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.projects import settings
from dagger_core.diagnostics import StoreError
from dagger_core.numerals import localized
from demo.curating import documents
from demo.curating.seat import Seat, track_of
from demo.desk import Desk, Updates
from demo.listeners import LISTENER
from demo.services import Person
from demo.solution import Solution
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.work import Work


class Beside:
    """The panels under the editor."""

    def __init__(self, work: Work) -> None:
        self._work, self._services, self._lang = work, work.services, work.lang
        text = words(work.lang)
        with gr.Accordion(text.comments, open=False, elem_id="comments") as self.talk:
            self.comments = gr.Markdown(elem_id="comment-list")
            self.comment = gr.Textbox(
                label=text.comment, elem_id="comment", max_lines=4, submit_btn=True
            )
        with gr.Accordion(text.history, open=False, elem_id="history"):
            self.choice = gr.Dropdown(
                [], label=text.history_choice, elem_id="history-choice", allow_custom_value=True
            )
            self.reopen = gr.Button(text.reopen, size="sm", elem_id="reopen")
        with gr.Accordion(text.guidelines, open=False, elem_id="guidelines"):
            self.guidelines = gr.Markdown(elem_id="guidelines-text")

    @property
    def shown(self) -> list[Any]:
        """Everything that `values` fills."""
        return [self.talk, self.comments, self.comment, self.choice, self.guidelines]

    def values(self, at: Seat) -> Updates:
        """What stands beside the item of a seat."""
        store = self._services.store
        person = Person(at.memory.name, not self._services.public)
        track = track_of(store, at.memory.project, person)
        choices = documents.history(store, at, track, self._lang)
        guidelines = settings(store, at.memory.project).guidelines
        said = store.comments(at.question.id) if at.question else []
        title, count = words(self._lang).comments, localized(str(len(said)), self._lang)
        return {
            self.talk: gr.update(label=f"{title} ({count})" if said else title),
            self.comments: documents.comments(said, self._lang),
            self.comment: "",
            self.choice: gr.update(choices=choices, value=None),
            self.guidelines: guidelines or words(self._lang).no_guidelines,
        }

    def listen(self) -> None:
        """Follow comments, and states that are taken up again."""
        work = self._work
        inputs, shown = [work.desk, work.browser, work.editor.work], work.shown
        self.comment.submit(self.on_comment, [*inputs, self.comment], shown, **LISTENER)
        self.reopen.click(self.on_reopen, [*inputs, self.choice], shown, **LISTENER)

    def on_comment(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, said: str
    ) -> Updates:
        """Something was said about the item."""

        def add(at: Seat, person: Person) -> tuple[Seat, str]:
            if not person.curator:
                raise StoreError("visitors-cannot-decide")
            if at.question is not None and str(said).strip():
                self._services.store.comment(
                    at.question.id, author=person.name, text=str(said).strip()
                )
            return at, ""

        return self._work.run(desk, browser, work, request, add)

    def on_reopen(
        self, desk: Desk | None, browser: Any, work: str, request: gr.Request, choice: Any
    ) -> Updates:
        """The graph of a saved state is to be worked on again; that is a step of undo."""
        at = self._work.desk_of(desk, browser)
        number = int(choice) if str(choice).isdecimal() else 0

        def take(desk: Desk) -> Solution:
            revision = self._services.store.revision(number)
            if at.question is None or revision.question_id != at.question.id:
                raise StoreError("not-of-this-item")
            solution = desk.solution
            after = solution.step(revision.graph) if revision.graph else solution
            return replace(after, saved_at="")

        return self._work.changed(at, request, take)
