from __future__ import annotations

import pytest

from dagger_core.render.themes import THEMES, contrast


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("name", THEMES)
def test_text_has_double_a_contrast(name: str):
    theme = THEMES[name]
    low = {kind: contrast(ink.text, ink.fill) for kind, ink in theme.inks.items()}
    assert min(low.values()) >= 4.5, low
    assert contrast(theme.path, theme.background) >= 4.5  # numbers at the arrows


@pytest.mark.parametrize("name", THEMES)
def test_lines_stand_out_from_what_is_beside_them(name: str):
    theme = THEMES[name]
    for kind, ink in theme.inks.items():
        for beside in (ink.fill, theme.background):
            assert contrast(ink.line, beside) >= 3, kind
            assert contrast(theme.selected, beside) >= 3, kind
    assert contrast(theme.edge, theme.background) >= 3


def test_themes_paint_the_same_kinds():
    assert THEMES["light"].inks.keys() == THEMES["dark"].inks.keys()
