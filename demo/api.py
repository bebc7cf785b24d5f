"""The public API: read, check, execute and draw a graph, for programs and for MCP clients.

Everything else that the app can be asked is private: it belongs to the pages and can change.
Texts come from anybody; what is wrong with them comes back as data, in the words of `lang`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, Literal

import anyio
import gradio as gr

from dagger_core.check import check as check_graph
from dagger_core.diagnostics import DaggerError, Diagnostic, EditError, Lang
from dagger_core.execute import execute as execute_graph
from dagger_core.numerals.show import plain
from dagger_core.parse import Parsed, lenient
from dagger_core.render import describe, inline, to_dot
from dagger_core.render import render as draw

#: Longest text that is taken, in characters.
LONGEST = 200_000
_AT_ONCE = 4
#: Where Gradio answers MCP clients.
_MCP = "/gradio_api/mcp"


def publish() -> None:
    """Add the endpoints `/parse`, `/check`, `/execute` and `/render` to the open `gr.Blocks`.

    They wait in no queue of Gradio's: for an MCP client each call would go through a client of
    the whole app first, which takes seconds to begin.
    """
    limiter = anyio.CapacityLimiter(_AT_ONCE)
    for function in ENDPOINTS:
        gr.api(_served(function, limiter), api_name=function.__name__, queue=False)


def _served(
    function: Callable[..., dict[str, Any]], limiter: anyio.CapacityLimiter
) -> Callable[..., Any]:
    """An endpoint that runs beside the pages, a few at once; MCP clients get its result as JSON."""

    @wraps(function)
    async def serve(request: gr.Request, *given: Any) -> Any:
        result = await anyio.to_thread.run_sync(partial(function, *given), limiter=limiter)
        # Of what is no text, Gradio would send Python's notation.
        return json.dumps(result, ensure_ascii=False) if _MCP in request.url.path else result

    # Gradio fills in what is annotated as a request, and reads the rest as the arguments.
    serve.__annotations__["request"] = gr.Request
    asking = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    given = inspect.signature(function)
    serve.__signature__ = given.replace(  # type: ignore[attr-defined]
        parameters=[asking, *given.parameters.values()]
    )
    return serve


def parse(text: str, lang: Literal["en", "bn"] = "en") -> dict[str, Any]:
    """Read the computational graph in a model's text or in JSON.

    Args:
        text: JSON of a graph, or any text with one in it; small mistakes are mended.
        lang: language of the diagnostics, "en" or "bn".

    Returns:
        graph: the graph as {"nodes": [...]}, or null.
        diagnostics: what was noticed while reading.
    """
    parsed = _read(text, lang)
    graph = None if parsed.graph is None else parsed.graph.to_obj()
    return {"graph": graph, "diagnostics": _said(parsed.diagnostics, _lang(lang))}


def check(text: str, question: str = "", lang: Literal["en", "bn"] = "en") -> dict[str, Any]:
    """Find what is wrong with a graph: bad references, cycles, unused numbers and the like.

    Args:
        text: JSON of a graph, or any text with one in it.
        question: the word problem it belongs to; then its numbers are compared, too.
        lang: language of the diagnostics, "en" or "bn".

    Returns:
        ok: whether there is no error.
        diagnostics: code, severity, node and text of each finding.
    """
    parsed = _read(text, lang, question)
    found = list(parsed.diagnostics)
    if parsed.graph is not None:
        found += check_graph(parsed.graph, execute_graph(parsed.graph), question)
    ok = all(diagnostic.severity != "error" for diagnostic in found)
    return {"ok": ok, "diagnostics": _said(found, _lang(lang))}


def execute(text: str, lang: Literal["en", "bn"] = "en") -> dict[str, Any]:
    """Execute a graph node by node, exactly.

    Args:
        text: JSON of a graph, or any text with one in it.
        lang: language of the diagnostics, "en" or "bn".

    Returns:
        answer: the value of final_result as text ("45.6"), or null.
        values: the value of every node by its id, null where it failed.
        diagnostics: why nodes failed, and what was noticed while reading.
    """
    parsed = _read(text, lang)
    if parsed.graph is None:
        said = _said(parsed.diagnostics, _lang(lang))
        return {"answer": None, "values": {}, "diagnostics": said}
    execution = execute_graph(parsed.graph)
    values = {key: execution.value(key) for key in parsed.graph.index}
    failures = [execution.failure(key) for key in parsed.graph.index]
    found = [*parsed.diagnostics, *(failure for failure in failures if failure is not None)]
    return {
        "answer": None if execution.answer is None else plain(execution.answer),
        "values": {key: None if value is None else plain(value) for key, value in values.items()},
        "diagnostics": _said(found, _lang(lang)),
    }


def render(
    text: str, theme: Literal["light", "dark"] = "light", lang: Literal["en", "bn"] = "en"
) -> dict[str, Any]:
    """Draw a graph as SVG, with the value of every node.

    Args:
        text: JSON of a graph, or any text with one in it.
        theme: colours, "light" or "dark".
        lang: language of the words in the picture, "en" or "bn".

    Returns:
        svg: the picture as text, or null.
        alternative: the same in words.
        diagnostics: what was noticed while reading.
    """
    lang = _lang(lang)
    if theme not in ("light", "dark"):
        raise gr.Error("theme is “light” or “dark”.", print_exception=False)
    parsed = _read(text, lang)
    said = _said(parsed.diagnostics, lang)
    if parsed.graph is None:
        return {"svg": None, "alternative": "", "diagnostics": said}
    execution = execute_graph(parsed.graph)
    alternative = describe(parsed.graph, execution, lang)
    try:
        dot = to_dot(parsed.graph, execution, theme=theme, lang=lang)
        svg = inline(draw(dot, "svg"), alternative).markup
    except DaggerError as error:
        raise _refused(error, lang) from None
    return {"svg": svg, "alternative": alternative, "diagnostics": said}


def _read(text: object, lang: object, question: object = "") -> Parsed:
    """The graph in a text; nobody but us makes sure that a text is one."""
    if not isinstance(text, str) or not isinstance(question, str):
        raise gr.Error("text and question are texts.", print_exception=False)
    if max(len(text), len(question)) > LONGEST:
        raise _refused(EditError("input-too-long", limit=f"{LONGEST:,}"), _lang(lang))
    return lenient(text)


def _lang(lang: object) -> Lang:
    return "bn" if lang == "bn" else "en"


def _said(found: Iterable[Diagnostic], lang: Lang) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "severity": one.severity, "node": one.node, "text": one.text(lang)}
        for one in found
    ]


def _refused(error: DaggerError, lang: Lang) -> gr.Error:
    return gr.Error(error.text(lang), print_exception=False)


#: What is public, in the order of the reference.
ENDPOINTS = (parse, check, execute, render)
