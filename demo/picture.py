"""What the server tells the interactive views, and what they tell the server.

The server keeps the graph and makes these documents of it; the browser shows them and sends
back small actions. Nodes are called by their place in the graph (`n0`, `n1`, …), as in the SVG
of `dagger_core.render`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, cast

import msgspec

from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.graph import Graph, Node
from dagger_core.render.describe import describe

Role = Literal["const", "op", "final"]
State = Literal["ready", "busy", "stale", "empty", "error"]
Use = Literal["used", "distractor", "unused"]
Verb = Literal[
    "select", "toggle", "delete", "connect", "add", "add_mention", "undo", "redo", "theme"
]

#: What every action that the browser may send must be about.
_ABOUT: dict[str, tuple[str, ...]] = {
    "select": (),
    "toggle": ("node",),
    "delete": ("node",),
    "connect": ("node", "target"),
    "add": (),
    "add_mention": ("start", "end"),
    "undo": (),
    "redo": (),
    "theme": ("theme",),
}
_NODE = re.compile(r"n\d{1,6}\Z")
_LONGEST_ID = 1000
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class PictureNode:
    """One node as the picture needs it.

    Args:
        dom: its name in the SVG, `n` and its place in the graph.
        id: its id, as written.
        text: what a screen reader says for it.
        parents: the `dom` of every node whose value it uses.
    """

    dom: str
    id: str
    text: str
    role: Role
    distractor: bool = False
    failed: bool = False
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The document that a GraphView shows.

    Args:
        svg: the drawing, from `dagger_core.render`; "" for none.
        nodes: one for every node of the graph.
        selected: the `dom` of the selected node; its mark needs no new SVG.
        key: names the graph this is a version of. A picture with a new key is fitted to the
            view; with the same key the view stays where the person put it.
        revision: grows with every change of the graph; actions say which one they saw.
        ack: the `seq` of the last action this picture takes into account, if one did.
        state: "busy" (more is coming), "stale" (the graph on show is not the latest text),
            "empty" and "error" (only the message is shown), or "ready".
        message: what is said in the states other than "ready", for people.
        alt: the whole graph in words.
        theme: what the SVG was drawn for.
        marked: the `dom` of every node that is pointed out: it moved, or it differs.
        editable: whether the tools that change the graph are offered.
    """

    svg: str = ""
    nodes: tuple[PictureNode, ...] = ()
    selected: str | None = None
    key: str = ""
    revision: int = 0
    ack: int | None = None
    state: State = "ready"
    message: str = ""
    alt: str = ""
    lang: Lang = "en"
    theme: Literal["light", "dark"] = "light"
    editable: bool = True
    can_undo: bool = False
    can_redo: bool = False
    marked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in the question, and what the graph does with it.

    Args:
        start, end: where it stands, in code points.
        use: whether a node on the way to the answer uses it, only a distractor, or none.
        nodes: the `dom` of the nodes it belongs to.
        title: the same in words, for tooltip and screen reader.
    """

    start: int
    end: int
    use: Use
    nodes: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The document that a QuestionView shows. `addable`: offer to add a node for a number."""

    text: str = ""
    mentions: tuple[Mention, ...] = ()
    lang: Lang = "en"
    addable: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What a person asked for in a view. Well formed, but not yet known to make sense.

    Args:
        verb: what to do.
        node, node_id: the node it is about, by `dom` and by id; for "connect" the node that
            becomes an argument, for "select" None to select nothing.
        target, target_id: for "connect", the operation that gets the argument.
        start, end: for "add_mention", the number in the question, in code points.
        theme: for "theme", what the page shows now.
        seq: number of the action, growing; give it back as `Picture.ack`.
        revision: of the picture that the person saw.
    """

    verb: Verb
    seq: int = 0
    revision: int = 0
    node: str | None = None
    node_id: str | None = None
    target: str | None = None
    target_id: str | None = None
    start: int | None = None
    end: int | None = None
    theme: Literal["light", "dark"] | None = None


def read_action(data: object) -> Action | None:
    """What a view sent, or None if no view would send that. Anyone can post anything here."""
    if not isinstance(data, Mapping):
        return None
    verb = data.get("action")
    if not isinstance(verb, str) or verb not in _ABOUT:
        return None
    action = Action(
        verb=cast(Verb, verb),
        seq=_count(data.get("seq")) or 0,
        revision=_count(data.get("revision")) or 0,
        node=_dom(data.get("node")),
        node_id=_text(data.get("id")),
        target=_dom(data.get("target")),
        target_id=_text(data.get("target_id")),
        start=_count(data.get("start")),
        end=_count(data.get("end")),
        theme=data["theme"] if data.get("theme") in ("light", "dark") else None,
    )
    return None if any(getattr(action, field) is None for field in _ABOUT[verb]) else action


def find(graph: Graph, dom: str | None, node_id: str | None) -> Node | None:
    """The node an action is about: by id where it still has one, else by its place."""
    if node_id is not None and node_id not in graph.duplicates:
        return graph.get(node_id)
    place = int(dom[1:]) if dom else -1
    node = graph.nodes[place] if 0 <= place < len(graph) else None
    return node if node is not None and node_id in (None, node.id) else None


def picture_nodes(
    graph: Graph,
    execution: Execution | None = None,
    lang: Lang = "en",
    failed: Collection[str] = (),
) -> tuple[PictureNode, ...]:
    """The nodes of a picture, each with the sentence that a screen reader says.

    Args:
        failed: ids of nodes with errors that execution does not find.
    """
    _, *sentences = describe(graph, execution, lang, most=len(graph)).split("\n")
    return tuple(
        PictureNode(
            dom=f"n{place}",
            id=node.id,
            text=sentence,
            role=_role(graph, node),
            distractor=node.distractor,
            failed=node.id in failed or bool(execution and execution.failure(node.id)),
            parents=tuple(dict.fromkeys(f"n{graph.index[id_]}" for id_ in graph.parents(node))),
        )
        for place, (node, sentence) in enumerate(zip(graph, sentences, strict=False))
    )


def to_json(document: Picture | Question) -> str:
    """The document as JSON text: Gradio's page handles one long text faster than many values."""
    return msgspec.json.encode(document).decode()


def _role(graph: Graph, node: Node) -> Role:
    if graph.final is not None and graph.final.id == node.id:
        return "final"
    return "const" if node.is_const else "op"


def _count(value: object) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool)
    return value if is_count and 0 <= value <= _LARGEST else None  # type: ignore[operator,return-value]


def _dom(value: object) -> str | None:
    return value if isinstance(value, str) and _NODE.match(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= _LONGEST_ID else None
