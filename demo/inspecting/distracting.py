"""Distracting: sentences that do not matter go into the question, and a model is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError, Lang
from dagger_core.numerals.show import digits
from demo import view
from demo.asking import Asking
from demo.desk import Desk, Updates, desk_of, last
from demo.inspecting import contrast
from demo.inspecting.contrast import Trap
from demo.inspecting.samples import Asker, Plan
from demo.inspecting.side_by_side import Pair, SideBySide
from demo.listeners import ASKING, QUIET
from demo.question_view import QuestionView
from demo.services import Services
from demo.solution import Solution
from demo.texts import words
from train.problems import KINDS, Kind

_MOST = 3


class Distracting:
    """The panel, in one language."""

    def __init__(self, services: Services, lang: Lang, asking: Asking) -> None:
        self._services, self._lang, self._asking = services, lang, asking
        self._asker = Asker(services, "distract")
        text = words(lang)
        gr.Markdown(text.distract_hint)
        with gr.Row(equal_height=True):
            choices = [(getattr(text, f"kind_{kind.lower()}"), kind) for kind in KINDS]
            self.kind = gr.Radio(
                choices, value=KINDS[0], label=text.distractor_kind, elem_id="trap-kind", scale=3
            )
            self.count = gr.Slider(
                1, _MOST, 1, step=1, label=text.distractor_count, elem_id="trap-count"
            )
        with gr.Row(elem_classes="buttons"):
            self.ask = gr.Button(text.distract_ask, variant="primary", elem_id="trap-ask")
            self.stop = gr.Button(text.stop, interactive=False, elem_id="trap-stop")
        self.status = gr.Markdown(elem_id="trap-status", elem_classes="said")
        self.verdict = gr.Markdown(elem_id="trap-verdict", elem_classes="said")
        self.question = QuestionView(channel="trap-right", elem_id="trap-question")
        self.pair = SideBySide(lang, "trap")

    def listen(self, desk: Sequence[Any]) -> None:
        """Insert and ask when asked to, with the model and the settings of the page."""
        asking = self._asking
        plan = [self.kind, self.count, asking.model, *asking.settings]
        shown = [self.status, self.verdict, self.question, self.ask, self.stop, *self.pair.shown]
        asked = self.ask.click(self._on_ask, [*desk, *plan], shown, **ASKING)
        asked.failure(self._running, gr.State(False), [self.ask, self.stop], **QUIET)
        self.stop.click(self._asker.stop, None, None, queue=False, **QUIET)
        self.pair.listen()

    def _running(self, running: bool) -> Updates:
        return {
            self.ask: gr.update(interactive=not running),
            self.stop: gr.update(interactive=running),
        }

    def _on_ask(
        self,
        desk: Desk | None,
        browser: str,
        request: gr.Request,
        kind: Kind,
        count: float,
        model: str,
        *settings: Any,
    ) -> Iterator[Updates]:
        """The question of the page is to get sentences, and the model is to answer it."""
        desk, text = desk_of(self._services, desk, browser), words(self._lang)
        problem: str = ""
        newest: tuple[Trap, Solution] | None = None
        try:
            if kind not in KINDS or not 1 <= count <= _MOST:
                raise EditError("no-such-distractor")
            found = contrast.trap(desk.solution, kind, int(count), Random())
            yield {
                **self._running(True),
                **self.pair.show(None),
                self.status: text.waiting,
                self.verdict: self._added(found),
                self.question: view.numbers(Solution(found.question), self._lang),
            }
            plan = Plan(model, settings)
            for (answered,) in self._asker.ask(request, found.question, "", [plan]):
                newest = (found, answered)
                yield {**self._running(True), **self._show(desk, found, answered)}
        except DaggerError as error:
            problem = view.problem(error, self._lang)
        shown: Updates = self._show(desk, *newest) if newest else {}
        yield last(shown, self._running(False), {self.status: problem})

    def _added(self, found: Trap) -> str:
        said = "\n".join(f"> {view.plain_line(sentence)}" for sentence in found.added)
        return f"{words(self._lang).distract_added}\n\n{said}"

    def _show(self, desk: Desk, found: Trap, answered: Solution) -> Updates:
        text = words(self._lang)
        with digits(desk.digits):
            fooled, said = contrast.verdict(found, answered, self._lang)
            sign = {True: "✗ ", False: "✓ ", None: ""}[fooled]
            numbers = view.numbers(answered, self._lang)
        left = (text.without_distractors, desk.solution)
        right = (text.with_distractors, answered)
        return {
            self.verdict: f"### {sign}{view.plain_line(said)}\n\n{self._added(found)}",
            self.question: numbers,
            **self.pair.show(Pair(left, right, desk.theme, desk.digits)),
        }
