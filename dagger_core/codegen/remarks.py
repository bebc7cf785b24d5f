"""What an export says besides numbers: who a node is, and what is special about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.graph import Node
from dagger_core.render.text import clean, shorten

#: Names longer than this are cut.
NAME_WIDTH = 80

Remark = Literal["distractor", "unused", "answer", "id", "label", "value", "note", "empty"]

#: The words of all exports.
REMARKS: Mapping[Lang, Mapping[Remark, str]] = {
    "en": {
        "distractor": "distractor",
        "unused": "not used",
        "answer": "answer",
        "id": "Node",
        "label": "Meaning",
        "value": "Value",
        "note": "Note",
        "empty": "The graph has no answer.",
    },
    "bn": {
        "distractor": "অপ্রয়োজনীয়",
        "unused": "ব্যবহার হয়নি",
        "answer": "উত্তর",
        "id": "নোড",
        "label": "কী বোঝায়",
        "value": "মান",
        "note": "মন্তব্য",
        "empty": "গ্রাফে কোনো উত্তর নেই।",
    },
}


def caption(node: Node) -> str:
    """The label in one line, or the id where there is none."""
    return shorten(node.label, NAME_WIDTH) or shorten(node.id, NAME_WIDTH)


def remark(execution: Execution, node: Node, lang: Lang) -> str:
    """What is special about a node: why it failed, or that it is the answer, or not needed."""
    graph, failure = execution.graph, execution.failure(node.id)
    if failure is not None:
        return clean(failure.text(lang))
    if node.distractor:
        return REMARKS[lang]["distractor"]
    if node.id not in graph.live:
        return REMARKS[lang]["unused"]
    is_final = graph.final is not None and graph.final.id == node.id
    return REMARKS[lang]["answer"] if is_final else ""


def no_answer(execution: Execution, lang: Lang) -> str:
    """Why there is no answer, in one line."""
    final = execution.graph.final
    failure = None if final is None else execution.failure(final.id)
    return REMARKS[lang]["empty"] if failure is None else clean(failure.text(lang))
