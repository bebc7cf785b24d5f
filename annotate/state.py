"""The present state of every question, derived from the record so that the queue is quick.

`refresh` follows every append, in the same transaction; `fill` gives a state to questions that
have none, as after the migration of an old database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate.database import Database
from annotate.records import graph_of
from annotate.schema import QuestionRow, RevisionRow, StateRow, SuggestionRow, TagRow
from annotate.writing import newest_rows
from dagger_core.check import check
from dagger_core.execute import execute
from dagger_core.graph import Graph
from dagger_core.numerals import Number, same_answer
from dagger_core.ops import find_op

_FILLED_AT_ONCE = 500
_TAG_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Facts:
    """What the queue wants to know about a graph."""

    answer: Number | None = None
    distractors: int = 0
    tags: tuple[str, ...] = ()


def facts(graph: Graph | None, question: str) -> Facts:
    """Execute a graph and check it against its question.

    Tags are its operations and the codes of its diagnostics.
    """
    if graph is None:
        return Facts()
    execution = execute(graph)
    ops = (find_op(node.op) for node in graph.nodes)
    tags = {f"op:{op.name}" for op in ops if op} | {
        f"code:{diagnostic.code}" for diagnostic in check(graph, execution, question)
    }
    return Facts(
        execution.answer,
        sum(node.distractor for node in graph.nodes),
        tuple(sorted(tag[:_TAG_LENGTH] for tag in tags)),
    )


def state_values(
    question: QuestionRow,
    head: RevisionRow | None,
    suggestions: Sequence[SuggestionRow],
    annotators: int,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The columns of a question's state, and its tags.

    The graph is that of its newest revision; before there is one, of its newest suggestion.
    """
    newest = suggestions[-1] if suggestions else None
    source = head if head and head.graph else newest
    shown = facts(graph_of(source.graph) if source else None, question.text)
    answers = [
        # Mostly it is the graph that is shown: it is not executed twice.
        shown.answer if source and suggestion.graph == source.graph else _answer(suggestion)
        for suggestion in suggestions
    ]
    gold = question.answer
    if head is not None and head.answer is not None and head.status != "flagged":
        gold = head.answer
    values = {
        "question_id": question.id,
        "project_id": question.project_id,
        "revision_id": head.id if head else None,
        "suggestion_id": newest.id if newest else None,
        "status": head.status if head else "pending",
        "lang": question.lang,
        "source": question.source,
        "model": newest.model if newest else "",
        "author": head.author if head else "",
        "right": is_right(shown.answer, gold) if source and source.graph else None,
        "distractors": shown.distractors,
        "uncertainty": uncertainty(answers, gold),
        "annotators": annotators,
    }
    return values, shown.tags


def _answer(suggestion: SuggestionRow) -> Number | None:
    graph = graph_of(suggestion.graph)
    return execute(graph).answer if graph else None


def is_right(answer: Number | None, gold: str | None) -> bool | None:
    """Whether an answer is the gold one; None where no gold is known."""
    return None if gold is None else same_answer(answer, gold)


def uncertainty(answers: Sequence[Number | None], gold: str | None) -> float:
    """The share of answers that differ from the gold one; without gold, from the commonest."""
    if not answers:
        return 0.0
    if gold is not None:
        agreeing = sum(same_answer(answer, gold) for answer in answers)
    else:
        agreeing = max(Counter(a for a in answers if a is not None).values(), default=0)
    return 1 - agreeing / len(answers)


def refresh(session: Session, questions: Sequence[QuestionRow]) -> None:
    """Make the state of questions anew from the record."""
    numbers = [question.id for question in questions]
    wanted = {"ids": numbers}
    suggestions: dict[int, list[SuggestionRow]] = {number: [] for number in numbers}
    for row in session.scalars(_SUGGESTIONS, wanted):
        suggestions[row.question_id].append(row)
    heads = newest_rows(session, numbers)
    people = dict(session.execute(_PEOPLE, wanted).tuples().all())
    states, tags = [], []
    for question in questions:
        number = question.id
        values, found = state_values(
            question, heads.get(number), suggestions[number], people.get(number, 0)
        )
        states.append(values)
        tags += [{"tag": tag, "question_id": number} for tag in found]
    for forget in _FORGET:
        session.execute(forget, wanted)
    if states:
        session.execute(_REMEMBER_STATE, states)
    if tags:
        session.execute(_REMEMBER_TAG, tags)


# Made once: putting a statement together takes longer than the database takes to answer it.
_IDS = sa.bindparam("ids", expanding=True, type_=sa.Integer)
_SUGGESTIONS = (
    sa.select(SuggestionRow).where(SuggestionRow.question_id.in_(_IDS)).order_by(SuggestionRow.id)
)
_NEWEST_OF_EACH = (
    sa.select(sa.func.max(RevisionRow.id))
    .where(RevisionRow.question_id.in_(_IDS), RevisionRow.batch_id.is_(None))
    .group_by(RevisionRow.question_id, RevisionRow.author)
)
#: How many people have worked on each question, not counting who took it back.
_PEOPLE = (
    sa.select(RevisionRow.question_id, sa.func.count())
    .where(RevisionRow.id.in_(_NEWEST_OF_EACH), RevisionRow.status != "pending")
    .group_by(RevisionRow.question_id)
)
_STATE, _TAG = cast(sa.Table, StateRow.__table__), cast(sa.Table, TagRow.__table__)
_FORGET = tuple(sa.delete(table).where(table.c.question_id.in_(_IDS)) for table in (_TAG, _STATE))
_REMEMBER_STATE, _REMEMBER_TAG = sa.insert(_STATE), sa.insert(_TAG)


def fill(database: Database) -> None:
    """Give a state to every question that has none."""
    missing = (
        sa.select(QuestionRow)
        .outerjoin(StateRow, StateRow.question_id == QuestionRow.id)
        .where(StateRow.question_id.is_(None))
        .limit(_FILLED_AT_ONCE)
    )
    with database.read() as session:
        found = session.scalars(missing).all()
    turn = 0
    while found:
        with database.write() as session:
            database.analyze(session, turn)
            database.lock(session, "state")
            found = session.scalars(missing).all()
            refresh(session, found)
        turn += 1
