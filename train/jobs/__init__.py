"""Training jobs: a folder each, a process each that outlives whoever started it, and a queue.

    runs/20260101-120000-shipped/
        recipe.toml    what is trained
        data/          examples that came with the job, if any
        status.json    where it is, who watches it, how it ended and why
        request.json   what somebody wants of it: to stop or to be cancelled
        events.jsonl   metrics, progress, samples (`train.events`)
        log.txt        what the training printed
        adapter/       what came out, unless the whole model stands in the folder itself

`Runs` is the folder of all of them. What is on disk is the truth: the web server, the command
line and the supervisor of each job read and write nothing else.
"""

from train.jobs.job import Job
from train.jobs.limits import Limits
from train.jobs.queue import Runs
from train.jobs.status import LIVE, OPEN, State, Status

__all__ = ["LIVE", "OPEN", "Job", "Limits", "Runs", "State", "Status"]
