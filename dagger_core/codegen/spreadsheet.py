"""Execution -> a spreadsheet: a row for every node, whose value is a formula over other rows.

Rows stand in the order of the graph below one row of headings: A id, B label, C value, D note.
What people wrote is text and never a formula. Formulas are those that Excel and LibreOffice have
in common; they calculate in doubles, so roundings forgive the last digits.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from dagger_core.codegen.remarks import NAME_WIDTH, REMARKS, caption, remark
from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution
from dagger_core.graph import Node
from dagger_core.notation import Form, Notation, operands
from dagger_core.numerals import Number
from dagger_core.numerals.show import fraction_text
from dagger_core.ops import find_op
from dagger_core.render.text import shorten

NOTATION: Notation = {
    "add": Form("SUM({all})", ",", pair="{0}+{1}"),
    "sub": Form("{0}-{1}"),
    "mul": Form("PRODUCT({all})", ",", pair="{0}*{1}"),
    "div": Form("{0}/{1}"),
    "abs": Form("ABS({0}-{1})", single="ABS({0})"),
    "sum": Form("SUM({all})", ","),
    "mean": Form("AVERAGE({all})", ","),
    "min": Form("MIN({all})", ","),
    "max": Form("MAX({all})", ","),
    "round": Form("ROUND(ROUND({0},9),0)"),
    "floor": Form("INT(ROUND({0},9))"),
    "ceil": Form("-INT(-ROUND({0},9))"),
    "sqrt": Form("SQRT({0})"),
    # Excel has no value for 0 to the power 0.
    "pow": Form("IF({1}=0,1,POWER({0},{1}))"),
    "mod": Form("{0}-{1}*INT(ROUND({0}/{1},9))"),
    "gcd": Form("GCD({all})", ","),
    "lcm": Form("LCM({all})", ","),
    "ratio_split": Form("{0}*{1}/SUM({rest})", ","),
    "identity": Form("{0}"),
}

#: Excel takes at most so many arguments and so many digits of a number.
_MOST_OPERANDS, _MOST_DIGITS = 255, 15
_WHOLE_NUMBERS_ONLY = frozenset({"gcd", "lcm"})
_WIDTHS = (18, 44, 18, 34)
# OWASP, "CSV Injection": with one of these first, a cell may be taken for a formula.
_ACTIVE = tuple("=+-@\t\r＝＋－＠")
_EPOCH = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One node.

    Args:
        id, label, note: plain text.
        formula: begins with "=", or is the number of a const.
        value: what the formula comes to; None if the node failed.
    """

    id: str
    label: str
    formula: str
    note: str
    value: Number | None


def rows(execution: Execution, lang: Lang = "en") -> tuple[Row, ...]:
    """The rows below the headings; the first of them is row 2 of the sheet."""
    return tuple(
        Row(
            shorten(node.id, NAME_WIDTH),
            caption(node),
            _formula(execution, node),
            remark(execution, node, lang),
            execution.value(node.id),
        )
        for node in execution.graph
    )


def to_csv(execution: Execution, lang: Lang = "en") -> str:
    """The sheet as comma-separated text with formulas (RFC 4180, with a byte order mark).

    Excel calculates them on opening; LibreOffice asks first ("Evaluate formulas").
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_headings(lang))
    for row in rows(execution, lang):
        writer.writerow([_inert(row.id), _inert(row.label), row.formula, _inert(row.note)])
    return "\ufeff" + text.getvalue()


def to_xlsx(execution: Execution, lang: Lang = "en") -> bytes:
    """The sheet as an Office Open XML workbook, which Excel and LibreOffice open alike."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": _EPOCH})
    sheet = book.add_worksheet("Graph")
    sheet.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    idle = book.add_format({"text_wrap": True, "valign": "top", "italic": True})
    for column, (text, width) in enumerate(zip(_headings(lang), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, heading)
    live = execution.graph.live
    for number, row in enumerate(rows(execution, lang), 1):
        style = plain if execution.graph.ids[number - 1] in live else idle
        sheet.write_string(number, 0, row.id, style)
        sheet.write_string(number, 1, row.label, style)
        if row.formula.startswith("="):
            cached = "#N/A" if row.value is None else float(row.value)
            sheet.write_formula(number, 2, row.formula, style, cached)
        else:
            sheet.write_number(number, 2, float(row.formula), style)
        sheet.write_string(number, 3, row.note, style)
    book.close()
    return file.getvalue()


def _headings(lang: Lang) -> tuple[str, ...]:
    words = REMARKS[lang]
    return (words["id"], words["label"], words["value"], words["note"])


def _formula(execution: Execution, node: Node) -> str:
    value, op = execution.value(node.id), find_op(node.op)
    if value is None:
        return "=NA()"
    given = operands(execution, node)
    if op is None or len(given) > _MOST_OPERANDS:
        text = _number(value)
        return f"={text}" if "/" in text else text
    texts = [
        _bracketed(_number(operand.value))
        if operand.source is None
        else f"C{execution.graph.index[operand.source] + 2}"
        for operand in given
    ]
    if op.name in _WHOLE_NUMBERS_ONLY:
        texts = [f"ROUND(ABS({text}),0)" for text in texts]
    return "=" + NOTATION[op.name].text(texts)


def _number(value: Number) -> str:
    """A number as a formula has it, with as many digits as Excel keeps: 45.6, 1/3, 1E+20."""
    fraction = fraction_text(value)
    if fraction is not None and len(fraction) <= _MOST_DIGITS:
        return fraction
    return f"{float(value):.{_MOST_DIGITS}G}"


def _bracketed(number: str) -> str:
    return number if number.replace(".", "", 1).isdigit() else f"({number})"


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what could be one."""
    return f"'{text}" if text.startswith(_ACTIVE) else text
