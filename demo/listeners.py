"""How events are listened to: what Gradio is told with a handler. None is part of the API."""

from __future__ import annotations

from typing import Any

#: Nothing on the page says that it goes on.
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
#: The part of the page that waits for it says so.
BUSY: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
#: Whatever changes the work on a page, so that quick actions are neither lost nor reordered: one
#: at a time, each begins with what the one before it left.
LISTENER: dict[str, Any] = {
    **QUIET,
    "concurrency_id": "edit",
    "concurrency_limit": 1,
    "trigger_mode": "multiple",
    "queue": True,
}
#: The same for what stands side by side, which shows work and changes none.
PAIRED: dict[str, Any] = {**LISTENER, "concurrency_id": "pair"}
#: Whatever has a model answer.
ASKING: dict[str, Any] = {
    **QUIET,
    "concurrency_id": "generate",
    "concurrency_limit": 4,
    "trigger_mode": "once",
}
