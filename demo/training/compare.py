"""Runs side by side: their curves laid over each other, and where their recipes differ."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import gradio as gr

from dagger_core.diagnostics import JobError, Lang
from demo.choices import ChangingDropdown
from demo.desk import Updates
from demo.listeners import QUIET
from demo.services import Services
from demo.training import follow as train_follow
from demo.training.curves import compared_charts
from demo.training.curves_view import CurvesView
from demo.training.follow import Follower
from demo.training.form import shown
from demo.training.texts import train_words
from train.jobs import Job
from train.recipe import Recipe

_MOST = 6


class Compare:
    """The components and what they do, in one language."""

    def __init__(self, services: Services, follower: Follower, lang: Lang) -> None:
        self._services, self._follower, self._lang = services, follower, lang
        text = train_words(lang)
        self.jobs = ChangingDropdown(
            [],
            label=text.compare,
            info=text.compare_info,
            multiselect=True,
            max_choices=_MOST,
            elem_id="compare-jobs",
        )
        self.curves = CurvesView({"lang": lang}, elem_id="compare-curves")
        self.same = gr.Markdown(elem_id="compare-same", elem_classes="said")
        # Its own label is drawn in a font without Bangla.
        self.differences = gr.Dataframe(
            show_label=False, interactive=False, wrap=True, visible=False, elem_id="differences"
        )

    def listen(self) -> None:
        """Show the jobs that are chosen."""
        shown_ = [self.curves, self.differences, self.same]
        self.jobs.change(self._on_choose, self.jobs, shown_, **QUIET)

    def load(self) -> Updates:
        """The jobs on offer now."""
        listed = [(job, job.status) for job in self._services.runs.jobs()]
        choices = [
            (train_follow.title(job, status, self._lang), job.name) for job, status in listed
        ]
        return {self.jobs: gr.update(choices=choices)}

    def _on_choose(self, names: object) -> Updates:
        text, jobs = train_words(self._lang), []
        for name in names[:_MOST] if isinstance(names, list) else ():
            try:
                jobs.append(self._services.runs.find(str(name)))
            except JobError:
                continue
        events = {job.name: self._follower.events(job) for job in jobs}
        charts = compared_charts(events, self._lang)
        rows = differences(jobs)
        said = f"**{text.differences}**" if rows else text.compare_same
        empty = text.no_curves_ever if jobs and not charts else ""
        return {
            self.curves: {"lang": self._lang, "charts": charts, "empty": empty},
            self.differences: gr.update(
                value={"headers": [text.column_setting, *events], "data": rows},
                visible=bool(rows),
            ),
            self.same: said if len(jobs) > 1 else "",
        }


def differences(jobs: Sequence[Job]) -> list[list[str]]:
    """The settings in which the recipes of jobs differ, a row each with the value of every job."""
    recipes = [job.recipe_or_none() for job in jobs]
    rows = []
    for field in dataclasses.fields(Recipe):
        values = ["" if r is None else str(shown(getattr(r, field.name))) for r in recipes]
        if len(set(values)) > 1:
            rows.append([field.name, *values])
    return rows
