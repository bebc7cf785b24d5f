"""The one model this process keeps in memory, shared by all requests.

Requests for the model that is warm run side by side. A request for another model waits its turn,
in order of arrival, until nobody uses the warm one; then that one leaves memory and the other
comes in. A model that cannot be had is found out before the warm one leaves.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dagger_core.generate.hub import Weights

if TYPE_CHECKING:
    from dagger_core.generate.loading import Loaded

_POLL_SECONDS = 0.05


class WarmModel:
    """At most one model in memory; `lease` is the only way to it."""

    def __init__(self) -> None:
        self._key: tuple[Weights, int] | None = None
        self._loaded: Loaded | None = None
        self.forget_users()

    @property
    def weights(self) -> Weights | None:
        """Which model is warm."""
        return self._key[0] if self._key else None

    @contextmanager
    def lease(self, weights: Weights, cancelled: Callable[[], bool]) -> Iterator[Loaded | None]:
        """The model, loaded if need be and not unloaded meanwhile; None if cancelled while waiting.

        Raises:
            ModelUnavailable: the model cannot be had.
        """
        loaded = self._acquire(weights, cancelled)
        try:
            yield loaded
        finally:
            if loaded is not None:
                with self._turn:
                    self._users -= 1
                    self._turn.notify_all()

    def forget_users(self) -> None:
        """Keep the model, with nobody using it: what is true in a forked child."""
        self._turn = threading.Condition()
        self._queue: deque[object] = deque()
        self._users = 0

    def unload(self) -> None:
        """Free the memory once nobody uses the model."""
        with self._turn:
            self._turn.wait_for(lambda: self._users == 0 and not self._queue)
            self._free()

    def _acquire(self, weights: Weights, cancelled: Callable[[], bool]) -> Loaded | None:
        key, ticket = (weights, weights.stamp()), object()
        with self._turn:
            self._queue.append(ticket)
        try:
            with self._turn:
                while not self._may_enter(ticket, key):
                    if cancelled():
                        return None
                    self._turn.wait(_POLL_SECONDS)
            # First in the queue, and no other model in use: nobody else changes what is warm.
            loaded = self._loaded if self._key == key else None
            if loaded is None:
                loaded = self._swap(key)
            with self._turn:
                self._users += 1
            return loaded
        finally:
            with self._turn:
                self._queue.remove(ticket)
                self._turn.notify_all()

    def _may_enter(self, ticket: object, key: tuple[Weights, int]) -> bool:
        return self._queue[0] is ticket and (self._users == 0 or self._key == key)

    def _swap(self, key: tuple[Weights, int]) -> Loaded:
        from dagger_core.generate import loading

        made = loading.plan(key[0])
        self._free()
        self._loaded = loading.load(made)
        self._key = key
        return self._loaded

    def _free(self) -> None:
        if self._loaded is None:
            return
        import torch

        self._loaded = self._key = None
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


WARM = WarmModel()
"""The process's one warm model."""

if hasattr(os, "register_at_fork"):
    # ZeroGPU forks: the child inherits the model, and locks whose owners it does not have.
    os.register_at_fork(after_in_child=WARM.forget_users)
