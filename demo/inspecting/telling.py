"""The way to the answer as an ExplanationView shows it: sentences, steps and sources."""

from __future__ import annotations

from typing import Any

from dagger_core.diagnostics import Lang
from dagger_core.explain import explain, steps
from dagger_core.numerals import localized
from demo.solution import Solution
from demo.texts import words
from demo.view import dom_of

_MOST_SENTENCES = 100


def explanation(solution: Solution, lang: Lang) -> dict[str, Any]:
    """The document of an ExplanationView."""
    graph, execution = solution.graph, solution.execution
    if graph is None or execution is None:
        return {"items": [], "empty": words(lang).no_explanation, "lang": lang}
    walk = steps(execution)
    known = dict.fromkeys(walk.given, 0) | {key: n for n, key in enumerate(walk.order, 1)}
    sentences = explain(execution, solution.question or None, lang)[:_MOST_SENTENCES]
    items = [
        {
            "number": localized(f"{sentence.number}.", lang),
            "kind": sentence.kind,
            "node": dom_of(graph, sentence.node),
            "parts": [{"text": p.text, "node": dom_of(graph, p.node)} for p in sentence.parts],
            # Why a number is not needed mentions the answer, so it comes after the last step.
            "step": len(walk)
            if sentence.kind == "distractor"
            else known.get(sentence.node, len(walk)),
        }
        for sentence in sentences
    ]
    return {
        "items": items,
        "empty": "",
        "lang": lang,
        "steps": len(walk),
        "known": {dom_of(graph, key): known.get(key, len(walk)) for key in graph.index},
        "sources": {
            dom_of(graph, sentence.node): [
                dom_of(graph, key) for key in graph.ancestors(sentence.node)
            ]
            for sentence in sentences
        },
    }
