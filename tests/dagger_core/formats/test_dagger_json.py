"""The published formats: prompts as the models were trained on, answers as in their example."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.formats.dagger_json import prompt
from dagger_core.graph import Graph
from dagger_core.ops import OPS
from dagger_core.parse import strict
from tests.wild import sound

JSON, CHAT = FORMATS["dagger_json"], FORMATS["dagger_chat"]
QUESTION = "রাজুর {question} ১২টি কলম {0} আছে। {{}}"
# SHA-256 of USER_PROMPT_TEMPLATE of the card dipta007/dagger-4B_GRPO, as it stands between its
# quotes (with doubled braces).
TEMPLATE = "f4db5a8a77dc66a7da08cf9aba6498a9a79a187c20144a53ddddafb0997eafc1"


def example() -> str:
    """The example inside the prompt."""
    text = prompt("")
    start = text.index("```json")
    return text[start : text.index("```", start + 3) + 3]


def test_the_template_is_the_published_one() -> None:
    published = prompt("\0").replace("{", "{{").replace("}", "}}").replace("\0", "{question}")
    assert hashlib.sha256(published.strip().encode()).hexdigest() == TEMPLATE


@given(st.text())
def test_a_question_stands_as_it_is(question: str) -> None:
    head, tail = prompt("\0").split("\0")
    assert prompt(question) == head + question + tail


def test_messages() -> None:
    assert JSON.messages(QUESTION) == [{"role": "user", "content": prompt(QUESTION)}]
    system, user = CHAT.messages(QUESTION)
    assert (system["role"], user) == ("system", {"role": "user", "content": QUESTION})


def test_the_prompt_names_known_operations_only() -> None:
    head = prompt("").split("### Example")[0]
    assert all(f"`{name}`" in head for name in OPS)


def test_the_published_example_is_written_as_published() -> None:
    graph = strict(example()).graph
    assert graph is not None
    assert JSON.write(graph, "") == example()
    assert execute(graph).answer == 5_572_092


@pytest.mark.parametrize("fmt", [JSON, CHAT], ids=lambda fmt: fmt.name)
@given(graph=sound())
def test_what_is_written_is_strict_and_read_again(fmt: object, graph: Graph) -> None:
    text = fmt.write(graph, QUESTION)  # type: ignore[attr-defined]
    assert strict(text).graph == graph
    assert fmt.read(text, QUESTION).graph == graph  # type: ignore[attr-defined]
    assert fmt.grammar(QUESTION) is None  # type: ignore[attr-defined]
