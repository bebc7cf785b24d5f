"""The process that draws: reads DOT on standard input, answers with pictures, one at a time.

Graphviz's layout holds the GIL and can take minutes, so it lives in a process of its own that
`engine` may kill. The file is run by its path and imports nothing of the project: it starts
fast, and a parent with any `__main__` can start it.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import sys
from typing import BinaryIO

#: format name, seconds until this process gives up by itself, length of the DOT text.
REQUEST = struct.Struct(">8sdI")
#: 0 for a picture or 1 for an error text, length.
REPLY = struct.Struct(">BI")

_PNG_DPI = 192
_PNG_PIXELS = 24_000_000


def draw(dot: str, fmt: str) -> bytes:
    """Lay a DOT text out and draw it. Raises ValueError for text that is not DOT."""
    import pygraphviz  # here, because the parent imports this module for its two structs

    graph = pygraphviz.AGraph(string=dot)
    try:
        if fmt == "png":
            graph.graph_attr["dpi"] = str(_dpi(graph.draw(format="plain", prog="dot")))
        picture: bytes = graph.draw(format=fmt, prog="dot")
        return picture
    finally:
        graph.close()


def _dpi(plain: bytes) -> int:
    """A resolution at which the picture stays within the pixels we are willing to paint."""
    _, _, width, height = plain.split(b"\n", 1)[0].split()
    inches = (float(width) + 1) * (float(height) + 1)
    return max(1, min(_PNG_DPI, int((_PNG_PIXELS / inches) ** 0.5)))


def _arm(seconds: float) -> None:
    # If the parent dies during a layout nobody is left to kill us, so the kernel does.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until the parent closes the pipe."""
    while header := source.read(REQUEST.size):
        fmt, seconds, length = REQUEST.unpack(header)
        dot = source.read(length).decode("utf-8")
        _arm(seconds)
        try:
            status, body = 0, draw(dot, fmt.rstrip(b"\0").decode("ascii"))
        except (ValueError, ImportError, OSError) as error:
            status, body = 1, f"{type(error).__name__}: {error}".encode()
        _arm(0)
        sink.write(REPLY.pack(status, len(body)) + body)
        sink.flush()


def main() -> None:
    """Serve on the standard streams; what a library prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink)
    # A parent that was killed could not clear away the folder it made for us.
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
