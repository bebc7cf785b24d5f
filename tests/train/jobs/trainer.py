"""A trainer without a model: `trainer.py sft --recipe R --out DIR` does what R's `about` says.

wait      goes on until the file `go` is there; SIGTERM makes it save and end
deaf      the same, and hears no SIGTERM
fail      ends with a traceback's last line
no-memory ends as the system's memory killer ends it
quick     ends well at once
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from train.events import EventWriter, all_events
from train.recipe import load

folder = Path(sys.argv[sys.argv.index("--out") + 1])
about = load(sys.argv[sys.argv.index("--recipe") + 1]).about
saved = [event.step for event in all_events(folder) if event.kind == "save"]
step = saved[-1] if saved else 0
events = EventWriter(folder)
events.write("start", step, max_steps=100)


def save(*_: object) -> None:
    """Save and end, as SIGTERM asks."""
    events.write("save", step, path=f"checkpoints/checkpoint-{step}")
    events.write("end", step)
    (folder / "config.json").write_text("{}", "utf-8")
    print("saved", flush=True)
    sys.exit(0)


if about == "fail":
    sys.exit("learning_rate: 7 is far too much.")
if about == "no-memory":
    os.kill(os.getpid(), signal.SIGKILL)
signal.signal(signal.SIGTERM, signal.SIG_IGN if about == "deaf" else save)
while about != "quick" and not (folder / "go").exists():
    step += 1
    events.write("step", step, loss=1 / step)
    time.sleep(0.05)
save()
