"""Execution -> a Mermaid flowchart, as README files and wikis draw it.

Ids are ours, and in labels every character that is not a plain letter, digit or space is written
as an entity code, so that no label is markup, a directive or the end of its quotes.
Syntax: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.render.scene import Box, Subject
from dagger_core.render.themes import THEMES

# Bangla letters, digits and signs, with the joiners that shape them.
_SPECIAL = re.compile("[^A-Za-z0-9 \u0980-\u09ff\u200c\u200d]")
_INKS = THEMES["light"].inks
#: The kinds of boxes that look different; of several, the first that holds counts.
_CLASSES = ("failed", "missing", "literal", "distractor", "final", "operation", "const")
_DASHED = frozenset({"distractor", "missing"})


def to_mermaid(execution: Execution, lang: Lang = "en") -> str:
    """The graph from the top down, numbers first.

    Raises:
        GraphTooLarge: the graph has more nodes or edges than are drawn.
    """
    scene = Subject.of(execution.graph, execution, lang).scene()
    lines = ["flowchart TD"]
    lines += [f"    {box.name}{_shape(box)}" for box in scene.boxes]
    for arrow in scene.arrows:
        number = f'|"{arrow.number}"|' if arrow.number else ""
        lines.append(f"    {arrow.tail} -->{number} {arrow.head}")
    for kind in _CLASSES:
        members = ",".join(box.name for box in scene.boxes if _kind(box) == kind)
        if members:
            lines += [f"    classDef {kind} {_style(kind)}", f"    class {members} {kind}"]
    return "\n".join(lines) + "\n"


def _kind(box: Box) -> str:
    return next((kind for kind in _CLASSES if kind in box.kinds), "const")


def _shape(box: Box) -> str:
    text = f'"{_label(box.lines)}"'
    return f"([{text}])" if "final" in box.kinds else f"[{text}]"


def _label(lines: Sequence[str]) -> str:
    return "<br/>".join(_SPECIAL.sub(lambda char: f"#{ord(char[0])};", line) for line in lines)


def _style(kind: str) -> str:
    ink = _INKS[kind]
    dashes = ",stroke-dasharray:6 4" if kind in _DASHED else ""
    return f"fill:{ink.fill},stroke:{ink.line},color:{ink.text}{dashes}"
