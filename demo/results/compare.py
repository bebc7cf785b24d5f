"""Two reports side by side: what got better, what got worse, and whether by chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, Lang
from dagger_core.numerals import localized
from demo import view
from demo.desk import Updates
from demo.inspecting.side_by_side import Pair, SideBySide
from demo.listeners import PAIRED, QUIET
from demo.results import tables
from demo.results.failures import Shown, asked
from demo.results.problems import solution
from demo.results.reports import Entry, Reports
from demo.services import Services
from demo.texts import words
from train.evaluate.compare import CHANGES, Comparison, compare

_MOST = 200
_SIGNIFICANT = 0.05


class ComparePanel:
    """The components, in one language."""

    def __init__(self, services: Services, lang: Lang, found: Reports) -> None:
        self._services, self._lang, self._reports = services, lang, found
        text = words(lang)
        self.state = gr.State(Shown())
        with gr.Row():
            self.before = gr.Dropdown([], label=text.compare_before, elem_id="compare-before")
            self.after = gr.Dropdown([], label=text.compare_after, elem_id="compare-after")
        self.said = gr.Markdown(elem_id="compare-said", elem_classes="said")
        self.change = gr.Radio([], label=text.change, visible=False, elem_id="compare-change")
        names = ("number", "set", "question", "gold")
        self._headers = [getattr(text, f"column_{name}") for name in names]
        self._headers += [text.compare_before, text.compare_after]
        self.list = gr.Dataframe(
            headers=self._headers,
            datatype=["number", "str", "str", "str", "str", "str"],
            column_widths=["60px", "110px", "50%", "13%", "13%", "13%"],
            type="array",
            interactive=False,
            wrap=True,
            max_height=300,
            visible=False,
            elem_id="compare-list",
        )
        with gr.Column(visible=False) as self.one:
            with gr.Row(elem_classes="buttons"):
                self.back = gr.Button(text.previous, size="sm", min_width=100)
                self.on = gr.Button(text.next, size="sm", min_width=100, elem_id="compare-next")
            self.question = gr.Markdown(elem_id="compare-question")
            self.pair = SideBySide(lang, "reports")

    @property
    def shown(self) -> list[Any]:
        """Everything that the choice of reports updates."""
        return [self.said, self.change, *self.listed]

    @property
    def listed(self) -> list[Any]:
        """Everything that the choice of a kind of change updates."""
        return [self.list, *self.looked]

    @property
    def looked(self) -> list[Any]:
        """What shows the problem that is looked at."""
        return [self.state, self.one, self.question, *self.pair.shown]

    def listen(self, tab: gr.Tab) -> None:
        """Set up what happens; the tab compares when it is opened."""
        both = [self.before, self.after]
        tab.select(self._on_reports, both, self.shown, **QUIET)
        for side in both:
            side.input(self._on_reports, both, self.shown, **QUIET)
        self.change.input(self._on_change, [*both, self.change], self.listed, **PAIRED)
        looked = [*both, self.change, self.state, self.pair.pair]
        self.list.select(self._on_select, looked, self.looked, **PAIRED)
        for button, step in ((self.back, -1), (self.on, 1)):
            button.click(self._mover(step), looked, self.looked, **PAIRED)
        self.pair.listen()

    def _on_reports(self, before: str | None, after: str | None, request: gr.Request) -> Updates:
        nothing: Updates = {
            self.change: gr.update(visible=False),
            **self._list(None, (), ""),
        }
        text, old, new = words(self._lang), self._reports.find(before), self._reports.find(after)
        if not before and not after:  # the tab may be opened before the lists are filled
            old, new = self._reports.comparable() or (None, None)
        if old is None or new is None or old == new:
            return {**nothing, self.said: text.compare_same if before and after else ""}
        try:
            found = compare(old.whole, new.whole)
        except DaggerError as error:
            return {**nothing, self.said: view.problem(error, self._lang)}
        choices = [
            (f"{getattr(text, change)} ({self._number(found.count(change))})", change)
            for change in CHANGES
        ]
        first = next((change for change in CHANGES if found.count(change)), CHANGES[0])
        said = self._said(found, old, new)
        person = self._services.person(request)
        if old.rows_for(person) is None or new.rows_for(person) is None:
            return {**nothing, self.said: f"{said}\n\n{text.rows_closed}"}
        return {
            self.said: said,
            self.change: gr.update(choices=choices, value=first, visible=True),
            **self._list(found, (old, new), first),
        }

    def _said(self, found: Comparison, old: Entry, new: Entry) -> str:
        text = words(self._lang)
        low, high = found.interval or (0.0, 0.0)
        significant = found.p_value < _SIGNIFICANT
        said = text.compare_said.format(
            before=view.plain_line(old.title),
            after=view.plain_line(new.title),
            count=self._number(len(found.pairs)),
            difference=self._points(found.difference),
            low=self._points(low),
            high=self._points(high),
            p=localized(f"{found.p_value:.2g}", self._lang),
            verdict=text.compare_significant if significant else text.compare_chance,
        )
        if found.unmatched:
            said += " " + text.compare_unmatched.format(count=self._number(found.unmatched))
        return str(said)

    def _on_change(self, before: str, after: str, change: str, request: gr.Request) -> Updates:
        found, *both = self._opened(before, after, request)
        return self._list(found, both, change)

    def _opened(
        self, before: str, after: str, request: gr.Request
    ) -> tuple[Comparison, Entry, Entry] | tuple[None, None, None]:
        """The comparison with its reports, if the person may see their problems."""
        old, new = self._reports.find(before), self._reports.find(after)
        person = self._services.person(request)
        if old is None or new is None or None in (old.rows_for(person), new.rows_for(person)):
            return None, None, None
        try:
            return compare(old.whole, new.whole), old, new
        except DaggerError:
            return None, None, None

    def _list(self, found: Comparison | None, both: Sequence[Entry | None], change: str) -> Updates:
        """The problems that changed so, the first in front."""
        if found is None:
            return {self.list: gr.update(value=[], visible=False), **self._look(None, None, None)}
        pairs = [pair for pair in found.pairs if pair.change == change][:_MOST]
        state = Shown(change, tuple(pair.before["key"] for pair in pairs))
        lines = []
        for pair in pairs:
            row = pair.before
            answers = (row["gold"], row["answer"], pair.after["answer"])
            shown = [localized(answer or "–", self._lang) for answer in answers]
            lines.append([row["set"], row["question"], *shown])
        value = tables.numbered(self._headers, lines, self._lang)
        listed = gr.update(value=value, visible=True)
        return {self.list: listed, **self._look(found, both, state)}

    def _on_select(
        self, before: str, after: str, change: str, state: Shown, pair: Pair | None,
        request: gr.Request, event: gr.SelectData,
    ) -> Updates:  # fmt: skip
        number = event.row_value[0] if event.row_value else 0
        if not str(number).isdigit() or not 1 <= int(number) <= len(state.keys):
            return {self.state: state}
        found, *both = self._opened(before, after, request)
        return self._look(found, both, Shown(change, state.keys, int(number) - 1), pair)

    def _mover(self, step: int) -> Any:
        def move(
            before: str, after: str, change: str, state: Shown, pair: Pair | None,
            request: gr.Request,
        ) -> Updates:  # fmt: skip
            found, *both = self._opened(before, after, request)
            return self._look(found, both, state.moved(step), pair)

        return move

    def _look(
        self, found: Comparison | None, both: Any, state: Shown | None, shown: Pair | None = None
    ) -> Updates:
        """The problem that is looked at, with the graphs of both models."""
        pairs = {pair.before["key"]: pair for pair in found.pairs} if found else {}
        pair = pairs.get(state.keys[state.at]) if state and state.keys else None
        if pair is None or state is None:
            return {
                self.state: Shown(),
                self.one: gr.update(visible=False),
                self.question: "",
                **self.pair.show(None),
            }
        old, new = both
        left = (str(old.head["title"]), solution(pair.before, old.head))
        right = (str(new.head["title"]), solution(pair.after, new.head))
        text = words(self._lang)
        links = [
            (f"{text.open_in_editor}: {view.plain_line(title)}", work)
            for title, work in (left, right)
        ]
        return {
            self.state: state,
            self.one: gr.update(visible=True),
            self.question: asked(pair.before, self._lang, *links),
            **self.pair.show(Pair(left, right, shown.theme if shown else "light")),
        }

    def _number(self, count: int) -> str:
        return localized(str(count), self._lang)

    def _points(self, share: float) -> str:
        return localized(f"{100 * share:+.1f}", self._lang)
