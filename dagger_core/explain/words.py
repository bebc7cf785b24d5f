"""The words of explanations: operations and sentences, in English and Bangla."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dagger_core.diagnostics import Lang
from dagger_core.notation import Form, Notation
from dagger_core.ops import OPS

_INFIX = {name: Form("{all}", f" {OPS[name].symbol} ") for name in ("add", "sub", "mul", "div")}
_PLUS, _TIMES, _OVER = (OPS[name].symbol for name in ("add", "mul", "div"))

_SYMBOLS: Notation = {
    **_INFIX,
    "sum": Form("{all}", f" {_PLUS} "),
    "abs": Form("|{0} " + OPS["sub"].symbol + " {1}|", single="|{0}|"),
    "mean": Form(f"({{all}}) {_OVER} {{count}}", f" {_PLUS} ", single="{0}"),
    "sqrt": Form(OPS["sqrt"].symbol + "{0}"),
    "ratio_split": Form(f"{{0}} {_TIMES} {{1}} {_OVER} ({{rest}})", f" {_PLUS} "),
    "identity": Form("{0}"),
}


def _english(template: str, name: str) -> Form:
    return Form(template.replace("{op}", OPS[name].en), ", ", " and ")


def _bangla(template: str, name: str) -> Form:
    return Form(template.replace("{op}", OPS[name].bn), ", ", " ও ")


#: How each operation is said, with {op} for its name in `OPS`.
NOTATIONS: Mapping[Lang, Notation] = {
    "en": {
        **_SYMBOLS,
        "min": _english("the {op} of {all}", "min"),
        "max": _english("the {op} of {all}", "max"),
        "round": _english("{0} rounded to a whole number", "round"),
        "floor": _english("{0} rounded down", "floor"),
        "ceil": _english("{0} rounded up", "ceil"),
        "pow": _english("{0} to the {op} {1}", "pow"),
        "mod": _english(f"the {{op}} of {{0}} {_OVER} {{1}}", "mod"),
        "gcd": _english("the {op} of {all}", "gcd"),
        "lcm": _english("the {op} of {all}", "lcm"),
    },
    "bn": {
        **_SYMBOLS,
        "min": _bangla("{all}-এর মধ্যে {op}", "min"),
        "max": _bangla("{all}-এর মধ্যে {op}", "max"),
        "round": _bangla("{0}-এর {op}", "round"),
        "floor": _bangla("{0}-এর {op}", "floor"),
        "ceil": _bangla("{0}-এর {op}", "ceil"),
        "pow": _bangla("{0}-এর {op} {1}", "pow"),
        "mod": _bangla(f"{{0}} {_OVER} {{1}}-এর {{op}}", "mod"),
        "gcd": _bangla("{all}-এর {op}", "gcd"),
        "lcm": _bangla("{all}-এর {op}", "lcm"),
    },
}

Saying = Literal[
    "value",
    "step",
    "nameless",
    "flagged",
    "unused",
    "unused-no-answer",
    "aside",
    "aside-no-answer",
    "detour",
    "answer-name",
]

#: What a sentence says. {is} is "=", or "≈" before an inexact value.
SAYINGS: Mapping[Lang, Mapping[Saying, str]] = {
    "en": {
        "value": "{name} {is} {value}",
        "step": "{name} = {expression} {is} {value}",
        "nameless": "{expression} {is} {value}",
        "flagged": " (marked as a distractor, but the answer depends on it)",
        "unused": "Change “{name}” ({value}) and the answer is still {answer}: no step uses it.",
        "unused-no-answer": "No step uses “{name}” ({value}).",
        "aside": "Change “{name}” ({value}) and the answer is still {answer}: it is used only for"
        " {users}, which the answer does not need.",
        "aside-no-answer": "“{name}” ({value}) is used only for {users}, which the answer does not"
        " need.",
        "detour": ", but the answer does not need it.",
        "answer-name": "Answer",
    },
    "bn": {
        "value": "{name} {is} {value}",
        "step": "{name} = {expression} {is} {value}",
        "nameless": "{expression} {is} {value}",
        "flagged": " (অপ্রয়োজনীয় বলে চিহ্নিত, কিন্তু উত্তর এর ওপর নির্ভর করে)",
        "unused": "“{name}” ({value}) বদলালেও উত্তর {answer}-ই থাকবে: কোনো ধাপে এর ব্যবহার নেই।",
        "unused-no-answer": "কোনো ধাপে “{name}” ({value}) ব্যবহার হয়নি।",
        "aside": "“{name}” ({value}) বদলালেও উত্তর {answer}-ই থাকবে: এটি লাগে শুধু {users} বের করতে,"
        " আর উত্তরের জন্য তার দরকার নেই।",
        "aside-no-answer": "“{name}” ({value}) লাগে শুধু {users} বের করতে, আর উত্তরের জন্য তার দরকার নেই।",
        "detour": ", তবে উত্তরের জন্য এর দরকার নেই।",
        "answer-name": "উত্তর",
    },
}
