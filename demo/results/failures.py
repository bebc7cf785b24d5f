"""The failures of a report: by kind, one after the other, each beside the right graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang, LinkTooLong
from dagger_core.numerals import localized
from dagger_core.permalink import write_link
from demo import view
from demo.desk import Updates
from demo.inspecting.side_by_side import Pair, SideBySide
from demo.listeners import PAIRED
from demo.results import tables
from demo.results.problems import gold_solution, mistake, solution
from demo.results.reports import Entry, Report, Reports, Row
from demo.services import Services
from demo.solution import Solution
from demo.texts import words
from demo.view import Theme

_MOST = 200
_ANY = ""


@dataclass(frozen=True)
class Shown:
    """What a list of problems shows, and which of them is looked at."""

    report: str = ""
    keys: tuple[str, ...] = ()
    at: int = 0

    def moved(self, step: int) -> Shown:
        """The next or the previous one, round and round."""
        return Shown(self.report, self.keys, (self.at + step) % max(1, len(self.keys)))


class FailuresPanel:
    """The components, in one language."""

    def __init__(self, services: Services, lang: Lang, found: Reports) -> None:
        self._services, self._lang, self._reports = services, lang, found
        text = words(lang)
        self.state = gr.State(Shown())
        self.kind = gr.Dropdown([], label=text.failure_kind, elem_id="failure-kind")
        self.said = gr.Markdown(elem_id="failures-said", elem_classes="said")
        names = ("number", "set", "question", "answer", "gold", "detail")
        self._headers = [getattr(text, f"column_{name}") for name in names]
        self.list = gr.Dataframe(
            headers=self._headers,
            datatype=["number", "str", "str", "str", "str", "str"],
            column_widths=["60px", "110px", "42%", "11%", "11%", "22%"],
            type="array",
            interactive=False,
            wrap=True,
            max_height=340,
            buttons=["fullscreen", "copy"],
            elem_id="failures-list",
        )
        with gr.Column(visible=False) as self.one:
            with gr.Row(elem_classes="buttons"):
                self.back = gr.Button(text.previous, size="sm", min_width=100)
                self.on = gr.Button(text.next, size="sm", min_width=100, elem_id="failure-next")
            self.question = gr.Markdown(elem_id="failure-question")
            self.pair = SideBySide(lang, "failure")
            self.wrote = gr.Textbox(
                lines=2, max_lines=16, interactive=False, buttons=["copy"], elem_id="failure-wrote"
            )

    @property
    def shown(self) -> list[Any]:
        """Everything that `show` updates."""
        return [self.state, self.kind, self.said, self.list, *self.looked]

    @property
    def looked(self) -> list[Any]:
        """What shows the one that is looked at."""
        return [self.one, self.question, self.wrote, *self.pair.shown]

    def listen(self, report: Any) -> None:
        """Set up what happens; `report` is the component that names the report."""
        some = [self.state, *self.shown[2:]]
        self.kind.input(self._on_kind, [report, self.kind], some, **PAIRED)
        looked = [self.state, self.pair.pair]
        self.list.select(self._on_select, looked, [self.state, *self.looked], **PAIRED)
        for button, step in ((self.back, -1), (self.on, 1)):
            button.click(self._mover(step), looked, [self.state, *self.looked], **PAIRED)
        self.pair.listen()

    def show(self, entry: Entry | None, request: gr.Request) -> Updates:
        """A report was chosen: all its failures, the first in front."""
        rows = self._failed(entry, request)
        text = words(self._lang)
        counts = Counter(row["failure"]["kind"] for row in rows or ())
        choices = [(text.all_kinds.format(count=self._number(sum(counts.values()))), _ANY)]
        for kind, count in counts.most_common():
            name = getattr(text, f"failure_{kind}", kind)
            choices.append((f"{name} ({self._number(count)})", kind))
        kinds = gr.update(choices=choices, value=_ANY, interactive=bool(counts))
        return {self.kind: kinds, **self._list(entry, rows, _ANY)}

    def _failed(self, entry: Entry | None, request: gr.Request) -> list[Row] | None:
        """The rows with failures; None if the person must not see them."""
        rows = [] if entry is None else entry.rows_for(self._services.person(request))
        return rows if rows is None else [row for row in rows if row["failure"]]

    def _on_kind(self, report: str, kind: str, request: gr.Request) -> Updates:
        entry = self._reports.find(report)
        return self._list(entry, self._failed(entry, request), kind)

    def _list(self, entry: Entry | None, rows: Sequence[Row] | None, kind: str) -> Updates:
        text = words(self._lang)
        if entry is None or not rows:
            said = text.rows_closed if rows is None else text.no_failures if entry else ""
            return {**self._look(Shown(), [], None), self.said: said, self.list: []}
        some = [row for row in rows if kind in (_ANY, row["failure"]["kind"])]
        state = Shown(entry.key, tuple(row["key"] for row in some[:_MOST]))
        said = ""
        if len(some) > _MOST:
            shown, count = self._number(_MOST), self._number(len(some))
            said = text.more_rows.format(shown=shown, count=count)
        lines = [self._line(row) for row in some[:_MOST]]
        listed = tables.numbered(self._headers, lines, self._lang)
        return {**self._look(state, some, entry.head), self.said: said, self.list: listed}

    def _line(self, row: Row) -> list[Any]:
        answers = (localized(row[key] or "–", self._lang) for key in ("answer", "gold"))
        return [row["set"], row["question"], *answers, mistake(row, self._lang)]

    def _on_select(
        self, state: Shown, pair: Pair | None, request: gr.Request, event: gr.SelectData
    ) -> Updates:
        number = event.row_value[0] if event.row_value else 0
        if not str(number).isdigit() or not 1 <= int(number) <= len(state.keys):
            return {self.state: state}
        return self._looked(Shown(state.report, state.keys, int(number) - 1), pair, request)

    def _mover(self, step: int) -> Any:
        def move(state: Shown, pair: Pair | None, request: gr.Request) -> Updates:
            return self._looked(state.moved(step), pair, request)

        return move

    def _looked(self, state: Shown, pair: Pair | None, request: gr.Request) -> Updates:
        entry = self._reports.find(state.report)
        rows = self._failed(entry, request)
        if entry is None or not rows:
            return self._look(Shown(), [], None)
        return self._look(state, rows, entry.head, pair.theme if pair else "light")

    def _look(
        self, state: Shown, rows: Sequence[Row], report: Report | None, theme: Theme = "light"
    ) -> Updates:
        """The one that is looked at: its question, and its graph beside the right one."""
        by_key = {row["key"]: row for row in rows}
        row = by_key.get(state.keys[state.at]) if state.keys else None
        if row is None or report is None:
            return {
                self.state: Shown(),
                self.one: gr.update(visible=False),
                self.question: "",
                self.wrote: "",
                **self.pair.show(None),
            }
        text, own, right = words(self._lang), solution(row, report), gold_solution(row)
        return {
            self.state: state,
            self.one: gr.update(visible=True),
            self.question: asked(row, self._lang, (text.open_in_editor, own)),
            self.wrote: gr.update(
                value=row["text"] or "–", label=text.wrote.format(model=report["title"])
            ),
            **self.pair.show(
                Pair(
                    (text.model_graph.format(model=report["title"]), own),
                    (text.gold_graph, right),
                    theme,
                )
            ),
        }

    def _number(self, count: int) -> str:
        return localized(str(count), self._lang)


def asked(row: Row, lang: Lang, *links: tuple[str, Solution]) -> str:
    """A question with its right answer and links that open its graphs in the editor."""
    text = words(lang)
    lines = [f"> {view.plain_line(row['question'])}"]
    if row["gold"]:
        lines.append(text.right_answer_is.format(gold=localized(row["gold"], lang)))
    lines.append(" · ".join(f"[{label}]({editor_link(work, lang)})" for label, work in links))
    return "\n\n".join(lines)


def editor_link(work: Solution, lang: Lang) -> str:
    """Where Solve opens with a question and its graph; without the graph if it is too large."""
    page = "./bn" if lang == "bn" else "./"
    try:
        return f"{page}#{write_link(work.question, work.graph)}"
    except LinkTooLong:
        return f"{page}#{write_link(work.question[:2000])}"
