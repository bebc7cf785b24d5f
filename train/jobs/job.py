"""Job: one folder of a training run, read."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from dagger_core.diagnostics import JobError, RecipeError
from train.events import Event, all_events, read_events
from train.jobs.files import read_json, write_json
from train.jobs.status import LIVE, Status
from train.recipe import Recipe, load

STATUS, REQUEST, RECIPE, LOG = "status.json", "request.json", "recipe.toml", "log.txt"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}\Z", re.IGNORECASE)
_MODEL_FILES = ("adapter_config.json", "config.json")


class Request(msgspec.Struct, frozen=True):
    """What somebody wants of a running job."""

    what: Literal["stop", "cancel"]
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class Job:
    """One job; everything is read from its folder when it is asked for."""

    folder: Path

    @classmethod
    def find(cls, runs: Path, name: object) -> Job:
        """The job of a name, which may come from a browser.

        Raises:
            JobError: there is none.
        """
        if isinstance(name, str) and _ID.fullmatch(name) and (runs / name / STATUS).is_file():
            return cls(runs / name)
        raise JobError("no-such-job", job=str(name)[:100])

    @property
    def name(self) -> str:
        """Names it in requests and on the command line."""
        return self.folder.name

    @property
    def status(self) -> Status:
        """Where it is now, whatever its last writer thought."""
        status = read_json(self.folder / STATUS, Status)
        if status is None:
            return Status("failed", "sft", reason="job-unreadable")
        if status.state in LIVE and not status.alive():
            gone = msgspec.structs.replace(status, state="interrupted", reason="job-interrupted")
            return msgspec.structs.replace(gone, ended=status.heartbeat, params={})
        return status

    def write(self, status: Status) -> None:
        """Replace the status in one step."""
        write_json(self.folder / STATUS, status)

    @property
    def recipe(self) -> Recipe:
        """What it trains.

        Raises:
            RecipeError: the file is gone or broken.
        """
        return load(str(self.folder / RECIPE))

    def recipe_or_none(self) -> Recipe | None:
        """What it trains, if that can still be read."""
        try:
            return self.recipe
        except RecipeError:
            return None

    @property
    def request(self) -> Request | None:
        """What is wanted of it, if anything."""
        return read_json(self.folder / REQUEST, Request)

    def ask(self, what: Literal["stop", "cancel"], by: str) -> None:
        """Leave a request for the supervisor; a cancellation is not taken back by a stop."""
        known = self.request
        if known is None or what == "cancel":
            write_json(self.folder / REQUEST, Request(what, by, time.time()))

    @property
    def model(self) -> Path | None:
        """The folder of the adapter or model that came out, if one did."""
        for folder in (self.folder / "adapter", self.folder):
            if any((folder / name).is_file() for name in _MODEL_FILES):
                return folder
        return None

    def events(self, offset: int = 0) -> tuple[list[Event], int]:
        """The events after an offset, and the offset to go on from."""
        return read_events(self.folder, offset)

    def all_events(self) -> list[Event]:
        """Every event so far."""
        return all_events(self.folder)

    def log(self, most: int = 20_000) -> str:
        """The end of what the training printed, from the beginning of a line."""
        try:
            with (self.folder / LOG).open("rb") as file:
                size = file.seek(0, 2)
                file.seek(max(0, size - most))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            return ""
        return text if size <= most else text.partition("\n")[2]
