"""Arithmetic expressions of the tables, read from infix text and evaluated exactly.

An expression is a name of a number (`a`), a number that stands in no text (`7` days), or an
operation applied to expressions. `a + b + c` is one `sum`; every other infix operator and
every call is the operation of that name in `dagger_core.ops`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from dagger_core.numerals.read import Number
from dagger_core.ops import OPS


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation of `OPS` applied to expressions."""

    op: str
    args: tuple[Expression, ...]


Expression = str | int | Apply

_INFIX: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Mod: "mod",
    ast.Pow: "pow",
}


@cache
def parse(text: str) -> Expression:
    """The expression that the infix text stands for.

    Raises:
        ValueError: the text has another form, or names an operation that does not exist.
    """
    return flatten(_convert(ast.parse(text.strip(), mode="eval").body, text))


def _convert(node: ast.expr, text: str) -> Expression:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _INFIX:
        return Apply(_INFIX[type(node.op)], (_convert(node.left, text), _convert(node.right, text)))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OPS:
        return Apply(node.func.id, tuple(_convert(arg, text) for arg in node.args))
    raise ValueError(f"not an expression of this table: {text!r}")


def flatten(tree: Expression) -> Expression:
    """The same value with additions of additions as one `sum`, as people add a list."""
    if not isinstance(tree, Apply):
        return tree
    args = tuple(flatten(arg) for arg in tree.args)
    if tree.op not in ("add", "sum"):
        return Apply(tree.op, args)
    terms: list[Expression] = []
    for arg in args:
        inner = arg.args if isinstance(arg, Apply) and arg.op in ("add", "sum") else (arg,)
        terms.extend(inner)
    return Apply("add" if len(terms) == 2 else "sum", tuple(terms))


def substitute(
    tree: Expression, names: Mapping[str, Expression | tuple[Expression, ...]]
) -> Expression:
    """The expression with names replaced; a name bound to a tuple becomes several arguments."""
    if isinstance(tree, str):
        value = names.get(tree, tree)
        if isinstance(value, tuple):
            raise ValueError(f"{tree} stands for several values and needs an operation around it")
        return value
    if isinstance(tree, int):
        return tree
    args: list[Expression] = []
    for arg in tree.args:
        several = names.get(arg) if isinstance(arg, str) else None
        args.extend(several if isinstance(several, tuple) else (substitute(arg, names),))
    return Apply(tree.op, tuple(args))


def evaluate(tree: Expression, values: Mapping[str, Number]) -> Number:
    """The exact value, a whole number as an int.

    Raises:
        KeyError: a name has no value.
        OpFailure, ZeroDivisionError: an operation has none.
    """
    if isinstance(tree, str):
        return values[tree]
    if isinstance(tree, int):
        return tree
    result = OPS[tree.op].fn([evaluate(arg, values) for arg in tree.args])
    return int(result) if not isinstance(result, float) and result.denominator == 1 else result


def names(tree: Expression) -> frozenset[str]:
    """The names that stand in the expression."""
    found: set[str] = set()
    walk(tree, lambda part: found.add(part) if isinstance(part, str) else None)
    return frozenset(found)


def steps(tree: Expression) -> int:
    """How many operation nodes its graph has; equal parts are one node."""
    found: set[Apply] = set()
    walk(tree, lambda part: found.add(part) if isinstance(part, Apply) else None)
    return len(found)


def operations(tree: Expression) -> frozenset[str]:
    """The names of the operations in the expression."""
    found: set[str] = set()
    walk(tree, lambda part: found.add(part.op) if isinstance(part, Apply) else None)
    return frozenset(found)


def walk(tree: Expression, visit: Callable[[Expression], object]) -> None:
    """Visit every part, arguments before the operation that takes them."""
    if isinstance(tree, Apply):
        for arg in tree.args:
            walk(arg, visit)
    visit(tree)
