"""Whoever calls the endpoints of a page by themselves, as a program and not as a browser."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


class Stranger:
    """Calls endpoints, in one session.

    Args:
        address: of the app.
        session: a name for the session.
    """

    def __init__(self, address: str, session: str) -> None:
        self.address, self.session = address.rstrip("/"), session
        config = json.load(self._open("/config"))
        self._parts = {part["id"]: part["props"] for part in config["components"]}
        self._dependencies = config["dependencies"]

    def named(self, name: str) -> int:
        """The function that Gradio calls by this name."""
        return next(d["id"] for d in self._dependencies if d["api_name"] == name)

    def functions(self, part: str, event: str) -> list[int]:
        """The functions that an event of a component calls, by its `elem_id`: one a language."""
        return [
            dependency["id"]
            for dependency in self._dependencies
            for target, name in dependency["targets"]
            if name == event
            and self._parts.get(target, {}).get("elem_id") == part
            and dependency["backend_fn"]
        ]

    def _open(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.address + path, data, headers)
        return urllib.request.urlopen(request, timeout=60)

    def inputs(self, function: int, **values: Any) -> list[Any]:
        """What a page would send, with other values for the components of these `elem_id`s."""
        numbers = next(d["inputs"] for d in self._dependencies if d["id"] == function)
        parts = [self._parts[number] for number in numbers]
        unknown = set(values) - {part.get("elem_id") for part in parts}
        assert not unknown, f"there is no {unknown}"
        return [values.get(part.get("elem_id"), part.get("value")) for part in parts]

    def component(self, part: str) -> int:
        """The number of the first component of this `elem_id`."""
        return next(n for n, props in self._parts.items() if props.get("elem_id") == part)

    def post(
        self, function: int, data: list[Any], event: Any = None, trigger: int | None = None
    ) -> dict[str, Any]:
        """The last message of the server after a call with exactly these inputs."""
        body = {
            "fn_index": function,
            "data": data,
            "event_data": event,
            "trigger_id": trigger,
            "session_hash": self.session,
        }
        self._open("/gradio_api/queue/join", body).read()
        for line in self._open(f"/gradio_api/queue/data?session_hash={self.session}"):
            message = json.loads(line.removeprefix(b"data:")) if line.strip() else {}
            if message.get("msg") == "process_completed":
                return dict(message)
        raise AssertionError("the server hung up")
