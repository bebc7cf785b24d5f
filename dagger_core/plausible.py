"""Whether values can belong to a question, as a reader with common sense judges them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from dagger_core.asked import asked
from dagger_core.diagnostics import Diagnostic
from dagger_core.execute import Execution
from dagger_core.numerals import Number, mentions

#: What has parts: money, measures, rates. "How many hours" may have a half, "how many eggs" not.
_MEASURES = re.compile(
    r"""
    how\ (much|far|long|tall|high|heavy|old|fast|deep|wide)\b | \b(average|mean|percent|ratio)\b | %
    | how\ many\ (more\ |fewer\ |extra\ |full\ )?
      (hour|minute|second|day|week|month|year|mile|kilo|met(er|re)|centi|km|kg|gram|pound|ounce
      |lit(er|re)|gallon|cup|feet|foot|inch|yard|dollar|taka|rupee|acre|square|cubic|degree)
    | গড় | শতকরা | শতাংশ | অনুপাত | অংশ | (দাম|মূল্য|খরচ|ওজন|বেতন|মজুরি|লাভ|ক্ষতি|দৈর্ঘ্য|দূরত্ব)\s+কত
    | (কত|কতো|কয়)\s*(দাম|খরচ|মূল্য|টাকা|ডলার|রুপি|কেজি|কিলো|গ্রাম|লিটার|মিটার|সেন্টি|কিমি|মাইল|ফুট
      |গজ|ইঞ্চি|ঘণ্টা|ঘন্টা|মিনিট|সেকেন্ড|দিন|মাস|বছর|একর|বিঘা|কাঠা|বর্গ|ঘন|ভাগ|দূর|বেগ|গতি|ডিগ্রি)
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: What can be below zero.
_BELOW_ZERO = re.compile(
    r"degree|temperature|°|\bzero\b|negative|minus|\bdebt|\bowe|sea level"
    r"|ডিগ্রি|তাপমাত্রা|শূন্য|ঋণ|দেনা|সমুদ্রপৃষ্ঠ",
    re.IGNORECASE,
)
#: Money and measures are given to this part.
_PARTS = 100


def doubt(execution: Execution, question: str) -> Diagnostic | None:
    """The first reason to think that the graph means something else than the question, if any.

    `below-zero`: a step on the way to the answer, or the answer, is below zero, and the question
    speaks of nothing that can be. `answer-in-parts`: all numbers of the question are whole, and it
    asks for a count; or for a measure, and this one does not end after two decimals.
    """
    text, answer = unicodedata.normalize("NFC", question), execution.answer
    steps = dict(_on_the_way(execution))
    below = next((node_id for node_id, value in steps.items() if value < 0), None)
    if below is not None and not _BELOW_ZERO.search(text):
        return Diagnostic("below-zero", below, {"value": steps[below]})
    if answer is None or _whole(answer) or any(m.value.denominator != 1 for m in mentions(text)):
        return None
    if _MEASURES.search(asked(text)) and _whole(answer * _PARTS):
        return None
    *_, final = execution.path
    return Diagnostic("answer-in-parts", final, {"value": answer})


def _on_the_way(execution: Execution) -> Iterator[tuple[str, Number]]:
    """The operations that the answer depends on, in their order, and their values."""
    graph = execution.graph
    for node_id in execution.path:
        value = execution.value(node_id)
        if value is not None and not graph.nodes[graph.index[node_id]].is_const:
            yield node_id, value


def _whole(value: Number) -> bool:
    return value.is_integer() if isinstance(value, float) else Fraction(value).denominator == 1
