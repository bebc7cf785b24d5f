"""The data of a new job on the page: which, how much, how long, and what is left out."""

from __future__ import annotations

from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.numerals import localized
from demo import view
from demo.desk import Updates
from demo.services import Services
from demo.training import data as train_data
from demo.training.curves_view import CurvesView
from demo.training.data import Chosen, Look
from demo.training.texts import train_words
from train.recipe import Recipe

_SHARE = 0.1


class DataPanel:
    """The components, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, self._text = services, lang, train_words(lang)
        text = self._text
        with gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=280):
                self.kind = gr.Radio(self.kinds(), value="recipe", label=text.data, elem_id="data")
                self.file = gr.File(
                    label=text.data_upload,
                    file_types=[".jsonl", ".json", ".csv", ".parquet"],
                    visible=False,
                    elem_id="data-file",
                )
                self.share = gr.Slider(
                    *(0, 0.5, _SHARE),
                    step=0.05,
                    label=text.held_out,
                    info=text.held_out_info,
                    visible=False,
                    elem_id="held-out",
                )
                self.look = gr.Button(text.look, elem_id="look")
            with gr.Column(scale=3, min_width=320):
                self.found = gr.Markdown(elem_id="data-found", elem_classes="said")
                self.left_out = gr.Dataframe(
                    headers=[text.column_where, text.column_why, text.column_rows],
                    datatype=["str", "str", "number"],
                    show_label=False,  # it is drawn in a font without Bangla
                    interactive=False,
                    wrap=True,
                    visible=False,
                    elem_id="left-out",
                )
                self.lengths = CurvesView({"lang": self._lang}, elem_id="data-lengths")

    @property
    def inputs(self) -> list[Any]:
        """What `choose` takes the values of, in this order."""
        return [self.kind, self.file, self.share]

    @property
    def shown(self) -> list[Any]:
        """What `show` updates."""
        return [self.found, self.lengths, self.left_out]

    def choose(self, recipe: Recipe, kind: Any, file: Any, share: Any) -> Chosen:
        """The recipe with the data that was chosen.

        Raises:
            DaggerError: there is no such data.
        """
        held_out = float(share) if isinstance(share, int | float) else 0.0
        return train_data.choose(self._services, recipe, kind, file, held_out)

    def offer(self, kind: Any) -> Updates:
        """What has to be said besides, for this kind of data."""
        return {
            self.file: gr.update(visible=kind == "file"),
            self.share: gr.update(visible=kind == "kept"),
        }

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of data there are, with how much there is now."""
        text, kept = self._text, train_data.count_accepted(self._services)
        count = localized(str(kept), self._lang)
        titles = (text.data_recipe, text.data_kept.format(count=count), text.data_file)
        return list(zip(titles, train_data.KINDS, strict=True))

    def show(self, found: Look) -> Updates:
        """Updates that show what was found in the data."""
        text, lang, number = self._text, self._lang, self._number
        lines = [text.data_count.format(samples=number(found.samples))]
        if found.held_out:
            lines.append(text.data_held_out.format(count=number(found.held_out)))
        if found.bank_looked < found.bank:
            said = text.data_sampled
            lines.append(said.format(looked=number(found.bank_looked), bank=number(found.bank)))
        field, limit = found.limit
        longer = sum(length > limit for length in found.lengths)
        if longer:
            lines.append(text.data_too_long.format(count=number(longer), field=field))
        if found.unmeasured:
            lines.append(text.unmeasured.format(why=view.plain_line(found.unmeasured)))
        if found.left_out:
            lines.append(f"**{text.left_out}**")
        elif not longer:
            lines.append(text.left_out_none)
        rows = [[w, why.text(lang), count] for (w, why), count in found.left_out.items()]
        charts = train_data.histogram(found.lengths, lang)
        return {
            self.found: "\n\n".join(lines),
            self.lengths: {"lang": lang, "charts": charts},
            self.left_out: gr.update(value=rows, visible=bool(rows)),
        }

    def _number(self, value: int) -> str:
        return localized(f"{value:,}", self._lang)
