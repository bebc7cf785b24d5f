"""Memory: what a browser remembers of the Annotate page, so that work goes on where it stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from annotate.filtering import Filter
from annotate.queue import SORTS, Sort
from annotate.records import STATUSES
from demo.services import CURATED, browser_key, new_browser_key

_MOST_DONE = 50
_LONGEST = 200


@dataclass(frozen=True)
class Memory:
    """What one browser remembers; its user can change it at will, so nothing rests on it.

    Args:
        key: names the browser; its drafts go by it.
        name: what its user signs with, where people are not signed in.
        chosen, sort, start: what the queue shows, and from which line on.
        item: the question on the desk, 0 for none.
        work: the key of the work that its page shows; after a restart it is the same work.
        done: decisions that can be undone, oldest first: ids of revisions, and questions that
            were skipped as negative numbers.
        undone: the revisions that undid a decision and can be undone themselves.
        batch: the last action on everything, which can be undone; 0 for none.
    """

    key: str
    name: str = ""
    project: str = CURATED
    chosen: Filter = field(default_factory=Filter)
    sort: Sort = "oldest"
    start: int = 0
    item: int = 0
    work: str = ""
    done: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()
    batch: int = 0

    def to_obj(self) -> dict[str, Any]:
        """As JSON values, for the browser's storage."""
        return asdict(self) | {
            "done": list(self.done[-_MOST_DONE:]),
            "undone": list(self.undone[-_MOST_DONE:]),
        }


#: What a browser remembers that has never been here.
NOTHING = Memory("")


def recall(value: object) -> Memory:
    """The memory that a browser sent; a new one where it sent none."""
    obj: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    sort = obj.get("sort")
    return Memory(
        key=browser_key(obj.get("key")) or new_browser_key(),
        name=_text(obj.get("name")),
        project=_text(obj.get("project")) or CURATED,
        chosen=_filter(obj.get("chosen")),
        sort=sort if sort in SORTS else "oldest",
        start=max(0, _number(obj.get("start"))),
        item=max(0, _number(obj.get("item"))),
        work=_text(obj.get("work")),
        done=_numbers(obj.get("done")),
        undone=_numbers(obj.get("undone")),
        batch=max(0, _number(obj.get("batch"))),
    )


def _filter(value: object) -> Filter:
    obj: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    texts = ("lang", "source", "op", "code", "model", "annotator", "text")
    assert set(texts) < {field.name for field in fields(Filter)}
    between = _numbers(obj.get("distractors"))
    statuses = obj.get("statuses")
    return Filter(
        statuses=tuple(s for s in STATUSES if isinstance(statuses, list | tuple) and s in statuses),
        right=obj["right"] if isinstance(obj.get("right"), bool) else None,
        distractors=(between[0], between[1]) if len(between) == 2 else None,
        **{name: _text(obj.get(name)) for name in texts},
    )


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if abs(value) < 2**31 else 0


def _numbers(value: object) -> tuple[int, ...]:
    given = value[-_MOST_DONE:] if isinstance(value, list | tuple) else ()
    return tuple(number for number in map(_number, given) if number)
