"""What is written instead of an answer that can hardly be one: execution-guided decoding.

After Wang et al. 2018 (arXiv 1807.03100), where a query that fails when it is run leaves the beam.
A graph is run, too; where its value can hardly be the answer, the next likely one takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dagger_core.execute import execute
from dagger_core.formats import FORMATS
from dagger_core.plausible import doubt

#: The natural logarithm of a hundred: a candidate that is so much less likely is not considered.
_FAR = 4.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several answers to a question.

    Args:
        text: what the model would write.
        tokens: how many tokens that is, the end included.
        log_probability: how likely it is, in natural logarithms.
        ended: whether the model ended it, and was not cut off.
    """

    text: str
    tokens: int
    log_probability: float = 0.0
    ended: bool = True


def plausible(text: str, question: str, form: str) -> bool:
    """Whether a text in this format is a graph whose value can be the answer to the question."""
    graph = FORMATS[form].read(text, question).graph
    execution = None if graph is None else execute(graph)
    if execution is None or execution.answer is None:
        return False
    return doubt(execution, question) is None


def weigh(candidates: Sequence[Candidate], question: str, form: str) -> Candidate | None:
    """The likeliest candidate that is plausible and not far less likely than the first, if any.

    Args:
        candidates: at least one, the likeliest first.
        form: the name of the format they are written in.
    """
    most = candidates[0].log_probability
    likely = (one for one in candidates if most - one.log_probability < _FAR)
    return next((one for one in likely if plausible(one.text, question, form)), None)
