"""A model writes its answer on the page: the graph grows, and the person can stop it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError
from dagger_core.numerals.show import digits
from demo import answering, outcome, view
from demo.desk import Desk, Updates, desk_of, last
from demo.listeners import ASKING, QUIET

if TYPE_CHECKING:
    from demo.solve import SolvePage


class Writing:
    """The handlers of Generate and Stop for a page.

    Until an answer is complete the desk stays as it was, and the page refuses to change it.
    """

    def __init__(self, page: SolvePage) -> None:
        self._page, self._services, self._lang = page, page.services, page.lang

    def listen(self, asked: Sequence[Any]) -> None:
        """Answer the question when asked to; `asked` is the desk, the question and the answer."""
        page, asking = self._page, self._page.asking
        written = gr.on(
            [asking.generate.click, asking.question.submit],
            self.on_generate,
            [*asked, asking.model, *asking.settings],
            page.shown,
            **{**ASKING, "trigger_mode": "multiple"},
        )
        # Gradio itself says what went wrong; the page must be of use again.
        written.failure(self._running, gr.State(False), [*self._running(False)], **QUIET)
        running = [asking.generate, asking.stop]
        asking.stop.click(self.on_stop, None, running, queue=False, **QUIET)

    def on_generate(
        self,
        desk: Desk | None,
        browser: str,
        request: gr.Request,
        question: str,
        gold: str,
        model: str,
        *settings: Any,
    ) -> Iterator[Updates]:
        """A model is to answer.

        Gradio fills in a request only before the arguments that vary in number.
        """
        page, services, session = self._page, self._services, request.session_hash or ""
        desk = desk_of(services, desk, browser)
        try:
            project = services.person(request).project
            start = answering.start(services, desk.solution, question, gold, project)
            steps = answering.answer(services, start, model, settings)
            if services.streams.setdefault(session, steps.stream) is not steps.stream:
                raise EditError("still-writing")
            # Should the server be started anew before the answer is complete.
            services.drafts.put(desk.browser, start)
        except DaggerError as error:
            refused = {page.asking.status: view.problem(error, self._lang)}
            yield {**refused, page.desk: desk.holding(refused)}
            return
        try:
            problem: Updates = {}
            try:
                for step in steps:
                    yield self._show(desk, step)
                desk = desk.with_solution(steps.outcome)
                services.drafts.put(desk.browser, desk.solution)
            except DaggerError as error:
                problem = {page.asking.status: view.problem(error, self._lang)}
            shown = page.show(replace(desk, seen={}), problem)
            yield last(shown, self._running(False))
        finally:
            steps.stream.cancel()
            del services.streams[session]

    def on_stop(self, request: gr.Request) -> Updates:
        """The answer that is being written for this page is to stop."""
        stream = self._services.streams.get(request.session_hash or "")
        if stream is not None:
            stream.cancel()
        # Without a stream the server was started anew meanwhile: nobody will say it is over.
        asking = self._page.asking
        return {
            asking.generate: gr.update(interactive=stream is None),
            asking.stop: gr.update(interactive=False),
        }

    def _show(self, desk: Desk, step: answering.Step) -> Updates:
        with digits(desk.digits):
            return self._growing(desk, step)

    def _growing(self, desk: Desk, step: answering.Step) -> Updates:
        page, lang, solution = self._page, self._lang, step.solution
        progress = view.progress(step, lang)
        return {
            **self._running(True),
            page.editor.inspector.group: gr.update(visible=False),
            page.asking.status: progress,
            page.editor.picture: view.picture(solution, lang, desk.theme, busy=progress),
            page.asking.numbers: view.numbers(solution, lang),
            page.editor.answer: outcome.answer(solution, lang),
            page.editor.details.model_text: step.text,
        }

    def _running(self, running: bool) -> Updates:
        """What can be pressed and changed while a model writes, and what afterwards."""
        asking, editor = self._page.asking, self._page.editor
        afterwards = [asking.generate, asking.by_hand, asking.gold, self._page.save]
        afterwards += [editor.add_number, editor.add_operation]
        afterwards += [editor.details.table, editor.details.json]
        return {part: gr.update(interactive=not running) for part in afterwards} | {
            asking.stop: gr.update(interactive=running)
        }
