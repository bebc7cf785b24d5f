"""The published table: every average is recomputed, and those that are slips are known as such."""

from __future__ import annotations

import pytest

from train.evaluate.published import PublishedModel, published

MODELS = {row.name: row for row in published().models}
#: Averages that do not follow from their own parts, and what does.
SLIPS = {"dagger-12B_GRPO": ((69.4,), 61.5), "dagger-4B_GRPO": ((47.3, 29.3), 32.5)}


@pytest.mark.parametrize("row", MODELS.values(), ids=list(MODELS))
def test_averages_follow_from_their_parts(row: PublishedModel) -> None:
    total = sum(row.sizes.values())
    by_hand = sum(row.sizes[name] * row.accuracy[name] for name in row.sizes) / total
    slips, right = SLIPS.get(row.name, ((), None))
    assert row.average == pytest.approx(by_hand, abs=0.05)
    assert row.slips == slips
    if right is None:
        assert row.averages == (row.average,)
    else:
        assert row.average == right


def test_sizes_and_sources() -> None:
    row = MODELS["dagger-12B_SFT_GRPO"]
    assert dict(row.sizes) == {"mgsm": 250, "msvamp": 1000, "mgsm+d": 738, "msvamp+d": 2947}
    assert row.drop == pytest.approx(12.5, abs=0.1)
    assert all(each.source.title for each in (*published().models, *published().traces))
    assert published().errors["dagger-12B_SFT_GRPO"] == {"RED": 36, "OAD": 34, "NEED": 33}
    assert [trace.composite for trace in published().traces[:3]] == [0.21, 0.61, 0.77]
