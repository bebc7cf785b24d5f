"""Names for nodes in a program: the ids themselves where they are fit to be one, else ours."""

from __future__ import annotations

import re
from collections.abc import Collection

from dagger_core.graph import Graph

_FIT = re.compile(r"[a-z][a-z0-9_]{0,39}")


def identifiers(graph: Graph, taken: Collection[str] = ()) -> dict[str, str]:
    """For every id a name of its own that is none of those taken.

    An id of lower-case ASCII letters, digits and underscores stays as it is; any other becomes
    `v` and its position.
    """
    names = {key: key for key in graph.index if _FIT.fullmatch(key) and key not in taken}
    used = {*names, *taken}
    for key, position in graph.index.items():
        if key not in names:
            name = f"v{position}"
            while name in used:
                name += "_"
            names[key] = name
            used.add(name)
    return names
