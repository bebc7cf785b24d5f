"""How far the annotators of a project agree: in all, per annotator and per item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.agreement import Agreement, AnnotatorAgreement, ItemAgreement, agreement
from dagger_core.numerals import localized
from demo.desk import Desk, Updates
from demo.listeners import BUSY
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_ITEMS = 200


class AgreementPanel:
    """The components and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._lang = page, page.lang
        self._store = page.services.store
        text = self._text = words(page.lang)
        gr.Markdown(f"### {text.agreement}")
        self.measure = gr.Button(text.agreement_refresh, size="sm", elem_id="agreement-measure")
        self.line = gr.Markdown(elem_id="agreement-line")
        shares = [text.same_answer, text.same_graph, text.node_f1]
        self.people = gr.Dataframe(
            headers=[text.annotator, text.questions, *shares],
            datatype="str",
            type="array",
            interactive=False,
            visible=False,
            elem_id="agreement-people",
        )
        self.items = gr.Dataframe(
            headers=[text.item, text.annotators, *shares],
            datatype="str",
            type="array",
            interactive=False,
            visible=False,
            elem_id="agreement-items",
        )

    def listen(self) -> None:
        """Follow the button."""
        page, filled = self._page, [self.line, self.people, self.items]
        self.measure.click(self.on_measure, [page.desk, page.browser], filled, **BUSY)

    def on_measure(self, desk: Desk | None, browser: Any) -> Updates:
        """How far the annotators agree now."""
        memory = self._page.work.desk_of(desk, browser).memory
        found = agreement(self._store, memory.project)
        there = bool(found.items)
        people = [
            [one.annotator, self._said(one.questions), *self._shares(one)]
            for one in found.annotators
        ]
        items = [
            [
                self._said(one.question_id),
                ", ".join(one.annotators),
                *self._shares(one),
            ]
            for one in sorted(found.items, key=lambda one: (one.graph, one.node_f1))[:_ITEMS]
        ]
        return {
            self.line: self._agreement_line(found) if there else self._text.agreement_none,
            self.people: gr.update(value=people, visible=there),
            self.items: gr.update(value=items, visible=there),
        }

    def _agreement_line(self, found: Agreement) -> str:
        names = ("answer", "graph", "distractors", "node_f1")
        values = {name: getattr(found, name) for name in names}
        shown = {
            name: "—" if value is None else self._said(f"{value:.2f}")
            for name, value in values.items()
        }
        count = self._said(len(found.items))
        return str(self._text.agreement_line.format(count=count, **shown))

    def _shares(self, one: AnnotatorAgreement | ItemAgreement) -> list[str]:
        return [self._said(f"{share:.2f}") for share in (one.answer, one.graph, one.node_f1)]

    def _said(self, value: object) -> str:
        return localized(str(value), self._lang)
