"""How property tests run, and how tests are shared out among processes.

Property tests run on the same examples every time, with no limit on a single one;
`HYPOTHESIS_PROFILE=explore python -m pytest …` looks for new ones.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "steady", deadline=None, derandomize=True, max_examples=60, suppress_health_check=_SLOW
)
settings.register_profile("explore", deadline=None, max_examples=500, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.hookimpl(tryfirst=True)  # before xdist looks for groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A busy machine may spoil a test in a browser once; a fault spoils it each time.

    Browsers wait most of the time, so one process has all of them (`-n 2 --dist loadgroup`)
    while another computes. The rest goes by files, whose tests share what takes long to make.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))
            item.add_marker(pytest.mark.xdist_group("browser"))
        else:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
