"""Sampled completions of a job: each drawn as a graph, with what it earned, over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.formats import FORMATS
from dagger_core.numerals import localized
from demo import view
from demo.desk import Updates
from demo.graph_view import GraphView
from demo.picture import Picture
from demo.solution import Attempt, Solution
from demo.training.texts import train_words
from train.events import Event

#: The newest so many can be looked at.
_MOST = 500
_LONGEST_TEXT = 20_000


class Samples:
    """The components, in one language."""

    def __init__(self, lang: Lang) -> None:
        self._lang, text = lang, train_words(lang)
        self.place = gr.Slider(1, 2, 1, step=1, label=text.sample, elem_id="sample", visible=False)
        self.earned = gr.Markdown(text.no_samples, elem_id="sample-earned")
        self.question = gr.Markdown(elem_id="sample-question", elem_classes="said")
        self.picture = GraphView(channel="train-sample", elem_id="sample-picture", visible=False)
        with gr.Accordion(text.sample_text, open=False):
            self.text = gr.Textbox(show_label=False, lines=4, max_lines=16, elem_id="sample-text")

    @property
    def shown(self) -> list[Any]:
        """Everything that `show` updates."""
        return [self.place, self.earned, self.question, self.picture, self.text]

    def count(self, events: Sequence[Event]) -> int:
        """How many samples can be looked at: the number of the newest."""
        return min(_MOST, sum(event.kind == "sample" for event in events))

    def show(
        self, events: Sequence[Event], form: str, place: int | None, theme: view.Theme
    ) -> Updates:
        """Updates that show one of the samples.

        Args:
            form: the format that the model writes.
            place: which of them, from 1; None is the newest.
        """
        samples = [event for event in events if event.kind == "sample"][-_MOST:]
        if not samples:
            return {
                self.place: gr.update(visible=False),
                self.earned: train_words(self._lang).no_samples,
                self.question: "",
                self.picture: gr.update(visible=False),
                self.text: "",
            }
        at = min(max(place or len(samples), 1), len(samples))
        event = samples[at - 1]
        question, text = (_text(event.values, name) for name in ("question", "text"))
        picture = self._picture(question, text, form, f"{event.at}-{at}", theme)
        several = len(samples) > 1
        return {
            self.place: gr.update(
                maximum=max(2, len(samples)), value=at, visible=True, interactive=several
            ),
            self.earned: self._earned(event),
            self.question: view.plain_line(question),
            self.picture: gr.update(value=picture, visible=True),
            self.text: text,
        }

    def _picture(self, question: str, text: str, form: str, key: str, theme: view.Theme) -> Picture:
        reading = FORMATS.get(form, FORMATS["dagger_json"]).read(text, question)
        attempt = Attempt(text=text, graph=reading.graph, notes=reading.diagnostics, format=form)
        history = () if reading.graph is None else (reading.graph,)
        solution = Solution(question, attempt=attempt, history=history, key=key)
        drawn = view.picture(solution, self._lang, theme)
        message = "" if history else train_words(self._lang).sample_no_graph
        return replace(drawn, editable=False, message=message or drawn.message)

    def _earned(self, event: Event) -> str:
        """The step, the reward with its parts, and the right answer, as one line."""
        text, lang = train_words(self._lang), self._lang
        reward, parts = event.values.get("reward"), event.values.get("parts")
        said = [
            text.sample_at.format(
                step=localized(str(event.step), lang), reward=self._number(reward)
            )
        ]
        if isinstance(parts, Mapping):
            for name, value in parts.items():
                part = getattr(text, f"line_{name}", str(name))
                said.append(f"{view.plain_line(part)} {self._number(value)}")
        gold = _text(event.values, "gold")
        if gold:
            said.append(text.sample_gold.format(gold=localized(view.plain_line(gold), lang)))
        return " · ".join([f"**{said[0]}**", *said[1:]])

    def _number(self, value: object) -> str:
        return localized(f"{value:.3g}" if isinstance(value, int | float) else "—", self._lang)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return "" if value is None else str(value)[:_LONGEST_TEXT]
