"""Pictures of graphs: DOT text, SVG, PNG and PDF, and the same in words."""

from dagger_core.render.describe import describe
from dagger_core.render.dot import to_dot
from dagger_core.render.engine import FORMATS, render
from dagger_core.render.scene import MOST_EDGES, MOST_NODES
from dagger_core.render.svg import Inline, inline, standalone

__all__ = [
    "FORMATS",
    "MOST_EDGES",
    "MOST_NODES",
    "Inline",
    "describe",
    "inline",
    "render",
    "standalone",
    "to_dot",
]
