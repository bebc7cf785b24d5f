"""Execution -> a Python program that computes the answer exactly and prints it.

What a model or a person wrote stands in comments only, each in one line; names that are not fit
to be names are replaced.
"""

from __future__ import annotations

import builtins
import inspect
import keyword
from collections.abc import Callable, Mapping
from typing import Any

from dagger_core.codegen import runtime
from dagger_core.codegen.naming import identifiers
from dagger_core.codegen.remarks import NAME_WIDTH, no_answer, remark
from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.graph import Node
from dagger_core.notation import Form, Notation, operands
from dagger_core.numerals import Number
from dagger_core.numerals.show import fraction_text, plain
from dagger_core.ops import find_op
from dagger_core.render.text import shorten

NOTATION: Notation = {
    "add": Form("sum([{all}])", pair="{0} + {1}"),
    "sub": Form("{0} - {1}"),
    "mul": Form("math.prod([{all}])", pair="{0} * {1}"),
    "div": Form("{0} / {1}"),
    "abs": Form("abs({0} - {1})", single="abs({0})"),
    "sum": Form("sum([{all}])"),
    "mean": Form("sum([{all}]) / {count}"),
    "min": Form("min([{all}])"),
    "max": Form("max([{all}])"),
    "round": Form("round_half_up({0})"),
    "floor": Form("round_down({0})"),
    "ceil": Form("round_up({0})"),
    "sqrt": Form("power({0}, Fraction(1, 2))"),
    "pow": Form("power({0}, {1})"),
    "mod": Form("{0} % {1}"),
    "gcd": Form("common_divisor({all})"),
    "lcm": Form("common_multiple({all})"),
    "ratio_split": Form("{0} * {1} / sum([{rest}])"),
    "identity": Form("{0}"),
}

# Each before those that it calls.
_HELPERS: tuple[Callable[..., Any], ...] = (
    runtime.round_half_up,
    runtime.round_down,
    runtime.round_up,
    runtime.nearest,
    runtime.power,
    runtime.whole_root,
    runtime.common_divisor,
    runtime.common_multiple,
)
_TAKEN = frozenset(
    [*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "math", "fractions"]
    + [helper.__name__ for helper in _HELPERS]
)
_HEADER: Mapping[Lang, str] = {
    "en": "Numbers are exact. Change one and run the program again.",
    "bn": "সংখ্যাগুলো হুবহু রাখা আছে। একটি বদলে প্রোগ্রামটি আবার চালিয়ে দেখুন।",
}


def to_python(execution: Execution, lang: Lang = "en") -> str:
    """A program for Python 3.10 or later with a line for every node, which prints the answer.

    A node that failed becomes a comment; without an answer, the program ends by saying why.
    """
    graph = execution.graph
    names = identifiers(graph, _TAKEN)
    lines, code = [], []
    for node_id in dict.fromkeys([graph.nodes[p].id for p in graph.order] + list(graph.ids)):
        node = graph.nodes[graph.index[node_id]]
        notes = filter(None, [shorten(node.label, NAME_WIDTH), remark(execution, node, lang)])
        comment = "; ".join(notes)
        line = [f"# {comment}"] if comment else []
        if execution.value(node_id) is not None:
            code.append(f"{names[node_id]} = {_expression(execution, node, names)}")
            line.insert(0, code[-1])
        lines.append("  ".join(line))
    final = graph.final
    if final is None or execution.answer is None:
        end = f"raise SystemExit({no_answer(execution, lang)!r})"
    else:
        end = f"print({names[final.id]})"
    # Two lines of ours come first, so that no label is read as the encoding of the file (PEP 263).
    head = f'"""{_HEADER[lang]}"""\n\nimport math\nfrom fractions import Fraction\n'
    return "\n".join([head, *_helpers("\n".join(code)), *lines, "", end, ""])


def _expression(execution: Execution, node: Node, names: Mapping[str, str]) -> str:
    op = find_op(node.op)
    value = execution.value(node.id)
    if op is None and value is not None:
        return _literal(value)
    given = operands(execution, node)
    texts = [_literal(o.value) if o.source is None else names[o.source] for o in given]
    return NOTATION[op.name].text(texts) if op is not None else ""


def _literal(value: Number) -> str:
    """A value as an expression for exactly that value."""
    if isinstance(value, float):
        return repr(value)
    if fraction_text(value) is not None:
        return f"Fraction({value.numerator}, {value.denominator})"
    return f"Fraction({value})" if isinstance(value, int) else f'Fraction("{plain(value)}")'


def _helpers(code: str) -> list[str]:
    """The sources of the functions that the code calls, and of those that they call."""
    sources: list[str] = []
    for helper in _HELPERS:
        if any(f"{helper.__name__}(" in text for text in [code, *sources]):
            sources.append(f"{inspect.getsource(helper)}\n")
    return ["\n" + "\n".join(sources)] if sources else []
