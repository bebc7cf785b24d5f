"""What the views of the Annotate page show, as documents: the queue, the draft, the changes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from annotate import Revision, Store
from annotate.filtering import Filter
from annotate.independent import own_progress, own_statuses
from annotate.projects import settings
from annotate.queue import Item, count, page, place, progress
from annotate.records import DECIDED, Comment, Status
from dagger_core.diagnostics import Lang
from dagger_core.diff import Change, diff
from dagger_core.fields import input_text
from dagger_core.graph import Graph, Node
from dagger_core.numerals import localized
from dagger_core.render.text import shorten
from demo.curating.memory import Memory
from demo.curating.seat import Seat
from demo.curating.views import KEYS
from demo.texts import words
from demo.view import plain_line as plain

LINES = 30
_TEXT = 160


def followed(store: Store, memory: Memory) -> Memory:
    """The memory of a browser that shows the page of the queue with its item, if it is there."""
    known = {"project": memory.project, "sort": memory.sort}
    number = place(store, memory.chosen, memory.item, **known) if memory.item else None  # type: ignore[arg-type]
    return memory if number is None else replace(memory, start=number // LINES * LINES)


def queue(store: Store, memory: Memory, lang: Lang) -> dict[str, Any]:
    """The document of a QueueView: a page of the queue around what the browser remembers."""
    text, chosen = words(lang), memory.chosen
    asked = partial(page, store, chosen, project=memory.project, sort=memory.sort, limit=LINES)
    start = memory.start
    found = asked(start=start)
    if start and not found.items:  # decided items left the filter, and with them the page
        start, found = 0, asked()
    statuses = progress(store, memory.project)
    total, done = sum(statuses.values()), sum(statuses[status] for status in DECIDED)
    sentence, own = text.progress_line, {}
    if memory.name and settings(store, memory.project).overlap > 1:
        # Who works independently sees what they did themselves, not what came of it.
        done, sentence = own_progress(store, memory.name, memory.project), text.own_progress_line
        own = own_statuses(store, memory.name, [item.question_id for item in found.items])
    said = sentence.format(done=_number(done, lang), total=_number(total, lang))
    if chosen != Filter():
        number = count(store, chosen, project=memory.project)
        said += " · " + text.shown_line.format(count=_number(number, lang))
    return {
        "items": [
            _line(item, own.get(item.question_id, item.status), lang) for item in found.items
        ],
        "current": memory.item,
        "start": start,
        "more": found.more,
        "size": LINES,
        "place": _lines(start, len(found.items), lang),
        "lang": lang,
        "empty": text.empty_filter if total else text.empty_project,
        "bar": {"done": done, "total": total, "text": said} if total else None,
        "texts": {"before": text.before, "after": text.after},
    }


def _line(item: Item, status: Status, lang: Lang) -> dict[str, Any]:
    text = words(lang)
    right = {True: text.right_yes, False: text.right_no, None: ""}[item.right]
    return {
        "id": item.question_id,
        "text": shorten(item.text, _TEXT),
        "lang": item.lang,
        "status": status,
        "status_text": getattr(text, f"status_{status}"),
        "note": " · ".join(part for part in (right, item.author) if part),
    }


def _number(value: int, lang: Lang) -> str:
    return localized(f"{value:,}", lang)


def _lines(start: int, number: int, lang: Lang) -> str:
    """Which lines a page shows."""
    return f"{_number(start + 1, lang)}–{_number(start + number, lang)}"


def draft(seat: Seat, lang: Lang, problem: str = "") -> dict[str, Any]:
    """The document of a DraftView."""
    names = ("saved", "saved_before", "saving", "unsaved", "failed")
    state = "failed" if problem else "saved" if seat.drafted else "none"
    return {
        "state": state,
        "at": _milliseconds(seat.drafted),
        "now": int(time.time() * 1000),
        "problem": problem,
        "lang": lang,
        "texts": {name: getattr(words(lang), f"draft_{name}") for name in names},
    }


def _milliseconds(at: datetime | None) -> int:
    return int(at.timestamp() * 1000) if at else 0


def changes(seat: Seat, lang: Lang) -> dict[str, Any]:
    """The document of a ChangesView: the edit against the suggestion, or somebody's revision."""
    text, graph, baseline = words(lang), seat.solution.graph, seat.baseline
    if graph is None or baseline is None:
        return differences(None, None, lang)
    if seat.theirs is not None:
        title = text.changes_theirs.format(author=seat.theirs.author)
        empty = text.changes_theirs_none.format(author=seat.theirs.author)
    else:
        model = seat.suggestion.model if seat.suggestion else ""
        title = text.changes_title.format(model=model)
        empty = text.changes_none.format(model=model)
    return differences(baseline, graph, lang, title, empty) | {"reset": text.reset_node}


