"""DAGGER Studio: `python app.py` starts the app; a Hugging Face Space runs this file, too."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from demo.build import build, launch_options
from demo.services import Services

demo = build(Services.from_environment(Path(__file__).parent))

if __name__ == "__main__":
    demo.launch(**launch_options())
