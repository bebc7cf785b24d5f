"""What the pages work with: the store, the models and who is asking. Put together only here."""

from __future__ import annotations

import atexit
import contextlib
import getpass
import os
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import gradio as gr

from annotate import Store
from annotate.exchange.hub import Backup
from dagger_core.diagnostics import ModelUnavailable, StoreError
from dagger_core.generate import LocalGenerator, Stream
from dagger_core.generate.catalog import Catalog
from demo import drafts
from demo.curating.preannotation import Preannotations
from demo.results.evaluating import Evaluations
from demo.solution import Solution
from train.jobs import Runs

#: Where a visitor's graphs go; never the curated set.
VISITORS = "visitors"
CURATED = "default"
_KEY_BYTES = 24


@dataclass(frozen=True)
class Person:
    """Who is asking.

    Args:
        name: to sign with.
        curator: whether they may write to the curated set.
        trainer: whether they may start, stop and resume training jobs.
    """

    name: str
    curator: bool
    trainer: bool = False

    @property
    def project(self) -> str:
        """The project their graphs are saved in."""
        return CURATED if self.curator else VISITORS


class DraftBox:
    """Unfinished work by browser, written to the store soon after each change.

    Writing happens in a thread of its own, so that no edit waits for the disk; what is not
    written yet is read from memory, and everything is written at exit.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, Solution] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def put(self, key: str, solution: Solution) -> None:
        """Keep a solution as the draft of a browser."""
        if key:
            with self._changed:
                self._waiting[key] = solution
                self._changed.notify()

    def keep(self, key: str, solution: Solution) -> datetime:
        """Write a draft at once; when that was.

        Raises:
            StoreError: it could not be written.
        """
        draft = self._store.drafts.save(key, drafts.dump(solution))
        with self._changed:
            self._waiting.pop(key, None)
        return draft.at

    def get(self, key: str) -> Solution | None:
        """The draft of a browser, if it has one that can still be read."""
        with self._changed:
            waiting = self._waiting.get(key)
        if waiting is not None:
            return waiting
        try:
            draft = self._store.drafts.load(key) if key else None
        except StoreError:
            return None
        return drafts.load(draft.document) if draft else None

    def close(self) -> None:
        """Write what is waiting and stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if not self._waiting:
                    return
                key, solution = next(iter(self._waiting.items()))
            try:
                self._store.drafts.save(key, drafts.dump(solution))
            except StoreError as error:
                print(f"A draft could not be kept: {error}")
            with self._changed:
                # A newer draft that came in meanwhile stays and is written next.
                if self._waiting.get(key) is solution:
                    del self._waiting[key]


@dataclass(frozen=True)
class Services:
    """Everything behind the pages.

    Args:
        store: what people saved.
        catalog: the models on offer.
        public: whether whoever opens the page is a stranger until signed in.
        curators: names of signed-in people who may write to the curated set.
        trainers: names of signed-in people who may start, stop and resume training jobs.
        runs: the training jobs.
        sign_in: whether people can sign in with Hugging Face, as on a Space with OAuth.
        evaluations: what is being evaluated in the background.
        backup: what copies the store to the Hub, if somebody asked for that.
        ephemeral: whether what is saved is gone when the server's machine is.
        preannotations: what models suggest in the background.
        streams: the answers being written now, by browser session.
    """

    store: Store
    catalog: Catalog
    public: bool = False
    curators: frozenset[str] = frozenset()
    trainers: frozenset[str] = frozenset()
    runs: Runs = field(default_factory=lambda: Runs(Path("runs").absolute()))
    sign_in: bool = False
    evaluations: Evaluations = field(default_factory=Evaluations)
    backup: Backup | None = None
    ephemeral: bool = False
    preannotations: Preannotations = field(default_factory=Preannotations)
    streams: dict[str, Stream] = field(default_factory=dict)
    drafts: DraftBox = field(init=False)
    _warmed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        object.__setattr__(self, "drafts", DraftBox(self.store))

    @classmethod
    def from_environment(cls, root: Path, environ: Mapping[str, str] = os.environ) -> Services:
        """The services of a project folder.

        DATABASE_URL names the database (default: data/dagger.sqlite3 in the folder). On a Space,
        or with DAGGER_PUBLIC=1, only the signed-in people in DAGGER_CURATORS, or the Space's
        owner, may write to the curated set; and only those in DAGGER_TRAINERS (by default, the
        same people) may train.
        """
        url = environ.get("DATABASE_URL")
        if not url:
            (root / "data").mkdir(exist_ok=True)
        owner = environ.get("SPACE_AUTHOR_NAME", "")
        curators = _names(f"{environ.get('DAGGER_CURATORS', '')},{owner}")
        trainers = environ.get("DAGGER_TRAINERS")
        store, backup = Store.open(url or root / "data" / "dagger.sqlite3"), None
        if environ.get("DAGGER_BACKUP"):
            backup = Backup(store, environ["DAGGER_BACKUP"], root / "data" / "backup")
        return cls(
            store,
            Catalog.from_environment(root, environ),
            public="SPACE_ID" in environ or environ.get("DAGGER_PUBLIC", "") == "1",
            curators=curators,
            trainers=curators if trainers is None else _names(trainers),
            runs=Runs.from_environment(root, environ),
            backup=backup,
            ephemeral="SPACE_ID" in environ and not url and backup is None,
            # Gradio's button stops the program where these are not set.
            sign_in="SPACE_ID" in environ and "OAUTH_CLIENT_ID" in environ,
        )

    def warm_up(self) -> None:
        """Bring the shipped model into memory, so that the first answer does not wait for it."""
        default = self.catalog.choices()[0]
        if default.kind == "shipped" and not self._warmed.is_set():
            self._warmed.set()
            threading.Thread(target=_warm, args=(self.catalog, default.key), daemon=True).start()

    def person(self, request: gr.Request | None) -> Person:
        """Who sent a request. On a private machine that is its user, who may do everything."""
        if not self.public:
            return Person(os.environ.get("DAGGER_AUTHOR") or _system_user(), True, True)
        name = _signed_in(request)
        return Person(name or "visitor", name in self.curators, name in self.trainers)


def _names(text: str) -> frozenset[str]:
    """Names separated by commas; never the empty one, which is that of a stranger."""
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _warm(catalog: Catalog, key: str) -> None:
    generator = catalog.open(key)
    if isinstance(generator, LocalGenerator):
        # Whoever asks for a model that cannot be had is told so then.
        with contextlib.suppress(ModelUnavailable):
            generator.warm()


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def _signed_in(request: gr.Request | None) -> str:
    """The Hugging Face name of a signed-in person, or the name of Gradio's own log-in."""
    if request is None:
        return ""
    session = getattr(request.request, "scope", {}).get("session") or {}
    info = (session.get("oauth_info") or {}).get("userinfo") or {}
    return str(info.get("preferred_username") or request.username or "")


def new_browser_key() -> str:
    """A name for a browser, which nobody can guess."""
    return secrets.token_urlsafe(_KEY_BYTES)


def browser_key(value: object) -> str:
    """The name that a browser gave, if it can be one of ours; else ""."""
    is_key = isinstance(value, str) and re.fullmatch(r"[\w-]{32}", value, re.ASCII)
    return str(value) if is_key else ""
