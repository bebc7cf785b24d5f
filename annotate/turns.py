"""Turns: places that go to whoever has waited longest."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A semaphore that is handed over in the order in which it was asked for; not reentrant.

    `threading.Semaphore` goes to whoever comes by at the right moment: of fifty threads that want
    it over and over, some wait many times longer than others.

    Args:
        places: how many may hold it at once.
    """

    def __init__(self, places: int = 1) -> None:
        self._guard = threading.Lock()
        self._free = places
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        turn = threading.Event()
        with self._guard:
            if self._free:
                self._free -= 1
                return
            self._waiting.append(turn)
        try:
            turn.wait()
        except BaseException:
            self._give_up(turn)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._hand_over()

    def _give_up(self, turn: threading.Event) -> None:
        """Somebody stopped waiting; their turn may have come just then."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
            else:
                self._hand_over()

    def _hand_over(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1
