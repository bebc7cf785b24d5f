"""The whole app: one page a language, with the fonts and the looks they share."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any, Protocol

import gradio as gr
from starlette.middleware import Middleware

from dagger_core.diagnostics import Lang
from dagger_core.render import fonts
from demo import api, bundle, graph_view
from demo.blocks import Blocks
from demo.curating.page import AnnotatePage
from demo.gradio_texts import GRADIO_BN
from demo.results.page import ResultsPage
from demo.services import Services
from demo.solve import SolvePage
from demo.streams import CloseIdleStreams
from demo.teaching.page import ClassPage
from demo.texts import words
from demo.training.page import TrainPage


class Page(Protocol):
    """One page in one language; making it puts its components into the open `gr.Blocks`."""

    def __init__(self, services: Services, lang: Lang) -> None: ...

    def start(self, app: gr.Blocks) -> None:
        """Set up what happens when the page is opened."""


LANGS: tuple[Lang, ...] = ("en", "bn")
#: The pages, in the order of the links between them, by the name of their path and of their text.
PAGES: dict[str, type[Page]] = {
    "solve": SolvePage,
    "annotate": AnnotatePage,
    "class": ClassPage,
    "train": TrainPage,
    "results": ResultsPage,
}
_FONTS = ["Noto Sans", "Noto Sans Bengali", "system-ui", "sans-serif"]
_HOUR = 3600
_MONO = ["ui-monospace", "DejaVu Sans Mono", "Noto Sans Bengali", "monospace"]


def build(services: Services) -> gr.Blocks:
    """The app, ready to be launched with `launch_options()`."""
    gr.set_static_paths([fonts.FOLDER])
    with Blocks(
        title=words("en").title,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(_HOUR, 24 * _HOUR),
    ) as app:
        _page(services, "solve", "en", app)
        api.publish()
    for name, lang in ((name, lang) for name in PAGES for lang in LANGS):
        if path(name, lang) != "/":
            with app.route(getattr(words(lang), name), path(name, lang), show_in_navbar=False):
                _page(services, name, lang, app)
    app.quicken()
    app.queue(default_concurrency_limit=4, api_open=False)
    return app


def path(name: str, lang: Lang) -> str:
    """Where a page is: Solve at the root, the others under their name, Bangla with /bn in front.

    All are on one level, so that links between them can be relative and work behind any prefix.
    """
    parts = ["bn"] * (lang == "bn") + [name] * (name != "solve")
    return "/" + "-".join(parts)


def _page(services: Services, name: str, lang: Lang, app: gr.Blocks) -> None:
    text = words(lang)
    gr.Navbar(visible=False)
    with gr.Row(elem_classes="masthead"):
        gr.Markdown(f"# {text.title}\n{text.tagline}")
        gr.HTML(_links(name, lang), elem_classes="links")
        if services.sign_in:
            gr.LoginButton(text.sign_in, size="sm")
    PAGES[name](services, lang).start(app)


def _links(current: str, lang: Lang) -> str:
    """The links to the other pages, and this page in the other language or theme."""
    text, other = words(lang), next(other for other in LANGS if other != lang)
    links = [
        f'<a href=".{path(name, lang)}"{" aria-current=page" * (name == current)}>'
        f"{getattr(text, name)}</a>"
        for name in PAGES
    ] * (len(PAGES) > 1)
    # The attribute tells browsers and screen readers which language follows.
    switch = (
        f'<a href=".{path(current, other)}" hreflang="{other}" lang="{other}">'
        f"{text.other_language}</a>"
    )
    theme = (
        f'<button type="button" data-theme-switch title="{text.other_theme}" '
        f'aria-label="{text.other_theme}"></button>'
    )
    return f"<nav>{''.join(links)}{switch}{theme}</nav>"


def launch_options() -> dict[str, Any]:
    """What `launch` is to be called with: looks, limits, and nothing public that is not meant."""
    return {
        "theme": _theme(),
        "css": _font_faces() + bundle.style("page"),
        # Of what is in `css`, Gradio makes rules for its own container only.
        "head": f"<style>{bundle.style('head')}</style>" + _scripts() + graph_view.head(),
        "app_kwargs": {"middleware": [Middleware(CloseIdleStreams)]},
        "allowed_paths": [],
        "mcp_server": find_spec("mcp") is not None,
        # What stands there is English, and our own link turns a page light or dark.
        "footer_links": [],
        "max_file_size": "20mb",
        "run_history": False,
        "state_session_capacity": 500,
        "show_error": True,
    }


def _theme() -> gr.themes.Default:
    """Gradio's default, with the contrast that WCAG AA asks for (4.5 to 1 for text)."""
    theme = gr.themes.Default(font=_FONTS, font_mono=_MONO, primary_hue="blue", neutral_hue="slate")
    return theme.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        color_accent="*primary_600",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        block_label_text_color="*neutral_600",
        block_title_text_color="*neutral_600",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )


def _scripts() -> str:
    """What runs before a page is shown."""
    calls = (
        (["language"], "speakLanguage", ""),
        (["theme"], "followTheme", ""),
        (["unasked"], "keepTyped", ""),
        (["gradio_words", "mend"], "mendPage", json.dumps({"bn": GRADIO_BN})),
    )
    return "".join(
        f"<script>({bundle.function(modules, call)})({given})</script>"
        for modules, call, given in calls
    )


def _font_faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};"
        f"src:url('./gradio_api/file={fonts.FOLDER / face.file}') format('truetype');"
        "font-display:swap}\n"
        for face in fonts.FACES
    )
