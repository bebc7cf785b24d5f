"""The part of a page where a question is asked and explained: question, model, settings, way."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import gradio as gr
import msgspec

from dagger_core.diagnostics import Lang
from dagger_core.generate import knobs
from dagger_core.generate.catalog import Catalog
from demo import answering
from demo.explanation_view import ExplanationView
from demo.inspecting.digit_switch import DigitSwitch
from demo.question_view import QuestionView
from demo.texts import EXAMPLES, words

_LONGEST_KEY = 200


def typed_before(unasked: str | None, asked: str) -> str:
    """The question that was typed before a reload, if it was to take the place of `asked`; or "".

    Args:
        unasked: JSON of the two, as `assets/unasked.js` keeps them.
    """
    try:
        typed, before = msgspec.json.decode(unasked or "", type=tuple[str, str])
    except msgspec.MsgspecError:
        return ""
    return typed if before == asked else ""


class Asking:
    """The components of asking, in one language."""

    def __init__(self, catalog: Catalog, lang: Lang, channel: str) -> None:
        self._catalog, self._lang, text = catalog, lang, words(lang)
        self.question = gr.Textbox(
            label=text.question,
            placeholder=text.question_hint,
            lines=3,
            max_lines=12,
            elem_id="question",
        )
        # What was typed here before a reload; the browser fills it in.
        self.unasked = gr.Textbox(visible="hidden", elem_id="unasked")
        with gr.Row():
            choices = self.models()
            self.model = gr.Dropdown(
                choices,
                value=choices[0][1],
                label=text.model,
                scale=3,
                min_width=150,
                elem_id="model",
            )
            self.gold = gr.Textbox(
                label=text.gold,
                placeholder=text.gold_hint,
                scale=2,
                min_width=110,
                elem_id="gold",
            )
        with gr.Row(elem_classes="buttons"):
            self.generate = gr.Button(
                text.generate, variant="primary", elem_id="generate", scale=2, min_width=130
            )
            self.stop = gr.Button(text.stop, elem_id="stop", interactive=False, min_width=70)
            self.by_hand = gr.Button(text.by_hand, elem_id="by-hand", min_width=110)
        self.status = gr.Markdown(elem_id="status", elem_classes="said", container=False)
        self.numbers = QuestionView(channel=channel, elem_id="numbers")
        self.explanation = ExplanationView(channel=channel, elem_id="explanation")
        self._build_examples()
        self.digits = DigitSwitch(lang)
        with gr.Accordion(text.settings, open=False, elem_id="ask-settings"):
            self.digits.radio.render()
            self.settings = [self._knob(name) for name in answering.SETTINGS]

    def models(self) -> list[tuple[str, str]]:
        """Title and key of the models on offer now."""
        return [(choice.title, choice.key) for choice in self._catalog.choices()]

    def chosen(self, request: gr.Request | None) -> str | None:
        """The model that the page's address names, as in `/?model=runs/NAME`; None if it does not.

        Raises:
            ModelUnavailable: it is none of those on offer. An address is anybody's: it never
                names a model that would first be fetched, even where visitors may name any.
        """
        query = dict(request.query_params or {}) if request else {}
        key = str(query.get("model", ""))[:_LONGEST_KEY]
        if not key:
            return None
        if key not in (known for _, known in self.models()):
            raise self._catalog.refusal(key)
        return key

    def offer(self, chosen: str | None) -> Any:
        """An update with the models on offer now, of which one may be chosen."""
        value = {"value": chosen} if chosen else {}
        return gr.update(choices=self.models(), **value)

    def _build_examples(self) -> None:
        mine, others = EXAMPLES[self._lang], EXAMPLES["en" if self._lang == "bn" else "bn"]
        examples = [*mine, others[0]]
        gr.Examples(
            [list(astuple(example)[1:]) for example in examples],
            [self.question, self.gold],
            example_labels=[example.title for example in examples],
            label=words(self._lang).examples,
            elem_id="examples",
            api_visibility="private",
        )

    def _knob(self, name: str) -> gr.Slider | gr.Number:
        knob = knobs()[name]
        label = knob.bn if self._lang == "bn" else knob.en
        info = knob.help_bn if self._lang == "bn" else knob.help_en
        value = answering.default(name)
        if knob.optional:
            return gr.Number(value, label=label, info=info, precision=0, minimum=knob.minimum)
        return gr.Slider(knob.minimum, knob.maximum, value, step=knob.step, label=label, info=info)
