"""How far annotators agree: Krippendorff's alpha over their newest revisions, and node F1.

Only questions that at least two people gave a graph count; a discarded revision gives none.
Source: K. Krippendorff, Content Analysis (2004), ch. 11; computed by the `krippendorff` library.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

import sqlalchemy as sa

from annotate.records import graph_of
from annotate.schema import ProjectRow, QuestionRow, RevisionRow
from annotate.store import DEFAULT_PROJECT, Store
from dagger_core.diff import distractor_flags, node_f1, same_graph
from dagger_core.execute import execute
from dagger_core.graph import Graph
from dagger_core.numerals import Number, same_answer

Graphs = Mapping[str, Graph]
UNITS = 2_000


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """The agreement on one question: shares of pairs of annotators, and their mean node F1."""

    question_id: int
    annotators: tuple[str, ...]
    answer: float
    graph: float
    node_f1: float


@dataclass(frozen=True, slots=True)
class AnnotatorAgreement:
    """How one annotator agrees with the others: shares over all pairs they are part of."""

    annotator: str
    questions: int
    answer: float
    graph: float
    node_f1: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on a project.

    Args:
        answer, graph, distractors: Krippendorff's alpha (nominal) of the answers, of the graphs
            up to renaming and swapped arguments, and of the distractor flags of numbers, over
            the last `UNITS` of them; 1 is full agreement, 0 is chance. None where alpha is not
            defined: with fewer than two values there is nothing to disagree about.
        node_f1: mean over questions; None without questions.
    """

    answer: float | None
    graph: float | None
    distractors: float | None
    node_f1: float | None
    items: tuple[ItemAgreement, ...]
    annotators: tuple[AnnotatorAgreement, ...]


def agreement(store: Store, project: str = DEFAULT_PROJECT) -> Agreement:
    """The agreement of everybody who annotated a project."""
    return measure(_graphs(store, project))


def _graphs(store: Store, project: str) -> dict[int, dict[str, Graph]]:
    """By question and annotator: the newest graph, where two or more people gave one.

    Where people worked independently, nothing else counts: who settles a disagreement is no
    annotator.
    """
    newest = (
        sa.select(sa.func.max(RevisionRow.id))
        .join(QuestionRow, QuestionRow.id == RevisionRow.question_id)
        .join(ProjectRow, ProjectRow.id == QuestionRow.project_id)
        .where(ProjectRow.name == project, RevisionRow.author != "")
        .group_by(RevisionRow.question_id, RevisionRow.author, RevisionRow.track)
    )
    wanted = sa.select(RevisionRow).where(
        RevisionRow.id.in_(newest),
        RevisionRow.status.in_(("accepted", "flagged", "draft")),
        RevisionRow.graph.is_not(None),
    )
    shared: dict[int, dict[str, Graph]] = defaultdict(dict)
    independent: dict[int, dict[str, Graph]] = defaultdict(dict)
    with store.database.read() as session:
        for row in session.scalars(wanted.order_by(RevisionRow.question_id, RevisionRow.author)):
            graph = graph_of(row.graph)
            if graph is not None:
                found = independent if row.track else shared
                found[row.question_id][row.author] = graph
    both = {**shared, **independent}
    return {number: both[number] for number in sorted(both) if len(both[number]) > 1}


def measure(questions: Mapping[int, Graphs]) -> Agreement:
    """The agreement on questions, by the graph of each annotator; each has two or more."""
    pairs = {number: _pairs(graphs) for number, graphs in questions.items()}
    items = tuple(
        ItemAgreement(number, tuple(questions[number]), *_means(of_pairs.values()))
        for number, of_pairs in pairs.items()
    )
    return Agreement(
        answer=_alpha([_answer_labels(graphs) for graphs in questions.values()]),
        graph=_alpha([_graph_labels(graphs) for graphs in questions.values()]),
        distractors=_alpha([u for graphs in questions.values() for u in _flag_labels(graphs)]),
        node_f1=mean(item.node_f1 for item in items) if items else None,
        items=items,
        annotators=_by_annotator(pairs.values()),
    )


_Pair = tuple[bool, bool, float]


def _pairs(graphs: Graphs) -> dict[tuple[str, str], _Pair]:
    """For every pair of annotators: the same answer, the same graph, node F1."""
    answers = {name: execute(graph).answer for name, graph in graphs.items()}
    return {
        (one, other): (
            _same(answers[one], answers[other]),
            same_graph(graphs[one], graphs[other]),
            node_f1(graphs[one], graphs[other]),
        )
        for one, other in combinations(graphs, 2)
    }


def _means(pairs: Iterable[_Pair]) -> tuple[float, float, float]:
    answers, graphs, nodes = zip(*pairs, strict=True)
    return mean(map(float, answers)), mean(map(float, graphs)), mean(nodes)


def _by_annotator(
    questions: Iterable[Mapping[tuple[str, str], _Pair]],
) -> tuple[AnnotatorAgreement, ...]:
    found: dict[str, list[_Pair]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for pairs in questions:
        for name in {name for pair in pairs for name in pair}:
            counts[name] += 1
        for pair, values in pairs.items():
            for name in pair:
                found[name].append(values)
    return tuple(
        AnnotatorAgreement(name, counts[name], *_means(found[name])) for name in sorted(found)
    )


def _same(one: Number | None, other: Number | None) -> bool:
    """Whether two answers are the same (policy P6); none is the same as none."""
    return one is other or same_answer(one, other)


def _answer_labels(graphs: Graphs) -> list[Hashable]:
    """Answers that are the same get the label of the first of them."""
    labels: list[Number | None] = []
    for graph in graphs.values():
        answer = execute(graph).answer
        labels.append(next((label for label in labels if _same(answer, label)), answer))
    return list(labels)


def _graph_labels(graphs: Graphs) -> list[Hashable]:
    """Graphs that mean the same get one label; graphs of different questions never do."""
    kinds: list[Graph] = []
    labels: list[Hashable] = []
    for graph in graphs.values():
        known = next((kind for kind in kinds if same_graph(kind, graph)), None)
        if known is None:
            kinds.append(known := graph)
        labels.append((id(graphs), kinds.index(known)))
    return labels


def _flag_labels(graphs: Graphs) -> list[list[Hashable]]:
    """For every number that two or more annotators have: whether each marks it."""
    flags: dict[Hashable, list[Hashable]] = defaultdict(list)
    for graph in graphs.values():
        for number, marked in distractor_flags(graph).items():
            flags[number].append(marked)
    return [marks for marks in flags.values() if len(marks) > 1]


def _alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Nominal alpha over units, each the labels that its annotators gave.

    The library's matrices grow with units times labels, so only the last `UNITS` count.
    """
    import krippendorff
    import numpy as np

    units = units[-UNITS:]
    labels = {label: column for column, label in enumerate({x: None for u in units for x in u})}
    if len(labels) < 2:
        return None
    counts = np.zeros((len(units), len(labels)), dtype=int)
    for row, unit in enumerate(units):
        for label in unit:
            counts[row, labels[label]] += 1
    value = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    return None if math.isnan(value) else value
