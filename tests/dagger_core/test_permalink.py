"""Permalinks: nothing is lost, and no text does harm."""

from __future__ import annotations

import base64
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagger_core import permalink
from dagger_core.diagnostics import Diagnostic, LinkTooLong
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.parse import document
from dagger_core.permalink import MOST_BYTES, MOST_CHARACTERS, Link, read_link, write_link

QUESTION = "রাজুর ১২টি মার্বেল আছে। 122195 tickets at 45.6 each?"
GRAPH = Graph(
    [
        Node("n1", "const", 122195, label="টিকিট"),
        Node("raju", "const", "১২টি", distractor=True, label="</script>"),
        Node(FINAL, "mul", None, ("n1", "45.6"), label="মোট"),
    ]
)

leaves = st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text()
leaves = leaves.filter(lambda value: str(value) not in ("Infinity", "-Infinity"))
values = leaves | st.lists(leaves, max_size=2)
nodes = st.builds(
    Node,
    id=st.text(max_size=9),
    op=st.text(max_size=9),
    val=values,
    args=st.lists(values, max_size=3).map(tuple),
    distractor=st.booleans(),
    label=st.text(max_size=30),
)
graphs = st.none() | st.lists(nodes, max_size=4).map(Graph)


def packed(data: bytes) -> str:
    """A link whose content is whatever is given."""
    return "1." + base64.urlsafe_b64encode(permalink._pack(data)).decode().rstrip("=")


def code(text: str) -> str:
    result = read_link(text)
    assert isinstance(result, Diagnostic)
    assert all(result.text(lang) for lang in ("en", "bn"))
    return result.code


@given(st.text(), graphs)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(question: str, graph: Graph | None) -> None:
    link = write_link(question, graph)
    assert link == write_link(question, graph)
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    opened = read_link(link)
    assert isinstance(opened, Link)
    assert opened.question == question
    assert (opened.graph is None) == (graph is None)
    if opened.graph is not None and graph is not None:
        assert opened.graph.to_json() == graph.to_json()


def test_a_graph_as_read_from_json_comes_back_equal() -> None:
    graph = document(GRAPH.to_json()).graph
    assert read_link(write_link(QUESTION, graph)) == Link(QUESTION, graph)


def test_links_written_by_version_1_stay_readable() -> None:
    # Written once by `write_link`; if this fails, VERSION must grow.
    link = (
        "1.ePnlhvTZQ3fgBrD1cx4sbwQ7YvnyB8tXwN27DuI2cMitAToN4naoOx8sXaJgaGRkaGmqUJKZnJ1aUq"
        "yQWKJgYqpnppCamJxhT7LjwWYREcvzwaE4FUzOR47MosSsUpzGKyH7TYlQ6rXRL04uyiwosSOcYEG5BT"
        "OLgMKBqDQLzSVKtbG1ABG6oC4"
    )
    assert read_link(link) == Link(QUESTION, GRAPH)


def test_short() -> None:
    assert len(write_link(QUESTION, GRAPH)) < 300


@given(st.text(max_size=80) | st.from_regex(r"1\.[A-Za-z0-9_-]{0,80}", fullmatch=True))
@settings(max_examples=60, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert code(text).startswith("link-")


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | values.map(repr).map(str.encode)
)
@settings(max_examples=50, deadline=None)
def test_no_content_raises(data: bytes) -> None:
    read_link(packed(data))


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_every_change_is_noticed(data: st.DataObject) -> None:
    link = write_link(QUESTION, GRAPH)
    at = data.draw(st.integers(2, len(link) - 2))
    other = data.draw(st.sampled_from("Az09-_").filter(lambda char: char != link[at]))
    assert code(link[:at] + other + link[at + 1 :]) == "link-damaged"
    assert code(link[:at]) in ("link-damaged", "link-foreign")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "link-foreign"),
        ("hello", "link-foreign"),
        ("১.abc", "link-foreign"),
        ("2.abc", "link-newer"),
        ("1.", "link-damaged"),
        ("1.A", "link-damaged"),
        ("1." + "A" * MOST_CHARACTERS, "link-too-large"),
        (packed(b"[]"), "link-damaged"),
        (packed(b'{"question": 1}'), "link-damaged"),
        (packed(b'{"question": "", "nodes": 5}'), "link-damaged"),
        (packed(b'{"question": "", "nodes": [5]}'), "link-damaged"),
        (packed(b'{"question": "", "nodes": [{"val": NaN}]}'), "link-damaged"),
        (packed(b'{"question": "\xff"}'), "link-damaged"),
        (packed(b"[" * 100_000), "link-damaged"),
    ],
)
def test_hostile(text: str, expected: str) -> None:
    assert code(text) == expected


def test_numbers_beyond_decimals_are_opened_as_text() -> None:
    opened = read_link(packed(b'{"question": "", "nodes": [{"val": 1e99999999999999999999}]}'))
    assert opened == Link("", Graph([Node(val="1e99999999999999999999")]))


def test_bombs_are_refused_quickly() -> None:
    bomb = packed(b'{"question": "' + b" " * 20_000_000)
    foreign = "1." + base64.urlsafe_b64encode(zlib.compress(b" " * 20_000_000)).decode().rstrip("=")
    start = time.perf_counter()
    assert code(bomb) == "link-too-large"
    assert code(foreign) == "link-too-large"
    assert time.perf_counter() - start < 1


def test_too_long_for_a_link() -> None:
    with pytest.raises(LinkTooLong):
        write_link("ab" * MOST_BYTES)
    noise = Graph(Node(f"{i * i * 7919:x}", "const", i**9) for i in range(2000))
    with pytest.raises(LinkTooLong):
        write_link("", noise)
