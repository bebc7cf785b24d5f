"""One action over everything a filter lets through: with a preview, and undone as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate import state
from annotate.filtering import Filter, conditions
from annotate.queue import Item, items, project_number
from annotate.records import UNDECIDED, Status, graph_of
from annotate.schema import BatchRow, StateRow, SuggestionRow, TagRow
from annotate.store import DEFAULT_PROJECT, Store
from annotate.texts import clean
from annotate.writing import (
    NewRevision,
    locked_questions,
    newest_rows,
    now,
    project_id,
    revision_rows,
)
from dagger_core.check import check
from dagger_core.edit import apply
from dagger_core.graph import Graph

#: So many are done in one transaction; others wait that long.
DONE_AT_ONCE = 200
SHOWN = 20
#: The diagnostics that some graphs can be mended of for certain.
FIXABLE = (
    "used-distractor",
    "unused-number",
    "number-without-node",
    "const-differs",
    "unsorted",
    "no-final",
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do to many questions.

    Args:
        name: kept with the batch.
        applies: what it asks of `StateRow`, beside the filter.
        change: the graph it makes of a graph and its question.
        status: the status it gives; None keeps the status, and makes a draft of what is pending.
    """

    name: str
    applies: tuple[sa.ColumnElement[bool], ...]
    change: Callable[[Graph, str], Graph]
    status: Status | None = None


def accept_right() -> Action:
    """Accept what is undecided, gives the gold answer and has no diagnostic."""
    troubled = (
        sa.exists()
        .where(TagRow.question_id == StateRow.question_id, TagRow.tag.startswith("code:"))
        .correlate(StateRow)
    )
    undecided = StateRow.status.in_(UNDECIDED)
    return Action("accept", (undecided, StateRow.right.is_(True), ~troubled), _same, "accepted")


def apply_fix(code: str) -> Action:
    """Apply the fix of one kind of diagnostic to every graph that has it."""
    tag = f"code:{clean(code, 'code', 60)}"
    has_it = (
        sa.exists()
        .where(TagRow.question_id == StateRow.question_id, TagRow.tag == tag)
        .correlate(StateRow)
    )
    return Action(f"fix {code}", (has_it,), lambda graph, question: fixed(graph, code, question))


def _same(graph: Graph, _: str) -> Graph:
    return graph


def fixed(graph: Graph, code: str, question: str = "") -> Graph:
    """A graph with all certain mends of one kind of diagnostic; at most one for each node."""
    for _ in range(len(graph)):
        fix = next((d.fix for d in check(graph, None, question) if d.code == code and d.fix), None)
        if fix is None:
            break
        graph = apply(fix, graph)
    return graph


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action would do: how many questions it would reach, and the first of them."""

    count: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What an action did; see `annotate.undo.undo_batch`."""

    id: int
    action: str
    revisions: int


def preview(
    store: Store, action: Action, chosen: Filter | None = None, project: str = DEFAULT_PROJECT
) -> Preview:
    """What an action would do, without doing it."""
    with store.database.read() as session:
        wanted = _wanted(session, action, chosen, project)
        count = session.scalar(sa.select(sa.func.count()).select_from(StateRow).where(*wanted))
        return Preview(count or 0, items(session, wanted, limit=SHOWN))


def run(
    store: Store,
    action: Action,
    author: str,
    chosen: Filter | None = None,
    project: str = DEFAULT_PROJECT,
    progress: Callable[[int], None] = lambda _: None,
) -> Batch:
    """Append a revision to every question the action reaches.

    The store stays open to others meanwhile; `progress` is told how many are done, and may
    raise to stop: what is done by then is a batch that can be undone.
    """
    with store.database.write() as session:
        batch = BatchRow(
            project_id=project_id(session, project),
            action=action.name,
            author=clean(author, "author's name", 200),
            at=now(),
        )
        session.add(batch)
        session.flush()
        batch_id = batch.id
    done, last = 0, 0
    while True:
        with store.database.write() as session:
            wanted = _wanted(session, action, chosen, project)
            ids = session.scalars(
                sa.select(StateRow.question_id)
                .where(*wanted, StateRow.question_id > last)
                .order_by(StateRow.question_id)
                .limit(DONE_AT_ONCE)
            ).all()
            done += _act(session, action, author, batch_id, ids)
        if not ids:
            return Batch(batch_id, action.name, done)
        last = ids[-1]
        progress(done)


def _wanted(
    session: Session, action: Action, chosen: Filter | None, project: str
) -> list[sa.ColumnElement[bool]]:
    number = project_number(session, project)
    return [*conditions(session, chosen or Filter(), number), *action.applies]


def _act(
    session: Session, action: Action, author: str, batch_id: int, question_ids: Sequence[int]
) -> int:
    """Append revisions where the action changes something; how many."""
    questions = {question.id: question for question in locked_questions(session, question_ids)}
    heads = newest_rows(session, question_ids)
    suggestions = _newest_suggestions(session, question_ids)
    new: dict[int, NewRevision] = {}
    for number, question in questions.items():
        head, suggestion = heads.get(number), suggestions.get(number)
        source = head if head and head.graph else suggestion
        graph = graph_of(source.graph) if source else None
        if graph is None:
            continue
        changed = action.change(graph, question.text)
        if changed == graph and action.status is None:
            continue
        kept: Status = head.status if head and head.status != "pending" else "draft"  # type: ignore[assignment]
        new[number] = NewRevision(
            graph=changed,
            status=action.status or kept,
            author=author,
            answer=head.answer if head else None,
            reason=action.name,
            parent=head.id if head else None,
            suggestion_id=suggestion.id if suggestion else None,
            batch_id=batch_id,
        )
    revision_rows(session, new, heads)
    state.refresh(session, [questions[number] for number in new])
    return len(new)


def _newest_suggestions(session: Session, question_ids: Sequence[int]) -> dict[int, SuggestionRow]:
    newest = (
        sa.select(sa.func.max(SuggestionRow.id))
        .where(SuggestionRow.question_id.in_(question_ids))
        .group_by(SuggestionRow.question_id)
    )
    rows = session.scalars(sa.select(SuggestionRow).where(SuggestionRow.id.in_(newest)))
    return {row.question_id: row for row in rows}
