"""Desk: what one open page has in front of it, and how every handler of that page begins."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import gradio as gr

from dagger_core.numerals.show import Script
from demo.services import Services, browser_key
from demo.solution import Solution, new_key

_SETTLE = 0.2
#: What changes on a page: a new value or `gr.update` by component.
Updates = dict[Any, Any]


@dataclass(frozen=True)
class Desk:
    """One open page: its work, the browser whose draft that is, and what the page shows.

    Args:
        theme: what pictures are drawn for.
        digits: what numbers are shown in, if not in those of the language.
        seq: the last action of the browser that the work takes into account.
        seen: what the page holds, as far as is known, by number and property of a component;
            what has not changed is not sent again.
    """

    solution: Solution
    browser: str = ""
    theme: Literal["light", "dark"] = "light"
    digits: Script | None = None
    seq: int = 0
    seen: Mapping[tuple[int, str], Any] = field(default_factory=dict)

    def with_solution(self, solution: Solution) -> Desk:
        """The desk with other work on it."""
        return replace(self, solution=solution)

    def holding(self, updates: Updates) -> Desk:
        """The desk of a page whose components, the keys, hold these values or updates now."""
        held = {
            (part._id, name): value
            for part, update in updates.items()
            for name, value in _properties(update).items()
        }
        return replace(self, seen={**self.seen, **held})

    def news(self, updates: Updates) -> Updates:
        """What of these values or updates, by component, the page does not hold yet."""
        nothing = object()
        news: Updates = {}
        for part, update in updates.items():
            changed = {
                name: value
                for name, value in _properties(update).items()
                if self.seen.get((part._id, name), nothing) != value
            }
            if changed:
                # For an update Gradio makes the component anew; for a plain value it does not.
                plain = changed.keys() == {"value"}
                news[part] = changed["value"] if plain else gr.update(**changed)
        return news


def last(*many: Updates) -> Updates:
    """What a stream sends at its end, together and after a moment.

    Of values that come at once, Gradio's page may lose all but the first.
    """
    time.sleep(_SETTLE)
    return together(*many)


def together(*many: Updates) -> Updates:
    """Updates of the same components as one, as Gradio's page needs them in a stream.

    It keeps what a generator yields as differences and applies them in place: what one yield
    says and the next does not is lost if the next comes before the page has shown the first.
    """
    merged: Updates = {}
    for updates in many:
        for part, update in updates.items():
            if part in merged:
                update = gr.update(**(_properties(merged[part]) | _properties(update)))
            merged[part] = update
    return merged


def _properties(update: Any) -> dict[str, Any]:
    """What an update says of a component, by property; a plain value is the property `value`."""
    if isinstance(update, dict) and update.get("__type__") == "update":
        return {name: value for name, value in update.items() if name != "__type__"}
    return {"value": update}


def desk_of(services: Services, desk: Desk | None, browser: object) -> Desk:
    """The desk of a request.

    Gradio forgets its state when the server restarts, while the page stays open; the draft then
    brings the work back.
    """
    if desk is not None:
        return desk
    key = browser_key(browser)
    solution = services.drafts.get(key) or Solution(key=new_key())
    return Desk(solution, key)
