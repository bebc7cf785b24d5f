from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from dagger_core.diagnostics import RenderError, RenderTimeout
from dagger_core.execute import execute
from dagger_core.graph import Graph
from dagger_core.render import render, to_dot
from dagger_core.render.engine import Engine

ROOT = Path(__file__).parents[3]
SMALL = 'digraph { a [label="চূড়ান্ত উত্তর"] a -> b }'
# Every pair of 60 nodes is joined: minutes of work.
ENDLESS = "digraph {" + ";".join(f"n{i}->n{j}" for i in range(60) for j in range(60)) + "}"
DRAW = f"""
from dagger_core.render import engine
print(len(engine.render({SMALL!r}, "svg")), *engine.ENGINE.pids(), flush=True)
"""


@pytest.fixture
def engine():
    engine = Engine(workers=2)
    yield engine
    engine.close()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def test_every_format_comes_out_with_bangla(shop: Graph):
    dot = to_dot(shop, execute(shop), lang="bn")
    svg = render(dot, "svg").decode()
    assert "চূড়ান্ত উত্তর" in svg
    assert 'font-family="Noto Sans Bengali,' in svg
    assert 'font-weight="bold"' in svg
    assert "Bold" not in svg
    with Image.open(BytesIO(render(dot, "png"))) as png:
        assert png.width > 800
    pdf = render(dot, "pdf")
    assert pdf.startswith(b"%PDF")
    assert b"+NotoSansBengali-Regular" in pdf
    assert b"+NotoSansBengali-Bold" in pdf


def test_a_long_layout_is_stopped_and_the_next_one_works(engine: Engine):
    engine.render(SMALL, "svg", 5)
    [pid] = engine.pids()
    start = time.monotonic()
    with pytest.raises(RenderTimeout, match=r"longer than 0\.3 seconds"):
        engine.render(ENDLESS, "svg", 0.3)
    assert time.monotonic() - start < 2
    assert not alive(pid)
    assert b"<svg" in engine.render(SMALL, "svg", 5)


def test_a_killed_process_is_replaced_and_its_request_repeated(engine: Engine):
    engine.render(SMALL, "svg", 5)
    [pid] = engine.pids()
    os.kill(pid, signal.SIGKILL)
    assert b"<svg" in engine.render(SMALL, "svg", 5)
    assert engine.pids() != (pid,)
    assert gone(pid)


def test_a_request_that_kills_its_process_twice_is_given_up(engine: Engine):
    with ThreadPoolExecutor() as pool:
        work = pool.submit(engine.render, ENDLESS, "svg", 20)
        killed: set[int] = set()
        while not work.done():
            for pid in set(engine.pids()) - killed:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
            time.sleep(0.01)
    with pytest.raises(RenderError, match="ended twice"):
        work.result()
    assert len(killed) == 2


def test_many_threads_each_get_their_own_picture(engine: Engine):
    def draw(i: int) -> bool:
        return f">only{i}<".encode() in engine.render(f"digraph {{ only{i} }}", "svg", 5)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(draw, range(80)))
    assert len(engine.pids()) <= 2


def test_one_long_layout_does_not_keep_others_waiting(engine: Engine):
    engine.render(SMALL, "svg", 5)
    with ThreadPoolExecutor() as pool:
        long = pool.submit(engine.render, ENDLESS, "svg", 3)
        time.sleep(0.1)
        engine.render(SMALL, "svg", 5)
        assert not long.done()
        with pytest.raises(RenderTimeout):
            long.result()


def test_bad_requests_are_told_apart_from_bad_processes(engine: Engine):
    engine.render(SMALL, "svg", 5)
    [pid] = engine.pids()
    with pytest.raises(RenderError, match="syntax error"):
        engine.render('digraph { "', "svg", 5)
    with pytest.raises(RenderError, match="svg, png, pdf"):
        render(SMALL, "exe")  # type: ignore[arg-type]
    engine.render(SMALL, "svg", 5)
    assert engine.pids() == (pid,)


def test_a_huge_png_is_scaled_down(engine: Engine):
    wide = "".join(f"a -> w{i};" for i in range(150))
    deep = "".join(f"d{i} -> d{i + 1};" for i in range(150))
    picture = engine.render(f"digraph {{ {wide} {deep} w0 -> d0 }}", "png", 10)
    with Image.open(BytesIO(picture)) as png:
        assert 1_000_000 < png.width * png.height < 26_000_000


@pytest.mark.parametrize("way", ["file", "command", "input"])
def test_any_kind_of_parent_can_draw_and_leaves_nothing_behind(way: str, tmp_path: Path):
    script = tmp_path / "script.py"
    script.write_text(DRAW)
    arguments = {"file": [str(script)], "command": ["-c", DRAW], "input": ["-i", "-q"]}[way]
    done = subprocess.run(
        [sys.executable, *arguments],
        input=DRAW if way == "input" else "",
        env=dict(os.environ, PYTHONPATH=str(ROOT), TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    length, pid = map(int, done.stdout.split())
    assert length > 500
    assert gone(pid)
    assert not list(tmp_path.glob("dagger-render-*"))


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_the_process_ends_when_its_parent_is_killed(state: str, tmp_path: Path):
    busy = f"engine.render({ENDLESS!r}, 'svg', 1.0)" if state == "busy" else "input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", DRAW + busy],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ, PYTHONPATH=str(ROOT), TMPDIR=str(tmp_path)),
    )
    with parent:
        assert parent.stdout is not None
        _, pid = map(int, parent.stdout.readline().split())
        time.sleep(0.2)
        parent.kill()
    assert gone(pid)
    assert state == "busy" or not list(tmp_path.glob("dagger-render-*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_draws_with_a_process_of_its_own():
    script = f"""
import os
from dagger_core.render import engine
dot = {SMALL!r}
engine.render(dot, "svg")
[before] = engine.ENGINE.pids()
child = os.fork()
if not child:
    engine.render(dot, "svg")
    [own] = engine.ENGINE.pids()
    engine.ENGINE.close()
    os._exit(own == before)
_, status = os.waitpid(child, 0)
engine.render(dot, "svg")
print(status, engine.ENGINE.pids() == (before,))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.stdout == "0 True\n", done.stderr


def test_the_parent_does_not_load_graphviz():
    script = "import sys, dagger_core.render; print('pygraphviz' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.stdout == "False\n", done.stderr
