"""The Class page: problems that a class predicts before it sees, and worksheets of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, EditError, Lang
from dagger_core.numerals import localized
from dagger_core.numerals.show import Script, digits
from demo import answering, view
from demo.desk import Updates, last
from demo.explanation_view import ExplanationView
from demo.graph_view import GraphView
from demo.inspecting import telling
from demo.inspecting.digit_switch import DigitSwitch
from demo.inspecting.samples import Asker, Plan
from demo.listeners import ASKING, LISTENER, QUIET
from demo.picture import Picture, read_action
from demo.services import Services
from demo.solution import Solution
from demo.teaching import board, problem_sets
from demo.teaching.board import Board, read_doing
from demo.teaching.choosing import Choosing
from demo.teaching.lesson import MODES, Lesson, Mode, lesson
from demo.teaching.worksheet import Worksheet
from demo.texts import words

_CHANNEL, _STAGE = "class", "class-stage"


@dataclass(frozen=True)
class Room:
    """What one open page has in front of it; it is gone with the page."""

    lesson: Lesson = field(default_factory=Lesson)
    theme: view.Theme = "light"
    digits: Script | None = None


class ClassPage:
    """The components of the page and what they do, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self.services, self.lang, self.text = services, lang, words(lang)
        self._asker = Asker(services, "class")
        self.room = gr.State(None)
        self.switch = DigitSwitch(lang)
        with gr.Accordion(self.text.class_set, open=True) as self.setup:
            self.choosing = Choosing(services, lang)
        self.status = gr.Markdown(elem_id="class-status", elem_classes="said")
        with gr.Row(visible=False, elem_id="class-modes") as self.controls:
            modes = [(getattr(self.text, f"class_mode_{mode}"), mode) for mode in MODES]
            self.mode = gr.Radio(
                modes, value=MODES[0], label=self.text.class_hide, elem_id="class-mode", scale=3
            )
            self.switch.radio.render()
        with gr.Row(visible=False, elem_id=_STAGE, equal_height=False) as self.stage:
            with gr.Column(scale=6, min_width=320):
                self.board = Board(channel=_CHANNEL, stage=_STAGE, elem_id="board")
                self.explanation = ExplanationView(channel=_CHANNEL, elem_id="class-explanation")
            with gr.Column(scale=6, min_width=320):
                self.picture = GraphView(channel=_CHANNEL, elem_id="class-picture")
        self.worksheet = Worksheet(lang)
        self._listen()

    @property
    def shown(self) -> list[Any]:
        """Every component that shows the room."""
        views = [self.board, self.explanation, self.picture]
        parts = [self.room, self.status, self.setup, self.controls, self.stage, *views]
        return [*parts, self.mode, *self.worksheet.shown]

    def start(self, app: gr.Blocks) -> None:
        """Take over the digits that the browser remembers."""
        app.load(self._on_load, self.switch.stored, [self.room, self.switch.radio], **LISTENER)

    def _listen(self) -> None:
        room, shown = self.room, self.shown
        choosing = self.choosing
        choosing.from_bank.click(
            self._on_bank, [room, *choosing.bank], [*shown, choosing.seed], **LISTENER
        )
        choosing.from_saved.click(self._on_saved, [room, choosing.saved_count], shown, **LISTENER)
        buttons = [choosing.from_pasted, choosing.stop]
        asked = choosing.from_pasted.click(
            self._on_pasted, [room, choosing.pasted, choosing.model], [*shown, *buttons], **ASKING
        )
        asked.failure(self._running, gr.State(False), buttons, **QUIET)
        choosing.stop.click(self._asker.stop, None, None, queue=False, **QUIET)
        self.board.action(self._on_board, room, shown, **LISTENER)
        self.picture.action(self._on_picture, room, shown, **LISTENER)
        self.mode.input(self._on_mode, [room, self.mode], shown, **LISTENER)
        switched = [*shown, self.switch.stored]
        self.switch.radio.input(self._on_digits, [room, self.switch.radio], switched, **LISTENER)
        self.worksheet.listen(room, lambda room: (room or Room()).lesson)

    # --- what it does ----------------------------------------------------------------------

    def show(self, room: Room, problem: str = "") -> Updates:
        """Everything that shows a room."""
        at = room.lesson.problem
        with digits(room.digits):
            revealed = room.lesson.guess is not None
            solution = Solution() if at is None else at.solution
            return {
                self.room: room,
                self.status: problem,
                self.controls: gr.update(visible=at is not None),
                self.stage: gr.update(visible=at is not None),
                self.mode: room.lesson.mode,
                self.board: board.document(room.lesson, self.lang),
                self.picture: self._picture(room),
                self.explanation: telling.explanation(solution, self.lang) if revealed else None,
                **self.worksheet.offers(at is not None),
            }

    def _picture(self, room: Room) -> Picture:
        at, text = room.lesson.problem, self.text
        if at is None:
            return Picture(state="empty", lang=self.lang, theme=room.theme, editable=False)
        if room.lesson.guess is not None:
            picture = view.picture(at.solution, self.lang, room.theme)
            return replace(picture, editable=False, selected=None)
        hidden = at.hidden(room.lesson.mode)
        if hidden is None:
            message = text.class_hidden
            return Picture(
                state="empty", lang=self.lang, theme=room.theme, editable=False, message=message
            )
        key = f"{at.solution.key}-{room.lesson.mode}"
        return view.outline(hidden, self.lang, room.theme, key)

    def _begin(self, room: Room | None, solutions: Sequence[Solution]) -> Updates:
        room = room or Room()
        begun = replace(room, lesson=lesson(solutions, room.lesson.mode))
        # What is chosen is folded away: the class is to see the problems.
        return {**self.show(begun), self.setup: gr.update(open=False)}

    def _refused(self, room: Room | None, error: DaggerError) -> Updates:
        return {self.room: room, self.status: view.problem(error, self.lang)}

    def _on_load(self, stored: Any) -> Updates:
        chosen = self.switch.script(stored)
        return {self.room: Room(digits=chosen), self.switch.radio: self.switch.value(chosen)}

    def _on_bank(
        self, room: Room | None, lang: Any, steps: Any, kinds: Any, count: Any, seed: Any
    ) -> Updates:
        try:
            whole = [int(number or 0) for number in (steps, count, seed)]
            made = problem_sets.from_bank(lang, whole[0], list(kinds or ()), whole[1], whole[2])
        except (TypeError, ValueError):
            error = EditError("set-out-of-range", most=problem_sets.MOST_PROBLEMS)
            return self._refused(room, error)
        except DaggerError as error:
            return self._refused(room, error)
        # The next set is another one; the same number brings the same set back.
        return {**self._begin(room, made), self.choosing.seed: secrets.randbelow(10_000)}

    def _on_saved(self, room: Room | None, count: Any, request: gr.Request) -> Updates:
        person = self.services.person(request)
        try:
            return self._begin(room, problem_sets.saved(self.services, person, int(count or 0)))
        except DaggerError as error:
            return self._refused(room, error)

    def _on_pasted(
        self, room: Room | None, typed: str, model: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Questions are to become problems: a model makes the graph of each that has none."""
        made: list[Solution] = []
        problem: str = ""
        try:
            todo = problem_sets.pasted(typed)
            for place, solution in enumerate(todo):
                yield {**self._running(True), self.status: self._progress(place, len(todo))}
                answered = self._answered(request, solution, model)
                if answered is None:
                    break
                made.append(answered)
        except DaggerError as error:
            problem = view.problem(error, self.lang)
        good = [solution for solution in made if solution.graph is not None]
        begun: Updates = self._begin(room, good) if good else {}
        said = problem or self._left_out(len(made) - len(good))
        yield last(begun, self._running(False), {self.status: said})

    def _answered(self, request: gr.Request, solution: Solution, model: str) -> Solution | None:
        """The solution with a graph, by a model if it has none; None if that was stopped."""
        if solution.graph is not None:
            return solution
        plan = Plan(model, tuple(answering.default(name) for name in answering.SETTINGS))
        answers = self._asker.ask(request, solution.question, "", [plan])
        return next((answered for (answered,) in answers), None)

    def _running(self, running: bool) -> Updates:
        return {
            self.choosing.from_pasted: gr.update(interactive=not running),
            self.choosing.stop: gr.update(interactive=running),
        }

    def _progress(self, done: int, count: int) -> str:
        said, of = localized(str(done), self.lang), localized(str(count), self.lang)
        return str(self.text.asked_so_far.format(done=said, count=of))

    def _left_out(self, count: int) -> str:
        if not count:
            return ""
        return str(self.text.class_left_out.format(count=localized(str(count), self.lang)))

    def _on_board(self, room: Room | None, event: gr.EventData) -> Updates:
        room, done = room or Room(), read_doing(event._data)
        if done is None:
            return {self.room: room}
        verb, guess = done
        if verb == "reveal":
            return self.show(replace(room, lesson=room.lesson.reveal(guess)))
        return self.show(replace(room, lesson=room.lesson.go(1 if verb == "next" else -1)))

    def _on_picture(self, room: Room | None, event: gr.EventData) -> Updates:
        room, action = room or Room(), read_action(event._data)
        if action is None or action.theme in (None, room.theme):
            return {self.room: room}
        return self.show(replace(room, theme=action.theme))

    def _on_mode(self, room: Room | None, mode: Mode) -> Updates:
        room = room or Room()
        return self.show(replace(room, lesson=room.lesson.hide(mode if mode in MODES else "marks")))

    def _on_digits(self, room: Room | None, value: Any) -> Updates:
        room = replace(room or Room(), digits=self.switch.script(value))
        return {**self.show(room), self.switch.stored: room.digits}
