"""A server that answers as huggingface.co does to what a job needs, from recorded answers."""

from __future__ import annotations

import base64
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

_ETAG = '"0123456789012345678901234567890123456789"'


class HuggingFace:
    """Repositories and one job, in memory.

    Attributes:
        files: of the job's repository, by path.
        spec: what the job was started with.
        log: what it prints.
        stage: where it is; it ends when `end` is called.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.spec: dict[str, Any] = {}
        self.log: list[str] = []
        self.stage, self.message = "RUNNING", ""
        self.over = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self, stage: str, message: str = "") -> None:
        """The job is over."""
        self.stage, self.message = stage, message
        self.over.set()

    def answer(self, method: str, path: str, body: bytes) -> Any:
        """The answer to a request, as JSON; None where there is nothing."""
        if path == "/api/whoami-v2":
            return {"type": "user", "name": "mina", "orgs": []}
        if path == "/api/repos/create":
            return {"url": f"{self.url}/mina/x", "name": "mina/x"}
        if path == "/api/validate-yaml":
            return {"errors": [], "warnings": []}
        if "/preupload/" in path:
            names = [file["path"] for file in json.loads(body)["files"]]
            modes = {"uploadMode": "regular", "shouldIgnore": False, "oid": None}
            return {"files": [{"path": name, **modes} for name in names]}
        if "/commit/" in path:
            self._commit(body)
            return {"commitUrl": f"{self.url}/mina/x/commit/0", "commitOid": "0" * 40,
                    "hookOutput": "", "success": True}  # fmt: skip
        if re.match(r"/api/models/[^/]+/[^/]+(/revision/.*)?$", path):
            return {"id": "mina/x", "sha": "0" * 40, "private": True,
                    "siblings": [{"rfilename": name} for name in self.files]}  # fmt: skip
        if re.match(r"/api/models/[^/]+/[^/]+/tree/", path):
            return [
                {"type": "file", "path": name, "size": len(data), "oid": "0" * 40}
                for name, data in self.files.items()
            ]
        if path == "/api/jobs/mina" and method == "POST":
            self.spec = json.loads(body)
            return self._job()
        if path == "/api/jobs/mina/job-1/cancel":
            self.end("CANCELED")
            return {}
        return self._job() if path == "/api/jobs/mina/job-1" else None

    def _job(self) -> dict[str, Any]:
        owner = {"id": "1", "name": "mina", "type": "user"}
        status = {"stage": self.stage, "message": self.message}
        return {"id": "job-1", "owner": owner, "status": status, "environment": {}}

    def _commit(self, body: bytes) -> None:
        for line in map(json.loads, body.splitlines()):
            value = line["value"]
            if line["key"] == "file":
                self.files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "deletedFile":
                self.files.pop(value["path"], None)


def _handler(hub: HuggingFace) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path.endswith("/logs"):
                self._send_log()
            elif "/resolve/" in path:
                self._send_file(path.split("/resolve/")[1].partition("/")[2])
            else:
                self._send_answer(path)

        do_HEAD = do_POST = do_GET  # noqa: N815

        def _send_answer(self, path: str) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            answer = hub.answer(self.command, path, body)
            text = json.dumps(answer if answer is not None else {"error": path}).encode()
            self.send_response(404 if answer is None else 200)
            self.send_header("content-type", "application/json")
            self._end(text)

        def _send_file(self, name: str) -> None:
            data = hub.files.get(name)
            self.send_response(404 if data is None else 200)
            if data is None:
                self.send_header("x-error-code", "EntryNotFound")
            self.send_header("etag", _ETAG)
            self.send_header("x-repo-commit", "0" * 40)
            self._end(data or b"")

        def _send_log(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            sent = 0
            while not hub.over.is_set() or sent < len(hub.log):
                for line in hub.log[sent:]:
                    event = {"timestamp": "2026-01-01T00:00:00Z", "data": line}
                    self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
                    sent += 1
                self.wfile.flush()
                hub.over.wait(0.05)
            self.close_connection = True

        def _end(self, text: bytes) -> None:
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(text)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    return Handler
