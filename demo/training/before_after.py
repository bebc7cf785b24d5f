"""Before and after: two models on problems that were never trained on, regressions first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, JobError, Lang
from dagger_core.numerals import localized
from demo import view
from demo.choices import ChangingDropdown
from demo.desk import Updates, last
from demo.inspecting.side_by_side import Pair, SideBySide
from demo.listeners import ASKING, PAIRED, QUIET
from demo.results.problems import solution
from demo.services import Services
from demo.training import held_out
from demo.training.buttons import small
from demo.training.texts import train_words
from train.evaluate.compare import Comparison
from train.jobs import Job

_COUNT, _MOST = 20, 200


class BeforeAfter:
    """The components, in one language; `job` components give the name of the job."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, train_words(lang)
        gr.Markdown(text.before_after_info)
        with gr.Row(equal_height=True):
            self.model = ChangingDropdown([], label=text.before_model, elem_id="before-model")
            self.count = gr.Slider(
                1, _MOST, _COUNT, step=1, label=text.problems, elem_id="before-count"
            )
        with gr.Row(elem_classes="buttons"):
            self.ask = small(text.before_after, "before-after", 240, variant="primary")
            self.stop = small(text.stop_asking, "before-stop", 90, visible=False)
        self.state = gr.Markdown(elem_id="before-state", elem_classes="said")
        self.problem = ChangingDropdown(
            [], label=text.problem, visible=False, elem_id="before-problem", filterable=False
        )
        self.question = gr.Markdown(elem_id="before-question", elem_classes="said")
        self.pair = SideBySide(lang, "before-after-pair")

    @property
    def shown(self) -> list[Any]:
        """Everything that `open` updates."""
        parts = [self.model, self.ask, self.stop, self.state, self.problem, self.question]
        return [*parts, *self.pair.shown]

    def listen(self, job: Any) -> None:
        """Compare when asked to, and show the problem that is chosen."""
        inputs = [job, self.model, self.count]
        asked = self.ask.click(self._on_ask_both, inputs, self.shown, **ASKING)
        self.stop.click(self._on_stop, job, self.shown, cancels=[asked], **QUIET)
        self.problem.input(
            self._on_problem, [job, self.problem, self.pair.pair], self.shown, **PAIRED
        )
        self.pair.listen()

    def open(self, name: str) -> Updates:
        """What is known of a job's before and after; `name` may come from a browser."""
        choices = [
            (choice.title, choice.key)
            for choice in self._services.catalog.choices()
            if choice.key != f"runs/{name}"
        ]
        keys = [key for _, key in choices]
        with suppress(DaggerError):
            job = self._services.runs.find(name)
            kept = held_out.kept(job)
            before = kept[0]["model"] if kept else ""
            before = before if before in keys else self._start_of(job, keys)
            shown = self._show(job, None, None)
            return {**shown, self.model: gr.update(choices=choices, value=before)}
        return {**self._nothing(), self.model: gr.update(choices=choices, value=None)}

    def _start_of(self, job: Job, keys: list[str]) -> str | None:
        """The model that a job started from; the first on offer where it began with nothing."""
        recipe, catalog = job.recipe_or_none(), self._services.catalog
        for key in keys:
            if recipe and recipe.init and catalog.weights(key) == recipe.init:
                return key
        return keys[0] if keys else None

    def _nothing(self) -> Updates:
        return {
            self.state: "",
            self.question: "",
            self.ask: gr.update(interactive=True),
            self.stop: gr.update(visible=False),
            self.problem: gr.update(visible=False),
            **self.pair.show(None),
        }

    # --- asking ------------------------------------------------------------------------------

    def _on_ask_both(
        self, name: str, before: str, count: float, request: gr.Request
    ) -> Iterator[Updates]:
        """Ask both models, saying how far it is, and show what changed."""
        text = train_words(self._lang)
        try:
            if not self._services.person(request).trainer:
                raise JobError("trainers-only")
            job = self._services.runs.find(name)
            if job.model is None:
                raise JobError("no-model-yet")
            catalog = self._services.catalog
            catalog.find(str(before))
            limit = min(max(int(count), 1), _MOST)
            with closing(held_out.ask_both(catalog, job, str(before), limit)) as asking:
                for told in asking:
                    done, total = (localized(str(number), self._lang) for number in told)
                    yield {
                        self.ask: gr.update(interactive=False),
                        self.stop: gr.update(visible=True),
                        self.state: text.working.format(done=done, all=total),
                    }
            yield last(self._show(job, None, None))
        except DaggerError as error:
            said = view.plain_line(error.text(self._lang))
            refused = {
                self.state: said,
                self.ask: gr.update(interactive=True),
                self.stop: gr.update(visible=False),
            }
            yield last(refused)

    def _on_stop(self, name: str) -> Updates:
        return self.open(name)

    # --- showing -----------------------------------------------------------------------------

    def _on_problem(self, name: str, key: Any, pair: Pair | None) -> Updates:
        try:
            job = self._services.runs.find(name)
        except JobError:
            return self._nothing()
        return self._show(job, str(key), pair)

    def _show(self, job: Job, key: str | None, pair: Pair | None) -> Updates:
        """The outcome of a job's comparison, and one problem of it on both sides."""
        kept = held_out.kept(job)
        if kept is None:
            return self._nothing()
        before, after, found = kept
        keys = [str(one.before["key"]) for one in found.pairs]
        place = keys.index(key) if key in keys else 0
        chosen = found.pairs[place]
        sides = (
            (before["title"], solution(chosen.before, before)),
            (after["title"], solution(chosen.after, after)),
        )
        theme = pair.theme if pair else "light"
        return {
            self.ask: gr.update(interactive=True),
            self.stop: gr.update(visible=False),
            self.state: self._summary(found),
            self.problem: gr.update(choices=self._titles(found), value=keys[place], visible=True),
            self.question: self._asked(chosen.before),
            **self.pair.show(Pair(*sides, theme)),
        }

    def _asked(self, row: Mapping[str, Any]) -> str:
        """The question, and its right answer."""
        gold = localized(view.plain_line(str(row["gold"] or "—")), self._lang)
        said = train_words(self._lang).sample_gold.format(gold=gold)
        return f"{view.plain_line(str(row['question']))} · **{said}**"

    def _summary(self, found: Comparison) -> str:
        text = train_words(self._lang)
        worse, better = found.count("regression"), found.count("gain")
        right = found.count("both_right")
        counts = {
            "before": right + worse,
            "after": right + better,
            "all": len(found.pairs),
            "worse": worse,
            "better": better,
        }
        shown = {name: localized(str(count), self._lang) for name, count in counts.items()}
        return str(text.before_after_result.format(**shown))

    def _titles(self, found: Comparison) -> list[tuple[str, str]]:
        text = train_words(self._lang)
        marks = ((one, getattr(text, f"mark_{one.change}")) for one in found.pairs)
        return [
            (f"{mark} · {' '.join(one.before['question'].split())}", str(one.before["key"]))
            for one, mark in marks
        ]
