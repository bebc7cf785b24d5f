"""Hypothesis strategies: graphs as models write them, from sound to wild, and texts around them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from dagger_core.graph import FINAL, Graph, Node
from dagger_core.ops import OPS

IDS = ["n1", "n2", "n3", "s1", "5", "", FINAL, "final", " n1 ", "নোড"]
NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000),
)
NUMERALS = st.sampled_from(
    ["5", "১২টি", "1,20,000", "45.6 টাকা", "1/3", "-7", "2k", "1e5", "NaN", "", "0", "1e-400"]
)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=8) | NUMERALS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["const", "Const", "CONSTANT", "neg", "", *OPS, *(op.name.upper() for op in OPS.values())]
)


@st.composite
def sound(draw: Any, most: int = 8) -> Graph:
    """A graph without any fault: whole numbers first, then operations over nodes before."""
    inputs = draw(st.lists(st.integers(-50, 1000), min_size=2, max_size=4))
    nodes = [Node(f"n{i}", "const", value) for i, value in enumerate(inputs)]
    names = draw(st.lists(st.sampled_from(list(OPS)), min_size=1, max_size=most - 2))
    for place, name in enumerate(names):
        op = OPS[name]
        count = draw(st.integers(op.least, int(min(op.most, op.least + 2))))
        known = st.sampled_from([node.id for node in nodes])
        args = tuple(draw(st.lists(known, min_size=count, max_size=count)))
        last = place == len(names) - 1
        nodes.append(Node(FINAL if last else f"s{place}", name, None, args, label=draw(st.text())))
    return Graph(nodes)


ARGS = st.lists(st.sampled_from(IDS) | NUMBERS | NUMERALS | JSON, max_size=4).map(tuple)

#: Nodes as a Node holds them: typed fields, any value, any arguments.
NODES = st.builds(
    Node, st.sampled_from(IDS), NAMES | st.text(max_size=4), JSON, ARGS, st.booleans(), st.text()
)

#: Any graph a person or a model can make.
GRAPHS = st.lists(NODES, max_size=8).map(Graph) | sound()

#: Objects that should have been graphs.
OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "nodes": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "id": st.sampled_from(IDS) | JSON,
                    "op": NAMES | JSON,
                    "val": JSON,
                    "args": ARGS.map(list) | JSON,
                    "distractor": st.booleans() | JSON,
                    "label": st.text() | JSON,
                },
            )
            | JSON,
            max_size=5,
        )
        | JSON
    },
)


def plain(value: Any) -> Any:
    """JSON values with floats for Decimals, for encoders that know no Decimal."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value
