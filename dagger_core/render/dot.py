"""Graph -> DOT text: the shapes, lines and colours of the picture.

Every difference shows without colour: a number of the question has round corners, an operation
square ones, the answer a double border; a distractor is dashed, what failed has a thick border
and a cross, what is missing is dotted; the words in the boxes say it too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import graphviz

from dagger_core.diagnostics import Diagnostic, Lang
from dagger_core.execute import Execution
from dagger_core.graph import Graph
from dagger_core.render import fonts
from dagger_core.render.scene import Arrow, Box, Subject
from dagger_core.render.text import quoted
from dagger_core.render.themes import THEMES, Theme

# The kinds that have an ink of their own, the one that wins first.
_INKS = ("failed", "missing", "literal", "distractor", "final", "operation", "const")
_STYLES = {
    "const": "rounded",
    "literal": "rounded",
    "missing": "rounded,dotted",
    "distractor": "dashed",
}
_SMALL = {"fontsize": "11", "width": "0.3"}


def to_dot(
    graph: Graph,
    execution: Execution | None = None,
    *,
    theme: Literal["light", "dark"] = "light",
    lang: Lang = "en",
    selected: str | None = None,
    stale: Collection[str] = (),
    diagnostics: Iterable[Diagnostic] = (),
) -> str:
    """The graph as DOT text.

    Boxes are called as in `scene`; arrows are `e_<tail>_<head>_<argument>`. Both names are `id`s
    in the SVG, where `class` says the kind: const, operation, final, distractor, failed,
    upstream, warned, stale, path, selected, literal, missing.

    Args:
        execution: values and failures; without it only the numbers of the question have values.
        selected: id of the node to emphasise.
        stale: ids whose values are from before the last edit.
        diagnostics: what `check` found; errors mark a node as failed, warnings with a sign.

    Raises GraphTooLarge.
    """
    scene = Subject.of(graph, execution, lang, selected, stale, diagnostics).scene()
    colours = THEMES[theme]
    out = _canvas(colours)
    for box in scene.boxes:
        out.node(box.name, label=quoted(box.lines), id=box.name, **_paint(box, colours))
    for arrow in scene.arrows:
        out.edge(arrow.tail, arrow.head, id=arrow.name, **_stroke(arrow, colours))
    text: str = out.source
    return text


def _canvas(colours: Theme) -> graphviz.Digraph:
    return graphviz.Digraph(
        graph_attr={
            # pygraphviz takes the first charset it finds, which no label may be.
            "charset": "UTF-8",
            "bgcolor": colours.background,
            "nodesep": "0.3",
            "ranksep": "0.45",
            "pad": "0.15",
            "margin": "0",
        },
        node_attr={
            "shape": "box",
            "fontname": fonts.REGULAR,
            "fontsize": "13",
            "height": "0.3",
            "width": "0.5",
            "margin": "0.14,0.07",
            "penwidth": "1.3",
        },
        edge_attr={
            "fontname": fonts.REGULAR,
            "fontsize": "11",
            "fontcolor": colours.path,
            "arrowsize": "0.7",
        },
    )


def _paint(box: Box, colours: Theme) -> dict[str, str]:
    kinds = box.kinds
    ink = colours.inks[next(kind for kind in _INKS if kind in kinds)]
    attributes = {
        "class": " ".join(kinds),
        "style": ",".join(["filled", *(_STYLES[kind] for kind in _STYLES if kind in kinds)]),
        "fillcolor": ink.fill,
        "color": colours.selected if "selected" in kinds else ink.line,
        "fontcolor": ink.text,
    }
    if "final" in kinds:
        attributes |= {"fontname": fonts.BOLD, "peripheries": "2"}
    if "failed" in kinds or "selected" in kinds:
        attributes["penwidth"] = "3"
    if "literal" in kinds or "missing" in kinds:
        attributes |= _SMALL
    return attributes


def _stroke(arrow: Arrow, colours: Theme) -> dict[str, str]:
    on_path = "path" in arrow.kinds
    attributes = {
        "class": " ".join(arrow.kinds),
        "color": colours.path if on_path else colours.edge,
        "penwidth": "2.2" if on_path else "1",
    }
    if "distractor" in arrow.kinds:
        attributes["style"] = "dashed"
    if arrow.number:
        # The spaces keep the number off a slanting line.
        attributes["label"] = f"   {arrow.number} "
    return attributes
