"""The table of operations: names, arity, exact values, edges."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagger_core.execute import execute
from dagger_core.graph import FINAL, Graph, Node
from dagger_core.numerals import Number
from dagger_core.ops import NAMES, OPS, find_op, is_const

ROOT2 = math.sqrt(2)


def value(op: str, *args: Number) -> Number | str:
    """What an operation makes of these numbers, or the code of its failure."""
    nodes = [Node(f"n{i}", "const", arg) for i, arg in enumerate(args)]
    ids = tuple(node.id for node in nodes)
    execution = execute(Graph([*nodes, Node(FINAL, op, None, ids)]))
    failure = execution.failure(FINAL)
    return failure.code if failure else execution.value(FINAL)  # type: ignore[return-value]


EXAMPLES: dict[str, list[tuple[tuple[Number, ...], Number | str]]] = {
    "add": [((2, 3), 5), ((Fraction(1, 10), Fraction(2, 10), Fraction(-3, 10)), 0)],
    "sub": [((2, 5), -3), ((Fraction(1, 3), 1), Fraction(-2, 3))],
    "mul": [((6, 7), 42), ((2, 3, 4, 5), 120), ((0, -5), 0)],
    "div": [((6, 3), 2), ((1, 3), Fraction(1, 3)), ((5, 0), "zero-divisor"),
            ((-7, 2), Fraction(-7, 2))],
    "abs": [((-5,), 5), ((3, 8), 5), ((8, 3), 5)],
    "sum": [((4,), 4), ((1, 2, 3), 6)],
    "mean": [((2, 4), 3), ((1, 2), Fraction(3, 2)), ((1, 1, 2), Fraction(4, 3)), ((7,), 7)],
    "min": [((3, 1, 2), 1), ((5,), 5)],
    "max": [((3, 1, 2), 3), ((Fraction(1, 2), 0), Fraction(1, 2))],
    "round": [((Fraction(5, 2),), 3), ((Fraction(-5, 2),), -3), ((Fraction(7, 2),), 4),
              ((Fraction(12, 5),), 2), ((0,), 0)],
    "floor": [((Fraction(-5, 2),), -3), ((Fraction(5, 2),), 2), ((4,), 4)],
    "ceil": [((Fraction(-5, 2),), -2), ((Fraction(1, 3),), 1)],
    "sqrt": [((49,), 7), ((Fraction(9, 4),), Fraction(3, 2)), ((0,), 0), ((-1,), "complex"),
             ((10**200,), 10**100)],
    "pow": [((2, 10), 1024), ((0, 0), 1), ((0, 5), 0), ((0, -1), "zero-divisor"), ((-2, 3), -8),
            ((2, -2), Fraction(1, 4)), ((27, Fraction(1, 3)), 3), ((-8, Fraction(1, 3)), "complex"),
            ((4, Fraction(3, 2)), 8), ((1, 10**50), 1), ((-1, 10**50 + 1), -1),
            ((10, 309), "overflow"), ((2, 10**9), "overflow"),
            ((Fraction(1, 2), 10**9), "overflow")],
    "mod": [((7, 3), 1), ((-7, 3), 2), ((7, -3), -2), ((Fraction(7, 2), 1), Fraction(1, 2)),
            ((7, 0), "zero-divisor")],
    "gcd": [((12, 18), 6), ((12, 18, 8), 2), ((0, 5), 5), ((Fraction(1, 2), 3), "not-integer")],
    "lcm": [((4, 6), 12), ((2, 3, 4), 12), ((Fraction(1, 2), 3), "not-integer")],
    "ratio_split": [((100, 2, 3), 40), ((100, 1, 1, 2), 25), ((9, 0, 0), "zero-divisor"),
                    ((8, 3), 8)],
    "identity": [((5,), 5), ((Fraction(1, 3),), Fraction(1, 3))],
}  # fmt: skip


def test_every_operation_has_examples() -> None:
    assert set(EXAMPLES) == set(OPS)


@pytest.mark.parametrize(
    ("op", "args", "result"), [(op, *row) for op, rows in EXAMPLES.items() for row in rows]
)
def test_examples(op: str, args: tuple[Number, ...], result: Number | str) -> None:
    got = value(op, *args)
    assert got == result
    assert type(got) is type(result)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_works_in_any_case(name: str) -> None:
    op = NAMES[name]
    assert find_op(name) is find_op(f" {name.upper()}\n") is find_op(name.title()) is op
    assert not is_const(name)
    args, result = EXAMPLES[op.name][0]
    assert value(name.title(), *args) == result


def test_names_are_no_ones_twice() -> None:
    assert len(NAMES) == sum(1 + len(op.aliases) for op in OPS.values())
    assert find_op("const") is find_op(None) is find_op(["add"]) is find_op("") is None
    assert all(is_const(name) for name in ("const", " Constant ", "NUMBER", "input"))


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_arity(op: object) -> None:
    for count in range(5):
        got = value(op.name, *range(2, 2 + count))  # type: ignore[attr-defined]
        assert (got == "arity") == (not op.takes(count))  # type: ignore[attr-defined]


def test_words_and_symbols_are_told_apart() -> None:
    for words in ([op.symbol for op in OPS.values()], [op.bn for op in OPS.values()]):
        assert len(set(words)) == len(words)


@given(st.fractions(max_denominator=1000), st.fractions(max_denominator=1000))
def test_order_of_arguments_matters_where_the_table_says_so(a: Fraction, b: Fraction) -> None:
    for op in OPS.values():
        if op.least == 2 and op.most > 2 and not op.ordered:
            assert value(op.name, a, b) == value(op.name, b, a)


@given(st.fractions(max_denominator=60), st.integers(1, 60))
def test_division_and_remainder_belong_together(a: Fraction, b: int) -> None:
    floor = value("floor", value("div", a, b))  # type: ignore[arg-type]
    assert value("mod", a, b) == a - b * floor  # type: ignore[operator]


def test_what_is_not_rational_stays_inexact_and_rounds_well() -> None:
    nodes = [
        Node("r", "sqrt", None, (2,)),
        Node("q", "mul", None, ("r", "r")),
        Node("f", "floor", None, ("q",)),
        Node("c", "ceil", None, ("q",)),
        Node("n", "round", None, ("q",)),
        Node("g", "gcd", None, ("q", 4)),
        Node("m", "mod", None, ("r", 1)),
        Node(FINAL, "add", None, ("r", 1)),
    ]
    execution = execute(Graph(nodes))
    assert execution.answer == pytest.approx(1 + ROOT2)
    assert isinstance(execution.answer, float)
    assert [execution.value(key) for key in "fcng"] == [2, 2, 2, 2]
    assert all(type(execution.value(key)) is int for key in "fcng")


def test_growth_of_interest_is_inexact_where_it_is_too_long() -> None:
    rate = value("pow", Fraction(10_041_667, 10_000_000), 3600)
    assert rate == pytest.approx(1.0041667**3600)
    assert value("pow", Fraction(21, 20), 10) == Fraction(21, 20) ** 10
