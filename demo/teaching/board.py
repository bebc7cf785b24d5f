"""Board: what a class looks at, as a component, and as the document that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.notation import operands
from dagger_core.numerals import localized, show
from dagger_core.ops import OPS
from dagger_core.render.text import shorten
from demo import bundle
from demo.teaching.lesson import Guess, Lesson, Problem, operation, read_guess
from demo.texts import words

_MODULES = ["dom", "link", "mentions", "board"]
_BASIC = ("add", "sub", "mul", "div")
_GAP = " ▢ "
_NAME_WIDTH = 60
_TEXTS = (
    "back",
    "next",
    "reveal",
    "full",
    "full_off",
    "idle",
    "needed",
    "right",
    "wrong",
    "operation",
    "choose",
)
_VERBS = ("reveal", "next", "back")


class Board(gr.HTML):  # type: ignore[misc]
    """Shows the document of a lesson; its `action` event has what the class does.

    Args:
        value: what it shows first.
        channel: that of the GraphView beside it.
        stage: `elem_id` of what fills the screen.
    """

    def __init__(
        self,
        value: dict[str, Any] | None = None,
        *,
        channel: str = "class",
        stage: str = "",
        **kwargs: Any,
    ) -> None:
        # Gradio asks for an attribute of the name of every parameter.
        self.channel, self.stage = channel, stage
        options = {"channel": channel, "stage": stage, "style": bundle.style("board")}
        super().__init__(
            value,
            html_template='<div class="dagger-board"></div>',
            js_on_load=bundle.script(_MODULES, "mountBoard", options),
            apply_default_css=False,
            **kwargs,
        )

    def preprocess(self, payload: object) -> None:
        """Nothing: what the browser holds is never taken for the lesson."""

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """The document as the browser gets it."""
        return value


def read_doing(data: object) -> tuple[str, Guess] | None:
    """What a class did on the board and what it predicts; None if no board would send that."""
    if not isinstance(data, Mapping) or data.get("action") not in _VERBS:
        return None
    return str(data["action"]), read_guess(data.get("guess"))


def document(lesson: Lesson, lang: Lang) -> dict[str, Any] | None:
    """What the board shows of a lesson; before the reveal, nothing that would give it away."""
    problem, text = lesson.problem, words(lang)
    if problem is None:
        return None
    guess, (right, count) = lesson.guess, lesson.total
    numbers = {"place": lesson.at + 1, "count": len(lesson.problems)}
    shown = {name: localized(str(number), lang) for name, number in numbers.items()}
    score = {"right": localized(str(right), lang), "count": localized(str(count), lang)}
    return {
        "key": f"{problem.solution.key}-{lesson.mode}-{guess is not None}",
        "lang": lang,
        "mode": lesson.mode,
        "place": text.class_place.format(**shown),
        "score": text.class_score.format(**score) if count else "",
        "asked": getattr(text, f"class_asked_{lesson.mode}"),
        "question": problem.solution.question,
        "mentions": _mentions(problem, guess is not None),
        "rows": _rows(problem, guess is not None, lang) if lesson.mode == "operations" else [],
        "choices": [(name, _operation(name, lang)) for name in _choices(problem)],
        "revealed": guess is not None,
        "verdict": "" if guess is None else _verdict(lesson, problem, guess, lang),
        "guess": _guess(guess),
        "can_back": lesson.at > 0,
        "can_next": lesson.at + 1 < len(lesson.problems),
        "texts": {name: getattr(text, f"class_{name}") for name in _TEXTS}
        | {"answer": text.class_your_answer},
    }


def _guess(guess: Guess | None) -> dict[str, Any]:
    guess = guess or Guess()
    operations = {f"n{place}": op for place, op in (guess.operations or {}).items()}
    return {"marks": sorted(guess.marks), "operations": operations, "answer": guess.answer}


def _mentions(problem: Problem, revealed: bool) -> list[dict[str, Any]]:
    index, nodes_of = problem.graph.index, problem.grounding.nodes_of
    return [
        {
            "position": position,
            "start": mention.start,
            "end": mention.end,
            "idle": revealed and position in problem.idle,
            "node": f"n{index[nodes_of[position][0]]}" if nodes_of.get(position) else None,
        }
        for position, mention in enumerate(problem.grounding.mentions)
        if position in problem.numbers
    ]


def _choices(problem: Problem) -> list[str]:
    used = [operation(problem.graph.nodes[place]) for place in problem.steps]
    return list(dict.fromkeys([*_BASIC, *used]))


def _operation(name: str, lang: Lang) -> str:
    op = OPS[name]
    return f"{op.symbol} {op.bn if lang == 'bn' else op.en}"


def _rows(problem: Problem, revealed: bool, lang: Lang) -> list[dict[str, Any]]:
    """The steps with a gap in place of the operation."""
    rows = []
    for place in problem.steps:
        node = problem.graph.nodes[place]
        value = problem.execution.value(node.id)
        if value is None:
            continue
        given = [show(operand.value, lang) for operand in operands(problem.execution, node)]
        sum_ = _GAP.join(given) if len(given) > 1 else f"{_GAP.strip()} {given[0]}"
        name = operation(node)
        rows.append(
            {
                "node": f"n{place}",
                "name": shorten(node.meaning, _NAME_WIDTH),
                "text": f"{sum_} = {show(value, lang)}",
                "right": {"op": name, "title": _operation(name, lang)} if revealed else None,
            }
        )
    return rows


def _verdict(lesson: Lesson, problem: Problem, guess: Guess, lang: Lang) -> str:
    text = words(lang)
    right, count = problem.score(lesson.mode, guess)
    answer = problem.execution.answer
    shown = "—" if answer is None else show(answer, lang)
    if lesson.mode == "answer":
        said = text.class_answer_right if right else text.class_answer_wrong
        return str(said.format(answer=shown))
    numbers = {"right": localized(str(right), lang), "count": localized(str(count), lang)}
    return str(text.class_verdict.format(**numbers, answer=shown))
