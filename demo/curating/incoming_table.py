"""The first rows of a source as a table: what each brings, or why it is no good."""

from __future__ import annotations

from annotate.exchange.importing import Preview
from annotate.exchange.incoming import Incoming
from annotate.records import graph_of
from dagger_core.diagnostics import Lang
from dagger_core.execute import execute
from dagger_core.numerals import localized, show
from dagger_core.render.text import shorten
from dagger_core.rows.sources import BadRow
from demo.texts import words

_CELL = 200


def table(seen: Preview, lang: Lang) -> list[list[str]]:
    """Line, question, right answer and graph of each row."""
    return [
        [
            localized(str(number), lang),
            *(
                (shorten(f"⚠ {row.reason.text(lang)}", _CELL), "", "")
                if isinstance(row, BadRow)
                else (shorten(row.question.text, _CELL), _answer(row), _graph(row, lang))
            ),
        ]
        for number, row in seen.rows
    ]


def _answer(row: Incoming) -> str:
    return "" if row.question.answer is None else shorten(str(row.question.answer), _CELL)


def _graph(row: Incoming, lang: Lang) -> str:
    """What a row's graph gives, in a line."""
    graph = graph_of(row.graph)
    if graph is None:
        return ""
    answer = execute(graph).answer
    shown = "—" if answer is None else show(answer, lang)
    count = localized(str(len(graph)), lang)
    return str(words(lang).graph_in_short.format(count=count, answer=shown))
