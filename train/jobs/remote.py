"""What a machine of HF Jobs runs: it fetches the program and the job, trains, sends back.

Its text is sent there by `train.jobs.hub`, so it imports nothing of the project. Events go among
the log lines. A file `stop` in the job's repository asks the training to save and end. The last
checkpoint is kept in the repository: a job that is resumed finds it there and goes on from it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

#: What a line of the log with an event begins with.
EVENT = "@@event "


def main() -> int:
    """Arguments: stage, repository of the program, its type, repository of the job."""
    from huggingface_hub import HfApi

    stage, source, kind, repository = sys.argv[1:5]
    api, job = HfApi(), Path("job").absolute()
    program = api.snapshot_download(source, repo_type=kind)
    api.snapshot_download(repository, local_dir=job)
    installed = ["uv", "pip", "install", "-q", "--python", sys.executable]
    subprocess.run([*installed, "-r", f"{program}/requirements.txt"], check=True)
    command = [sys.executable, "-u", "-m", "train", stage, "--recipe", "recipe.toml", "--out", "."]
    if (job / "data").is_dir():
        command += ["--data", "data"]
    environment = {**os.environ, "PYTHONPATH": program}
    training = subprocess.Popen(command, cwd=job, env=environment)
    over = threading.Event()
    finishing = [
        threading.Thread(target=tell, args=(job / "events.jsonl", over)),
        threading.Thread(target=keep, args=(api, repository, job / "checkpoints", over)),
    ]
    listening = threading.Thread(target=listen, args=(api, repository, training, over), daemon=True)
    for thread in (*finishing, listening):
        thread.start()
    code = training.wait()
    over.set()
    for thread in finishing:
        thread.join()
    if (job / "adapter").is_dir():
        api.upload_folder(
            repo_id=repository, folder_path=job / "adapter", path_in_repo="adapter",
            commit_message="What was trained",
        )  # fmt: skip
    return code


def tell(path: Path, over: threading.Event) -> None:
    """Print the events of the training as they are written, complete lines only."""
    place, last = 0, False
    while not last:
        last = over.wait(1.0)
        text = path.read_bytes()[place:] if path.exists() else b""
        complete = text[: text.rfind(b"\n") + 1]
        place += len(complete)
        for line in complete.decode("utf-8", "replace").splitlines():
            print(f"{EVENT}{line}", flush=True)


def keep(api: object, repository: str, folder: Path, over: threading.Event) -> None:
    """Keep the last checkpoint in the repository, instead of the one before."""
    kept, last = -1, False
    while not last:
        last = over.wait(20.0)
        steps = [int(path.name.partition("-")[2]) for path in folder.glob("checkpoint-*")]
        newest = max(steps, default=-1)
        if newest <= kept:
            continue
        try:
            api.upload_folder(  # type: ignore[attr-defined]
                repo_id=repository,
                folder_path=folder,
                path_in_repo=folder.name,
                allow_patterns=[f"checkpoint-{newest}/*"],
                delete_patterns=["checkpoint-*"],
                commit_message=f"Checkpoint of step {newest}",
            )
            kept = newest
        except Exception as error:  # noqa: BLE001 - the training goes on; the next one may go up
            print(f"The checkpoint of step {newest} could not be kept: {error}", flush=True)


def listen(api: object, repository: str, training: object, over: threading.Event) -> None:
    """Ask the training to save and end when the repository says so."""
    while not over.wait(15.0):
        try:
            asked = api.file_exists(repository, "stop")  # type: ignore[attr-defined]
        except Exception as error:  # noqa: BLE001 - the network comes back, or the job is cancelled
            print(f"Cannot ask whether to stop: {error}", flush=True)
            continue
        if asked:
            training.send_signal(signal.SIGTERM)  # type: ignore[attr-defined]
            return


if __name__ == "__main__":
    sys.exit(main())
