"""Jobs: the list of them, and the open one with its curves, samples, log, and ways to end it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, JobError, Lang
from demo import view
from demo.choices import ChangingRadio
from demo.desk import Updates
from demo.listeners import LISTENER, QUIET
from demo.picture import read_action
from demo.services import Services
from demo.training import follow as train_follow
from demo.training.before_after import BeforeAfter
from demo.training.buttons import small
from demo.training.curves_view import CurvesView
from demo.training.deleting import Deleting
from demo.training.follow import Follower
from demo.training.form import command
from demo.training.samples import Samples
from demo.training.texts import train_words
from train.jobs import LIVE, OPEN, Job, State

_EVERY = 1.5
_MOST_JOBS = 60
_RESUMABLE: frozenset[State] = frozenset({"stopped", "cancelled", "failed", "interrupted"})
#: Puts the open job into the address, so that a reload or another tab opens it again.
ADDRESS = """(name) => {
  const address = new URL(location.href);
  if (name) address.searchParams.set("job", name); else address.searchParams.delete("job");
  history.replaceState(history.state, "", address);
  scrollTo(0, 0);
}"""

#: A log that was filled while nobody saw it stands at its beginning.
_TO_END = """() => setTimeout(() => {
  const log = document.querySelector("#log textarea");
  if (log) log.scrollTop = log.scrollHeight;
}, 100)"""

#: What the page holds, by component: only what has changed is sent.
Seen = Mapping[int, Any]
#: Where that has the number of the newest sample, which the page follows.
_NEWEST = 0


class Watching:
    """The components and what they do, in one language."""

    def __init__(self, services: Services, follower: Follower, lang: Lang) -> None:
        self._services, self._follower = services, follower
        self._lang, self._text = lang, train_words(lang)
        self._solve = "./bn" if lang == "bn" else "./"
        self.seen, self.theme = gr.State(None), gr.State("light")
        self.timer = gr.Timer(_EVERY, active=False)
        with gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=260):
                self.jobs = ChangingRadio([], label=self._text.jobs, elem_id="jobs")
                self.nothing = gr.Markdown(self._text.no_jobs, elem_id="no-jobs")
            with gr.Column(scale=5, min_width=340):
                self._build_job()

    def _build_job(self) -> None:
        text, lang = self._text, self._lang
        self.head = CurvesView({"lang": lang}, elem_id="job-head")
        with gr.Row(elem_classes="buttons", elem_id="job-buttons"):
            self.stop = small(text.stop, "job-stop", visible=False)
            self.cancel = small(text.cancel, "job-cancel", 110, variant="stop", visible=False)
            self.resume = small(text.resume, "job-resume", visible=False)
            self.solve = small(text.open_solve, "open-solve", 170, link=self._solve, visible=False)
            self.deleting = Deleting(self._services, lang)
        self.deleting.panel.render()
        self.state = gr.Markdown(elem_id="job-state", elem_classes="said")
        self.found = gr.Markdown(elem_id="job-model", elem_classes="said")
        with gr.Tabs(visible=False, elem_id="job-parts") as self.parts:
            with gr.Tab(text.tab_curves, id="curves"):
                self.curves = CurvesView({"lang": lang}, elem_id="curves")
            with gr.Tab(text.tab_samples, id="samples"):
                self.samples = Samples(lang)
            with gr.Tab(text.tab_before_after, id="before-after"):
                self.before_after = BeforeAfter(self._services, lang)
            with gr.Tab(text.tab_log, id="log") as self.log_tab:
                self.log = gr.Textbox(
                    label=text.log, lines=14, max_lines=14, autoscroll=True, elem_id="log"
                )
            with gr.Tab(text.tab_recipe, id="recipe"):
                self.command = gr.Code(label=text.command, language="shell", interactive=False)
                self.toml = gr.Code(label=text.toml, language=None, interactive=False, max_lines=30)

    @property
    def _shown(self) -> list[Any]:
        buttons = [self.stop, self.cancel, self.resume, self.solve, self.deleting.ask]
        parts = [self.jobs, self.nothing, self.head, *buttons, self.state, self.found]
        parts += [self.parts, self.curves, self.log, self.command]
        return [*parts, self.toml, self.timer, self.seen, *self.samples.shown]

    @property
    def opened(self) -> list[Any]:
        """What `open_new` and `load` fill."""
        return [*self._shown, *self.deleting.shown, *self.before_after.shown]

    def listen(self) -> None:
        """Follow the open job while anything happens, and carry out what is asked of it."""
        asked = [self.jobs, self.seen, self.theme]
        place = self.samples.place
        self.timer.tick(self._on_tick, [*asked, place], self._shown, concurrency_limit=4, **QUIET)
        self.jobs.input(self._on_open, [self.jobs, self.theme], self.opened, **QUIET).then(
            None, self.jobs, js=ADDRESS, **QUIET
        )
        place.input(
            self._on_place, [*asked, place], self._shown, trigger_mode="always_last", **QUIET
        )
        runs = self._services.runs
        changes: list[tuple[gr.Button, Callable[[str, str], Any]]] = [
            (self.stop, runs.stop),
            (self.cancel, runs.cancel),
            (self.resume, runs.resume),
        ]
        for button, change in changes:
            button.click(self._changer(change), asked, self._shown, **QUIET)
        self.samples.picture.action(
            self._on_picture, [*asked, place], [self.theme, *self._shown], **LISTENER
        )
        self.log_tab.select(None, js=_TO_END, **QUIET)
        self.before_after.listen(self.jobs)
        self.deleting.listen(self.jobs, self.opened, self._on_deleted).then(
            None, self.jobs, js=ADDRESS, **QUIET
        )

    # --- what is asked -----------------------------------------------------------------------

    def load(self, request: gr.Request) -> Updates:
        """The page is opened: with the job of its address, else with the one that trains."""
        self._services.runs.advance()
        jobs = self._services.runs.jobs()
        wanted = str(dict(request.query_params or {}).get("job", ""))
        names = [job.name for job in jobs]
        live = [job.name for job in jobs[:_MOST_JOBS] if job.status.state in LIVE]
        name = wanted if wanted in names else next(iter([*live, *names]), "")
        said = JobError("no-such-job", job=wanted[:100]) if wanted not in ("", name) else None
        return self._open(name, "light", request, said.text(self._lang) if said else "")

    def open_new(self, job: Job, request: gr.Request) -> Updates:
        """A job was just started: it is the one to look at."""
        return self._open(job.name, "light", request)

    def _open(self, name: str, theme: Any, request: gr.Request, said: str = "") -> Updates:
        shown = self._show(name, None, theme, None, request)
        others = {**self.deleting.close(), **self.before_after.open(name)}
        return {**shown, **others, self.state: view.plain_line(said)}

    def _on_open(self, name: str, theme: Any, request: gr.Request) -> Updates:
        return self._open(name, theme, request)

    def _on_deleted(self, name: str, request: gr.Request) -> Updates:
        """A job is gone: the newest of the others is opened."""
        left = next((job.name for job in self._services.runs.jobs()), "")
        return self._open(left, "light", request, self._text.deleted.format(name=name))

    def _on_tick(
        self, name: str, seen: Seen | None, theme: Any, place: Any, request: gr.Request
    ) -> Updates:
        self._services.runs.advance()
        return self._show(name, seen, theme, place, request)

    def _on_place(
        self, name: str, seen: Seen | None, theme: Any, place: Any, request: gr.Request
    ) -> Updates:
        return self._show(name, seen, theme, place, request, stay=True)

    def _on_picture(
        self,
        name: str,
        seen: Seen | None,
        theme: Any,
        place: Any,
        request: gr.Request,
        event: gr.EventData,
    ) -> Updates:
        """The page has turned light or dark: the picture is drawn again."""
        action = read_action(event._data)
        if action is None or action.theme in (None, theme):
            return {self.theme: theme}
        shown = self._show(name, seen, action.theme, place, request, stay=True)
        return {self.theme: action.theme, **shown}

    def _changer(self, change: Callable[[str, str], Any]) -> Callable[..., Updates]:
        def change_job(name: str, seen: Seen | None, theme: Any, request: gr.Request) -> Updates:
            person = self._services.person(request)
            said = ""
            try:
                if not person.trainer:
                    raise JobError("trainers-only")
                change(str(name), person.name)
            except DaggerError as error:
                said = view.plain_line(error.text(self._lang))
            return {**self._show(name, seen, theme, None, request), self.state: said}

        return change_job

    # --- what is shown -----------------------------------------------------------------------

    def _show(
        self,
        name: object,
        seen: Seen | None,
        theme: Any,
        place: Any,
        request: gr.Request,
        *,
        stay: bool = False,
    ) -> Updates:
        """What the page does not show yet of the list and of the open job.

        Args:
            place: the sample that is looked at; the newest of before is followed by the newest.
            stay: look at this very sample, though it may be the newest.
        """
        jobs = self._services.runs.jobs()[:_MOST_JOBS]
        listed = [(job, job.status) for job in jobs]
        choices = [
            (train_follow.title(job, status, self._lang), job.name) for job, status in listed
        ]
        busy = any(status.state in OPEN for _, status in listed)
        updates: Updates = {
            self.jobs: gr.update(choices=choices, visible=bool(choices)),
            self.nothing: gr.update(visible=not choices),
            self.timer: gr.update(active=busy),
        }
        try:
            job = self._services.runs.find(name if isinstance(name, str) else "")
        except JobError:
            updates |= self._show_none(self._text.no_job_open if choices else "")
            newest = 0
        else:
            updates[self.jobs] = gr.update(choices=choices, visible=bool(choices), value=job.name)
            theme = theme if theme in ("light", "dark") else "light"
            follows = not stay and (seen is None or place == seen.get(_NEWEST))
            updates |= self._show_job(job, None if follows else place, theme, request)
            newest = self.samples.count(self._follower.events(job))
        return self._news(updates, seen, newest)

    def _show_none(self, said: str) -> Updates:
        empty = {"lang": self._lang, "empty": said}
        hidden = gr.update(visible=False)
        buttons = dict.fromkeys((self.stop, self.cancel, self.resume, self.solve), hidden)
        gone = self.deleting.offers(None, trainer=False)
        return {self.head: empty, **buttons, **gone, self.parts: hidden, self.found: ""}

    def _show_job(self, job: Job, place: Any, theme: view.Theme, request: gr.Request) -> Updates:
        trainer = self._services.person(request).trainer
        status, events = job.status, self._follower.events(job)
        recipe, has_model = job.recipe_or_none(), job.model is not None
        asked = job.request
        may_stop = trainer and status.state == "running" and asked is None
        may_cancel = trainer and status.state in OPEN
        log = job.log() or self._text.log_empty
        form = recipe.format if recipe else "dagger_json"
        at = int(place) if isinstance(place, int | float) and place > 0 else None
        ready = has_model and status.state not in OPEN
        return {
            self.head: train_follow.status_document(self._services.runs, job, events, self._lang),
            self.curves: train_follow.curves_document(job, events, self._lang),
            self.stop: gr.update(visible=may_stop),
            self.cancel: gr.update(visible=may_cancel),
            self.resume: gr.update(visible=trainer and status.state in _RESUMABLE),
            self.solve: gr.update(visible=ready, link=f"{self._solve}?model=runs/{job.name}"),
            **self.deleting.offers(job, trainer),
            self.found: self._text.in_solve.format(name=job.name) if ready else "",
            self.parts: gr.update(visible=True),
            self.log: log if trainer else self._text.log_private,
            self.command: command(recipe) if recipe else "",
            self.toml: recipe.to_toml() if recipe and trainer else "",
            **self.samples.show(events, form, at, theme),
        }

    def _news(self, updates: Updates, seen: Seen | None, newest: int) -> Updates:
        """The updates that say something new, and what is seen from then on."""
        told = {part._id: repr(update) for part, update in updates.items()}
        known = seen or {}
        news = {part: update for part, update in updates.items()
                if known.get(part._id) != told[part._id]}  # fmt: skip
        return {**news, self.seen: {**known, **told, _NEWEST: newest}}
