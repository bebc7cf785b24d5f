"""A graph with a bit of everything, and what its picture consists of."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dagger_core.execute import execute
from dagger_core.graph import Graph, Node
from dagger_core.render import render, to_dot

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def shop() -> Graph:
    """12 pens at 50 Taka, 45.5 off, shared by two; the 7 books do not matter."""
    return Graph(
        [
            Node("n1", "const", 12, label="মিনার কলমের সংখ্যা"),
            Node("n2", "const", "৫০", label="প্রতিটি কলমের দাম"),
            Node("n3", "const", 7, distractor=True, label="রহিমের খাতার সংখ্যা"),
            Node("n4", "const", "45.5", label="ছাড়"),
            Node("total", "mul", args=("n1", "n2"), label="মিনার মোট টাকা"),
            Node("rest", "sub", args=("total", "n4"), label="বাকি টাকা"),
            Node("final_result", "div", args=("rest", 2), label="চূড়ান্ত উত্তর"),
        ]
    )


@pytest.fixture
def broken() -> Graph:
    """Division by zero, what depends on it, a cycle, something missing, an unknown operation."""
    return Graph(
        [
            Node("five", "const", 5),
            Node("none", "const", 0),
            Node("quotient", "div", args=("five", "none")),
            Node("a", "add", args=("b", "five")),
            Node("b", "add", args=("a", "five"), distractor=True),
            Node("odd", "frobnicate", args=("five",)),
            Node("final_result", "sum", args=("quotient", "ghost", "five")),
        ]
    )


class Picture:
    """A drawn graph, taken apart."""

    def __init__(self, graph: Graph, **options: object) -> None:
        dot = to_dot(graph, execute(graph), **options)
        self.root = ElementTree.fromstring(render(dot, "svg"))
        self.groups = {g.get("id"): g for g in self.root.iter(f"{SVG}g")}

    def kinds(self, name: str) -> set[str]:
        return set(self.groups[name].get("class", "").split())

    def lines(self, name: str) -> list[str]:
        return [text.text or "" for text in self.groups[name].findall(f"{SVG}text")]

    def shapes(self, name: str) -> list[ElementTree.Element]:
        return [e for e in self.groups[name] if e.tag in (f"{SVG}polygon", f"{SVG}path")]


@pytest.fixture(scope="session")
def picture() -> type[Picture]:
    return Picture
