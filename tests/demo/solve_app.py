"""The whole app on models that play back given answers: `python solve_app.py PORT DATABASE`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate import Store
from dagger_core.diagnostics import ModelUnavailable
from dagger_core.generate import ScriptedGenerator
from dagger_core.generate.base import Generator
from dagger_core.generate.catalog import ModelChoice
from demo.build import build, launch_options
from demo.services import Services

HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
MARKUP = '<<TABLE HREF="javascript:window.pwned=1"><TR><TD>x</TD></TR></TABLE>>'
CLOSING = (
    "</script><script>window.pwned=1</script> [x](javascript:window.pwned=1) ${window.pwned=1}"
)


def fenced(*nodes: dict[str, Any]) -> str:
    """What a model writes for a graph."""
    return f"```json\n{json.dumps({'nodes': nodes}, ensure_ascii=False, indent=1)}\n```"


MANGOES = (
    {"id": "n1", "op": "const", "val": 48, "distractor": False, "label": "mangoes of Mina"},
    {"id": "n2", "op": "const", "val": 15, "distractor": True, "label": "mangoes of Raju"},
    {"id": "n3", "op": "const", "val": 6, "distractor": False, "label": "mangoes in a bag"},
    {"id": "bags", "op": "div", "args": ["n1", "n3"], "distractor": False, "label": "bags"},
    {
        "id": "final_result",
        "op": "identity",
        "args": ["bags"],
        "distractor": False,
        "label": "bags of Mina",
    },
)
ANSWERS = {
    "quick": (0.0, fenced(*MANGOES)),
    "slow": (0.4, fenced(*MANGOES)),
    # Falls for the number that does not matter.
    "wrong": (0.0, fenced(*MANGOES[:3], {**MANGOES[3], "args": ["n1", "n2"]}, MANGOES[4])),
    "endless": (0.4, fenced(*MANGOES) + " and so on" * 500),
    "hostile": (
        0.0,
        f"{HOSTILE} {CLOSING}\n"
        + fenced(
            {"id": HOSTILE, "op": "const", "val": 4, "label": MARKUP},
            {"id": MARKUP, "op": "const", "val": CLOSING, "label": HOSTILE},
            {"id": "n3", "op": HOSTILE, "args": [HOSTILE, MARKUP, CLOSING], "label": CLOSING},
            {"id": "final_result", "op": "add", "args": [HOSTILE, 3], "label": CLOSING},
        ),
    ),
    "speechless": (0.0, "I would rather not."),
}


@dataclass(frozen=True)
class Scripts:
    """A catalog of models that play back ANSWERS."""

    models: Path = Path("models")

    def choices(self) -> tuple[ModelChoice, ...]:
        """All models, the default first."""
        return tuple(ModelChoice(key, key.title(), "shipped", "dagger_json") for key in ANSWERS)

    def find(self, key: str) -> ModelChoice:
        """The model that a key names."""
        for choice in self.choices():
            if choice.key == key:
                return choice
        raise ModelUnavailable(f"The model {key!r} is not on offer here.")

    def weights(self, key: str) -> str:
        """What a training would start from: nothing that exists."""
        return self.find(key).key

    def open(self, key: str) -> Generator:
        """The generator that a key names."""
        delay, text = ANSWERS[self.find(key).key]
        return ScriptedGenerator([text], delay=delay, name=key)


def services(database: Path, *, public: bool = False) -> Services:
    """The services of the app, with the scripted models."""
    return Services(Store.open(database), Scripts(), public=public)  # type: ignore[arg-type]


if __name__ == "__main__":
    port, path, *mode = sys.argv[1:]
    build(services(Path(path), public="public" in mode)).launch(
        server_name="127.0.0.1", server_port=int(port), **launch_options()
    )
