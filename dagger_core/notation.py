"""How operations are written out: one template for each, in words, in code or in formulas.

A notation is a table from the names in `OPS` to Forms. Explanations and exports differ in their
tables only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import TypeVar

from dagger_core.execute import Execution
from dagger_core.graph import Node
from dagger_core.numerals import Number, plain_number, read_number

T = TypeVar("T")
_FORMATTER = Formatter()


@dataclass(frozen=True, slots=True)
class Form:
    """How one operation is written.

    Args:
        template: its fields are {0}, {1}: operands by position; {all}: every operand; {rest}:
            every operand but the first; {count}: how many there are.
        join: what stands between the operands of {all} and {rest}.
        last: what stands before the last of them, where that differs.
        single: the template for one operand, where that differs.
        pair: the template for two operands, where that differs.
    """

    template: str
    join: str = ", "
    last: str | None = None
    single: str | None = None
    pair: str | None = None

    def write(self, operands: Sequence[T], count: str = "") -> list[str | T]:
        """Text and operands in the order in which they are read; `count` in digits of its own."""
        special = {1: self.single, 2: self.pair}.get(len(operands))
        fields: dict[str, Sequence[str | T]] = {str(i): [o] for i, o in enumerate(operands)}
        fields["all"] = self._joined(operands)
        fields["rest"] = self._joined(operands[1:])
        fields["count"] = [count or str(len(operands))]
        return list(fill(special or self.template, fields))

    def text(self, operands: Sequence[str], count: str = "") -> str:
        """The operation as text, of operands that are text."""
        return "".join(self.write(operands, count))

    def _joined(self, operands: Sequence[T]) -> Sequence[str | T]:
        joined: list[str | T] = []
        for position, operand in enumerate(operands):
            if position:
                is_last = position == len(operands) - 1
                joined.append(self.join if self.last is None or not is_last else self.last)
            joined.append(operand)
        return joined


Notation = Mapping[str, Form]


def fill(template: str, fields: Mapping[str, Sequence[str | T]]) -> Iterator[str | T]:
    """The pieces of a template in order; a field may stand for any number of pieces."""
    for literal, field, _, _ in _FORMATTER.parse(template):
        if literal:
            yield literal
        if field is not None:
            yield from fields[field]


@dataclass(frozen=True, slots=True)
class Operand:
    """One argument of a node that has a value.

    Args:
        source: id of the node it comes from; None for a bare number.
    """

    value: Number
    source: str | None = None


def operands(execution: Execution, node: Node) -> tuple[Operand, ...]:
    """The operands of a node that has a value, as the executor read them; a const has none."""
    found = []
    for arg in () if node.is_const else node.args:
        source = execution.graph.reference(arg)
        if source is not None:
            value = execution.value(source)
        else:
            value = plain_number(arg) if isinstance(arg, str) else read_number(arg)
        if value is not None:
            found.append(Operand(value, source))
    return tuple(found)
