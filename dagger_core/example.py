"""Example: a question with its graph and answer, and the line of JSON that carries it.

Example lines are how datasets, the annotation store and training meet: one JSON object a line
with `id`, `source`, `lang`, `question`, `answer`, `graph`, `group`, `distractor_type`, `split`.
Reading ignores other fields; every field but `question` may be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from dagger_core import jsontext
from dagger_core.diagnostics import ExampleError
from dagger_core.graph import Graph
from dagger_core.numerals.read import Number, TooLarge, read_number
from dagger_core.numerals.show import written


@dataclass(frozen=True, slots=True)
class Example:
    """A word problem, and what is known about it.

    Args:
        answer: the gold answer, exact where it was written exactly.
        lang: "bn" or "en".
        source: the dataset it comes from.
        group: key of the base problem; variants share it, and splits never divide it.
        distractor_type: how its distractors came about, if it has any.
        split: the split its dataset puts it in.
    """

    question: str
    graph: Graph | None = None
    answer: Number | None = None
    lang: str = ""
    source: str = ""
    id: str = ""
    group: str = ""
    distractor_type: str | None = None
    split: str = ""

    def to_line(self) -> str:
        """The example as one line of JSON, without a line break."""
        obj = {
            "id": self.id,
            "source": self.source,
            "lang": self.lang,
            "question": self.question,
            "answer": None if self.answer is None else written(self.answer),
            "graph": None if self.graph is None else self.graph.to_obj(),
            "distractor_type": self.distractor_type,
            "group": self.group,
            "split": self.split,
        }
        return _ENCODER.encode(obj).decode()

    @classmethod
    def from_line(cls, line: str | bytes) -> Example:
        """The example of one line.

        Raises:
            ExampleError: the line is not JSON or not an example; the text says what and where.
        """
        try:
            row = _DECODER.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ExampleError("not-an-example", problem=error) from error
        return cls(
            question=row.question,
            graph=_graph(row.graph),
            answer=_answer(row.answer),
            lang=row.lang or "",
            source=row.source or "",
            id=str(row.id) if row.id is not None else "",
            group=row.group or "",
            distractor_type=row.distractor_type,
            split=row.split or "",
        )


class _Row(msgspec.Struct):
    question: str
    graph: Any = None
    answer: Any = None
    lang: str | None = None
    source: str | None = None
    id: str | int | None = None
    group: str | None = None
    distractor_type: str | None = None
    split: str | None = None


_DECODER = msgspec.json.Decoder(_Row, float_hook=jsontext.decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def _graph(obj: Any) -> Graph | None:
    if obj is None:
        return None
    try:
        return Graph.from_obj(obj)
    except ValueError as error:
        raise ExampleError("not-a-graph", problem=error) from error


def _answer(value: Any) -> Number | None:
    if value is None:
        return None
    try:
        number = read_number(value)
    except TooLarge as error:
        raise ExampleError("answer-too-large") from error
    if number is None:
        raise ExampleError("answer-not-a-number", answer=repr(value))
    return number
