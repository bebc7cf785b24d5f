"""Blocks: Gradio's, in which a component that a handler does not change costs no time."""

from __future__ import annotations

import inspect
from copy import copy
from typing import Any

import gradio as gr
from gradio.blocks import Block, BlockFunction
from gradio.state_holder import SessionState


class Blocks(gr.Blocks):  # type: ignore[misc]
    """`gr.Blocks` for pages whose handlers have many outputs and change few of them.

    Gradio makes every output anew, also one that the handler's dict leaves out: a page of 30
    components then takes 30 ms of the server's event loop for every double click.
    """

    async def postprocess_data(
        self, block_fn: BlockFunction, predictions: Any, state: SessionState | None
    ) -> list[Any]:
        """What is sent for each output of a handler that returned `predictions`."""
        by_part = isinstance(predictions, dict) and all(
            isinstance(part, Block) for part in predictions
        )
        outputs = dict.fromkeys(block_fn.outputs)  # an output that is named twice counts once
        told = [part for part in outputs if part in predictions] if by_part else []
        if not told or len(told) < len(predictions):
            return list(await super().postprocess_data(block_fn, predictions, state))
        spoken_of = copy(block_fn)
        spoken_of.outputs = told
        sent = await super().postprocess_data(spoken_of, predictions, state)
        by_id = {part._id: value for part, value in zip(told, sent, strict=True)}
        return [by_id.get(part._id, _unchanged(part)) for part in block_fn.outputs]

    def quicken(self) -> None:
        """Spare all pages work that nobody sees; to be called when all parts are there."""
        self._show_no_hidden_progress()
        self._remember_signatures()

    def _show_no_hidden_progress(self) -> None:
        """Tell the pages that hidden progress is shown on no component.

        Else they tell every component that any handler ever filled, three times for each event,
        how far it is; that takes longer than all the rest of a small event.
        """
        for handler in self.fns.values():
            if handler.show_progress == "hidden":
                handler.show_progress_on = []

    def _remember_signatures(self) -> None:
        """Keep the signatures of all components at hand.

        Gradio asks for them whenever it makes a component anew, and for all components of the app
        whenever a visitor comes. A function's `__signature__` is where Python looks first.
        """
        kinds = {kind for part in self.blocks.values() for kind in type(part).__mro__}
        for kind in kinds:
            made = inspect.unwrap(vars(kind).get("__init__", object.__init__))
            if inspect.isfunction(made):
                made.__signature__ = inspect.signature(made)  # type: ignore[attr-defined]


def _unchanged(part: Block) -> dict[str, str] | None:
    """What Gradio's page gets for an output that stays as it is; of a state it never gets any."""
    return None if part.stateful else {"__type__": "update"}
