"""Execution -> numbered sentences: why the answer is what it is, and why a number is not needed."""

from dagger_core.explain.sentences import Kind, Part, Sentence, explain
from dagger_core.explain.steps import Steps, reading_order, steps

__all__ = ["Kind", "Part", "Sentence", "Steps", "explain", "reading_order", "steps"]
