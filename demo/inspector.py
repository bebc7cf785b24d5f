"""The inspector: the selected node as a form."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from demo import view
from demo.actions import Fields, fields_of
from demo.listeners import QUIET
from demo.solution import Solution
from demo.texts import words


class Inspector:
    """The components of the form, in one language."""

    def __init__(self, lang: Lang, elem_id: str) -> None:
        self._lang, text = lang, words(lang)
        self.hint = gr.Markdown(text.nothing_selected, elem_id="hint", visible=False)
        with gr.Group(visible=False, elem_id=elem_id) as self.group:
            with gr.Row():
                self.id = gr.Textbox(label=text.id, elem_id="node-id", min_width=120)
                self.op = gr.Dropdown(
                    view.operations(lang), label=text.op, elem_id="node-op", min_width=160
                )
                self.input = gr.Textbox(label=text.value, elem_id="node-input", min_width=120)
            with gr.Row():
                self.label = gr.Textbox(
                    label=text.label, elem_id="node-label", scale=3, min_width=160
                )
                self.result = gr.Textbox(
                    label=text.result, interactive=False, elem_id="node-result", min_width=100
                )
            with gr.Row(equal_height=True):
                self.distractor = gr.Checkbox(
                    label=text.distractor, elem_id="node-distractor", scale=3, min_width=160
                )
                self.delete = gr.Button(text.delete, elem_id="node-delete", min_width=100)
        # The node that the fields were filled for: an edit belongs to it, whatever has been
        # selected since.
        self.node = gr.Textbox(visible="hidden", elem_id="inspected")

    @property
    def fields(self) -> list[gr.components.Component]:
        """The fields that a person fills, in the order of `Fields`."""
        return [self.id, self.op, self.input, self.label, self.distractor]

    @property
    def shown(self) -> list[gr.blocks.Block]:
        """Everything that `show` updates."""
        return [self.hint, self.group, self.node, *self.fields, self.result]

    def changed(self, target: object) -> tuple[gr.components.Component, str] | None:
        """The field that an event came from, and its name in `Fields`; None if from none."""
        names = [field.name for field in dataclasses.fields(Fields)]
        # What was updated Gradio makes anew for the session, with another number.
        came_from = getattr(target, "elem_id", None)
        pairs = zip(self.fields, names, strict=True)
        return next((pair for pair in pairs if pair[0].elem_id == came_from), None)

    def listen(self, change: Any, inputs: Sequence[Any], outputs: Any, **listener: Any) -> None:
        """Call `change` with the inputs, the node's id and the fields when a field was changed.

        A text counts as changed when it is left, or on Enter.
        """
        texts = [self.id, self.input, self.label]
        triggers = [event for box in texts for event in (box.blur, box.submit)]
        triggers += [self.op.input, self.distractor.input]
        gr.on(triggers, change, [*inputs, self.node, *self.fields], outputs, **listener)
        # Typing is to replace the name that stands there, not to go on after it.
        select = "() => document.querySelector('#node-op input').select()"
        self.op.focus(None, js=select, **QUIET)

    def show(self, solution: Solution) -> dict[Any, Any]:
        """Updates that fill the form with the selected node, or hide it."""
        graph, execution = solution.graph, solution.execution
        node = graph.get(solution.selected) if graph and solution.selected else None
        if node is None or execution is None:
            return {
                self.hint: gr.update(visible=bool(graph)),
                self.group: gr.update(visible=False),
                self.node: "",
            }
        text, fields = words(self._lang), fields_of(node)
        label = text.value if node.is_const else text.args
        return {
            self.hint: gr.update(visible=False),
            self.group: gr.update(visible=True),
            self.node: node.id,
            **dict(zip(self.fields, dataclasses.astuple(fields), strict=True)),
            self.op: gr.update(value=fields.op, choices=view.operations(self._lang, fields.op)),
            self.input: gr.update(value=fields.input, label=label),
            self.result: view.value_text(execution, node, self._lang),
        }
