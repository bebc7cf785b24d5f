"""What a machine of HF Jobs runs: it fetches the program and the job, trains, sends back.

Its text is sent there by `train.jobs.hub`, so it imports nothing of the project. Events go among
the log lines. A file `stop` in the job's repository asks the training to save and end.
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
    watching = [
        threading.Thread(target=tell, args=(job / "events.jsonl", over)),
        threading.Thread(target=listen, args=(api, repository, training, over), daemon=True),
    ]
    for thread in watching:
        thread.start()
    code = training.wait()
    over.set()
    watching[0].join()
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
