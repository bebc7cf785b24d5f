"""Where a model's files are: a folder as it is, or a Hub name brought into the local cache.

One quick question to the Hub decides; `from_pretrained` then reads the folder only and never waits
half a minute on a network that is not there. Imports huggingface_hub lazily.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dagger_core.diagnostics import ModelUnavailable

Device = Literal["auto", "cpu", "cuda"]

DESCRIPTION = ("*.json", "*.jinja", "*.txt", "*.model")
"""Everything but the weights: config, tokenizer, templates, adapter config."""
SAFETENSORS = ("*.safetensors",)
PICKLED = ("*.bin",)
_TAIL = 1 << 16
#: What a folder says about its model, and what decides none of its answers.
_BESIDE = ("dagger.json", "report.json", "run.json")

#: What is said of an error of huggingface_hub, by the names of both.
_WHY_NOT = {
    "GatedRepoError": "model-gated",
    "RepositoryNotFoundError": "model-not-on-hub",
    "HFValidationError": "model-name-unreadable",
    "LocalEntryNotFoundError": "hub-not-reached",
    "OfflineModeIsEnabled": "hub-offline",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Which model: a Hub name or folder (of a model or of a PEFT adapter), and where it runs."""

    name: str
    device: Device = "auto"

    def stamp(self) -> int:
        """When a folder's files were last written (ns), so that a retrained model is read again."""
        if not is_folder(self.name):
            return 0
        files = Path(self.name).expanduser().iterdir()
        return max((file.stat().st_mtime_ns for file in files), default=0)

    def fingerprint(self) -> str:
        """The same for a folder with the same contents, wherever it is; a Hub name is its own.

        Of a large file its size and its end count: training changes every tensor, and the last
        one ends the file.
        """
        if not is_folder(self.name):
            return self.name
        digest = hashlib.sha256()
        for pattern in (*DESCRIPTION, *SAFETENSORS, *PICKLED):
            for path in sorted(Path(self.name).expanduser().glob(pattern)):
                if path.name in _BESIDE:
                    continue
                with path.open("rb") as file:
                    size = file.seek(0, os.SEEK_END)
                    file.seek(max(0, size - _TAIL))
                    digest.update(f"{path.name} {size} ".encode() + file.read())
        return digest.hexdigest()[:16]


def is_folder(name: str) -> bool:
    """Whether a model's name is a folder on this machine."""
    return bool(name) and Path(name).expanduser().is_dir()


def locate(name: str, patterns: Sequence[str]) -> Path:
    """The folder with a model's files; a Hub model's files that match are downloaded if need be.

    Raises:
        ModelUnavailable: no such model, no consent, no network, or a broken download.
    """
    if is_folder(name):
        return Path(name).expanduser()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(snapshot_download(name, allow_patterns=list(patterns)))
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        said = _WHY_NOT.get(type(error).__name__, "download-broke-off")
        raise ModelUnavailable(said, model=name) from error


def locate_weights(name: str) -> Path:
    """The folder with a model's weights: safetensors, or the older pickles where it has no others.

    Raises:
        ModelUnavailable: as `locate`.
    """
    folder = locate(name, SAFETENSORS)
    if any(folder.glob("*.safetensors")) or is_folder(name):
        return folder
    return locate(name, PICKLED)
