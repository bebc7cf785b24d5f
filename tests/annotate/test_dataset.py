"""Dataset folders: splits without leakage, hashes, pairs, and that `datasets` can load them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate import NewRevision, Store
from annotate.exchange.dataset import altered, write_dataset
from annotate.exchange.pairs import pairs
from annotate.exchange.splits import Splits, split
from annotate.writing import NewQuestion
from dagger_core.diagnostics import StoreError
from dagger_core.example import Example
from dagger_core.graph import Graph, Node
from dagger_core.score import score


def test_a_problem_is_in_one_split_only() -> None:
    examples = [Example(f"variant {n} of {n % 50}", group=f"g{n % 50}") for n in range(500)]
    examples += [Example(f"Variant {n} of {n % 50}", group=f"other{n}") for n in range(500)]
    placed = split(examples, {"train": 0.7, "val": 0.2, "test": 0.1})
    by_group: dict[str, set[str]] = {}
    for number, example in enumerate(placed):
        by_group.setdefault(f"g{number % 50}", set()).add(example.split)
    assert {len(splits) for splits in by_group.values()} == {1}
    assert {example.split for example in placed} == {"train", "val", "test"}


def test_splits_have_their_shares_and_do_not_depend_on_order() -> None:
    examples = [Example(f"q{n}") for n in range(5000)]
    placed = split(examples)
    share = sum(example.split == "val" for example in placed) / 5000
    assert share == pytest.approx(0.1, abs=0.02)
    assert split(examples[::-1]) == placed[::-1]
    assert split(examples, seed=1) != placed


@pytest.mark.parametrize("shares", [{"train": 0.5}, {"train": 1.5, "val": -0.5}, {}])
def test_shares_that_do_not_add_up(shares: dict[str, float]) -> None:
    with pytest.raises(StoreError, match="must add up to 1"):
        Splits(shares)


def test_a_split_of_no_share_gets_nothing() -> None:
    placed = split([Example(f"q{n}") for n in range(100)], {"train": 1.0, "val": 0.0})
    assert {example.split for example in placed} == {"train"}


def _sum(one: int, other: int) -> Graph:
    return Graph(
        [
            Node("n1", "const", one),
            Node("n2", "const", other),
            Node("s", "add", None, ("n1", "n2")),
            Node("final_result", "identity", None, ("s",)),
        ]
    )


@pytest.fixture
def curated(store: Store) -> Store:
    """30 accepted (one of them wrong), each with a wrong and a right suggestion; one draft."""
    for number in range(30):
        question = store.add_question(NewQuestion(f"{number} and 1?", number + 1))
        store.suggest(question.id, model="m", text="I think…", graph=_sum(number, 2))
        store.suggest(question.id, model="m", text="same", graph=_sum(1, number))
        graph = _sum(number, 1 + (number == 7))
        store.revise(question.id, NewRevision(graph, "accepted", "asha"))
    store.save(question="draft", graph=_sum(1, 1), author="asha")
    return store


def test_pairs_are_suggestions_that_mean_something_else(curated: Store) -> None:
    found = list(pairs(curated.database, "default"))
    assert len(found) == 29
    question, row = found[0]
    assert question == "0 and 1?"
    assert score(row["chosen"][0]["content"], 1).total == 2.0
    assert row["rejected"] == [{"role": "assistant", "content": "I think…"}]
    assert question in row["prompt"][-1]["content"]
    assert list(pairs(curated.database, "elsewhere")) == []


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_a_dataset_folder(curated: Store, tmp_path: Path, suffix: str) -> None:
    shares = {"train": 0.6, "val": 0.4}
    made = write_dataset(
        curated,
        tmp_path / "set",
        "default",
        shares=shares,
        suffix=suffix,  # type: ignore[arg-type]
        title="A: title\nwith break",
        licence="mit",
        with_revisions=True,
    )
    assert [failure.question for failure in made.failures] == ["7 and 1?"]
    assert made.manifest.left_out == 1
    rows = {(f.config, f.split): f.rows for f in made.manifest.files}
    assert rows["sft", "train"] + rows["sft", "val"] == 29
    assert rows["dpo", "train"] + rows["dpo", "val"] == 29
    assert rows["grpo", "val"] == rows["sft", "val"] == rows["dpo", "val"]
    assert rows["revisions", "all"] == 31
    assert altered(made.folder) == []
    assert json.loads((made.folder / "manifest.json").read_text())["shares"] == shares


def test_the_folder_loads_with_datasets(curated: Store, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    made = write_dataset(curated, tmp_path / "set", "default", shares={"train": 0.6, "val": 0.4})
    loaded = datasets.load_dataset(str(made.folder), "sft", cache_dir=str(tmp_path / "cache"))
    assert {name: len(part) for name, part in loaded.items()} == {
        f.split: f.rows for f in made.manifest.files if f.config == "sft"
    }
    assert loaded["train"].column_names == ["conversations", "response", "english_answer"]
    train = set(loaded["train"]["response"])
    assert train.isdisjoint(loaded["val"]["response"])


def test_a_changed_file_is_noticed(curated: Store, tmp_path: Path) -> None:
    made = write_dataset(curated, tmp_path / "set", "default", suffix=".jsonl")
    (made.folder / "sft" / "train.jsonl").write_text("{}")
    (made.folder / "grpo" / "train.jsonl").unlink()
    assert altered(made.folder) == ["grpo/train.jsonl", "sft/train.jsonl"]
    with pytest.raises(StoreError, match="no readable manifest"):
        altered(tmp_path)


def test_a_folder_with_other_files_is_left_alone(curated: Store, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="other files"):
        write_dataset(curated, folder, "default")
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
