"""Execution -> LaTeX: a line for every node in an `align*` environment (package amsmath).

Bangla needs XeLaTeX or LuaLaTeX with a Bengali font; KaTeX and MathJax show it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dagger_core.codegen.remarks import caption, no_answer, remark
from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.explain import reading_order
from dagger_core.graph import Node
from dagger_core.notation import Form, Notation, operands
from dagger_core.numerals import Number, show
from dagger_core.ops import find_op

NOTATION: Notation = {
    "add": Form("{all}", " + "),
    "sub": Form("{0} - {1}"),
    "mul": Form("{all}", r" \times "),
    "div": Form(r"\frac{{{0}}}{{{1}}}"),
    "abs": Form(r"\left|{0} - {1}\right|", single=r"\left|{0}\right|"),
    "sum": Form("{all}", " + "),
    "mean": Form(r"\frac{{{all}}}{{{count}}}", " + ", single="{0}"),
    "min": Form(r"\min\left({all}\right)", r",\, "),
    "max": Form(r"\max\left({all}\right)", r",\, "),
    "round": Form(r"\operatorname{{round}}\left({0}\right)"),
    "floor": Form(r"\left\lfloor {0} \right\rfloor"),
    "ceil": Form(r"\left\lceil {0} \right\rceil"),
    "sqrt": Form(r"\sqrt{{{0}}}"),
    "pow": Form("{{{0}}}^{{{1}}}"),
    "mod": Form(r"{0} \bmod {1}"),
    "gcd": Form(r"\gcd\left({all}\right)", r",\, "),
    "lcm": Form(r"\operatorname{{lcm}}\left({all}\right)", r",\, "),
    "ratio_split": Form(r"\frac{{{0} \times {1}}}{{{rest}}}", " + "),
    "identity": Form("{0}"),
}

_ESCAPES: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: "\\" + char for char in "{}$&#_%"},
}
_DIGITS = re.compile(r"[\d.,]+")
_EXPONENT = re.compile(r"\^(\S+)")
_MARKS: Mapping[str, str] = {"−": "-", "×": r"\times", "…": r"\ldots"}
_INEXACT = "≈"


def to_latex(execution: Execution, lang: Lang = "en") -> str:
    r"""The computation as \begin{align*} … \end{align*}, what the answer depends on first."""
    graph = execution.graph
    rows = []
    for node_id in reading_order(execution):
        node = graph.nodes[graph.index[node_id]]
        note = remark(execution, node, lang)
        aside = rf" && {_text(note)}" if note else ""
        rows.append(f"  {_text(caption(node))} &{_equation(execution, node, lang)}{aside}")
    if not rows:
        return f"% {no_answer(execution, lang)}\n"
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}\n"


def _equation(execution: Execution, node: Node, lang: Lang) -> str:
    """What stands right of the name: " = 12 + 50 = 62"; nothing for a node without a value."""
    value = execution.value(node.id)
    if value is None:
        return ""
    shown = _number(value, lang)
    relation = r"\approx" if isinstance(value, float) else "="
    op = find_op(node.op)
    if op is None:
        return f"{relation} {shown}"
    given = operands(execution, node)
    texts = [_operand(o.value, lang, len(given) > 1) for o in given]
    expression = NOTATION[op.name].text(texts, _number(len(given), lang))
    return f"{relation} {shown}" if expression == shown else f"= {expression} {relation} {shown}"


def _operand(value: Number, lang: Lang, among_others: bool) -> str:
    text = _number(value, lang)
    misread = among_others and (value < 0 or "times" in text)
    return rf"\left({text}\right)" if misread else text


def _number(value: Number, lang: Lang) -> str:
    """A number as people of a language write it, in math mode."""
    text = show(value, lang).removeprefix(_INEXACT)
    text = _DIGITS.sub(lambda run: _digits(run[0], lang), _EXPONENT.sub(r"^{\1}", text))
    for mark, command in _MARKS.items():
        text = text.replace(mark, command)
    return text


def _digits(run: str, lang: Lang) -> str:
    # Bangla digits are text to TeX, and a bare comma in math is followed by a space.
    return rf"\text{{{run}}}" if lang == "bn" else run.replace(",", "{,}")


def _text(text: str) -> str:
    return r"\text{" + "".join(_ESCAPES.get(char, char) for char in text) + "}"
