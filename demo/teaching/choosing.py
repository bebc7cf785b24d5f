"""Choosing: the part of a page where a set of problems is put together."""

from __future__ import annotations

import gradio as gr

from dagger_core.diagnostics import Lang
from demo.services import Services
from demo.teaching import problem_sets
from demo.texts import words
from train.problems import KINDS

_COUNT, _SEED, _STEPS = 5, 1, 2


class Choosing:
    """The components of choosing, in one language: from the bank, one's own, or saved ones."""

    def __init__(self, services: Services, lang: Lang) -> None:
        text = words(lang)
        with gr.Tabs():
            with gr.Tab(text.class_bank):
                with gr.Row():
                    self.language = gr.Radio(
                        [("বাংলা", "bn"), ("English", "en")],
                        value=lang,
                        label=text.class_language,
                        elem_id="class-language",
                    )
                    self.kinds = gr.CheckboxGroup(
                        [(getattr(text, f"kind_{kind.lower()}"), kind) for kind in KINDS],
                        value=[KINDS[0]],
                        label=text.class_kinds,
                        elem_id="class-kinds",
                        scale=3,
                    )
                with gr.Row():
                    most = problem_sets.MOST_STEPS
                    self.steps = gr.Slider(
                        0, most, _STEPS, step=1, label=text.class_steps, info=text.class_steps_info,
                        elem_id="class-steps",
                    )  # fmt: skip
                    self.count = gr.Slider(
                        1, problem_sets.MOST_PROBLEMS, _COUNT, step=1,
                        label=text.class_count, elem_id="class-count",
                    )  # fmt: skip
                    self.seed = gr.Number(
                        _SEED, precision=0, minimum=0, label=text.class_seed,
                        info=text.class_seed_info, elem_id="class-seed",
                    )  # fmt: skip
                self.from_bank = gr.Button(
                    text.class_start, variant="primary", elem_id="class-from-bank"
                )
            with gr.Tab(text.class_pasted):
                self.pasted = gr.Textbox(
                    label=text.class_pasted_label,
                    info=text.class_pasted_info,
                    lines=6,
                    max_lines=20,
                    elem_id="class-pasted",
                )
                choices = [(c.title, c.key) for c in services.catalog.choices()]
                self.model = gr.Dropdown(
                    choices, value=choices[0][1], label=text.model, elem_id="class-model"
                )
                with gr.Row(elem_classes="buttons"):
                    self.from_pasted = gr.Button(
                        text.class_prepare, variant="primary", elem_id="class-from-pasted"
                    )
                    self.stop = gr.Button(text.stop, interactive=False, elem_id="class-stop")
            with gr.Tab(text.class_saved):
                self.saved_count = gr.Slider(
                    1, problem_sets.MOST_PROBLEMS, _COUNT, step=1,
                    label=text.class_saved_count, elem_id="class-saved-count",
                )  # fmt: skip
                self.from_saved = gr.Button(
                    text.class_start, variant="primary", elem_id="class-from-saved"
                )

    @property
    def bank(self) -> list[gr.components.Component]:
        """What a set from the bank is made of, in the order of `problem_sets.from_bank`."""
        return [self.language, self.steps, self.kinds, self.count, self.seed]
