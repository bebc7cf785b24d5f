"""The form of the queue's filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from annotate.filtering import Filter
from annotate.queue import SORTS, Choices, Sort
from annotate.records import STATUSES
from dagger_core.diagnostics import Lang, codes
from dagger_core.ops import OPS
from demo.listeners import LISTENER
from demo.texts import words

_MOST = 999


class Filters:
    """The fields of the form, in one language."""

    def __init__(self, lang: Lang) -> None:
        text = words(lang)
        self._any = text.any
        self.text = gr.Textbox(
            label=text.search_queue,
            placeholder=text.search_hint,
            elem_id="search",
            max_lines=1,
        )
        with gr.Row():
            sorts = [(getattr(text, f"sort_{name}"), name) for name in SORTS]
            self.sort = gr.Dropdown(
                sorts, value="oldest", label=text.sort, elem_id="sort", min_width=130
            )
            statuses = [(getattr(text, f"status_{name}"), name) for name in STATUSES]
            self.statuses = gr.Dropdown(
                statuses,
                value=[],
                multiselect=True,
                label=text.status,
                elem_id="statuses",
                min_width=130,
            )
        with gr.Accordion(text.filters, open=False, elem_id="filters") as self.more:
            self.right = self._choice(
                text.right_filter, [(text.right_yes, "yes"), (text.right_no, "no")]
            )
            self.lang = self._choice(text.language, [(text.lang_en, "en"), (text.lang_bn, "bn")])
            self.op = self._choice(text.op_filter, [(op.name, op.name) for op in OPS.values()])
            self.code = self._choice(text.code_filter, [(name, name) for name in sorted(codes())])
            with gr.Row():
                self.least = gr.Number(
                    label=text.least_distractors, precision=0, minimum=0, min_width=90
                )
                self.most = gr.Number(
                    label=text.most_distractors, precision=0, minimum=0, min_width=90
                )
            # What was on offer is forgotten when the server restarts: hence any value here.
            self.source = self._choice(text.source, [], any_value=True)
            self.model = self._choice(text.by_model, [], any_value=True)
            self.annotator = self._choice(text.annotator, [], any_value=True)
            self.clear = gr.Button(text.clear_filters, size="sm", elem_id="clear-filters")

    def _choice(
        self, label: str, choices: list[tuple[str, str]], *, any_value: bool = False
    ) -> gr.Dropdown:
        offered = [(self._any, ""), *choices]
        return gr.Dropdown(offered, value="", label=label, allow_custom_value=any_value)

    @property
    def fields(self) -> list[Any]:
        """The fields, in the order that `read` takes their values."""
        plain = [self.text, self.sort, self.statuses, self.right, self.lang, self.op, self.code]
        return [*plain, self.least, self.most, self.source, self.model, self.annotator]

    @property
    def shown(self) -> list[Any]:
        """Everything that `values` and `offer` fill."""
        return self.fields

    def listen(self, change: Callable[..., Any], inputs: Sequence[Any], outputs: Any) -> None:
        """Call `change` with the inputs and the fields when one of them changes."""
        # Of a text, `input` tells what is typed but not all that is pasted or cut.
        events = [self.text.change, *(field.input for field in self.fields[1:])]
        gr.on(events, change, [*inputs, *self.fields], outputs, **LISTENER)

    def read(self, values: Sequence[Any]) -> tuple[Filter, Sort]:
        """The filter that the fields say; anything may be in them."""
        text, sort, statuses, right, lang, op, code, least, most, source, model, who = values
        chosen = statuses if isinstance(statuses, list) else []
        between = None
        if isinstance(least, int | float) or isinstance(most, int | float):
            between = (int(least or 0), int(_MOST if most is None else most))
        words = [str(v or "")[:200] for v in (text, lang, op, code, source, model, who)]
        text, lang, op, code, source, model, who = words
        return (
            Filter(
                statuses=tuple(status for status in STATUSES if status in chosen),
                lang=lang,
                source=source,
                right={"yes": True, "no": False}.get(str(right)),
                distractors=between,
                op=op,
                code=code,
                model=model,
                annotator=who,
                text=text,
            ),
            sort if sort in SORTS else "oldest",
        )

    def values(self, chosen: Filter, sort: Sort) -> dict[Any, Any]:
        """What each field holds for a filter."""
        least, most = chosen.distractors or (None, None)
        right = {True: "yes", False: "no", None: ""}[chosen.right]
        shown: list[Any] = [chosen.text, sort, list(chosen.statuses), right, chosen.lang, chosen.op]
        shown += [chosen.code, least, None if most == _MOST else most, chosen.source]
        shown += [chosen.model, chosen.annotator]
        return dict(zip(self.fields, shown, strict=True))

    def offer(self, there: Choices) -> dict[Any, Any]:
        """What can be chosen in a project."""
        fields = {
            self.source: there.sources,
            self.model: there.models,
            self.annotator: there.annotators,
        }
        return {
            field: gr.update(choices=[(self._any, ""), *((name, name) for name in names)])
            for field, names in fields.items()
        }
