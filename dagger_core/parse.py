"""Model text -> Parsed: strict for the reward, lenient for people, partial while it streams.

The policies are P1 and P7 of the design: valid JSON is decoded untouched before any repair, the
last complete fenced graph wins, text cut before or inside `final_result` gives no graph, and
NaN, Infinity and the like are not JSON. Bad text is data: nothing here raises for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import json_repair
import msgspec

from dagger_core.diagnostics import Diagnostic
from dagger_core.graph import FINAL, Graph
from dagger_core.jsontext import JsonFault, decimal, loads, place
from dagger_core.node import Node
from dagger_core.scan import Span, graph_spans

_FENCE, _FENCE_END = "```json", "```"
MIN_NODES = 3
# Repair takes more than linear time on hostile text; a graph of 100 nodes is far below this.
_REPAIR_LIMIT = 20_000
_MENDED = 3
# What says for certain why a text has no graph; no earlier stretch is tried then.
_FINDINGS = frozenset({"bare-number", "truncated"})


class _Document(msgspec.Struct):
    """The JSON object that holds a graph; other keys are passed over."""

    nodes: tuple[Node, ...]


_DECODER = msgspec.json.Decoder(_Document, float_hook=decimal)


class Parsed(NamedTuple):
    """What a text says: a graph or None, and what was noticed while reading."""

    graph: Graph | None
    diagnostics: tuple[Diagnostic, ...] = ()


def strict(text: str) -> Parsed:
    """Read exactly what training rewards.

    The stripped text is one ```json fence that holds {"nodes": […]} with at least three nodes
    and exactly one `final_result`. Anything else has no graph, and one diagnostic says why.
    """
    body = text.strip()
    if not (body.startswith(_FENCE) and body.endswith(_FENCE_END)):
        return _nothing("not-fenced")
    body = body[len(_FENCE) : -len(_FENCE_END)]
    try:
        graph = _decode(body)
    except JsonFault as fault:
        return Parsed(None, (_diagnostic(fault, body),))
    if len(graph.nodes) < MIN_NODES:
        return _nothing("few-nodes", count=len(graph.nodes))
    finals = graph.ids.count(FINAL)
    if finals != 1:
        return _nothing("finals", count=finals)
    return Parsed(graph)


def document(text: str) -> Parsed:
    """Read the JSON of a graph as a person or a file has it: no fence, no repair.

    The graph may also be a bare array of nodes, or stand under another key ({"graph": {…}}).
    A mistake is reported with its line and column.
    """
    try:
        return Parsed(_decode(text.removeprefix("\ufeff"), loose=True))
    except JsonFault as fault:
        return Parsed(None, (_diagnostic(fault, text),))


def lenient(text: str) -> Parsed:
    """Read what a model most likely meant.

    The last graph in a fence is taken, else the last one in the text. Only if no graph is valid
    JSON is one repaired, where nothing has to be guessed; that leaves a `repaired` diagnostic.
    """
    spans = graph_spans(text)
    ranked = [s for s in reversed(spans) if s.fenced] + [s for s in reversed(spans) if not s.fenced]
    faults: dict[int, JsonFault] = {}
    for span in ranked:
        if span.closed:
            try:
                return Parsed(_decode(text[span.start : span.end], loose=True))
            except JsonFault as fault:
                if len(faults) < _MENDED:
                    fault.at += span.start
                    faults[span.start] = fault
    first: Parsed | None = None
    for span in ranked[:_MENDED]:
        parsed = _mend(text, span, faults)
        if parsed.graph is not None or parsed.diagnostics[0].code in _FINDINGS:
            return parsed
        first = first or parsed
    if first is None and text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        first = document(text)
    return _nothing("no-json") if first is None or first.graph else first


def partial(text: str) -> tuple[Node, ...]:
    """The nodes that are complete so far in a text that is still being written."""
    spans = graph_spans(text)
    return _complete_nodes(text, spans[-1]) if spans else ()


def _complete_nodes(text: str, span: Span) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for start, end in span.nodes:
        try:
            nodes += _decode(f'{{"nodes": [{text[start:end]}]}}').nodes
        except JsonFault:
            continue
    return tuple(nodes)


def _nothing(code: str, **params: Any) -> Parsed:
    return Parsed(None, (Diagnostic(code, None, params),))


def _diagnostic(fault: JsonFault, text: str) -> Diagnostic:
    return Diagnostic(fault.code, None, {**place(text, fault.at), **fault.params})


def _mend(text: str, span: Span, faults: Mapping[int, JsonFault]) -> Parsed:
    """The graph of a span that is not valid JSON, if it can be had without guessing."""
    if span.bad_number is not None:
        at, token = span.bad_number
        return _nothing("bare-number", **place(text, at), token=token)
    if not span.closed:
        nodes = _complete_nodes(text, span)
        if not any(node.id == FINAL for node in nodes):
            return _nothing("truncated", count=len(nodes))
        return Parsed(Graph(nodes), (Diagnostic("repaired", None, place(text, span.end)),))
    problem = _diagnostic(faults[span.start], text)
    if span.end - span.start > _REPAIR_LIMIT:
        return Parsed(None, (problem,))
    try:
        repaired = json_repair.loads(text[span.start : span.end], skip_json_loads=True)
        graph = _convert(repaired, loose=True)
    except (ValueError, RecursionError):
        return Parsed(None, (problem,))
    return Parsed(graph, (Diagnostic("repaired", None, problem.params),))


def _decode(body: str, *, loose: bool = False) -> Graph:
    """The graph of a JSON text; raises JsonFault."""
    try:
        nodes = _DECODER.decode(body).nodes
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        nodes = ()  # very long numbers, half surrogate pairs, other types: the careful way decides
    return Graph(nodes) if nodes else _convert(loads(body), loose=loose)


def _convert(obj: Any, *, loose: bool) -> Graph:
    """The graph of {"nodes": […]}; if loose, also of […] and of {"graph": {"nodes": […]}}."""
    if loose and isinstance(obj, list):
        obj = {"nodes": obj}
    elif loose and isinstance(obj, dict) and "nodes" not in obj:
        obj = next((v for v in obj.values() if isinstance(v, dict) and "nodes" in v), obj)
    try:
        graph = Graph.from_obj(obj)
    except (ValueError, RecursionError):
        raise JsonFault("not-a-graph", 0) from None
    if not graph.nodes:
        raise JsonFault("not-a-graph", 0)
    return graph
