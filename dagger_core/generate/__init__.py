"""Generators: a question in, a model's text out, piece by piece.

`local` runs a model on this machine, `endpoint` asks a server, `scripted` plays texts back, and
`catalog` lists what is on offer. Importing this package loads neither torch nor transformers.
"""

from __future__ import annotations

from dagger_core.generate.base import Completed, FinishReason, Generator, Sink, Stream
from dagger_core.generate.catalog import Catalog, ModelChoice
from dagger_core.generate.endpoint import EndpointGenerator
from dagger_core.generate.local import LocalGenerator
from dagger_core.generate.scripted import ScriptedGenerator
from dagger_core.generate.settings import Knob, Settings, knobs

__all__ = [
    "Catalog",
    "Completed",
    "EndpointGenerator",
    "FinishReason",
    "Generator",
    "Knob",
    "LocalGenerator",
    "ModelChoice",
    "ScriptedGenerator",
    "Settings",
    "Sink",
    "Stream",
    "knobs",
]
