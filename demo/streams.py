"""Streams of messages from the server to a page: none stays open with nothing to say.

Gradio's page opens a stream for the messages of its events and closes it when the server says that
nothing is left. Of an event that is over before the page has its number, the messages come with
those of another one; the stream that the page opens for it then has none, and stays open. Is it cut
later, by a server that starts anew or a proxy that has waited enough, the page takes it for open
still, and what it does from then on is never answered (gradio 6.31).
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_PATH = "/queue/data"
#: What Gradio's server sends at the end of a stream.
_CLOSE = 'data: {"msg":"close_stream"}\n\n'


class CloseIdleStreams:
    """ASGI middleware of a Gradio app: a stream that has nothing to wait for ends at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        if scope["type"] == "http" and scope["path"].endswith(_PATH) and _is_idle(scope):
            await Response(_CLOSE, media_type="text/event-stream")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_idle(scope: Scope) -> bool:
    """Whether the session of a request has no events under way, and no messages left."""
    session = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0]
    queue = scope["app"].get_blocks()._queue
    messages = queue.pending_messages_per_session.get(session)
    # A session that the server does not know is Gradio's to refuse.
    return (
        messages is not None
        and messages.empty()
        and not queue.pending_event_ids_session.get(session)
    )
