"""The picture in words, for people who hear a page and for pages without a picture."""

from __future__ import annotations

from collections.abc import Mapping

from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.graph import Graph
from dagger_core.numerals import localized, show
from dagger_core.render.scene import Subject
from dagger_core.render.text import shorten

_LABEL_WIDTH, _ID_WIDTH = 120, 60

_WORDS: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "size": "{nodes} nodes, {distractors} of them distractors.",
        "empty": "The graph has no nodes.",
        "answer": "Answer: {answer}.",
        "no-answer": "It has no answer yet.",
        "uses": "from {ids}",
        "distractor": "distractor",
        "final": "the answer",
        "more": "… and {count} more nodes.",
    },
    "bn": {
        "size": "{nodes}টি নোড, তার মধ্যে {distractors}টি অপ্রয়োজনীয়।",
        "empty": "গ্রাফে কোনো নোড নেই।",
        "answer": "উত্তর: {answer}।",
        "no-answer": "এখনো কোনো উত্তর নেই।",
        "uses": "নেওয়া হয়েছে {ids} থেকে",
        "distractor": "অপ্রয়োজনীয়",
        "final": "উত্তর",
        "more": "… এবং আরও {count}টি নোড।",
    },
}


def describe(
    graph: Graph, execution: Execution | None = None, lang: Lang = "en", most: int = 100
) -> str:
    """A first line with the size and the answer, then a line for each of the first `most` nodes.

    Plain text, in which a model's labels stand as they are: escape it like any other text.
    """
    words = _WORDS[lang]
    if not graph.nodes:
        return words["empty"]
    answer = None if execution is None else execution.answer
    counts = {"nodes": len(graph), "distractors": sum(node.distractor for node in graph)}
    lines = [
        words["size"].format_map({k: _count(n, lang) for k, n in counts.items()})
        + " "
        + (
            words["no-answer"]
            if answer is None
            else words["answer"].format(answer=show(answer, lang))
        )
    ]
    subject = Subject(graph, execution, lang)
    lines += [_line(subject, position) for position in range(min(most, len(graph)))]
    if len(graph) > most:
        lines.append(words["more"].format(count=_count(len(graph) - most, lang)))
    return "\n".join(lines)


def _count(number: int, lang: Lang) -> str:
    return localized(str(number), lang)


def _line(subject: Subject, position: int) -> str:
    """One node, as in: total: 12 + 50 = 62, money in all, from n1, n2, distractor."""
    graph, lang = subject.graph, subject.lang
    node, words = graph.nodes[position], _WORDS[lang]
    kinds = subject.kinds(node)
    parts = [subject.headline(position), shorten(node.label, _LABEL_WIDTH)]
    if sources := graph.parents(node)[:8]:
        ids = ", ".join(shorten(source, _ID_WIDTH) for source in sources)
        parts.append(words["uses"].format(ids=ids))
    parts += [words[kind] for kind in ("distractor", "final") if kind in kinds]
    failure = None if subject.execution is None else subject.execution.failure(node.id)
    if failure is not None:
        parts.append(shorten(failure.text(lang), _LABEL_WIDTH))
    return f"{shorten(node.id, _ID_WIDTH)}: " + ", ".join(filter(None, parts))