def differences(
    one: Graph | None, other: Graph | None, lang: Lang, title: str = "", empty: str = ""
) -> dict[str, Any]:
    """The document of a ChangesView that only shows how the second graph differs from the first."""
    if one is None or other is None:
        return {"items": [], "empty": "", "lang": lang}
    items = [_change(change, other, lang) for change in diff(one, other)]
    return {"title": title, "items": items, "empty": empty, "lang": lang}


def _change(change: Change, graph: Graph, lang: Lang) -> dict[str, Any]:
    text, before, after = words(lang), change.before, change.after
    place = graph.index.get(after.id) if after else None
    if before is None and after is not None:
        kind, said = "added", text.change_added.format(node=after.id, now=_node(after))
    elif after is None and before is not None:
        kind, said = "removed", text.change_removed.format(node=before.id, was=_node(before))
    else:
        assert before is not None
        assert after is not None
        parts = ", ".join(_part(name, before, after, lang) for name in change.fields)
        kind, said = "changed", text.change_changed.format(node=after.id, parts=parts)
    return {
        "kind": kind,
        "text": said,
        "before": before.id if before else None,
        "after": after.id if after else None,
        "node": None if place is None else f"n{place}",
    }


def _node(node: Node) -> str:
    return input_text(node) if node.is_const else f"{node.op}({input_text(node)})"


def _part(name: str, before: Node, after: Node, lang: Lang) -> str:
    text = words(lang)
    if name == "distractor":
        return str(text.marked_distractor if after.distractor else text.unmarked_distractor)
    if name == "label":
        return f"{text.label} “{before.label}” → “{after.label}”"
    if name == "op":
        return f"{before.op} → {after.op}"
    return f"{input_text(before)} → {input_text(after)}"


def heading(seat: Seat, lang: Lang) -> str:
    """Which item is on the desk, as Markdown."""
    text, question = words(lang), seat.question
    if question is None:
        return ""
    status = seat.theirs.status if seat.theirs else seat.solution.saved_at or "pending"
    named = getattr(text, f"status_{status}", status)
    line = text.item_line.format(
        id=localized(str(question.id), lang),
        status=named,
        source=plain(question.source) or text.no_source,
    )
    gold = seat.solution.gold
    known = (
        text.gold_line.format(gold=f"**{plain(localized(gold, lang))}**")
        if gold
        else text.no_gold_line
    )
    others = ", ".join(map(plain, seat.others))
    beside = f" · {text.others_line.format(names=others)}" if others else ""
    return f"{line} · {known}{beside}"


def conflict(theirs: Revision, lang: Lang) -> str:
    """That somebody else saved first, as Markdown."""
    text = words(lang)
    return str(
        text.conflict.format(
            author=plain(theirs.author),
            status=getattr(text, f"status_{theirs.status}"),
            time=localized(theirs.at.astimezone().strftime("%H:%M:%S"), lang),
        )
    )


def history(store: Store, seat: Seat, person_track: str, lang: Lang) -> list[tuple[str, str]]:
    """The saved states of the item as choices, newest first."""
    text = words(lang)
    if seat.question is None:
        return []
    choices = []
    for revision in reversed(store.revisions(seat.question.id)):
        if person_track and revision.track not in ("", person_track):
            continue  # others work independently
        when = localized(f"{revision.at.astimezone():%Y-%m-%d %H:%M:%S}", lang)
        status = getattr(text, f"status_{revision.status}")
        parts = [when, revision.author, status, revision.reason]
        if revision.conflicts_with:
            parts.append(text.lost_race)
        choices.append((" · ".join(part for part in parts if part), str(revision.id)))
    return choices


def comments(found: Sequence[Comment], lang: Lang) -> str:
    """The comments on an item, as Markdown."""
    if not found:
        return str(words(lang).no_comments)
    return "\n\n".join(
        f"**{plain(one.author)}** "
        f"{localized(f'{one.at.astimezone():%Y-%m-%d %H:%M}', lang)}: {plain(one.text)}"
        for one in found
    )


def key_texts(lang: Lang) -> dict[str, str]:
    """What a KeysView says."""
    text = words(lang)
    said = {name: getattr(text, f"key_{name}") for name, *_ in KEYS}
    names = {"title", "how", "change", "defaults", "taken"}
    return {**said, **{name: getattr(text, f"keys_{name}") for name in names}, "close": text.close}
