"""Where the JSON stands in a text: brackets and strings in one linear pass, nothing decoded.

Models wrap their graphs in prose, cut them off and misquote them. This finds the places; `parse`
decides what they mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_FENCE = "```"
_OPEN = re.compile(r"[{\[]")
# A string that is not closed ends where a line starts with a fence, or with the text, so that no
# stretch is walked twice. Valid JSON has no line break in a string, so no label can fake a fence.
_IN_STRING = r"\\.|\n(?![ \t]*```)"
_TOKEN = re.compile(
    rf'"(?:[^"\\\n]|{_IN_STRING})*(?:"|\\?\Z)?|[{{}}\[\]:,\']|```|`|[^\s"\'{{}}\[\]:,`]+', re.DOTALL
)
_SINGLE = re.compile(rf"'(?:[^'\\\n]|{_IN_STRING})*(?:'|\\?\Z)?", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NOT_JSON = frozenset({"nan", "-nan", "+nan", "inf", "-inf", "+inf", "infinity", "-infinity"})
_FENCE_BEFORE = re.compile(r"```[^\S\n]*\w*\s*\Z")
#: A graph is four brackets deep; what stands deeper than this is not looked at.
_DEEPEST = 100


@dataclass(slots=True)
class _Bracket:
    """One bracket pair, still open or not: where it stands and what it holds."""

    kind: str
    start: int
    end: int = -1
    closed: bool = False
    has_nodes: bool = False
    nodes: _Bracket | None = None
    items: list[_Bracket] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that may be a graph.

    Args:
        start, end: offsets; one that is never closed ends with its fence or with the text.
        closed: whether its last bracket is there.
        fenced: whether it stands in a code fence.
        nodes: the spans (start, end) of its complete node objects.
        bad_number: offset and text of a bare token that is like a number but is not JSON.
    """

    start: int
    end: int
    closed: bool
    fenced: bool
    nodes: tuple[tuple[int, int], ...]
    bad_number: tuple[int, str] | None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Bracket] = []
        self.found: list[_Bracket] = []
        self.bad: list[tuple[int, str]] = []
        self.before = ""  # the last mark or word
        self.key = ""

    def run(self) -> None:
        at = 0
        while True:
            # Outside of brackets there is prose, whose quotes mean nothing.
            pattern = _TOKEN if self.stack else _OPEN
            match = pattern.search(self.text, at)
            if match is None:
                return self.abandon(len(self.text))
            token = match[0]
            if token == "'" and self.before in tuple("{[,:"):
                match = _SINGLE.match(self.text, match.start()) or match
                token = match[0]
            at = match.end()
            self.take(token, match.start())

    def take(self, token: str, at: int) -> None:
        if token in "{[":
            self.open(token, at)
        elif token in "}]":
            self.close(token, at)
        elif token == ":":
            if self.key == "nodes" and self.stack[-1].kind == "{":
                self.stack[-1].has_nodes = True
        elif token[0] in "\"'":
            self.key = token[1:-1]
        elif token == _FENCE:
            self.abandon(at)
        elif token != ",":
            self.word(token, at)
        self.before = token if token in "{}[]:," else "word"

    def open(self, token: str, at: int) -> None:
        bracket = _Bracket(token, at)
        depth = len(self.stack)
        if 0 < depth < _DEEPEST:
            parent = self.stack[-1]
            if token == "{" and parent.kind == "[":
                parent.items.append(bracket)
            elif token == "[" and parent.kind == "{" and (self.key, self.before) == ("nodes", ":"):
                parent.nodes = bracket
        if depth < _DEEPEST and (token == "{" or depth == 0):
            self.found.append(bracket)
        self.stack.append(bracket)

    def close(self, token: str, at: int) -> None:
        kind = "{" if token == "}" else "["
        while self.stack:
            bracket = self.stack.pop()
            bracket.end = at
            if bracket.kind == kind:
                bracket.end, bracket.closed = at + 1, True
                return

    def abandon(self, at: int) -> None:
        """What is still open ends here: no JSON holds a fence outside of its strings."""
        for bracket in self.stack:
            bracket.end = at
        self.stack.clear()

    def word(self, token: str, at: int) -> None:
        in_object = self.stack[-1].kind == "{"
        if token[0].isdecimal() or token[0] in "+-.−" or token.lower() in _NOT_JSON:
            grouped = in_object and self.before == ","  # val: 1,000
            if grouped or not _NUMBER.fullmatch(token):
                self.bad.append((at, token))
        self.key = token if token.isidentifier() else ""


def graph_spans(text: str) -> list[Span]:
    """Every stretch of the text that may hold a graph, in order and without overlap.

    A stretch is an object with a key "nodes" that no other such object holds, or an array of
    objects that no object holds and that holds no stretch. Time is linear in the text.
    """
    scanner = _Scanner(text)
    scanner.run()
    places = [at for at, _ in scanner.bad]
    spans = []
    for bracket in _candidates(scanner.found):
        first_bad = bisect_left(places, bracket.start)
        bad = scanner.bad[first_bad : first_bad + 1]
        array = bracket if bracket.kind == "[" else bracket.nodes
        items = array.items if array else []
        spans.append(
            Span(
                start=bracket.start,
                end=bracket.end,
                closed=bracket.closed,
                fenced=_is_fenced(text, bracket.start),
                nodes=tuple((item.start, item.end) for item in items if item.closed),
                bad_number=bad[0] if bad and bad[0][0] < bracket.end else None,
            )
        )
    return spans


def _candidates(found: Iterable[_Bracket]) -> Iterator[_Bracket]:
    """Outermost objects with nodes, and arrays of objects that hold none of these."""
    waiting: _Bracket | None = None  # an array, until it is known what it holds
    end = -1
    for bracket in found:
        if waiting and bracket.start > waiting.end:
            yield waiting
            waiting = None
        if bracket.kind == "[":
            waiting = bracket if bracket.items else None
        elif bracket.has_nodes and bracket.start >= end:
            end, waiting = bracket.end, None
            yield bracket
    if waiting:
        yield waiting


def _is_fenced(text: str, start: int) -> bool:
    return _FENCE_BEFORE.search(text, max(0, start - 40), start) is not None
