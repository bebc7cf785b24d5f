"""SideBySide: two graphs beside each other, with what differs marked in both and said in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.numerals.show import Script, digits
from demo import outcome, view
from demo.desk import Updates
from demo.graph_view import GraphView
from demo.inspecting import contrast
from demo.listeners import PAIRED
from demo.picture import Picture, read_action
from demo.solution import Solution
from demo.texts import words


@dataclass(frozen=True)
class Pair:
    """What stands on either side, each under its title; nothing on the right if all are alike."""

    left: tuple[str, Solution]
    right: tuple[str, Solution] | None
    theme: view.Theme = "light"
    digits: Script | None = None


class SideBySide:
    """The components, in one language; `name` begins their ids."""

    def __init__(self, lang: Lang, name: str) -> None:
        self._lang = lang
        self.pair = gr.State(None)
        self.titles, self.pictures = [], []
        with gr.Column(visible=False, elem_id=name) as self.column:
            with gr.Row(equal_height=False):
                for side in ("left", "right"):
                    with gr.Column(min_width=320):
                        self.titles.append(gr.Markdown(elem_id=f"{name}-{side}-title"))
                        channel, elem_id = f"{name}-{side}", f"{name}-{side}"
                        self.pictures.append(GraphView(channel=channel, elem_id=elem_id))
            self.said = gr.Markdown(elem_id=f"{name}-difference")

    @property
    def shown(self) -> list[Any]:
        """Everything that `show` updates."""
        return [self.pair, self.column, *self.titles, *self.pictures, self.said]

    def listen(self) -> None:
        """Draw the pictures anew when the page turns light or dark."""
        for picture in self.pictures:
            picture.action(self._on_action, self.pair, self.shown, **PAIRED)

    def _on_action(self, pair: Pair | None, event: gr.EventData) -> Any:
        action = read_action(event._data)
        if pair is None or action is None or action.theme in (None, pair.theme):
            return gr.skip()  # what is there may be newer than `pair`
        return self.show(replace(pair, theme=action.theme))

    def show(self, pair: Pair | None) -> Updates:
        """Updates that show a pair, or empty its place.

        A place that was shown once stays: Gradio may leave a column hidden that is hidden and
        shown again within a moment, as it is when a model answers at once.
        """
        if pair is None:
            empty = dict.fromkeys([*self.titles, self.said], "")
            return {self.pair: None, **empty, **dict.fromkeys(self.pictures)}
        with digits(pair.digits):
            sides = (
                self._alone(pair.left, pair.theme)
                if pair.right is None
                else self._both(pair.left, pair.right, pair.theme)
            )
        return {self.pair: pair, self.column: gr.update(visible=True), **sides}

    def _alone(self, left: tuple[str, Solution], theme: view.Theme) -> Updates:
        message = words(self._lang).all_alike
        nothing = Picture(
            state="empty", lang=self._lang, theme=theme, editable=False, message=message
        )
        pictures = (self._picture(left[1], (), theme), nothing)
        return {
            self.said: "",
            **dict(zip(self.titles, (self._title(*left), ""), strict=True)),
            **dict(zip(self.pictures, pictures, strict=True)),
        }

    def _both(
        self, left: tuple[str, Solution], right: tuple[str, Solution], theme: view.Theme
    ) -> Updates:
        sides = (left, right)
        differs = contrast.difference(left[1].graph, right[1].graph, self._lang)
        marks = (differs.left, differs.right)
        return {
            self.said: self._sentences(differs, left[1], right[1]),
            **dict(zip(self.titles, (self._title(*side) for side in sides), strict=True)),
            **{
                part: self._picture(solution, marked, theme)
                for part, (_, solution), marked in zip(self.pictures, sides, marks, strict=True)
            },
        }

    def _title(self, title: str, solution: Solution) -> str:
        return f"**{view.plain_line(title)}** · {outcome.answer_line(solution, self._lang)}"

    def _picture(self, solution: Solution, marked: Collection[str], theme: view.Theme) -> Picture:
        picture = view.picture(solution, self._lang, theme)
        index = solution.graph.index if solution.graph else {}
        doms = tuple(f"n{index[key]}" for key in sorted(marked))
        return replace(picture, editable=False, selected=None, marked=doms)

    def _sentences(self, differs: contrast.Difference, left: Solution, right: Solution) -> str:
        text = words(self._lang)
        if left.graph is None or right.graph is None:
            return ""
        if not differs.sentences:
            return str(text.no_difference)
        lines = [f"- {view.plain_line(sentence)}" for sentence in differs.sentences]
        return "\n".join([f"**{text.difference}**", "", *lines])
