"""The interactive parts of the Annotate page that the browser draws: queue, keys, draft, changes.

As with the other views, templates are static, what a view shows comes as a document, and what
it sends back is believed in nothing: each has a function here that reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import gradio as gr

from demo import bundle

#: The commands that keys are for, in the order they are listed; each with its first key, what it
#: is to the page, and where: a button to press, a field to go to, or a command of the picture.
KEYS: tuple[tuple[str, str, str, str], ...] = (
    ("accept", "y", "press", "#accept"),
    ("discard", "x", "press", "#discard"),
    ("flag", "w", "enter", "#proposed"),
    ("skip", "s", "press", "#skip"),
    ("undo", "z", "picture", "undo"),
    ("redo", "r", "picture", "redo"),
    ("next_node", "j", "picture", "next_node"),
    ("previous_node", "k", "picture", "previous_node"),
    ("toggle", "d", "picture", "toggle"),
    ("fix", "m", "press", "#findings .fv-fix"),
    ("next_item", "n", "press", "#next"),
    ("search", "/", "enter", "#search"),
    ("comment", "o", "enter", "#comment"),
)


class _View(gr.HTML):  # type: ignore[misc]
    """A view whose script and style have its name."""

    name: ClassVar[str]
    call: ClassVar[str]
    modules: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, options: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.options = options
        style = bundle.style("curating/views")
        modules = ["dom", "link", *self.modules, f"curating/{self.name}_view"]
        super().__init__(
            html_template=f'<div class="dagger-{self.name}"></div>',
            js_on_load=bundle.script(modules, self.call, {**(options or {}), "style": style}),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for anything."""

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """The document as the browser gets it."""
        return value


class QueueView(_View):
    """The lines of the queue; its `action` event opens one or turns the page (`read_queue`)."""

    name, call = "queue", "mountQueueView"


class KeysView(_View):
    """Listens to the keyboard for the page, and shows and changes which key does what.

    Options: `texts` (by command, and for the dialog), `keys` as in `KEYS`, and `channel`.
    """

    name, call, modules = "keys", "mountKeysView", ("graph/commands",)


class DraftView(_View):
    """Says whether what is on the desk has been saved, and warns who leaves before."""

    name, call = "draft", "mountDraftView"


class ChangesView(_View):
    """What the edit changed; its `action` event takes a change back (`read_changes`)."""

    name, call = "changes", "mountChangesView"


def read_queue(data: object) -> tuple[str, int] | None:
    """("open", question) or ("page", first line), or None for what no view would send."""
    if not isinstance(data, Mapping):
        return None
    for verb in ("open", "page"):
        number = data.get(verb)
        if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**31:
            return verb, number
    return None


def read_changes(data: object) -> tuple[str | None, str | None] | None:
    """The ids before and after of the node to reset, or None for what no view would send."""
    if not isinstance(data, Mapping) or data.get("action") != "reset":
        return None
    before, after = data.get("before"), data.get("after")
    if not isinstance(before, str | None) or not isinstance(after, str | None):
        return None
    return (before, after) if before is not None or after is not None else None
