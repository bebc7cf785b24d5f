"""Graphviz's SVG made fit for its two uses: inside a page, and as a file of its own."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from dagger_core.render import fonts

_SVG = "http://www.w3.org/2000/svg"
_FONT_RULE = (
    "@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/ttf;base64,{data})}}"
)

_SIDES = ("width", "height")

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


@dataclass(frozen=True, slots=True)
class Inline:
    """An SVG for a page: its markup, and its natural width and height in points."""

    markup: str
    width: float
    height: float


def inline(svg: bytes, alternative: str = "") -> Inline:
    """The `<svg>` element alone, which fills whatever width the page gives it.

    It has a viewBox and no fixed size, no XML prolog, comments, or titles (a browser shows those
    as tooltips). With an `alternative` it is one image to a screen reader; without, its nodes
    can be reached one by one.
    """
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for title in parent.findall(f"{{{_SVG}}}title"):
            parent.remove(title)
    width, height = (float(root.attrib.pop(side).removesuffix("pt")) for side in _SIDES)
    if alternative:
        root.attrib |= {"role": "img", "aria-label": alternative}
    return Inline(ElementTree.tostring(root, encoding="unicode"), width, height)


def standalone(svg: bytes) -> bytes:
    """The SVG with its fonts inside, so that it looks the same on every machine.

    Raises FontMissing where a font file cannot be read.
    """
    text = svg.decode("utf-8")
    drawn = "".join(re.findall(r"<text[^>]*>([^<]*)", text))
    weights = {400, 700} if 'font-weight="bold"' in text else {400}
    rules = "".join(
        _FONT_RULE.format(
            family=face.family,
            weight=face.weight,
            data=base64.b64encode(face.read()).decode("ascii"),
        )
        for face in fonts.FACES
        if face.weight in weights and re.search(face.draws, drawn)
    )
    opening = re.search(r"<svg\b[^>]*>", text)
    if opening is None:
        raise ValueError("this is not an SVG")
    style = f"<defs><style>{rules}</style></defs>"
    return (text[: opening.end()] + style + text[opening.end() :]).encode("utf-8")
