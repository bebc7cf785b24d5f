"""The Train page: a new job, the jobs there are, and jobs compared."""

from __future__ import annotations

from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from demo.desk import Updates
from demo.listeners import QUIET
from demo.services import Services
from demo.training.compare import Compare
from demo.training.follow import Follower
from demo.training.new import NewJob
from demo.training.texts import train_words
from demo.training.watch import ADDRESS, Watching
from train.jobs import OPEN, Job

_NEW, _JOBS, _COMPARE = "new", "jobs", "compare"


class TrainPage:
    """The components of the page and what they do, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, text = services, train_words(lang)
        follower = Follower()
        with gr.Tabs(elem_id="train-tabs") as self.tabs:
            with gr.Tab(text.tab_new, id=_NEW):
                self.new = NewJob(services, lang)
            with gr.Tab(text.tab_jobs, id=_JOBS):
                self.watching = Watching(services, follower, lang)
            with gr.Tab(text.tab_compare, id=_COMPARE) as compared:
                self.compare = Compare(services, follower, lang)
        self.new.listen([self.tabs, *self.watching.opened], self._on_started)
        self.new.started.change(None, self.new.started, js=ADDRESS, **QUIET)
        self.watching.listen()
        self.compare.listen()
        compared.select(self.compare.load, None, [self.compare.jobs], **QUIET)

    def start(self, app: gr.Blocks) -> None:
        """Show what there is when the page is opened."""
        opened = [self.tabs, *self.new.loaded, *self.watching.opened, self.compare.jobs]
        app.load(self.on_load, None, opened, **QUIET)

    def on_load(self, request: gr.Request) -> Updates:
        """The page is opened: on the jobs if one is asked for or trains, else on a new one."""
        asked = "job" in dict(request.query_params or {})
        busy = any(job.status.state in OPEN for job in self._services.runs.jobs()[:20])
        tab: Any = gr.update(selected=_JOBS if asked or busy else _NEW)
        watched = self.watching.load(request)
        return {self.tabs: tab, **self.new.load(request), **watched, **self.compare.load()}

    def _on_started(self, job: Job, request: gr.Request) -> Updates:
        """A job has been started: look at it."""
        return {self.tabs: gr.update(selected=_JOBS), **self.watching.open_new(job, request)}
