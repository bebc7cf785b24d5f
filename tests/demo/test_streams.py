"""No stream stays open with nothing to say, over HTTP as Gradio's page speaks it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import gradio as gr
import httpx
import pytest
from starlette.middleware import Middleware

from demo.streams import CloseIdleStreams


def slowly() -> str:
    time.sleep(0.5)
    return "done"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with gr.Blocks() as app:
        gr.Button().click(slowly, None, gr.Textbox(), api_name="slowly")
    kwargs = {"middleware": [Middleware(CloseIdleStreams)]}
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, app_kwargs=kwargs)
    with httpx.Client(base_url=f"{url}gradio_api", timeout=20) as client:
        yield client
    app.close()


def begin(client: httpx.Client, session: str) -> None:
    body = {"data": [], "fn_index": 0, "session_hash": session}
    client.post("/queue/join", json=body).raise_for_status()


def heard(client: httpx.Client, session: str) -> list[str]:
    """What comes on a stream, until it ends."""
    text = client.get("/queue/data", params={"session_hash": session}).text
    messages = [json.loads(line[5:]) for line in text.splitlines() if line.startswith("data:")]
    return [message["msg"] for message in messages]


def test_a_stream_tells_what_is_under_way_and_ends(client: httpx.Client) -> None:
    begin(client, "one")
    *_, completed, closed = heard(client, "one")
    assert (completed, closed) == ("process_completed", "close_stream")


def test_a_stream_with_nothing_to_wait_for_ends_at_once(client: httpx.Client) -> None:
    begin(client, "two")
    heard(client, "two")
    # Gradio's own would stay open: this would fail with a timeout.
    assert heard(client, "two") == ["close_stream"]
    begin(client, "two")
    assert "process_completed" in heard(client, "two")


def test_a_session_that_nobody_knows_is_refused_by_gradio(client: httpx.Client) -> None:
    with client.stream("GET", "/queue/data", params={"session_hash": "nobody"}) as answer:
        first = next(answer.iter_lines())
    assert "unexpected_error" in first
