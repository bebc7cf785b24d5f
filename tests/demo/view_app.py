"""A small app around GraphView and QuestionView, with real graphs, edits and drawings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import gradio as gr

from dagger_core import edit
from dagger_core.diagnostics import EditError
from dagger_core.execute import execute
from dagger_core.graph import Graph
from dagger_core.render import render, to_dot
from dagger_core.render.describe import describe
from demo.graph_view import GraphView
from demo.listeners import LISTENER
from demo.picture import Action, Mention, Picture, Question, find, picture_nodes, read_action
from demo.question_view import QuestionView

HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>${window.pwned=1}'
TEXT = "😀 রহিমের কাছে ৪৫টি আম আছে। সে 12টি আম দিল। তার বয়স 30 বছর, আর ৯টি কলম আছে।"
GRAPH = Graph.from_obj(
    {
        "nodes": [
            {"id": "n1", "op": "const", "val": 45, "label": "আম"},
            {"id": "n2", "op": "const", "val": 12, "label": "দেওয়া আম"},
            {"id": "n3", "op": "const", "val": 30, "distractor": True, "label": "বয়স"},
            {"id": "left", "op": "sub", "args": ["n1", "n2"], "label": HOSTILE},
            {"id": "twice", "op": "mul", "args": ["left", 2]},
            {"id": "final_result", "op": "identity", "args": ["twice"]},
        ]
    }
)


def mentions(graph: Graph) -> tuple[Mention, ...]:
    """The numbers of TEXT; the astral character before them tests their offsets."""
    found = []
    for place, (written, node) in enumerate(
        [("৪৫", "n1"), ("12", "n2"), ("30", "n3"), ("৯", "n9")]
    ):
        start = TEXT.index(written)
        owner = graph.get(node)
        use = "unused" if owner is None else "distractor" if owner.distractor else "used"
        nodes = () if owner is None else (f"n{place}",)
        found.append(Mention(start, start + len(written), use, nodes, f"{written}: {use}"))
    return tuple(found)


@dataclass(frozen=True)
class Desk:
    """What a visitor has open."""

    graph: Graph = GRAPH
    past: tuple[Graph, ...] = ()
    future: tuple[Graph, ...] = ()
    selected: str | None = None
    theme: str = "light"
    revision: int = 0
    log: tuple[Action, ...] = field(default=())


def step(desk: Desk, action: Action) -> Desk:
    """The desk after an action; one that cannot be done changes nothing but the log."""
    desk = replace(desk, log=(*desk.log, action))
    node = find(desk.graph, action.node, action.node_id)
    target = find(desk.graph, action.target, action.target_id)
    if action.verb == "select":
        return replace(desk, selected=node.id if node else None)
    if action.verb == "theme":
        return replace(desk, theme=action.theme)
    if action.verb == "undo" and desk.past:
        future = (desk.graph, *desk.future)
        return replace(desk, graph=desk.past[-1], past=desk.past[:-1], future=future)
    if action.verb == "redo" and desk.future:
        past = (*desk.past, desk.graph)
        return replace(desk, graph=desk.future[0], past=past, future=desk.future[1:])
    change: edit.Edit | None = None
    if action.verb == "toggle" and node:
        change = edit.Update(node.id, {"distractor": not node.distractor})
    elif action.verb == "delete" and node:
        change = edit.Delete(node.id)
    elif action.verb == "connect" and node and target:
        change = edit.Connect(node.id, target.id)
    if change is None:
        return desk
    try:
        graph = edit.apply(change, desk.graph)
    except EditError:
        return desk
    past = (*desk.past, desk.graph)
    return replace(desk, graph=graph, past=past, future=(), revision=desk.revision + 1)


def picture(desk: Desk, ack: int | None = None, svg: str | None = None) -> Picture:
    """What the GraphView shows for a desk."""
    execution = execute(desk.graph)
    drawn = svg or render(to_dot(desk.graph, execution, theme=desk.theme), "svg").decode()
    place = desk.graph.index.get(desk.selected)
    return Picture(
        svg=drawn,
        nodes=picture_nodes(desk.graph, execution),
        selected=None if place is None else f"n{place}",
        key="question-1",
        revision=desk.revision,
        ack=ack,
        alt=describe(desk.graph, execution),
        theme=desk.theme,
        can_undo=bool(desk.past),
        can_redo=bool(desk.future),
    )


def question(desk: Desk) -> Question:
    """What the QuestionView shows for a desk."""
    return Question(text=TEXT, mentions=mentions(desk.graph), addable=True)


def act(start: Desk, desk: Desk | None, event: gr.EventData) -> tuple[Any, ...]:
    """The listener of both views; `start` is the desk of a session that has none yet."""
    desk = desk or start
    action = read_action(event._data)
    if action is None:
        return desk, gr.skip(), gr.skip(), gr.skip(), "refused"
    desk = step(desk, action)
    log = "\n".join(f"{a.verb} {a.node_id} {a.target_id} {a.start}" for a in desk.log)
    if action.verb in ("select", "add_mention"):
        return desk, gr.skip(), gr.skip(), gr.update(visible=bool(desk.selected)), log
    return desk, picture(desk, action.seq), question(desk), gr.skip(), log


def build(desk: Desk | None = None, svg: str | None = None) -> gr.Blocks:
    """The app. `svg` replaces the drawing, to show a hostile one."""
    desk = desk or Desk()

    def listener(state: Desk | None, event: gr.EventData) -> tuple[Any, ...]:
        return act(desk, state, event)

    with gr.Blocks() as app:
        state = gr.State(None)
        words = QuestionView(question(desk), elem_id="question")
        view = GraphView(picture(desk, svg=svg), elem_id="graph", inspector="inspector")
        with gr.Group(visible=False, elem_id="inspector") as inspector:
            gr.Textbox(label="id")
        log = gr.Textbox(elem_id="log", label="log", lines=8)
        shown = gr.Button("Empty", elem_id="empty")
        shown.click(lambda: Picture(state="empty", message="No graph yet."), None, view)
        hide = gr.Checkbox(True, elem_id="hide", label="show")
        hide.change(lambda show: gr.update(visible=show), hide, view)
        for source in (view, words):
            source.action(listener, [state], [state, view, words, inspector, log], **LISTENER)
    return app
