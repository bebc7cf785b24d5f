"""DOT text to SVG, PNG or PDF, in warm processes that are stopped when a layout takes too long.

No `dot` program is needed: the pygraphviz wheel brings Graphviz, which `child` uses. At most
`WORKERS` such processes run; each starts when first needed, is replaced when it dies, and ends
with this process. Threads may call `render` at will.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Literal

from dagger_core.diagnostics import RenderError, RenderTimeout
from dagger_core.render import fonts
from dagger_core.render.child import REPLY, REQUEST

Format = Literal["svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf")

WORKERS = 2
#: Seconds for a process to start and to find its fonts, and for a caller to wait for a turn.
START_LIMIT = 30.0
TURN_LIMIT = 30.0

_CHILD = Path(__file__).with_name("child.py")


class DeadWorkerError(RenderError):
    """A drawing process ended without an answer."""


class Worker:
    """One drawing process and its scratch folder, started and checked for its fonts.

    It is `ready` unless a request was broken off, after which it can only be closed.
    """

    def __init__(self) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="dagger-render-"))
        self._log = self._scratch / "stderr.txt"
        try:
            self._process = _start(fonts.install(self._scratch), self._log)
        except BaseException:
            shutil.rmtree(self._scratch, ignore_errors=True)
            raise
        try:
            fonts.check_probe(self.ask(fonts.PROBE_DOT, "plain", START_LIMIT))
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, dot: str, fmt: str, limit: float) -> bytes:
        """One picture.

        Raises RenderTimeout, DeadWorkerError, or RenderError for what Graphviz cannot draw.
        """
        self.ready = False
        overrun = threading.Event()

        def stop() -> None:
            overrun.set()
            self._process.kill()

        timer = threading.Timer(limit, stop)
        timer.daemon = True
        timer.start()
        try:
            status, body = self._exchange(dot.encode("utf-8"), fmt.encode("ascii"), limit)
        except (OSError, EOFError) as error:
            if overrun.is_set():
                raise RenderTimeout("drawing-too-slow", seconds=f"{limit:g}") from error
            text = f"The drawing process ended twice; try again. {self._complaint()}"
            raise DeadWorkerError(text.strip()) from error
        finally:
            timer.cancel()
        self.ready = True
        if status:
            raise RenderError(f"Graphviz could not draw this: {body.decode()} {self._complaint()}")
        return body

    def _exchange(self, dot: bytes, fmt: bytes, limit: float) -> tuple[int, bytes]:
        source, sink = self._process.stdin, self._process.stdout
        assert source is not None
        assert sink is not None
        os.truncate(self._log, 0)
        source.write(REQUEST.pack(fmt, limit + 1, len(dot)) + dot)
        source.flush()
        status, length = REPLY.unpack(_read(sink, REPLY.size))
        return status, _read(sink, length)

    def _complaint(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace").strip()[-300:]

    def close(self) -> None:
        """End the process, wait for it, and remove its folder."""
        self._process.kill()
        with contextlib.suppress(BrokenPipeError), self._process:
            pass  # leaving it closes the pipes and waits
        shutil.rmtree(self._scratch, ignore_errors=True)


def _start(fontconfig: Path, log: Path) -> subprocess.Popen[bytes]:
    library = importlib.util.find_spec("pygraphviz")
    if library is None or library.origin is None:
        raise RenderError("Pictures need pygraphviz: run `pip install -r requirements.txt`.")
    env = dict(os.environ, FONTCONFIG_FILE=str(fontconfig))
    packages = (str(Path(library.origin).parents[1]), env.get("PYTHONPATH"))
    env["PYTHONPATH"] = os.pathsep.join(filter(None, packages))
    with log.open("ab") as stderr:
        return subprocess.Popen(
            [sys.executable, str(_CHILD), str(log.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=env,
        )


def _read(stream: IO[bytes], length: int) -> bytes:
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


class Engine:
    """A few warm workers that many threads share."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._most = workers
        self.forget()

    def render(self, dot: str, fmt: str, timeout: float) -> bytes:
        """See `render` below."""
        if not self._turns.acquire(timeout=TURN_LIMIT):
            raise RenderTimeout("drawing-busy")
        try:
            try:
                return self._draw(dot, fmt, timeout)
            except DeadWorkerError:
                return self._draw(dot, fmt, timeout)
        finally:
            self._turns.release()

    def _draw(self, dot: str, fmt: str, timeout: float) -> bytes:
        worker = self._worker()
        try:
            return worker.ask(dot, fmt, timeout)
        finally:
            if worker.ready:
                self._idle.append(worker)
            else:
                self._alive.discard(worker)
                worker.close()

    def _worker(self) -> Worker:
        try:
            return self._idle.pop()
        except IndexError:
            worker = Worker()
            self._alive.add(worker)
            return worker

    def pids(self) -> tuple[int, ...]:
        """The ids of the drawing processes."""
        return tuple(worker.pid for worker in self._alive)

    def close(self) -> None:
        """End the drawing processes; a later call starts new ones."""
        self._idle.clear()
        while self._alive:
            self._alive.pop().close()

    def forget(self) -> None:
        """Begin without workers: a forked copy of a process must leave them to the parent."""
        self._turns = threading.BoundedSemaphore(self._most)
        self._idle: list[Worker] = []
        self._alive: set[Worker] = set()


ENGINE = Engine()
atexit.register(ENGINE.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=ENGINE.forget)


def render(dot: str, fmt: Format, timeout: float = 5.0) -> bytes:
    """Lay a DOT text out and draw it.

    Args:
        dot: DOT text as `to_dot` makes it.
        fmt: "svg" (UTF-8 text), "png" or "pdf".
        timeout: seconds for the layout; a process that takes longer is killed.

    Raises RenderTimeout, FontMissing (the fonts with Bangla shapes are not in use), or
    RenderError (Graphviz cannot read or draw the text, or its process died twice).
    """
    if fmt not in FORMATS:
        raise RenderError(
            f"There is no picture format {fmt!r}; choose one of {', '.join(FORMATS)}."
        )
    picture = ENGINE.render(dot, fmt, timeout)
    return fonts.svg_fonts(picture.decode("utf-8")).encode("utf-8") if fmt == "svg" else picture
