"""Sharing: a link to the question and the graph on a page, and what a link that is opened brings.

A link is the address of Solve with everything in its fragment, which browsers keep to themselves:
`./#` and what `write_link` gives. It needs no server to keep it and opens on any other one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from dagger_core.diagnostics import DaggerError, Diagnostic, Lang
from dagger_core.permalink import read_link, write_link
from demo import actions, bundle
from demo.desk import Desk, desk_of
from demo.listeners import LISTENER, QUIET
from demo.services import DraftBox, Services
from demo.solution import Solution, new_key
from demo.texts import words

_MODULES = ["unasked", "share"]
#: For the listener that opens the page: the browser's key in; it, the link and what was typed out.
TAKE_LINK = bundle.function(_MODULES, "takeLink")
#: Before the link of a page inside another one, which has no work of its own to come back to.
EMBEDDED = "embed:"
#: The work that a link put aside is the draft of this name.
_ASIDE = "{browser}-aside"


def link_of(solution: Solution, typed: str) -> str:
    """The link to what a page shows: its question and graph, or what is typed so far.

    Raises:
        DaggerError: there is no question, or it is too long, or the graph is.
    """
    if solution.graph is None or not solution.question:
        solution = actions.ask(solution, typed, solution.gold)
    return write_link(solution.question, solution.graph)


class LinkRefused(DaggerError):
    """A link that cannot be opened."""

    def __init__(self, why: Diagnostic) -> None:
        super().__init__(why.code)
        self._why = why

    def text(self, lang: Lang = "en") -> str:
        """Why, as one sentence."""
        return self._why.text(lang)


def open_link(link: str) -> Solution:
    """The work that somebody's link brings.

    Raises:
        DaggerError: it cannot be opened, or its question is none that a page would take.
    """
    found = read_link(link)
    if isinstance(found, Diagnostic):
        raise LinkRefused(found)
    history = () if found.graph is None else (found.graph,)
    return actions.ask(Solution(history=history, key=new_key()), found.question, "")


def put_aside(drafts: DraftBox, browser: str, opened: Solution) -> None:
    """Keep a browser's work under another name before a link takes its place."""
    before = drafts.get(browser)
    if before is not None and (before.question or before.graph):
        drafts.put(_ASIDE.format(browser=browser), before)
    drafts.put(browser, opened)


def swapped(drafts: DraftBox, browser: str, current: Solution) -> Solution:
    """The work that was put aside; what was in front takes its place there."""
    aside = drafts.get(_ASIDE.format(browser=browser))
    if aside is None:
        return current
    put_aside(drafts, browser, aside)
    # A picture with the number of an earlier one would not be shown as newer.
    return replace(aside, revision=max(aside.revision, current.revision) + 1)


class Sharing:
    """The buttons, in one language: copy a link, and go back to the work before a link."""

    def __init__(self, services: Services, lang: Lang) -> None:
        self._services, self._lang, text = services, lang, words(lang)
        self.copy = gr.Button(text.copy_link, elem_id="copy-link", scale=1, min_width=110)
        self.other = gr.Button(text.other_work, elem_id="other-work", visible=False, min_width=110)
        # What the address of the page brought; the browser fills it in.
        self.brought = gr.Textbox(visible="hidden", elem_id="brought")
        with gr.Column(visible=False, elem_id="link-panel", render=False) as self.panel:
            self.link = gr.Textbox(
                label=text.link,
                info=text.link_info,
                buttons=["copy"],
                elem_id="link",
                max_lines=1,
            )
            self.embed = gr.Textbox(
                label=text.embed,
                info=text.embed_info,
                buttons=["copy"],
                elem_id="embed",
                max_lines=1,
            )

    def listen(self, asked: Sequence[Any], swap: Callable[..., Any], shown: Sequence[Any]) -> None:
        """Set up the buttons; `asked` begins with the desk, the browser and the question."""
        boxes = [self.link, self.embed]
        made = self.copy.click(self._on_copy, list(asked[:3]), [self.link, self.panel], **QUIET)
        made.success(None, self.link, boxes, js=bundle.function(_MODULES, "copyLink"), **QUIET)
        self.other.click(swap, list(asked[:2]), list(shown), **LISTENER)

    def _on_copy(self, desk: Desk | None, browser: str, question: str) -> Any:
        try:
            link = link_of(desk_of(self._services, desk, browser).solution, question)
        except DaggerError as error:
            raise gr.Error(error.text(self._lang), print_exception=False) from None
        return {self.link: link, self.panel: gr.update(visible=True)}

    def offers(self, browser: str) -> dict[Any, Any]:
        """Whether there is work that was put aside."""
        aside = self._services.drafts.get(_ASIDE.format(browser=browser)) if browser else None
        return {self.other: gr.update(visible=aside is not None)}
