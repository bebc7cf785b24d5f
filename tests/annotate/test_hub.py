"""Pushing and backups: what is copied is whole, and what the Hub refuses is said in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotate import NewQuestion, Store
from annotate.exchange.hub import Backup, copy, push_folder
from dagger_core.diagnostics import StoreError


def test_a_copy_is_a_whole_store(store: Store, tmp_path: Path) -> None:
    store.add_question(NewQuestion("কত? 5"))
    if not store.database.is_sqlite and shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump on the PATH")
    target = copy(store.database, tmp_path)
    if store.database.is_sqlite:
        copied = Store.open(target)
        assert copied.question(1).text == "কত? 5"
        copied.close()
    else:
        assert target.read_bytes().startswith(b"PGDMP")


def test_what_goes_wrong_is_said(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="owner/name"):
        push_folder(tmp_path, "../etc")

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no such account\nand more")

    monkeypatch.setattr("huggingface_hub.HfApi.create_repo", refuse)
    with pytest.raises(StoreError, match=r"did not work: no such account$"):
        push_folder(tmp_path, "me/mine")
    monkeypatch.setattr("huggingface_hub.CommitScheduler.__init__", refuse)
    backup = Backup(store, "me/mine", tmp_path / "copies")
    backup.wait()
    backup.close()
    assert backup.last is not None
    assert backup.last.problem == "no such account"
