"""The public API as tools, asked by a real MCP client."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.demo.awaiting import awaited
from tests.demo.solve_app import ANSWERS, HOSTILE
from tests.demo.visiting import PATIENCE, QUESTION, Server

mcp = pytest.importorskip("mcp", reason="mcp is not installed")
TEXT = ANSWERS["quick"][1]


async def _talk(address: str, calls: list[tuple[str, dict[str, Any]]]) -> tuple[Any, list[Any]]:
    from mcp.client.streamable_http import streamablehttp_client

    async with (
        streamablehttp_client(f"{address}/gradio_api/mcp/", timeout=PATIENCE) as (read, write, _),
        mcp.ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = (await session.list_tools()).tools
        return tools, [await session.call_tool(name, given) for name, given in calls]


def talk(studio: Server, *calls: tuple[str, dict[str, Any]]) -> tuple[Any, list[Any]]:
    """The tools there are, and the results of calls."""
    return awaited(_talk(studio.address, list(calls)))


def told(result: Any) -> Any:
    (content,) = result.content
    assert not result.isError, content.text
    return json.loads(content.text)


def test_each_endpoint_is_a_tool_and_answers_in_json(studio: Server) -> None:
    tools, results = talk(
        studio,
        ("parse", {"text": TEXT}),
        ("check", {"text": TEXT, "question": QUESTION}),
        ("execute", {"text": TEXT, "lang": "bn"}),
        ("render", {"text": TEXT, "theme": "dark", "lang": "bn"}),
    )
    assert {tool.name for tool in tools} == {"parse", "check", "execute", "render"}
    parsed, checked, executed, drawn = map(told, results)
    assert len(parsed["graph"]["nodes"]) == 5
    assert checked == {"ok": True, "diagnostics": []}
    assert executed["answer"] == "8"
    assert drawn["svg"].startswith("<svg")
    assert "উত্তর: ৮" in drawn["alternative"]


def test_a_tool_says_what_it_takes(studio: Server) -> None:
    tools, _ = talk(studio)
    check = next(tool for tool in tools if tool.name == "check")
    assert check.inputSchema["required"] == ["text"]
    given = check.inputSchema["properties"]
    assert list(given) == ["text", "question", "lang"]
    assert all(given[name]["description"] for name in given)


def test_bad_input_is_data_or_an_error_with_a_sentence(studio: Server) -> None:
    long = {"text": "x" * 200_001, "lang": "bn"}
    _, (odd, refused, unknown) = talk(
        studio, ("check", {"text": HOSTILE}), ("check", long), ("nothing", {})
    )
    assert told(odd)["ok"] is False
    assert refused.isError
    assert "২০০,০০০" in refused.content[0].text or "200,000" in refused.content[0].text
    assert unknown.isError
