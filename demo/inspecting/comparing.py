"""Comparing: one question, two models or several samples; equal graphs together, and the vote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError, Lang
from dagger_core.numerals import localized, show
from dagger_core.numerals.show import digits
from demo import actions, view
from demo.asking import Asking
from demo.desk import Desk, Updates, desk_of, last
from demo.inspecting import contrast
from demo.inspecting.contrast import Group
from demo.inspecting.samples import Asker, plans
from demo.inspecting.side_by_side import Pair, SideBySide
from demo.listeners import ASKING, PAIRED, QUIET
from demo.services import Services
from demo.solution import Solution
from demo.texts import words

_MOST_SAMPLES = 10
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Comparing:
    """The panel, in one language."""

    def __init__(self, services: Services, lang: Lang, asking: Asking) -> None:
        self._services, self._lang, self._asking = services, lang, asking
        self._asker = Asker(services, "compare")
        text, models = words(lang), asking.models()
        gr.Markdown(text.compare_hint)
        with gr.Row(equal_height=True):
            self.first = gr.Dropdown(
                models, value=models[0][1], label=text.first_model, elem_id="compare-first"
            )
            self.second = gr.Dropdown(
                [(text.no_second, ""), *models], value="", label=text.second_model,
                elem_id="compare-second",
            )  # fmt: skip
            self.count = gr.Slider(
                1, _MOST_SAMPLES, 4, step=1, label=text.samples, info=text.samples_info,
                elem_id="compare-count",
            )  # fmt: skip
            self.variety = gr.Slider(
                0, 2, 0.7, step=0.05, label=text.variety, info=text.variety_info,
                elem_id="compare-variety",
            )  # fmt: skip
        with gr.Row(elem_classes="buttons"):
            self.ask = gr.Button(text.compare_ask, variant="primary", elem_id="compare-ask")
            self.stop = gr.Button(text.stop, interactive=False, elem_id="compare-stop")
        self.status = gr.Markdown(elem_id="compare-status", elem_classes="said")
        self.vote = gr.Markdown(elem_id="compare-vote", elem_classes="said")
        self.groups = gr.State(())
        with gr.Row(visible=False) as self.choosing:
            self.sides = [
                gr.Dropdown([], label=label, elem_id=f"compare-{side}-group")
                for side, label in (("left", text.left_side), ("right", text.right_side))
            ]
        self.pair = SideBySide(lang, "compare")

    def listen(self, desk: Sequence[Any]) -> None:
        """Ask when asked to, with the question and the settings of the page."""
        asking = self._asking
        plan = [asking.question, asking.gold, self.first, self.second, self.count, self.variety]
        shown = [self.status, self.vote, self.groups, self.choosing, *self.sides, self.ask]
        shown += [self.stop, *self.pair.shown]
        asked = self.ask.click(self._on_ask, [*desk, *plan, *asking.settings], shown, **ASKING)
        asked.failure(self._running, gr.State(False), [self.ask, self.stop], **QUIET)
        self.stop.click(self._asker.stop, None, None, queue=False, **QUIET)
        chosen = [*desk, self.groups, *self.sides]
        for side in self.sides:
            side.input(self._on_choose, chosen, self.pair.shown, **PAIRED)
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
        question: str,
        gold: str,
        first: str,
        second: str,
        count: float,
        variety: float,
        *settings: Any,
    ) -> Iterator[Updates]:
        """The models are to answer the question that is typed."""
        desk, text = desk_of(self._services, desk, browser), words(self._lang)
        problem: str = ""
        answers: tuple[Solution, ...] = ()
        try:
            asked = actions.ask(desk.solution, question, gold)
            models = list(dict.fromkeys(model for model in (first, second) if model))
            if not 1 <= count <= _MOST_SAMPLES or not models:
                raise EditError("samples-out-of-range", limit=_MOST_SAMPLES)
            todo = plans(models, int(count), variety, settings)
            status = text.asked_so_far.format(done=self._number(0), count=self._number(len(todo)))
            yield {**self._running(True), self.status: status, self.vote: ""}
            for answers in self._asker.ask(request, asked.question, asked.gold, todo):
                done, count_ = self._number(len(answers)), self._number(len(todo))
                status = text.asked_so_far.format(done=done, count=count_)
                yield {**self._running(True), self.status: status, **self._show(desk, answers)}
        except DaggerError as error:
            problem = view.problem(error, self._lang)
        shown: Updates = self._show(desk, answers) if answers else {}
        yield last(shown, self._running(False), {self.status: problem})

    def _show(self, desk: Desk, answers: Sequence[Solution]) -> Updates:
        """The vote and the two largest groups of answers."""
        found = contrast.groups(answers)
        with digits(desk.digits):
            choices = [(self._title(place, group), place) for place, group in enumerate(found)]
            said = self._vote(found, len(answers))
        right = min(1, len(found) - 1)
        return {
            self.groups: found,
            self.vote: said,
            self.choosing: gr.update(visible=len(found) > 1),
            self.sides[0]: gr.update(choices=choices, value=0),
            self.sides[1]: gr.update(choices=choices, value=right),
            **self._pair(desk, found, 0, right),
        }

    def _on_choose(
        self, desk: Desk | None, browser: str, found: tuple[Group, ...], left: Any, right: Any
    ) -> Updates:
        sides = [side if isinstance(side, int) and 0 <= side < len(found) else 0
                 for side in (left, right)]  # fmt: skip
        if not found:
            return self.pair.show(None)
        return self._pair(desk_of(self._services, desk, browser), found, *sides)

    def _pair(self, desk: Desk, found: Sequence[Group], left: int, right: int) -> Updates:
        with digits(desk.digits):
            titles = [self._models(place, found[place]) for place in (left, right)]
        one, other = (titles[0], found[left].first), (titles[1], found[right].first)
        both = len(found) > 1
        return self.pair.show(Pair(one, other if both else None, desk.theme, desk.digits))

    def _vote(self, found: Sequence[Group], count: int) -> str:
        """Which answer won, and how the samples are spread over graphs."""
        text, votes = words(self._lang), contrast.votes(found)
        told = [
            text.votes_for.format(answer=self._answer(answer), votes=self._number(number))
            for answer, number in votes
        ]
        spread = text.vote_spread.format(count=self._number(count), groups=self._number(len(found)))
        best = [answer for answer, number in votes if number == votes[0][1]]
        said = text.vote_tie if len(best) > 1 else text.vote_wins
        said = said.format(answer=", ".join(map(self._answer, best)))
        return f"### {said}\n{' · '.join(told)} · {spread}"

    def _title(self, place: int, group: Group) -> str:
        """As in "A · mini × 3, other × 2 · answer 8"."""
        answer = words(self._lang).group_answer.format(answer=self._answer(group.answer))
        return f"{self._models(place, group)} · {answer}"

    def _models(self, place: int, group: Group) -> str:
        names = ", ".join(
            f"{self._name(model)} × {self._number(count)}" for model, count in group.models.items()
        )
        return f"{_LETTERS[place % len(_LETTERS)]} · {names}"

    def _name(self, model: str) -> str:
        return next((title for title, key in self._asking.models() if key == model), model)

    def _answer(self, value: Any) -> str:
        return "—" if value is None else show(value, self._lang)

    def _number(self, count: int) -> str:
        return localized(str(count), self._lang)
