"""Evaluation: a model answers sets of problems, and a report says how well.

`evaluate` is the same call for the command line, the Results page and tests; `figures` says what
each figure of a report is.
"""

from __future__ import annotations

from train.evaluate.answers import Asker, Progress, Stopped
from train.evaluate.cache import Cache
from train.evaluate.report import evaluate
from train.evaluate.sets import EvaluationSet, load_sets

__all__ = ["Asker", "Cache", "EvaluationSet", "Progress", "Stopped", "evaluate", "load_sets"]
