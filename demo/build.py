"""The whole app: one page a language, with the fonts and the looks they share."""

from __future__ import annotations

from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.render import fonts
from demo import bundle
from demo.services import Services
from demo.solve import SolvePage
from demo.texts import words

_PATHS: dict[Lang, str] = {"en": "/", "bn": "/bn"}
_FONTS = ["Noto Sans", "Noto Sans Bengali", "system-ui", "sans-serif"]
_HOUR = 3600
_MONO = ["ui-monospace", "DejaVu Sans Mono", "Noto Sans Bengali", "monospace"]


def build(services: Services) -> gr.Blocks:
    """The app, ready to be launched with `launch_options()`."""
    gr.set_static_paths([fonts.FOLDER])
    with gr.Blocks(
        title=words("en").title,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(_HOUR, 24 * _HOUR),
    ) as app:
        _page(services, "en", app)
    with app.route(words("bn").solve, _PATHS["bn"], show_in_navbar=False):
        _page(services, "bn", app)
    app.queue(default_concurrency_limit=4, api_open=False)
    return app


def _page(services: Services, lang: Lang, app: gr.Blocks) -> None:
    text = words(lang)
    other: Lang = "en" if lang == "bn" else "bn"
    gr.Navbar(visible=False)
    with gr.Row(elem_classes="masthead"):
        gr.Markdown(f"# {text.title}\n{text.tagline}")
        # The attribute tells browsers and screen readers which language follows.
        gr.HTML(
            f'<a href="{_PATHS[other]}" hreflang="{other}" lang="{other}">{text.other_language}</a>'
        )
        if services.sign_in:
            gr.LoginButton(text.sign_in, size="sm")
    page = SolvePage(services, lang)
    app.load(
        page.on_load,
        page.browser,
        page.loaded,
        show_progress="hidden",
        api_visibility="private",
    )


def launch_options() -> dict[str, Any]:
    """What `launch` is to be called with: looks, limits, and nothing public that is not meant."""
    return {
        "theme": gr.themes.Default(
            font=_FONTS, font_mono=_MONO, primary_hue="blue", neutral_hue="slate"
        ),
        "css": _font_faces() + bundle.style("page"),
        "allowed_paths": [],
        "footer_links": ["settings"],
        "max_file_size": "20mb",
        "run_history": False,
        "state_session_capacity": 500,
        "show_error": True,
    }


def _font_faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};"
        f"src:url('/gradio_api/file={fonts.FOLDER / face.file}') format('truetype');"
        "font-display:swap}\n"
        for face in fonts.FACES
    )
