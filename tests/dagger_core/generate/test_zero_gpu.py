"""ZeroGPU: the model writes in another process, forked by the `spaces` package.

That package and its GPUs exist only on the Hub. Its contract is played by a stand-in: a decorated
generator runs in a forked child, and its arguments and results are pickled.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SPACES = """
import multiprocessing, pickle

def GPU(duration):
    def decorate(function):
        def child(arguments, pipe):
            for item in function(*pickle.loads(arguments)):
                pipe.send(item)
            pipe.send(StopIteration)

        def call(*arguments):
            near, far = multiprocessing.get_context("fork").Pipe()
            process = multiprocessing.get_context("fork").Process(
                target=child, args=(pickle.dumps(arguments), far)
            )
            process.start()
            while (item := near.recv()) is not StopIteration:
                yield item
            process.join()

        return call
    return decorate
"""
SCRIPT = """
import sys
from dagger_core.generate import LocalGenerator, Settings
settings = Settings(temperature=2.0, seed=3, max_new_tokens=100, format="compact")
gpu = LocalGenerator(sys.argv[1], constrained=False)
cpu = LocalGenerator(sys.argv[1], constrained=False, device="cpu")
whole = gpu.generate("1 + 2?", settings).read()
same = cpu.generate("1 + 2?", settings).read()
assert (whole.text, whole.tokens, whole.finish_reason) == (
    same.text, same.tokens, same.finish_reason
)
stream = gpu.generate("1 + 2?", settings)
for piece in stream:
    if stream.tokens > 5:
        stream.cancel()
assert stream.finish_reason == "cancelled" and stream.tokens < 30 < whole.tokens
print("ok")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ZeroGPU forks; this system cannot")
def test_text_figures_and_cancel_cross_the_process(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "spaces.py").write_text(SPACES)
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tiny)],
        env={
            **os.environ,
            "SPACES_ZERO_GPU": "1",
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{root}",
        },
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.stdout == "ok\n", done.stderr
