"""Blocks sends what Gradio's own would send, and makes anew only what a handler speaks of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from gradio.blocks import BlockFunction
from gradio.state_holder import SessionState

from demo.blocks import Blocks
from demo.build import LANGS, build
from demo.inspecting.side_by_side import SideBySide
from demo.listeners import ASKING, LISTENER, PAIRED
from tests.demo import solve_app
from tests.demo.awaiting import awaited

MADE: list[str] = []


class Counted(gr.Textbox):  # type: ignore[misc]
    """A text box that tells when it is made."""

    def __init__(self, value: str = "", **kwargs: Any) -> None:
        MADE.append(str(kwargs.get("label")))
        super().__init__(value, **kwargs)


def page(kind: type[gr.Blocks]) -> tuple[gr.Blocks, list[Any]]:
    with kind() as app:
        parts = [gr.State(), *(Counted(label=label) for label in "abc")]
        gr.Button().click(lambda: None, None, parts)
    return app, parts


def sent(kind: type[gr.Blocks], told: Any) -> tuple[list[Any], list[str]]:
    """What is sent for the outputs of a handler, and which text boxes are made for that."""
    app, parts = page(kind)
    state = SessionState(app)
    (handler,) = app.fns.values()
    MADE.clear()
    return awaited(app.postprocess_data(handler, told(parts), state)), list(MADE)


TOLD = {
    "one": lambda parts: {parts[2]: "text"},
    "update": lambda parts: {parts[1]: gr.update(value="x", interactive=False), parts[3]: "y"},
    "state": lambda parts: {parts[0]: 5},
    "all": lambda parts: dict.fromkeys(parts, "text"),
    "list": lambda parts: ["text"] * len(parts),
    "skip": lambda parts: gr.skip(),
}


@pytest.mark.parametrize("told", TOLD)
def test_it_sends_what_gradio_would_send(told: str) -> None:
    assert sent(Blocks, TOLD[told])[0] == sent(gr.Blocks, TOLD[told])[0]


@pytest.mark.parametrize(("told", "made"), [("one", []), ("update", ["a"]), ("state", [])])
def test_what_is_left_out_is_not_made_anew(told: str, made: list[str]) -> None:
    assert sent(Blocks, TOLD[told])[1] == made


def test_a_part_that_is_no_output_is_a_mistake_as_ever() -> None:
    app, parts = page(Blocks)
    (handler,) = app.fns.values()
    with app:
        stranger = gr.Textbox()
    with pytest.raises(ValueError, match="output"):
        awaited(app.postprocess_data(handler, {parts[1]: "", stranger: ""}, SessionState(app)))


def test_an_output_that_is_named_twice_is_told() -> None:
    with Blocks() as app:
        part, other = Counted(label="a"), Counted(label="b")
        gr.Button().click(lambda: None, None, [part, other, part])
    (handler,) = app.fns.values()
    answer = awaited(app.postprocess_data(handler, {part: "text"}, SessionState(app)))
    assert answer[0] == answer[2] == "text"


def test_signatures_stay_what_they_are() -> None:
    app, parts = page(Blocks)
    before = [part.get_config() for part in parts]
    app.quicken()
    assert [part.get_config() for part in parts] == before


def test_only_progress_that_is_seen_is_told_to_the_page() -> None:
    with Blocks() as app:
        box = gr.Textbox()
        gr.Button().click(lambda: "", None, box, show_progress="hidden")
        gr.Button().click(lambda: "", None, box)
    app.quicken()
    told = [handler.get_config()["show_progress_on"] for handler in app.fns.values()]
    assert told == [[], None]


def on_opening(handler: BlockFunction) -> bool:
    """Whether it is called when a page is opened."""
    return any(event == "load" for _, event in handler.targets)


def test_what_changes_the_work_on_a_page_takes_turns(tmp_path: Path) -> None:
    """Else the slower of two handlers puts back what the quicker one changed.

    A page that opened in the dark showed nothing of the link in its address, now and then.
    """
    app = build(solve_app.services(tmp_path / "store.db"))
    work = {
        part._id
        for handler in app.fns.values()
        if handler.concurrency_id == LISTENER["concurrency_id"] and on_opening(handler)
        for part in handler.outputs
        if isinstance(part, gr.State)
    }
    assert len(work) == len(LANGS) * len({"solve", "annotate", "class"})
    # What a model writes takes long; pages refuse changes meanwhile, and draw anew at its end.
    turns = {LISTENER["concurrency_id"], ASKING["concurrency_id"]}
    out_of_turn = {
        handler.fn.__qualname__
        for handler in app.fns.values()
        if handler.fn and handler.concurrency_id not in turns
        if any(part._id in work for part in handler.outputs)
    }
    assert out_of_turn == set()


def test_what_begins_with_a_pair_and_changes_it_takes_turns(tmp_path: Path) -> None:
    """Else a page that turns dark puts back the problem that was left a moment ago."""
    app = build(solve_app.services(tmp_path / "store.db"))
    drawn_anew = [
        handler
        for handler in app.fns.values()
        if handler.fn and handler.fn.__qualname__ == f"{SideBySide.__name__}._on_action"
    ]
    pairs = {part._id for handler in drawn_anew for part in handler.inputs}
    assert len(pairs) == len(LANGS) * len({"compare", "trap", "failure", "reports", "before"})
    out_of_turn = {
        handler.fn.__qualname__
        for handler in app.fns.values()
        if handler.fn and handler.concurrency_id != PAIRED["concurrency_id"]
        if any(part._id in pairs for part in handler.inputs)
    }
    assert out_of_turn == set()
