"""The public API as its users call it: gradio_client on loopback, hostile input included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from gradio_client import Client

from tests.demo.solve_app import ANSWERS, CLOSING, HOSTILE, MANGOES, MARKUP
from tests.demo.visiting import PATIENCE, QUESTION, Server

TEXT = ANSWERS["quick"][1]
ENDPOINTS = ("/parse", "/check", "/execute", "/render")
BAD = {
    "empty": "",
    "markup": HOSTILE + MARKUP + CLOSING,
    "deep": '{"nodes": ' + "[" * 50_000,
    "cycle": json.dumps({"nodes": [{"id": "final_result", "op": "add", "args": ["final_result"]}]}),
    "tower": json.dumps({"nodes": [{"id": "final_result", "op": "pow", "args": [9, "9e99"]}]}),
    "hostile": ANSWERS["hostile"][1],
}


@pytest.fixture(scope="module")
def client(studio: Server) -> Iterator[Client]:
    client = Client(studio.address, verbose=False, httpx_kwargs={"timeout": PATIENCE})
    yield client
    client.close()


def test_nothing_else_is_public(client: Client) -> None:
    described: Any = client.view_api(return_format="dict", print_info=False)
    assert set(described["named_endpoints"]) == set(ENDPOINTS)
    assert described["unnamed_endpoints"] == {}


def test_what_each_endpoint_gives(client: Client) -> None:
    parsed = client.predict(TEXT, api_name="/parse")
    assert parsed == {"graph": {"nodes": list(map(full, MANGOES))}, "diagnostics": []}
    checked = client.predict(TEXT, QUESTION, api_name="/check")
    assert checked == {"ok": True, "diagnostics": []}
    executed = client.predict(TEXT, api_name="/execute")
    assert executed["answer"] == "8"
    assert executed["values"]["bags"] == "8"
    drawn = client.predict(TEXT, "dark", "bn", api_name="/render")
    root = ElementTree.fromstring(drawn["svg"])
    assert root.attrib["aria-label"] == drawn["alternative"]
    assert "উত্তর: ৮" in drawn["alternative"]


def full(node: dict[str, Any]) -> dict[str, Any]:
    """A node with its fields in the order in which graphs write them."""
    return {
        key: node[key] for key in ("id", "op", "val", "args", "distractor", "label") if key in node
    }


def test_findings_come_in_the_language_that_is_asked_for(client: Client) -> None:
    text = TEXT.replace('"n3"\n', '"gone"\n')
    said = [client.predict(text, "", lang, api_name="/check") for lang in ("en", "bn")]
    codes = [[one["code"] for one in found["diagnostics"]] for found in said]
    assert codes[0] == codes[1] != []
    assert said[0]["ok"] is False
    assert said[0]["diagnostics"][0]["text"] != said[1]["diagnostics"][0]["text"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("name", BAD)
def test_bad_text_comes_back_as_data(client: Client, endpoint: str, name: str) -> None:
    given = client.predict(BAD[name], api_name=endpoint)
    if endpoint == "/execute" and name != "hostile":
        assert given["answer"] is None
        assert given["diagnostics"]
    svg = given.get("svg") or ""
    assert "<script" not in svg
    assert "<img" not in svg
    assert "href" not in svg


@pytest.mark.parametrize("given", [("x" * 200_001,), (None,), (5,), ([],), (TEXT, "x" * 200_001)])
def test_what_is_no_text_is_refused_with_a_sentence(client: Client, given: tuple[Any, ...]) -> None:
    with pytest.raises(Exception, match=r"too long|are texts"):
        client.predict(*given, api_name="/check")
