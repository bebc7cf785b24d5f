"""Templated word problems in Bangla and English, with graphs that are right by construction."""

from train.problems.bank import Problem, generate, stream
from train.problems.distractors import KINDS, Distractor, Kind, distract

__all__ = ["KINDS", "Distractor", "Kind", "Problem", "distract", "generate", "stream"]
