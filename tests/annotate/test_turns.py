"""Turns: first come, first served, whatever happens to those who hold it or wait for it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from annotate.turns import Turns


def _until_waiting(turns: Turns, number: int) -> None:
    while len(turns._waiting) < number:
        time.sleep(0.001)


def test_one_at_a_time_in_order() -> None:
    turns, served, inside = Turns(), [], 0

    def work(number: int) -> None:
        nonlocal inside
        with turns:
            inside += 1
            assert inside == 1
            served.append(number)
            inside -= 1

    with ThreadPoolExecutor(20) as pool, turns:
        for number in range(20):
            pool.submit(work, number)
            _until_waiting(turns, number + 1)
    assert served == list(range(20))


def test_as_many_at_once_as_there_are_places() -> None:
    turns, together = Turns(3), threading.Barrier(3, timeout=20)

    def work() -> None:
        with turns:
            together.wait()

    with ThreadPoolExecutor(9) as pool:
        for done in [pool.submit(work) for _ in range(9)]:
            done.result()
    with turns, turns, turns:
        assert turns._free == 0


def test_an_error_passes_the_turn_on() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="spoilt"), turns:
        raise ValueError("spoilt")
    with turns:
        pass


def test_who_stops_waiting_blocks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()

    def interrupted(self: threading.Event, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with turns, monkeypatch.context() as patch:
        patch.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            turns.__enter__()
    with turns:
        assert not turns._waiting
