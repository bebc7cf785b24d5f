"""Problems to try on: an empty project filled from the problem bank."""

from __future__ import annotations

from itertools import islice

from annotate import NewQuestion, Store
from dagger_core.diagnostics import Lang
from dagger_core.edit import Update, apply
from dagger_core.graph import Graph
from train.problems import stream

SAMPLES = 20
_SEED = 5
_SOURCE = "problem bank"
#: Every so many samples one has a mark wrong, so that there is something to mend.
_FAULTY = 4


def fill(store: Store, project: str, lang: Lang, number: int = SAMPLES) -> int:
    """Put generated problems with suggested graphs into a project; how many."""
    for place, problem in enumerate(islice(stream(_SEED, lang, neat=True), number), 1):
        question = store.add_question(
            NewQuestion(problem.question, problem.answer, lang=problem.lang, source=_SOURCE),
            project,
        )
        graph = problem.graph if place % _FAULTY else _with_a_fault(problem.graph)
        store.suggest(question.id, model=_SOURCE, text="", graph=graph)
    return number


def _with_a_fault(graph: Graph) -> Graph:
    """The graph with one number's mark the other way round."""
    number = next(node for node in graph if node.is_const)
    return apply(Update(number.id, {"distractor": not number.distractor}), graph)
