from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dagger_core.diagnostics import FontMissing
from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from dagger_core.render import fonts, inline, render, standalone, to_dot


@pytest.fixture
def svg(shop: Graph) -> bytes:
    return render(to_dot(shop, execute(shop), lang="bn"), "svg")


def test_inline_is_one_element_that_fills_its_place(svg: bytes):
    picture = inline(svg)
    assert picture.markup.startswith("<svg ")
    for gone in ("<!", "<?", "<title", "ns0:"):
        assert gone not in picture.markup
    root = ElementTree.fromstring(picture.markup)
    assert root.get("width") is root.get("height") is None
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert (picture.width, picture.height) == pytest.approx((width, height), abs=1)
    assert "চূড়ান্ত উত্তর" in picture.markup
    assert 'id="n6"' in picture.markup


def test_inline_with_an_alternative_is_an_image(svg: bytes):
    root = ElementTree.fromstring(inline(svg, 'an "answer" <b>').markup)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'an "answer" <b>'


def test_standalone_brings_the_fonts_it_needs(svg: bytes):
    text = standalone(svg).decode()
    ElementTree.fromstring(text)
    assert text.count("@font-face") == 3  # Bangla regular and bold, and the sign of distractors
    assert len(text) < 600_000
    plain = Graph([Node("n", "const", 1), Node("m", "const", 2)])
    assert standalone(render(to_dot(plain), "svg")).count(b"font-weight:400") == 1


def test_standalone_without_fonts_fails(svg: bytes, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(FontMissing):
        standalone(svg)
