"""Events: written a line at a time, read while they grow, whatever is torn."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from train.events import FILE, EventWriter, all_events, read_events


@pytest.fixture
def writer(tmp_path: Path) -> EventWriter:
    return EventWriter(tmp_path)


def test_what_is_written_is_read(writer: EventWriter, tmp_path: Path) -> None:
    writer.write("start", 0, max_steps=4)
    writer.write("step", 1, loss=0.5, step=7, kind="x", lr=float("nan"))
    first, second = all_events(tmp_path)
    assert (first.kind, first.step, first.values) == ("start", 0, {"max_steps": 4})
    assert second.values == {"loss": 0.5, "step": 7, "kind": "x", "lr": None}
    assert first.at <= second.at


def test_numbers_of_other_libraries_are_numbers(writer: EventWriter, tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    writer.write("step", 1, loss=numpy.float32(0.5), kept=Path("a"))
    assert all_events(tmp_path)[0].values == {"loss": 0.5, "kept": "a"}


def test_reader_goes_on_where_it_was(writer: EventWriter, tmp_path: Path) -> None:
    assert read_events(tmp_path / "nowhere") == ([], 0)
    writer.write("step", 1)
    events, offset = read_events(tmp_path)
    assert [event.step for event in events] == [1]
    assert read_events(tmp_path, offset) == ([], offset)
    writer.write("step", 2)
    events, offset = read_events(tmp_path, offset)
    assert [event.step for event in events] == [2]


def test_torn_last_line_waits_until_it_is_whole(writer: EventWriter, tmp_path: Path) -> None:
    writer.write("step", 1)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"at": 5.0, "kind": "ste')
    events, offset = read_events(tmp_path)
    assert [event.step for event in events] == [1]
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'p", "step": 2}\n')
    assert [event.step for event in read_events(tmp_path, offset)[0]] == [2]


def test_writer_of_a_resumed_run_leaves_the_torn_line_behind(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'{"at": 1.0, "kind": "step", "step": 1}\n{"at": 5.0, "ki')
    EventWriter(tmp_path).write("step", 2)
    assert [event.step for event in all_events(tmp_path)] == [1, 2]


@pytest.mark.parametrize("line", ["", "null", "[]", '{"at": "x", "kind": 3}', "\x00" * 9, "{}"])
def test_lines_that_are_no_events_are_left_out(
    writer: EventWriter, tmp_path: Path, line: str
) -> None:
    with (tmp_path / FILE).open("ab") as file:
        file.write(line.encode() + b"\n")
    writer.write("step", 2)
    assert [event.step for event in all_events(tmp_path)] == [2]


def test_file_that_became_shorter_is_read_from_its_beginning(tmp_path: Path) -> None:
    EventWriter(tmp_path).write("step", 1)
    assert [event.step for event in read_events(tmp_path, 10_000)[0]] == [1]


def test_line_longer_than_a_read_is_read(
    writer: EventWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.events._CHUNK", 64)
    writer.write("sample", 1, text="ক" * 500)
    writer.write("step", 2)
    assert [event.step for event in all_events(tmp_path)] == [1, 2]


def test_callback_tells_what_a_trainer_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("transformers")
    from torch.utils.data import DataLoader

    from train.reporting import EventCallback

    callback = EventCallback(tmp_path, max_minutes=1)
    args = SimpleNamespace(output_dir=str(tmp_path / "checkpoints"))
    state = SimpleNamespace(global_step=0, max_steps=2, is_world_process_zero=True)
    callback.on_train_begin(args, state, None)
    callback.on_log(args, state, None, logs={"loss": 1.0, "epoch": 0.5})
    callback.sample(0, "2 + 2?", "4", 1.5, {"format": 0.5}, "4")
    state.global_step = 2
    callback.on_step_end(args, state, None)
    callback.on_log(args, state, None, logs={"eval_loss": 1.0})
    problems = DataLoader(range(48), batch_size=16)  # type: ignore[arg-type]
    callback.on_evaluate(args, state, None, metrics={"eval_loss": 1.0}, eval_dataloader=problems)
    callback.on_save(args, state, None)
    callback.on_log(args, state, None, logs={"train_runtime": 1.0, "loss": 0.5})
    callback.on_train_end(args, state, None)
    assert capsys.readouterr().out.splitlines() == [
        "step 0: loss 1", "step 2: eval_loss 1", "step 2: loss 0.5, train_runtime 1"
    ]  # fmt: skip
    events = all_events(tmp_path)
    assert [event.kind for event in events] == [
        *("start", "step", "sample", "progress", "evaluation", "save", "end")
    ]
    values = {event.kind: event.values for event in events}
    assert values["step"] == {"loss": 1.0}
    assert values["evaluation"] == {"eval_loss": 1.0, "eval_samples": 48}
    assert values["progress"] == {"max_steps": 2, "seconds_left": 0.0}
    assert values["sample"]["parts"] == {"format": 0.5}
    assert values["save"] == {"path": "checkpoints/checkpoint-2"}


def test_only_the_first_of_several_processes_writes(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    from train.reporting import EventCallback

    callback = EventCallback(tmp_path)
    state = SimpleNamespace(global_step=0, max_steps=2, is_world_process_zero=False)
    callback.on_train_begin(None, state, None)
    callback.on_train_end(None, state, None)
    assert not (tmp_path / FILE).exists()
