"""Counts of a project: what was done when, by whom, and what is still the matter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from annotate.queue import progress, project_number
from annotate.records import Status
from annotate.schema import QuestionRow, RevisionRow, StateRow, TagRow
from annotate.store import DEFAULT_PROJECT, Store

_CODE = "code:"


@dataclass(frozen=True, slots=True)
class Day:
    """The revisions saved on one day (UTC), by the status they gave."""

    day: date
    saved: dict[str, int]


@dataclass(frozen=True, slots=True)
class Worker:
    """What one annotator did.

    Args:
        seconds: median time on a revision, where the page measured it.
    """

    author: str
    revisions: int
    questions: int
    accepted: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A project at a glance; `codes` counts the questions that have each diagnostic."""

    statuses: dict[Status, int]
    days: tuple[Day, ...]
    workers: tuple[Worker, ...]
    codes: dict[str, int]
    seconds: float | None


def dashboard(store: Store, project: str = DEFAULT_PROJECT) -> Dashboard:
    """The counts of a project as they are now."""
    with store.database.read() as session:
        number = project_number(session, project)
        seconds = _seconds(session, number)
        return Dashboard(
            statuses=progress(store, project),
            days=_days(session, number),
            workers=_workers(session, number, seconds),
            codes=_codes(session, number),
            seconds=_median([value for values in seconds.values() for value in values]),
        )


def _of(project: int) -> sa.ColumnElement[bool]:
    return RevisionRow.question_id.in_(
        sa.select(QuestionRow.id).where(QuestionRow.project_id == project)
    )


def _days(session: Session, project: int) -> tuple[Day, ...]:
    in_utc = RevisionRow.at
    if session.get_bind().dialect.name == "postgresql":
        in_utc = sa.func.timezone("UTC", RevisionRow.at)  # type: ignore[assignment]
    day = sa.func.date(in_utc, type_=sa.String)
    counted = session.execute(
        sa.select(day, RevisionRow.status, sa.func.count())
        .where(_of(project))
        .group_by(day, RevisionRow.status)
    )
    days: dict[date, dict[str, int]] = defaultdict(dict)
    for text, status, count in counted:
        days[date.fromisoformat(str(text))][status] = count
    return tuple(Day(key, days[key]) for key in sorted(days))


def _seconds(session: Session, project: int) -> dict[str, list[float]]:
    """By author, the times that were measured."""
    found: dict[str, list[float]] = defaultdict(list)
    for author, value in session.execute(
        sa.select(RevisionRow.author, RevisionRow.seconds).where(_of(project))
    ):
        if value is not None:
            found[author].append(value)
    return found


def _workers(session: Session, project: int, seconds: dict[str, list[float]]) -> tuple[Worker, ...]:
    counted = session.execute(
        sa.select(
            RevisionRow.author,
            sa.func.count(),
            sa.func.count(sa.distinct(RevisionRow.question_id)),
            sa.func.sum(sa.case((RevisionRow.status == "accepted", 1), else_=0)),
        )
        .where(_of(project))
        .group_by(RevisionRow.author)
        .order_by(RevisionRow.author)
    )
    return tuple(
        Worker(author, revisions, questions, accepted, _median(seconds.get(author, [])))
        for author, revisions, questions, accepted in counted
    )


def _codes(session: Session, project: int) -> dict[str, int]:
    counted = session.execute(
        sa.select(TagRow.tag, sa.func.count())
        .join(StateRow, StateRow.question_id == TagRow.question_id)
        .where(StateRow.project_id == project, TagRow.tag.startswith(_CODE))
        .group_by(TagRow.tag)
        .order_by(sa.func.count().desc(), TagRow.tag)
    )
    return {tag.removeprefix(_CODE): count for tag, count in counted}


def _median(values: list[float]) -> float | None:
    return median(values) if values else None
