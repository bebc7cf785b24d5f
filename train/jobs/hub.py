"""Training at Hugging Face: the job's files go up, HF Jobs trains, the model comes back.

One private repository a job carries both ways: recipe, data and starting model up, the adapter
or model back, and the last checkpoint for a job that is resumed. What `train.jobs.remote` prints
there is the log here, and its events are ours.
"""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from train.events import FILE
from train.jobs import remote
from train.jobs.job import LOG, RECIPE, Job
from train.jobs.remote import EVENT
from train.jobs.status import Status

SOURCE, FLAVOR, NAMESPACE = "DAGGER_SOURCE", "DAGGER_JOBS_FLAVOR", "DAGGER_JOBS_NAMESPACE"
_FLAVOR, _MINUTES = "a10g-small", 360.0
_CODES = {"COMPLETED": 0, "ERROR": 1, "DELETED": 1, "CANCELED": -9}
#: Lines of the log that are here already, so that they are not written twice.
_LINES = ".remote-lines"
_RUN = "import os,base64;exec(base64.b64decode(os.environ['DAGGER_REMOTE']))"


class HubTraining:
    """A job of HF Jobs, followed from here, in the account of HF_TOKEN.

    DAGGER_SOURCE is the repository that has this program: a Space, or `model:NAME`; on a Space
    it is that Space. DAGGER_JOBS_FLAVOR is the hardware, DAGGER_JOBS_NAMESPACE an organisation.

    Raises:
        ValueError: nobody says where this program can be had from.
        OSError: Hugging Face cannot be reached, or refuses.
    """

    process = None

    def __init__(self, job: Job, status: Status, api: Any = None) -> None:
        from huggingface_hub import HfApi

        self._api, self._job = api or HfApi(), job
        self._code: int | None = None
        self._cancelled = False
        self._namespace = os.environ.get(NAMESPACE) or str(self._api.whoami()["name"])
        self._repository = f"{self._namespace}/dagger-{job.name}"
        self.remote = status.remote or self._submit(status)
        self._over = threading.Event()
        threading.Thread(target=self._follow, daemon=True).start()

    def _submit(self, status: Status) -> str:
        kind, _, source = (os.environ.get(SOURCE) or os.environ.get("SPACE_ID", "")).rpartition(":")
        if not source:
            raise ValueError(f"Set {SOURCE} to the Space that has this program, as owner/name.")
        self._api.create_repo(self._repository, private=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            packed(self._job, Path(folder))
            self._api.upload_folder(
                repo_id=self._repository,
                folder_path=folder,
                delete_patterns=["stop"],
                commit_message="The job",
            )
        (self._job.folder / _LINES).unlink(missing_ok=True)
        script = Path(remote.__file__).read_bytes()
        info = self._api.run_uv_job(
            "python",
            script_args=["-c", _RUN, status.stage, source, kind or "space", self._repository],
            dependencies=["huggingface_hub>=1"],
            env={"DAGGER_REMOTE": base64.b64encode(script).decode()},
            secrets={"HF_TOKEN": self._api.token or os.environ.get("HF_TOKEN", "")},
            flavor=os.environ.get(FLAVOR) or _FLAVOR,
            timeout=f"{status.minutes or _MINUTES:g}m",
            labels={"dagger-job": self._job.name},
            namespace=self._namespace,
        )
        return str(info.id)

    @property
    def exit_code(self) -> int | None:
        """How it ended, as its stage at Hugging Face says."""
        return self._code

    def wait(self, seconds: float) -> bool:
        """Wait, but not longer than until the job is over and its model is here."""
        return self._over.wait(seconds)

    def stop(self) -> None:
        """Leave word in the repository, where the job looks for it."""
        self._tried(
            lambda: self._api.upload_file(
                path_or_fileobj=b"", path_in_repo="stop", repo_id=self._repository
            )
        )

    def kill(self) -> None:
        """Cancel the job; `wait` sees it end."""
        self._tried(lambda: self._api.cancel_job(job_id=self.remote, namespace=self._namespace))

    def _follow(self) -> None:
        """Write down what the job says until it is over, and fetch what came out of it."""
        while not self._over.is_set():
            self._tried(self._read_log)
            self._tried(self._look)
            time.sleep(1.0)

    def _read_log(self) -> None:
        kept = self._job.folder / _LINES
        known = int(kept.read_text()) if kept.exists() else 0
        lines = self._api.fetch_job_logs(job_id=self.remote, namespace=self._namespace, follow=True)
        for number, line in enumerate(lines, 1):
            if number > known:
                is_event = line.startswith(EVENT)
                with (self._job.folder / (FILE if is_event else LOG)).open(
                    "a", encoding="utf-8"
                ) as file:
                    file.write(line.removeprefix(EVENT).rstrip("\n") + "\n")
                kept.write_text(str(number))

    def _look(self) -> None:
        status = self._api.inspect_job(job_id=self.remote, namespace=self._namespace).status
        code = _CODES.get(str(getattr(status.stage, "value", status.stage)))
        if code is None:
            return
        if code == 0:
            self._api.snapshot_download(
                self._repository, local_dir=self._job.folder, allow_patterns=["adapter/*"]
            )
        elif status.message:
            self._note(status.message)
        self._code = code
        self._over.set()

    def _tried(self, ask: Callable[[], Any]) -> None:
        """Ask Hugging Face; a network that fails is noted, and asked again later."""
        try:
            ask()
        except Exception as error:  # noqa: BLE001 - of any library below, and none ends the job
            self._note(f"--- Hugging Face could not be asked: {error}")
            time.sleep(5.0)

    def _note(self, text: str) -> None:
        with (self._job.folder / LOG).open("a", encoding="utf-8") as log:
            log.write(f"{text}\n")


def packed(job: Job, folder: Path) -> None:
    """Put what a job needs into a folder, with a recipe whose paths lead to it."""
    recipe, own = job.recipe, job.folder / "data"
    changes: dict[str, Any] = {"data_dir": ""}
    if own.is_dir():
        shutil.copytree(own, folder / "data")
    elif recipe.data and Path(recipe.data_dir).is_dir():
        (folder / "data").mkdir()
        for name in recipe.data:
            shutil.copy(Path(recipe.data_dir) / f"{name}.jsonl", folder / "data")
    for field in ("dataset", "eval_dataset"):
        path = Path(getattr(recipe, field))
        if path.is_file():
            (folder / "data").mkdir(exist_ok=True)
            shutil.copy(path, folder / "data" / path.name)
            changes[field] = f"data/{path.name}"
    if recipe.init and Path(recipe.init).is_dir():
        shutil.copytree(recipe.init, folder / "init", ignore=shutil.ignore_patterns("checkpoints"))
        changes["init"] = "init"
    (folder / RECIPE).write_text(replace(recipe, **changes).to_toml(), "utf-8")


def is_configured(environ: Mapping[str, str]) -> bool:
    """Whether jobs can be sent to Hugging Face from here."""
    return bool(environ.get(SOURCE) or environ.get("SPACE_ID")) and bool(environ.get("HF_TOKEN"))
