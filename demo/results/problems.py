"""A problem of a report, as the pages show it: answers as Solutions, and what went wrong."""

from __future__ import annotations

from dagger_core.diagnostics import Lang
from dagger_core.formats import FORMATS
from dagger_core.graph import Graph
from dagger_core.numerals import localized
from dagger_core.ops import OPS
from demo.results.reports import Report, Row
from demo.solution import Attempt, Solution, new_key
from demo.texts import words

#: Reports write "this for that", with a dash for nothing.
_FOR, _NOTHING = " for ", "—"


def solution(row: Row, report: Report) -> Solution:
    """What a model answered to a problem of a report, as the pages show it."""
    form = str(report["settings"].get("format", ""))
    known = FORMATS.get(form)
    parsed = known.read(row["text"], row["question"]) if known else None
    graph = parsed.graph if parsed else None
    attempt = Attempt(
        model=str(report["title"]),
        text=row["text"],
        graph=graph,
        notes=parsed.diagnostics if parsed else (),
        tokens=row["tokens"],
        seconds=row["seconds"],
        format=form,
    )
    return _solution(row, graph, attempt)


def gold_solution(row: Row) -> Solution:
    """The data set's own graph for a problem."""
    try:
        graph = Graph.from_obj(row["graph"]) if row.get("graph") else None
    except ValueError:
        graph = None
    return _solution(row, graph, None)


def _solution(row: Row, graph: Graph | None, attempt: Attempt | None) -> Solution:
    return Solution(
        question=row["question"],
        gold=row["gold"] or "",
        attempt=attempt,
        history=() if graph is None else (graph,),
        key=new_key(),
    )


def mistake(row: Row, lang: Lang) -> str:
    """What went wrong, as in "wrong operation: add in place of multiply"."""
    kind, detail = row["failure"]["kind"], str(row["failure"]["detail"])
    text = words(lang)
    name = str(getattr(text, f"failure_{kind}", kind))
    if not detail:
        return name
    did, between, needed = detail.partition(_FOR)
    did, needed = _named(did, lang), _named(needed, lang)
    if not between:
        said = did
    elif did == _NOTHING:
        said = text.failed_without.format(needed=needed)
    elif needed == _NOTHING:
        said = text.failed_besides.format(did=did)
    else:
        said = text.failed_instead.format(did=did, needed=needed)
    return f"{name}: {said}"


def _named(detail: str, lang: Lang) -> str:
    """A part of a detail: names of operations in words, and numbers in the digits of a language."""
    names = detail.split()
    if not names or not all(name in OPS for name in names):
        return localized(detail, lang)
    return ", ".join(OPS[name].bn if lang == "bn" else OPS[name].en for name in names)
