"""The tab with the counts of a project: by status, by day, by annotator, by finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from annotate.dashboard import Dashboard, dashboard
from annotate.records import STATUSES
from dagger_core.diagnostics import Diagnostic, codes
from dagger_core.numerals import localized
from demo.curating.seat import Seat
from demo.desk import Updates
from demo.texts import words

if TYPE_CHECKING:
    from demo.curating.page import AnnotatePage

_DAYS = 60
#: From so many seconds on nobody cares for tenths.
_SLOW = 10


class OverviewTab:
    """The components of the tab, in one language."""

    def __init__(self, page: AnnotatePage) -> None:
        self._store, self._lang = page.services.store, page.lang
        text = self._text = words(page.lang)
        self.line = gr.Markdown(elem_id="overview-line")
        self.days = gr.BarPlot(
            x=text.day,
            y=text.count,
            color=text.status,
            title=text.saved_by_day,
            height=260,
            visible=False,
            elem_id="overview-days",
        )
        with gr.Row(equal_height=False):
            self.people = gr.Dataframe(
                headers=[
                    *(text.annotator, text.questions, text.revisions),
                    *(text.status_accepted.capitalize(), text.median_seconds),
                ],
                datatype="str",
                type="array",
                interactive=False,
                visible=False,
                elem_id="overview-people",
            )
            self.findings = gr.Dataframe(
                headers=[text.finding, text.questions],
                datatype="str",
                type="array",
                interactive=False,
                wrap=True,
                visible=False,
                elem_id="overview-findings",
            )

    @property
    def filled(self) -> list[Any]:
        """Everything that `opened` fills."""
        return [self.line, self.days, self.people, self.findings]

    def opened(self, at: Seat) -> Updates:
        """The counts as they are now."""
        found = dashboard(self._store, at.memory.project)
        people = [
            [
                worker.author,
                *map(self._said, (worker.questions, worker.revisions, worker.accepted)),
                "—" if worker.seconds is None else self._seconds(worker.seconds),
            ]
            for worker in found.workers
        ]
        findings = [
            [self._finding(code), self._said(number)] for code, number in found.codes.items()
        ]
        return {
            self.line: self._line(found),
            self.days: gr.update(value=self._frame(found), visible=bool(found.days)),
            self.people: gr.update(value=people, visible=bool(people)),
            self.findings: gr.update(value=findings, visible=bool(findings)),
        }

    def _line(self, found: Dashboard) -> str:
        text = self._text
        parts = [
            f"**{self._said(f'{found.statuses[status]:,}')}** {getattr(text, f'status_{status}')}"
            for status in STATUSES
        ]
        if found.seconds is not None:
            parts.append(f"{text.median_seconds}: **{self._seconds(found.seconds)}**")
        return (
            " · ".join(parts) if found.days else f"{' · '.join(parts)}\n\n{text.nothing_saved_yet}"
        )

    def _said(self, value: object) -> str:
        return localized(str(value), self._lang)

    def _seconds(self, value: float) -> str:
        return self._said(f"{value:.1f}" if value < _SLOW else f"{value:.0f}")

    def _finding(self, code: str) -> str:
        """A code with the gist of its sentence."""
        known = codes().get(code)
        return (
            f"{code}: {Diagnostic(code).text(self._lang)}"
            if known and not known.en.count("{")
            else code
        )

    def _frame(self, found: Dashboard) -> Any:
        import pandas as pd

        text = self._text
        rows = [
            (day.day.isoformat(), getattr(text, f"status_{status}"), number)
            for day in found.days[-_DAYS:]
            for status, number in day.saved.items()
        ]
        return pd.DataFrame(rows, columns=[text.day, text.status, text.count])
