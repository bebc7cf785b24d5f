"""Projects: names, and settings of which the newest counts."""

from __future__ import annotations

import pytest

from annotate import Store
from annotate.projects import ProjectSettings, change_settings, create, settings
from dagger_core.diagnostics import StoreError


def test_a_name_is_tidied_and_taken_once(store: Store) -> None:
    assert create(store, "  শ্রেণি   ৫ ") == "শ্রেণি ৫"
    assert store.projects() == ["শ্রেণি ৫"]
    with pytest.raises(StoreError, match="already"):
        create(store, "শ্রেণি ৫")
    with pytest.raises(StoreError, match="name"):
        create(store, "   ")


def test_the_newest_settings_count(store: Store) -> None:
    create(store, "p")
    assert settings(store, "p") == ProjectSettings()
    change_settings(store, "p", ProjectSettings("Mark *ages*.", 2), "asha")
    change_settings(store, "p", ProjectSettings("Mark *ages*.", 3), "bela")
    assert settings(store, "p") == ProjectSettings("Mark *ages*.", 3)
    assert settings(store, "other") == ProjectSettings()
    with pytest.raises(StoreError, match="1 to 20"):
        change_settings(store, "p", ProjectSettings(overlap=0), "asha")
