"""How property tests run, and how tests are shared out among processes.

Property tests run on the same examples every time, with no limit on a single one;
`HYPOTHESIS_PROFILE=explore python -m pytest …` looks for new ones.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

PAGES = "tests/demo/"

_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "steady", deadline=None, derandomize=True, max_examples=60, suppress_health_check=_SLOW
)
settings.register_profile("explore", deadline=None, max_examples=500, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A busy machine may spoil a test in a browser once; a fault spoils it each time."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """The pages, which wait for browsers most of the time, go to one process; while it waits,
    another has the rest, file by file, whose tests share what takes long to make."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return PAGES if file.startswith(PAGES) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """How `pytest -n 2` shares the tests out."""
    return Sharing(config, log)
