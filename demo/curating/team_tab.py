"""The tab of the people of a project: how they work together, agree, and settle a disagreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.projects import MOST_OVERLAP, ProjectSettings, change_settings, settings
from dagger_core.diagnostics import DaggerError
from demo import view
from demo.curating.adjudication import Adjudication
from demo.curating.agreement_panel import AgreementPanel
from demo.curating.seat import Seat
from demo.desk import Desk, Updates
from demo.listeners import BUSY
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage


class TeamTab:
    """The components of the tab and what they do, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page, self._lang = page, page.lang
        self._store = page.services.store
        text = self._text = words(page.lang)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=320):
                self.overlap = gr.Slider(
                    1, MOST_OVERLAP, 1, step=1, label=text.overlap, info=text.overlap_hint
                )
                self.guidelines = gr.Textbox(
                    label=text.guidelines_edit, lines=6, max_lines=20, elem_id="guidelines-edit"
                )
                self.save = gr.Button(text.save_settings, variant="primary", elem_id="team-save")
                self.saved = gr.Markdown(elem_id="team-said", elem_classes="said")
            with gr.Column(scale=7, min_width=320):
                self.agreement = AgreementPanel(page)
        self.adjudication = Adjudication(page)

    def listen(self) -> None:
        """Follow what is done on the tab."""
        here = [self._page.desk, self._page.browser]
        fields = [self.overlap, self.guidelines]
        self.save.click(self.on_settings, [*here, *fields], [self.saved], **BUSY)
        self.agreement.listen()
        self.adjudication.listen()

    def opened(self, at: Seat) -> Updates:
        """What the tab shows when it is opened."""
        now = settings(self._store, at.memory.project)
        return {
            self.overlap: now.overlap,
            self.guidelines: now.guidelines,
            self.saved: "",
            **self.adjudication.opened(at),
        }

    @property
    def filled(self) -> list[Any]:
        """Everything that `opened` fills."""
        return [self.overlap, self.guidelines, self.saved, *self.adjudication.shown]

    def on_settings(
        self,
        desk: Desk | None,
        browser: Any,
        overlap: Any,
        guidelines: Any,
        request: gr.Request,
    ) -> str:
        """Other settings for everybody."""
        try:
            project, name = self._page.curator(desk, browser, request)
            number = int(overlap) if isinstance(overlap, int | float) else 0
            new = ProjectSettings(str(guidelines or ""), number)
            change_settings(self._store, project, new, name)
        except DaggerError as error:
            return view.problem(error, self._lang)
        return str(self._text.settings_saved)
