"""Imports: published schemas are recognised, good rows go in, bad rows are named."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from annotate import Store
from annotate.exchange import export
from annotate.exchange.importing import import_source, preview
from annotate.exchange.splits import split
from annotate.filtering import Filter
from annotate.queue import count, page
from dagger_core.diagnostics import Sentence, SourceError
from dagger_core.example import Example
from dagger_core.graph import Graph
from dagger_core.rows.columns import recognise
from dagger_core.rows.sources import BadRow


def _lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


PUBLISHED: dict[str, dict[str, Any]] = {
    "dagger grpo": {"prompt": [{"role": "user", "content": "…"}], "solution": 5.0, "question": "q"},
    "DistractMath-Bn": {
        "row_index": 3,
        "original_question": "q0",
        "modified_question": "q",
        "ground_truth": "5",
        "augmentation_type": "RED",
        "added_sentences": [],
        "justification": "",
        "answers_match": True,
    },
    "MGSM": {"question": "q", "answer": None, "answer_number": 5, "equation_solution": None},
    "MSVAMP": {"m_query": "q", "response": "5.0"},
    "GSM8K": {"question": "q", "answer": "2+3 = <<2+3=5>>5\n#### 5"},
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_schemas_are_recognised(store: Store, tmp_path: Path, name: str) -> None:
    path = _lines(tmp_path / "rows.jsonl", [PUBLISHED[name]])
    shown = preview(path)
    assert shown.schema is not None
    assert shown.schema.name == name
    done = import_source(store, path)
    assert (done.questions, done.suggestions, done.errors) == (1, 0, ())
    question = store.find_question("q")
    assert question is not None
    assert float(question.answer or "nan") == 5


def test_an_exported_sft_file_comes_back(store: Store, pens: Graph, tmp_path: Path) -> None:
    text = "১২টি কলম?\n\nOutput: এর দাম?"
    example = Example(text, pens, 54)
    for suffix in ("jsonl", "parquet"):
        path = export([example], tmp_path / f"a.{suffix}").path
        shown = preview(path)
        assert shown.schema is not None
        assert shown.schema.name == "dagger sft"
        done = import_source(store, path, project=suffix)
        assert (done.questions, done.suggestions, done.bad) == (1, 1, 0)
        question = store.find_question(text, suffix)
        assert question is not None
        (suggestion,) = store.suggestions(question.id)
        assert suggestion.graph == pens
        assert suggestion.text.startswith("```json")
        assert suggestion.model == "import dipta007/dagger"
        assert store.latest(question.id) is None


def test_example_lines_keep_everything(store: Store, pens: Graph, tmp_path: Path) -> None:
    example = Example("q?", pens, 54, "bn", "bmwp", "bmwp-7", "g7")
    (tmp_path / "a.jsonl").write_text(example.to_line() + "\n", "utf-8")
    done = import_source(store, tmp_path / "a.jsonl")
    assert (done.questions, done.suggestions) == (1, 1)
    question = store.find_question("q?")
    assert question is not None
    assert (question.lang, question.source, question.external_id, question.group) == (
        "bn",
        "bmwp",
        "bmwp-7",
        "g7",
    )
    assert count(store, Filter(right=True, source="bmwp", op="mul")) == 1


def test_bad_rows_are_named_and_good_ones_go_in(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    lines = [
        b'\xef\xbb\xbf{"question": "good 1", "answer": 1}',
        b'{"question": "cut',
        b"",
        b"[1, 2]",
        b'{"question": "  "}',
        b'{"answer": 3}',
        b'{"question": "q", "answer": "blue"}',
        b'{"question": "nul \\u0000"}',
        b'{"question": "q", "graph": "no graph at all"}',
        b'{"question": "q", "graph": {"nodes": 7}}',
        b'{"question": "\xff"}',
        b'{"question": ' + b"[" * 10_000,
        b'{"question": "good 2", "answer": "\xe0\xa7\xa8"}',
    ]
    path.write_bytes(b"\n".join(lines))
    done = import_source(store, path)
    assert done.questions == 2
    assert [row.number for row in done.errors] == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    reasons = {row.number: str(row.reason) for row in done.errors}
    for number, words in {
        2: "Not a JSON object",
        5: "question is empty",
        6: "column 'question' is empty",
        7: "answer is not a number: 'blue'",
        8: "NUL",
        9: "no graph",
        10: "no graph",
    }.items():
        assert words in reasons[number]
    assert [item.answer for item in page(store).items] == ["1", "২"]


def test_duplicates_are_found(store: Store, tmp_path: Path) -> None:
    known = store.save(question="How many?", graph=None, author="a")
    rows = [{"question": q} for q in ("how  many ?", "new 5", "NEW ৫", "other")]
    done = import_source(store, _lines(tmp_path / "a.jsonl", rows))
    assert (done.questions, done.repeated) == (2, 2)
    assert [tuple(row) for row in done.duplicates] == [
        (1, Sentence.named("repeats-question", number=known.question_id)),
        (3, Sentence.named("repeats-row", number=2)),
    ]
    again = import_source(store, tmp_path / "a.jsonl")
    assert (again.questions, again.repeated) == (0, 4)


def test_duplicates_across_chunks(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.exchange.importing.CHUNK", 2)
    rows = [{"question": f"q{n % 5}"} for n in range(12)]
    done = import_source(store, _lines(tmp_path / "a.jsonl", rows))
    assert (done.questions, done.repeated) == (5, 7)


def test_csv_with_columns_of_its_own(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "school.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Nr", "Frage", "Loesung"])
        writer.writerow([1, "এক,\nদুই?", "২"])
        writer.writerow([2, "too short"])
        writer.writerow([3, "x" * 200_000, 1])
        writer.writerow([4, "fine", "1/3"])
    assert "question" not in preview(path).columns
    with pytest.raises(SourceError, match=r"Which column is the question.*Frage"):
        import_source(store, path)
    done = import_source(store, path, {"question": "Frage", "answer": "Loesung", "id": "Nr"})
    assert done.questions == 2
    assert [row.number for row in done.errors] == [4, 5]
    assert [item.answer for item in page(store).items] == ["২", "1/3"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"question": "m_query", "answer": "anser"}, "no column 'anser' for the answer"),
        ({"question": "m_query", "gold": "response"}, "no field 'gold'; use one of question"),
        ({"answer": "response"}, "Which column is the question"),
    ],
)
def test_wrong_columns_are_refused(
    store: Store, tmp_path: Path, columns: dict[Any, str], words: str
) -> None:
    path = _lines(tmp_path / "a.jsonl", [PUBLISHED["MSVAMP"]])
    with pytest.raises(SourceError, match=words):
        import_source(store, path, columns)
    assert count(store) == 0


def test_bytes_that_are_no_text(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("question,answer\ncafé,1\nplain,2\n".encode("latin-1"))
    done = import_source(store, path)
    assert done.questions == 1
    assert "half a character" in str(done.errors[0].reason)


def test_parquet_and_saved_folders(store: Store, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    rows = [{"m_query": f"q{n}", "response": n} for n in range(450)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    assert import_source(store, tmp_path / "a.parquet").questions == 450
    datasets.Dataset.from_list(rows).save_to_disk(tmp_path / "saved")
    assert import_source(store, tmp_path / "saved").repeated == 450
    datasets.DatasetDict({"train": datasets.Dataset.from_list(rows)}).save_to_disk(
        tmp_path / "dict"
    )
    assert import_source(store, tmp_path / "dict").repeated == 450


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv", "folder"])
def test_rubbish_adds_nothing(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    else:
        path.write_bytes(bytes(range(256)) * 4000)
    with suppress(SourceError):
        assert import_source(store, path).questions == 0
    assert count(store) == 0


def test_an_endless_line_is_one_bad_row(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dagger_core.rows.sources.LINE_LIMIT", 1000)
    path = tmp_path / "a.jsonl"
    path.write_text('{"question": "' + "x" * 10_500 + '"}\n{"question": "good"}\n')
    done = import_source(store, path)
    assert done.questions == 1
    assert done.errors == (BadRow(1, Sentence.named("row-too-long", limit="1,000")),)


def test_a_source_that_breaks_half_way_adds_nothing(store: Store, tmp_path: Path) -> None:
    rows = [{"question": f"q{n}" * 50} for n in range(5000)]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=1000, compression="none")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"\xff" * 20_000
    path.write_bytes(bytes(data))
    with pytest.raises(SourceError, match=r"a\.parquet after row"):
        import_source(store, path)
    assert count(store) == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [("none.jsonl", "no file or folder none.jsonl"), ("image.png", "use .jsonl")],
)
def test_what_cannot_be_read(tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "image.png").write_bytes(b"")
    with pytest.raises(SourceError, match=words):
        preview(tmp_path / source)


def test_an_empty_file_has_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n\n")
    assert preview(tmp_path / "a.jsonl").rows == ()
    assert import_source(store, tmp_path / "a.jsonl").questions == 0


def test_variants_stay_with_their_original() -> None:
    variants = [Example(f"variant {n}", group="The original?") for n in range(30)]
    placed = split([*variants, Example("the  original?")], {"a": 0.5, "b": 0.5})
    assert len({example.split for example in placed}) == 1


def test_unknown_columns_are_guessed() -> None:
    schema, columns = recognise(["Problem", "Gold", "extra"])
    assert schema is None
    assert columns == {"question": "Problem", "answer": "Gold"}


def test_a_json_array_or_an_object_around_one(store: Store, tmp_path: Path) -> None:
    rows = [{"question": "1 and 2?", "answer": 3.5}, 7, {"question": "4?", "answer": 4}]
    (tmp_path / "rows.json").write_text(json.dumps(rows), "utf-8")
    (tmp_path / "data.json").write_text(json.dumps({"v": 1, "data": rows}), "utf-8")
    (tmp_path / "broken.json").write_text("[{]", "utf-8")
    done = import_source(store, tmp_path / "rows.json")
    assert (done.questions, done.bad, done.errors[0].number) == (2, 1, 2)
    assert import_source(store, tmp_path / "data.json").repeated == 2
    with pytest.raises(SourceError, match="no JSON array"):
        import_source(store, tmp_path / "broken.json")


def test_a_parquet_file_that_unpacks_to_too_much_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    path = tmp_path / "bomb.parquet"
    text = "9" * 1_000_000
    pq.write_table(pa.table({"question": [text] * 300}), path)
    assert path.stat().st_size < 3_000_000
    with pytest.raises(SourceError, match="too large"):
        import_source(store, path)
    monkeypatch.setattr("dagger_core.rows.sources.PARQUET_ROWS_LIMIT", 100)
    with pytest.raises(SourceError, match="unpacks to 300 rows"):
        import_source(store, path)


def test_a_hub_that_cannot_be_reached_is_said_soon(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(SourceError, match="could not be reached"):
        import_source(store, "owner/name")


def test_a_large_import_is_looked_up_by_index(store: Store, tmp_path: Path) -> None:
    """PostgreSQL took the table for blank and read all of it for every row of a large import."""
    rows = [{"question": f"{number} pens and 2 pens?", "answer": 2} for number in range(2100)]
    assert import_source(store, _lines(tmp_path / "rows.jsonl", rows)).questions == 2100
    if store.database.is_sqlite:
        return
    counted = sa.text("SELECT reltuples FROM pg_class WHERE oid = CAST('question' AS regclass)")
    with store.database.read() as session:
        assert session.scalar(counted) >= 1000
