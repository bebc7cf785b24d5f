"""Deleting a job: asked once more, with what would be missed, and never while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, JobError, Lang
from demo import view
from demo.desk import Updates
from demo.listeners import QUIET
from demo.services import Services
from demo.training.buttons import small
from demo.training.texts import train_words
from train.jobs import OPEN, Job


class Deleting:
    """The button that asks, and the panel that asks once more, in one language."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, train_words(lang)
        self.ask = small(text.delete, "job-delete", 110, visible=False)
        with gr.Column(visible=False, elem_id="deleting", render=False) as self.panel:
            self.said = gr.Markdown(elem_id="delete-said", elem_classes="said")
            with gr.Row(elem_classes="buttons"):
                self.yes = small(text.delete_yes, "delete-yes", 170, variant="stop")
                self.no = small(text.delete_no, "delete-no", 110)

    @property
    def shown(self) -> list[Any]:
        """What `close` updates."""
        return [self.panel, self.said]

    def offers(self, job: Job | None, trainer: bool) -> Updates:
        """Whether the job that is open may be deleted at all."""
        return {self.ask: gr.update(visible=trainer and bool(job) and _is_over(job))}

    def close(self) -> Updates:
        """Ask no longer."""
        return {self.panel: gr.update(visible=False), self.said: ""}

    def listen(
        self, name: Any, opened: list[Any], on_deleted: Callable[[str, gr.Request], Updates]
    ) -> gr.events.Dependency:
        """Ask and delete; `on_deleted` says in `opened` what is there afterwards.

        Args:
            name: the component with the name of the job that is open.
            opened: with `shown` among them.
        """
        self.ask.click(self._on_ask, name, self.shown, **QUIET)
        self.no.click(self.close, None, self.shown, **QUIET)

        def delete(asked: object, request: gr.Request) -> Updates:
            try:
                person = self._services.person(request)
                if not person.trainer:
                    raise JobError("trainers-only")
                deleted = self._services.runs.delete(asked if isinstance(asked, str) else "")
            except DaggerError as error:
                return {self.said: view.plain_line(error.text(self._lang))}
            return {**self.close(), **on_deleted(deleted, request)}

        return self.yes.click(delete, name, opened, **QUIET)

    def _on_ask(self, name: object, request: gr.Request) -> Updates:
        """Say what would be missed, and ask."""
        text = train_words(self._lang)
        try:
            if not self._services.person(request).trainer:
                raise JobError("trainers-only")
            job = self._services.runs.find(name)
        except DaggerError as error:
            return {self.panel: gr.update(visible=True), self.said: error.text(self._lang)}
        lines = [text.delete_ask.format(name=job.name)]
        if job.model is not None:
            lines.append(text.delete_model)
        others = ", ".join(other.name for other in self._services.runs.built_on(job))
        if others:
            lines.append(text.delete_others.format(jobs=others))
        if job.status.launcher == "hf":
            lines.append(text.delete_far)
        return {self.panel: gr.update(visible=True), self.said: "\n\n".join(lines)}


def _is_over(job: Job | None) -> bool:
    return job is not None and job.status.state not in OPEN
