"""The warm model: shared by its users, never freed under them, exchanged in turn."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from dagger_core.diagnostics import ModelUnavailable
from dagger_core.generate import LocalGenerator, Settings
from dagger_core.generate.hub import Weights
from dagger_core.generate.warm import WARM, WarmModel

QUESTION = "Mina has 12 pens and buys 30 more. How many pens does she have?"
LONG = Settings(temperature=2.0, seed=3, max_new_tokens=100, format="compact")


def never() -> bool:
    return False


def test_users_of_one_model_share_it(tiny: Path) -> None:
    warm = WarmModel()
    with warm.lease(Weights(str(tiny)), never) as first, warm.lease(Weights(str(tiny)), never) as b:
        assert first is b


def test_another_model_waits_until_the_first_is_free(tiny: Path, other: Path) -> None:
    warm, entered, events = WarmModel(), threading.Event(), list[str]()

    def use_other() -> None:
        entered.set()
        with warm.lease(Weights(str(other)), never):
            events.append("other")

    with warm.lease(Weights(str(tiny)), never) as loaded:
        assert loaded is not None
        thread = threading.Thread(target=use_other)
        thread.start()
        entered.wait(5)
        time.sleep(0.2)
        events.append("still mine")
        assert warm.weights == Weights(str(tiny))
        loaded.model.get_input_embeddings().weight.sum()
    thread.join(120)
    assert events == ["still mine", "other"]
    assert warm.weights == Weights(str(other))


def test_a_newcomer_does_not_pass_the_one_who_waits(tiny: Path, other: Path) -> None:
    warm, order = WarmModel(), list[str]()

    def use(path: Path, name: str) -> None:
        with warm.lease(Weights(str(path)), never):
            order.append(name)

    with warm.lease(Weights(str(tiny)), never):
        threads = []
        for path, name in ((other, "other"), (tiny, "tiny again")):
            threads.append(threading.Thread(target=use, args=(path, name)))
            threads[-1].start()
            time.sleep(0.15)
        assert order == []
    for thread in threads:
        thread.join(120)
    assert order == ["other", "tiny again"]


def test_waiting_can_be_cancelled(tiny: Path, other: Path) -> None:
    settings = Settings(format="compact")
    with WARM.lease(Weights(str(tiny)), never):
        stream = LocalGenerator(other).generate(QUESTION, settings)
        threading.Timer(0.2, stream.cancel).start()
        start = time.perf_counter()
        assert list(stream) == []
        assert time.perf_counter() - start < 20
        assert stream.finish_reason == "cancelled"
    with WARM.lease(Weights(str(tiny)), never) as loaded:
        assert loaded is not None
    assert WARM.weights == Weights(str(tiny))


def test_a_model_that_cannot_be_had_leaves_the_warm_one(tiny: Path, tmp_path: Path) -> None:
    warm = WarmModel()
    with warm.lease(Weights(str(tiny)), never) as before:
        pass
    with (
        pytest.raises(ModelUnavailable),
        warm.lease(Weights(str(tmp_path / "nothing")), never),
    ):
        pass
    with warm.lease(Weights(str(tiny)), never) as after:
        assert after is before


def test_unload_frees_it(tiny: Path) -> None:
    import gc
    import weakref

    warm = WarmModel()
    with warm.lease(Weights(str(tiny)), never) as loaded:
        assert loaded is not None
        watch = weakref.ref(loaded.model)
    del loaded
    warm.unload()
    gc.collect()
    assert watch() is None
    assert warm.weights is None


def test_many_visitors_with_two_models_all_get_their_own_answer(tiny: Path, other: Path) -> None:
    expected = {
        path: LocalGenerator(path, constrained=False).generate(QUESTION, LONG).read().text
        for path in (tiny, other)
    }
    assert expected[tiny] != expected[other]
    wrong: list[Path] = []

    def ask(path: Path) -> None:
        text = LocalGenerator(path, constrained=False).generate(QUESTION, LONG).read().text
        if text != expected[path]:
            wrong.append(path)

    threads = [threading.Thread(target=ask, args=(path,)) for path in (tiny, other) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not wrong
    assert not any(thread.is_alive() for thread in threads)
