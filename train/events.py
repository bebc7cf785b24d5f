"""The events of a run: lines of JSON appended to `events.jsonl`, and read while the file grows.

Kinds, with their values:

- start: max_steps, and what else is worth knowing of the run.
- step: the trainer's own metrics by the trainer's own names (loss, reward, reward_std, kl, …).
- progress: max_steps, seconds_left (None while nobody can tell).
- evaluation: the metrics of an evaluation, and eval_samples, how many samples it was of.
- save: path of the checkpoint, within the run's folder.
- sample: question, text, reward, parts (of the reward, by name), gold.
- end: nothing more; the trainer has done what it had to.

`train.reporting` writes them from inside a trainer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

Kind = Literal["start", "step", "progress", "evaluation", "save", "sample", "end"]

FILE = "events.jsonl"
_CHUNK = 4 << 20


class Event(msgspec.Struct, frozen=True):
    """One thing that happened.

    Args:
        at: seconds since 1970.
        kind: what happened; a reader leaves alone what it does not know.
        step: optimizer steps done by then.
        values: JSON values by name; numbers that are not finite are None.
    """

    at: float
    kind: str
    step: int = 0
    values: Mapping[str, Any] = {}


_DECODER = msgspec.json.Decoder(Event)


class EventWriter:
    """Appends to the events of a run's folder, each line in one write."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / FILE).open("ab", buffering=0)
        if _is_torn(folder / FILE):
            self._file.write(b"\n")

    def write(self, kind: Kind, step: int, /, **values: Any) -> None:
        """Append an event that happens now."""
        event = Event(time.time(), kind, step, values)
        self._file.write(msgspec.json.encode(event, enc_hook=_number) + b"\n")

    def close(self) -> None:
        """Close the file; every event is in it already."""
        self._file.close()


def _is_torn(path: Path) -> bool:
    """Whether a writer died within its last line."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _number(value: Any) -> Any:
    """A scalar of numpy or torch as a number; anything else as text."""
    item = getattr(value, "item", None)
    return item() if callable(item) else str(value)


def read_events(folder: Path, offset: int = 0) -> tuple[list[Event], int]:
    """The events after an offset in bytes, and the offset to go on from.

    A last line that is not complete yet is left for the next call, and a line that is no event
    is left out. A file that has become shorter is another one and read from its beginning. At
    most a few megabytes are read in a call; the end is reached when the offset stays the same.
    """
    try:
        with (folder / FILE).open("rb") as file:
            if offset > file.seek(0, os.SEEK_END):
                offset = 0
            file.seek(offset)
            text = file.read(_CHUNK)
            if len(text) == _CHUNK and b"\n" not in text:
                text += file.readline()
    except FileNotFoundError:
        return [], 0
    complete = text[: text.rfind(b"\n") + 1]
    events = [event for line in complete.split(b"\n") if (event := _event(line)) is not None]
    return events, offset + len(complete)


def all_events(folder: Path) -> list[Event]:
    """Every event of a run's folder so far."""
    events: list[Event] = []
    offset, more = 0, True
    while more:
        found, end = read_events(folder, offset)
        events += found
        offset, more = end, end > offset
    return events


def _event(line: bytes) -> Event | None:
    try:
        return _DECODER.decode(line) if line else None
    except msgspec.MsgspecError:
        return None
