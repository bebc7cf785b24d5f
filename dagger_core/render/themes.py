"""The colours of the picture, light and dark, and the contrast they must have.

Hues come from the palette of Okabe and Ito (2008), which stays distinct in the common kinds of
colour blindness; they are darkened or lightened until text has a contrast of at least 4.5 and
lines of at least 3 (WCAG 2.2, 1.4.3 and 1.4.11). Colour is never the only mark: shapes, borders
and words say the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """How one kind of box is painted, as #rrggbb."""

    fill: str
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of one picture. `inks` has a key for every kind of box that `dot` draws."""

    background: str
    edge: str
    path: str
    selected: str
    inks: dict[str, Ink]


THEMES: dict[str, Theme] = {
    "light": Theme(
        background="#ffffff",
        edge="#707070",
        path="#1b2733",
        selected="#a3357a",
        inks={
            "const": Ink("#e4f2fb", "#0072b2", "#12222e"),
            "operation": Ink("#fdf1d8", "#8a5d00", "#2a1f05"),
            "final": Ink("#dcf4ea", "#00694d", "#062a20"),
            "distractor": Ink("#f2f2f2", "#707070", "#525252"),
            "failed": Ink("#fdeae2", "#b84a00", "#5c2200"),
            "literal": Ink("#ffffff", "#707070", "#333333"),
            "missing": Ink("#ffffff", "#b84a00", "#8f3a00"),
        },
    ),
    "dark": Theme(
        background="#15191e",
        edge="#8d959e",
        path="#f0f3f6",
        selected="#ec9ac8",
        inks={
            "const": Ink("#12303f", "#56b4e9", "#e6f4fc"),
            "operation": Ink("#372a0c", "#e69f00", "#fdf1d8"),
            "final": Ink("#0b382c", "#2fc79a", "#e0f7ee"),
            "distractor": Ink("#23272c", "#8d959e", "#b6bdc5"),
            "failed": Ink("#45200d", "#ff8a4d", "#ffe6d9"),
            "literal": Ink("#15191e", "#8d959e", "#d5dade"),
            "missing": Ink("#15191e", "#ff8a4d", "#ffb48c"),
        },
    ),
}


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
