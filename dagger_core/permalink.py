"""A question and its graph in the address of a page, so that a link needs no server to keep it.

A link is a version, a full stop, and base64url (RFC 4648, section 5, unpadded) of a zlib stream
(RFC 1950) of JSON. Anyone can write one, so reading trusts nothing and never raises.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from dataclasses import dataclass

from dagger_core.diagnostics import Diagnostic, LinkTooLong
from dagger_core.graph import Graph
from dagger_core.jsontext import loads

VERSION = "1"
#: Characters of a link, and bytes that it may unpack to.
MOST_CHARACTERS = 32_000
MOST_BYTES = 256_000

_LINK = re.compile(r"(\d{1,4})\.([A-Za-z0-9_-]*)", re.ASCII)
# Part of version 1: what nearly every graph has, so that it costs a link nothing.
_DICTIONARY = (
    '"op": "ratio_split""op": "identity""op": "floor""op": "ceil""op": "round""op": "sqrt"'
    '"op": "pow""op": "mod""op": "gcd""op": "lcm""op": "abs""op": "min""op": "max""op": "mean"'
    '"op": "sum""op": "sub""op": "div""op": "mul""op": "add", "args": ["n1", "n2"], "distractor": '
    'true, "label": "মোট টাকা"}, {"id": "final_result", "op": "identity", "args": ["s1"], '
    '"distractor": false, "label": "চূড়ান্ত উত্তর"}, {"id": "s2", "op": "add", "args": ["s1", '
    '"n3"], "distractor": false, "label": "total"}, {"question": "কত টি ছিল এবং তার আছে? How many '
    '", "nodes": [{"id": "n1", "op": "const", "val": 10, "distractor": false, "label": "'
).encode()


@dataclass(frozen=True, slots=True)
class Link:
    """What a link holds: a question and, if there is one, its graph."""

    question: str
    graph: Graph | None = None


def write_link(question: str, graph: Graph | None = None) -> str:
    """The link to a question and its graph: the same text for the same values, fit for a URL.

    Raises:
        LinkTooLong: they do not fit into a link.
    """
    question = question.encode("utf-8", "replace").decode()
    text = f'{{"question": {json.dumps(question, ensure_ascii=False)}'
    if graph is not None:
        text += f', "nodes": [{", ".join(node.to_json() for node in graph)}]'
    packed = _pack((text + "}").encode())
    link = f"{VERSION}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    if len(text.encode()) >= MOST_BYTES or len(link) > MOST_CHARACTERS:
        raise LinkTooLong("link-too-long")
    return link


def read_link(text: str) -> Link | Diagnostic:
    """What a link holds, or why it cannot be opened."""
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        return Diagnostic("link-too-large")
    parts = _LINK.fullmatch(text)
    if parts is None:
        return Diagnostic("link-foreign")
    version, body = parts.groups()
    if version != VERSION:
        return Diagnostic("link-newer", None, {"version": version})
    try:
        data = _unpack(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return Diagnostic("link-too-large") if data is None else _link(loads(data.decode()))
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return Diagnostic("link-damaged")


def _pack(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zdict=_DICTIONARY)
    return packer.compress(data) + packer.flush()


def _unpack(data: bytes) -> bytes | None:
    """The bytes of a zlib stream, or None if there are too many; raises ValueError if cut short."""
    unpacker = zlib.decompressobj(zdict=_DICTIONARY)
    plain = unpacker.decompress(data, MOST_BYTES)
    if len(plain) >= MOST_BYTES:
        return None
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not one whole zlib stream")
    return plain


def _link(obj: object) -> Link:
    """Raises ValueError if the JSON has another shape."""
    if not isinstance(obj, dict) or not isinstance(obj.get("question"), str):
        raise ValueError("no question")
    return Link(obj["question"], Graph.from_obj(obj) if "nodes" in obj else None)
