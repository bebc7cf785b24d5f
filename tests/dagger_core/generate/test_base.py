"""Streams and the scripted generator: pieces, figures, and every way to stop."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time

import pytest

from dagger_core.diagnostics import GenerationError
from dagger_core.generate import FinishReason, Generator, ScriptedGenerator, Settings, Sink, Stream

TEXT = '```json\n{"nodes": [\n  {"id": "n1", "label": "মিনার কলম"}\n]}```\n'


def endless(ended: threading.Event) -> Stream:
    def work(sink: Sink) -> FinishReason:
        sink.ready()
        while not sink.cancelled():
            sink.write("আরও ")
            time.sleep(0.005)
        ended.set()
        return "cancelled"

    return Stream(work)


def test_pieces_join_to_the_text_and_are_counted() -> None:
    stream = ScriptedGenerator([TEXT]).generate("?", Settings())
    pieces = list(stream)
    assert "".join(pieces) == TEXT == stream.text
    assert stream.tokens == len(pieces) > 5
    assert stream.finish_reason == "stop"


def test_figures_during_and_after() -> None:
    stream = ScriptedGenerator(["a b c d"], delay=0.02).generate("?", Settings())
    assert (stream.tokens, stream.first_piece_seconds, stream.finish_reason) == (0, None, None)
    seen = [(stream.tokens, stream.text, stream.finish_reason) for _ in stream]
    assert seen[1] == (2, "a b", None)
    assert stream.first_piece_seconds is not None
    assert 0.02 <= stream.first_piece_seconds < stream.seconds
    assert stream.seconds >= 0.08


def test_waiting_for_the_model_is_not_writing() -> None:
    def work(sink: Sink) -> FinishReason:
        time.sleep(0.5)
        sink.ready()
        sink.write("a")
        return "stop"

    stream = Stream(work)
    assert stream.read().seconds < 0.5 <= stream.wait_seconds


def test_cut_at_the_limit() -> None:
    done = ScriptedGenerator(["a b c d"]).generate("?", Settings(max_new_tokens=2)).read()
    assert (done.text, done.tokens, done.finish_reason) == ("a b", 2, "length")


def test_cancel_from_another_thread_stops_reader_and_work() -> None:
    ended = threading.Event()
    stream = endless(ended)
    threading.Timer(0.1, stream.cancel).start()
    start = time.perf_counter()
    list(stream)
    assert time.perf_counter() - start < 10
    assert stream.finish_reason == "cancelled"
    assert ended.wait(20)


def test_cancel_returns_at_once_though_the_work_is_stuck() -> None:
    release = threading.Event()

    def work(sink: Sink) -> FinishReason:
        release.wait(60)
        return "stop"

    stream = Stream(work)
    threading.Timer(0.05, stream.cancel).start()
    start = time.perf_counter()
    assert list(stream) == []
    assert time.perf_counter() - start < 10
    release.set()


def test_leaving_the_loop_stops_the_work() -> None:
    ended = threading.Event()
    stream = endless(ended)
    for _ in stream:
        break
    gc.collect()
    assert ended.wait(20)
    assert stream.finish_reason == "cancelled"


def test_cancelled_before_it_began_runs_nothing() -> None:
    stream = ScriptedGenerator([TEXT]).generate("?", Settings())
    stream.cancel()
    assert list(stream) == []
    assert (stream.finish_reason, stream.tokens) == ("cancelled", 0)


def test_errors_reach_the_reader_and_text_stays() -> None:
    def work(sink: Sink) -> FinishReason:
        sink.write("half")
        raise GenerationError("broken")

    stream = Stream(work)
    with pytest.raises(GenerationError, match="broken"):
        list(stream)
    assert (stream.text, stream.finish_reason) == ("half", "failed")


def test_a_stream_is_read_once() -> None:
    stream = ScriptedGenerator(["a"]).generate("?", Settings())
    list(stream)
    with pytest.raises(GenerationError, match="once"):
        list(stream)


def test_scripts_by_order_and_by_question() -> None:
    turns = ScriptedGenerator(["one", "two"])
    assert [turns.generate("?", Settings()).read().text for _ in range(3)] == ["one", "two", "one"]
    known = ScriptedGenerator({"q": "a"}, name="lesson")
    assert isinstance(known, Generator)
    assert known.name == "lesson"
    assert known.generate("q", Settings()).read().text == "a"
    with pytest.raises(GenerationError, match="no completion for “other”"):
        known.generate("other", Settings()).read()


@pytest.mark.parametrize("nothing", [[], {}, "text"])
def test_an_empty_script_is_refused(nothing: list[str]) -> None:
    with pytest.raises(GenerationError):
        ScriptedGenerator(nothing)


def test_importing_loads_neither_torch_nor_transformers() -> None:
    code = (
        "import sys, dagger_core.generate as g; g.LocalGenerator('a/b'); g.Settings();"
        "heavy = {'torch', 'transformers', 'openai', 'huggingface_hub'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
