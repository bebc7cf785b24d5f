"""A model behind an OpenAI-compatible server: vLLM, `transformers serve`, Ollama, the HF router.

Address, model and key come from the environment or the administrator, never from a visitor. The
key appears in no representation, message or log.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dagger_core.diagnostics import EndpointError, Sentence
from dagger_core.generate.base import FinishReason, Sink, Stream
from dagger_core.generate.settings import Settings

if TYPE_CHECKING:
    from openai import AsyncOpenAI

URL, MODEL, KEY = "DAGGER_ENDPOINT_URL", "DAGGER_ENDPOINT_MODEL", "DAGGER_ENDPOINT_KEY"

_POLL_SECONDS = 0.02
_CONNECT_SECONDS = 10.0
_NO_KEY = "none"  # the client insists on one; servers without keys ignore it

#: What is said of an error of the client, by the names of both.
_WHY_NOT = {
    "AuthenticationError": "endpoint-key-refused",
    "PermissionDeniedError": "endpoint-forbidden",
    "NotFoundError": "endpoint-unknown-model",
    "RateLimitError": "endpoint-rate-limit",
    "BadRequestError": "endpoint-bad-request",
    "UnprocessableEntityError": "endpoint-unprocessable",
    "InternalServerError": "endpoint-failed",
    "APITimeoutError": "endpoint-silent",
    "APIConnectionError": "endpoint-unreachable",
}
_CUT, _GARBLED, _WEB_PAGE = "endpoint-broke-off", "endpoint-garbled", "endpoint-web-page"


class EndpointGenerator:
    """A model that a server runs.

    Args:
        url: where the API begins, e.g. `http://127.0.0.1:8000/v1`.
        model: the model's name on that server.
        key: the secret, if the server wants one.
        timeout: seconds of silence after which the server counts as gone.
        retries: how often a refused connection, a 429 or a 5xx is tried again, ever more slowly.

    Raises:
        EndpointError: the address is no http(s) URL or the model is missing.
    """

    def __init__(
        self, url: str, model: str, key: str = "", *, timeout: float = 60.0, retries: int = 2
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError("endpoint-address", setting=URL)
        if not model:
            raise EndpointError("endpoint-without-model", setting=MODEL)
        self.name = model
        self._url = url
        self._host = parts.netloc.rpartition("@")[2]
        self._key = key
        self._timeout = timeout
        self._retries = retries

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> EndpointGenerator | None:
        """The endpoint that the environment names, or None.

        Raises:
            EndpointError: half of it is set, or the address is none.
        """
        if not environ.get(URL):
            return None
        return cls(environ[URL], environ.get(MODEL, ""), environ.get(KEY, ""))

    def __repr__(self) -> str:
        return f"EndpointGenerator({self.name!r} at {self._host})"

    @property
    def identity(self) -> str:
        """The model and the server that runs it."""
        return f"{self.name} at {self._host}"

    def generate(self, question: str, settings: Settings) -> Stream:
        """A stream of the server's text; its tokens are estimated where the server counts none.

        Raises:
            EndpointError: while iterating: which server, why, and what to do.
        """

        def work(sink: Sink) -> FinishReason:
            sink.ready()
            try:
                return asyncio.run(
                    _until_cancelled(self._converse(question, settings, sink), sink.cancelled)
                )
            except EndpointError:
                raise
            except Exception as error:  # noqa: BLE001 - client, network and JSON errors alike
                # Not chained: what a server says may hold the key.
                raise self._explained(error) from None

        return Stream(work, tokens_exact=False)

    async def _converse(self, question: str, settings: Settings, sink: Sink) -> FinishReason:
        async with self._client() as client:
            raw = await client.chat.completions.with_raw_response.create(
                **_request(self.name, question, settings)
            )
            if "html" in raw.headers.get("content-type", ""):
                raise self._error(_WEB_PAGE)
            finish: str | None = None
            async with raw.parse() as chunks:
                async for chunk in chunks:
                    if chunk.usage is not None:
                        sink.total(chunk.usage.completion_tokens)
                    for choice in chunk.choices:
                        finish = choice.finish_reason or finish
                        if choice.delta.content:
                            sink.write(choice.delta.content)
        if finish is None:
            raise self._error(_CUT)
        return "length" if finish == "length" else "stop"

    def _client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI, Timeout

        return AsyncOpenAI(
            base_url=self._url,
            api_key=self._key or _NO_KEY,
            timeout=Timeout(self._timeout, connect=min(self._timeout, _CONNECT_SECONDS)),
            max_retries=self._retries,
        )

    def _explained(self, error: Exception) -> EndpointError:
        kinds = (kind.__name__ for kind in type(error).__mro__)
        known = next((_WHY_NOT[kind] for kind in kinds if kind in _WHY_NOT), None)
        if known is None:
            garbled = isinstance(error, (json.JSONDecodeError, AttributeError, TypeError))
            known = _GARBLED if garbled else _CUT
        return self._error(known, _said(error))

    def _error(self, name: str, said: str = "") -> EndpointError:
        """An error of `errors.toml`, followed by the server's own words."""
        why = Sentence.named(name, url=URL, model=MODEL, key=KEY)
        server, model, said = map(self._masked, (self._host, self.name, said))
        if not said:
            return EndpointError("endpoint-failed-so", server=server, model=model, why=why)
        return EndpointError(
            "endpoint-failed-saying", server=server, model=model, why=why, words=said
        )

    def _masked(self, text: str) -> str:
        """A text without the key, which servers may repeat."""
        return text.replace(self._key, "•••") if self._key else text


def _request(model: str, question: str, settings: Settings) -> dict[str, Any]:
    """The body of the request; greedy settings leave the sampling fields out."""
    from dagger_core.formats import FORMATS

    body: dict[str, Any] = {
        "model": model,
        "messages": FORMATS[settings.format].messages(question),
        "temperature": settings.temperature,
        "max_tokens": settings.max_new_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if settings.seed is not None:
        body["seed"] = settings.seed
    if not settings.greedy and settings.top_p < 1:
        body["top_p"] = settings.top_p
    if not settings.greedy and settings.top_k:
        body["extra_body"] = {"top_k": settings.top_k}  # vLLM's and Ollama's, not OpenAI's
    return body


def _said(error: Exception) -> str:
    """The server's own words, if it gave any as an OpenAI error; no page, no trace."""
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(message).split())[:300] if message else ""


async def _until_cancelled(
    conversation: Coroutine[Any, Any, FinishReason], cancelled: Callable[[], bool]
) -> FinishReason:
    """Run a conversation; a cancel closes its connection, which stops the server's model."""
    task = asyncio.ensure_future(conversation)
    while not task.done() and not cancelled():
        await asyncio.wait({task}, timeout=_POLL_SECONDS)
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.wait({task})
    return "cancelled"
