"""Endpoints: every way a server can fail, by a small server that fails so; and a real server."""

from __future__ import annotations

import json
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dagger_core.diagnostics import EndpointError
from dagger_core.generate import EndpointGenerator, Settings
from tests.serving import serve

ENGLISH = "Mina has 12 pens and buys 30 more. How many pens does she have?"
KEY = "sk-very-secret-1234"
SETTINGS = Settings(max_new_tokens=20)


def chunk(text: str | None, finish: str | None = None, **more: object) -> bytes:
    delta = {} if text is None else {"content": text}
    body = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        **more,
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"


class FailingServer(ThreadingHTTPServer):
    """Fails in the way that the first part of the path says; counts requests and hang-ups."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[dict[str, object]] = []
        self.hung_up = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        self.hung_up.set()

    def url(self, mode: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{mode}/v1"


class Handler(BaseHTTPRequestHandler):
    server: FailingServer

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        mode = self.path.split("/")[1]
        if mode.isdigit():
            message = f"no: {self.headers['authorization']}"
            self.reply(int(mode), "application/json", json.dumps({"error": {"message": message}}))
        else:
            getattr(self, mode)()

    def reply(self, status: int, kind: str, body: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def stream(self, *parts: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for part in parts:
            self.wfile.write(part)
            self.wfile.flush()

    def page(self) -> None:
        self.reply(200, "text/html", "<html>Welcome</html>")

    def silent(self) -> None:
        time.sleep(60)

    def cut(self) -> None:
        self.stream(chunk("half "))

    def garbage(self) -> None:
        self.stream(b"data: {not json\n\n")

    def estimated(self) -> None:
        self.stream(chunk("a "), chunk("b "), chunk("c", "length"), b"data: [DONE]\n\n")

    def counted(self) -> None:
        usage = {"prompt_tokens": 3, "completion_tokens": 41, "total_tokens": 44}
        self.stream(
            chunk("প্রথম "),
            chunk("দ্বিতীয়", "stop"),
            chunk(None, usage=usage),
            b"data: [DONE]\n\n",
        )

    def endless(self) -> None:
        self.stream()
        while True:
            self.wfile.write(chunk("more "))
            self.wfile.flush()
            time.sleep(0.02)

    def stuck(self) -> None:
        """One piece, then silence; notices when the other side hangs up."""
        self.stream(chunk("one "))
        self.connection.settimeout(60)
        if self.connection.recv(1) == b"":
            self.server.hung_up.set()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def failing() -> Iterator[FailingServer]:
    server = FailingServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def ask(url: str, settings: Settings = SETTINGS, **options: float) -> str:
    generator = EndpointGenerator(url, "m", KEY, **{"retries": 0, "timeout": 30.0, **options})
    return generator.generate(ENGLISH, settings).read().text


@pytest.mark.parametrize(
    ("mode", "why", "remedy"),
    [
        ("401", "refused the key (401)", "DAGGER_ENDPOINT_KEY"),
        ("403", "(403)", "access"),
        ("404", "no such model", "DAGGER_ENDPOINT_MODEL"),
        ("429", "too many requests", "Wait"),
        ("400", "refused the request (400)", "chat model"),
        ("503", "failed (5xx)", "Try again"),
        ("page", "web page", "/v1"),
        ("silent", "did not answer in time", "Try again"),
        ("cut", "broke off", "Ask again"),
        ("garbage", "no chat stream", "OpenAI"),
    ],
)
def test_failure_says_which_why_and_what_to_do(
    failing: FailingServer, mode: str, why: str, remedy: str
) -> None:
    with pytest.raises(EndpointError) as caught:
        ask(failing.url(mode), timeout=0.5 if mode == "silent" else 30.0)
    text = str(caught.value)
    assert f"127.0.0.1:{failing.server_port} (m)" in text
    assert why in text
    assert remedy in text
    assert KEY not in text
    assert "<html>" not in text
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_refused_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    with pytest.raises(EndpointError, match="cannot be reached"):
        ask(url)


def test_silence_in_the_middle_is_a_timeout(failing: FailingServer) -> None:
    stream = EndpointGenerator(failing.url("stuck"), "m", timeout=3.0, retries=0).generate(
        ENGLISH, SETTINGS
    )
    with pytest.raises(EndpointError, match=r"in time|broke off"):
        list(stream)
    assert stream.text == "one "
    assert stream.finish_reason == "failed"


def test_retries_before_giving_up(failing: FailingServer) -> None:
    before = len(failing.bodies)
    with pytest.raises(EndpointError, match="failed"):
        ask(failing.url("503"), retries=1)
    assert len(failing.bodies) - before == 2


def test_usage_counts_tokens_else_they_are_estimated(failing: FailingServer) -> None:
    counted = EndpointGenerator(failing.url("counted"), "m").generate(ENGLISH, SETTINGS)
    assert list(counted) == ["প্রথম ", "দ্বিতীয়"]
    assert (counted.tokens, counted.tokens_exact, counted.finish_reason) == (41, True, "stop")
    estimated = EndpointGenerator(failing.url("estimated"), "m").generate(ENGLISH, SETTINGS)
    assert "".join(estimated) == "a b c"
    assert (estimated.tokens, estimated.tokens_exact) == (3, False)
    assert estimated.finish_reason == "length"


def test_settings_travel(failing: FailingServer) -> None:
    settings = Settings(temperature=0.7, top_p=0.8, top_k=64, seed=5, max_new_tokens=9)
    ask(failing.url("counted"), settings)
    sent = failing.bodies[-1]
    assert sent["temperature"] == 0.7
    assert (sent["top_p"], sent["top_k"]) == (0.8, 64)
    assert (sent["seed"], sent["max_tokens"]) == (5, 9)
    assert ENGLISH in str(sent["messages"])
    ask(failing.url("counted"))
    assert not {"top_p", "top_k", "seed"} & failing.bodies[-1].keys()


def test_cancel_hangs_up_even_on_a_silent_server(failing: FailingServer) -> None:
    failing.hung_up.clear()
    stream = EndpointGenerator(failing.url("stuck"), "m").generate(ENGLISH, SETTINGS)
    threading.Timer(0.3, stream.cancel).start()
    start = time.perf_counter()
    assert list(stream) == ["one "]
    assert time.perf_counter() - start < 20
    assert stream.finish_reason == "cancelled"
    assert failing.hung_up.wait(20)


def test_leaving_the_loop_hangs_up(failing: FailingServer) -> None:
    failing.hung_up.clear()
    stream = EndpointGenerator(failing.url("endless"), "m").generate(ENGLISH, SETTINGS)
    for _ in stream:
        break
    assert stream.finish_reason == "cancelled"
    assert failing.hung_up.wait(20)


def test_the_key_is_in_no_representation() -> None:
    generator = EndpointGenerator("http://user:pw@host.example:8000/v1", "m", KEY)
    assert repr(generator) == "EndpointGenerator('m' at host.example:8000)"


@pytest.mark.parametrize("url", ["ftp://host/v1", "host:8000", "http://", "file:///etc/passwd"])
def test_only_http_addresses(url: str) -> None:
    with pytest.raises(EndpointError, match="http or https"):
        EndpointGenerator(url, "m")


def test_from_environment() -> None:
    assert EndpointGenerator.from_environment({}) is None
    with pytest.raises(EndpointError, match="DAGGER_ENDPOINT_MODEL"):
        EndpointGenerator.from_environment({"DAGGER_ENDPOINT_URL": "http://h/v1"})
    made = EndpointGenerator.from_environment(
        {"DAGGER_ENDPOINT_URL": "http://h/v1", "DAGGER_ENDPOINT_MODEL": "m"}
    )
    assert made is not None
    assert made.name == "m"


@pytest.fixture(scope="module")
def served(
    model_maker: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """`transformers serve` with a tiny random model; its URL and the model's name."""
    pytest.importorskip("uvicorn")
    template = "{% for m in messages %}{{ m['content'] }}\n{% endfor %}"
    folder = model_maker(tmp_path_factory.mktemp("served") / "tiny", chat_template=template)
    with serve(folder) as address:
        yield address


def test_a_real_server_streams_and_counts(served: tuple[str, str]) -> None:
    stream = EndpointGenerator(*served).generate(ENGLISH, Settings(max_new_tokens=12))
    pieces = list(stream)
    assert "".join(pieces) == stream.text
    assert stream.finish_reason in ("stop", "length")
    assert stream.tokens_exact
    assert 1 <= stream.tokens <= 12
    again = EndpointGenerator(*served).generate(ENGLISH, Settings(max_new_tokens=12)).read()
    assert again.text == stream.text


def test_a_real_server_without_that_model(served: tuple[str, str]) -> None:
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1"):
        EndpointGenerator(served[0], "nobody/nothing", retries=0).generate(
            ENGLISH, Settings(max_new_tokens=2)
        ).read()
