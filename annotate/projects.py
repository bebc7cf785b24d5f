"""Projects: made, listed, and the settings that their annotators share."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from annotate.queue import project_number
from annotate.schema import ProjectRow, SettingRow
from annotate.store import Store
from annotate.texts import clean
from annotate.writing import now, project_id
from dagger_core.diagnostics import StoreError

MOST_OVERLAP = 20
_GUIDELINES_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """What the annotators of a project share.

    Args:
        guidelines: how to annotate, as Markdown.
        overlap: how many people annotate each question, independently where more than one.
    """

    guidelines: str = ""
    overlap: int = 1


def create(store: Store, name: str) -> str:
    """Make a project and give its name, tidied.

    Raises:
        StoreError: the name is empty, too long or taken.
    """
    name = " ".join(clean(name, "project's name", 200).split())
    if not name:
        raise StoreError("project-without-name")
    with store.database.write() as session:
        if session.scalar(sa.select(ProjectRow.id).where(ProjectRow.name == name)):
            raise StoreError("project-taken", name=name)
        project_id(session, name)
    return name


def settings(store: Store, project: str) -> ProjectSettings:
    """The settings of a project as they are now."""
    with store.database.read() as session:
        newest = (
            sa.select(sa.func.max(SettingRow.id))
            .where(SettingRow.project_id == project_number(session, project))
            .group_by(SettingRow.name)
        )
        rows = session.scalars(sa.select(SettingRow).where(SettingRow.id.in_(newest)))
        found = {row.name: row.value for row in rows}
    return ProjectSettings(found.get("guidelines", ""), int(found.get("overlap", "1")))


def change_settings(store: Store, project: str, new: ProjectSettings, author: str) -> None:
    """Append what differs from the present settings.

    Raises:
        StoreError: an overlap that is out of range, or guidelines that cannot be kept.
    """
    if not 1 <= new.overlap <= MOST_OVERLAP:
        raise StoreError("overlap-out-of-range", most=MOST_OVERLAP)
    clean(new.guidelines, "guidelines", _GUIDELINES_LIMIT)
    old = settings(store, project)
    changes = {
        name: str(getattr(new, name))
        for name in ("guidelines", "overlap")
        if getattr(new, name) != getattr(old, name)
    }
    with store.database.write() as session:
        number = project_id(session, project)
        for name, value in changes.items():
            session.add(
                SettingRow(
                    project_id=number,
                    name=name,
                    value=value,
                    author=clean(author, "author's name", 200),
                    at=now(),
                )
            )
