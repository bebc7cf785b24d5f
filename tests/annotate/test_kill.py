"""`kill -9` of a saving process: every acknowledged revision is there, and none is torn.

STORE_KILLS says how often (10; the full measure is 200).
"""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
import sqlalchemy as sa

from annotate import Store
from annotate.records import graph_of
from annotate.schema import QuestionRow, RevisionRow, StateRow
from dagger_core.graph import Graph

KILLS = int(os.environ.get("STORE_KILLS", "10"))
REASON = "why " * 2_000

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.timeout(60 + 5 * KILLS),
]


def test_every_acknowledged_revision_is_there(url: str, pens: Graph) -> None:
    Store.open(url).close()
    rng = random.Random(7)
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        acknowledged |= _save_until_killed(url, pens, kill, rng.uniform(0.0, 0.1))
    assert len(acknowledged) >= KILLS
    store = Store.open(url)
    with store.database.read() as session:
        rows = session.scalars(sa.select(RevisionRow)).all()
        assert acknowledged <= {row.id for row in rows}
        assert len(rows) <= len(acknowledged) + KILLS
        assert all(row.reason == REASON and graph_of(row.graph) == pens for row in rows)
        questions = set(session.scalars(sa.select(QuestionRow.id)))
        assert {row.question_id for row in rows} == questions
        assert set(session.scalars(sa.select(StateRow.question_id))) == questions
        if store.database.is_sqlite:
            assert session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    store.close()


def _save_until_killed(url: str, graph: Graph, kill: int, seconds: float) -> set[int]:
    """Let another process save; kill it some time after its first save. What it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _save_for_ever(url, graph, kill, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        # An acknowledgement that was cut short is none.
        lines = [line for line in (first, *pipe) if line.endswith(b"\n")]
    return {int(line) for line in lines}


def _save_for_ever(url: str, graph: Graph, kill: int, pipe: int) -> None:
    store = Store.open(url)
    for number in range(1_000_000):
        saved = store.save(
            question=f"question {number} of process {kill}",
            graph=graph,
            author="asha",
            reason=REASON,
            status="accepted",
        )
        os.write(pipe, f"{saved.id}\n".encode())
