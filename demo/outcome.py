"""What came of a question, in words: the answer, whether it is right, its reward, what it took."""

from __future__ import annotations

from dagger_core.diagnostics import Lang
from dagger_core.numerals import TooLarge, localized, read_number, show
from dagger_core.numerals.show import fraction_text
from dagger_core.score import CORRECT_WEIGHT, EXECUTES_WEIGHT, FORMAT_WEIGHT
from demo.solution import Solution
from demo.texts import words
from demo.view import plain_line


def answer(solution: Solution, lang: Lang) -> str:
    """The answer, whether it is right, and the reward with its parts, as Markdown."""
    text, score, execution = words(lang), solution.score, solution.execution
    if score is None or execution is None:
        return f"## {text.answer}\n{text.no_answer}"
    if execution.answer is None:
        lines = [f"## {text.answer}: —", text.no_answer]
    else:
        lines = [f"## {text.answer}: {show(execution.answer, lang)}"]
        fraction = fraction_text(execution.answer)
        if fraction:
            lines.append(text.exactly.format(fraction=localized(fraction, lang)))
    if solution.gold:
        lines.append(_against_gold(solution, lang))
    lines.append(_reward(_parts(solution, lang), bool(solution.gold), lang))
    return "\n\n".join(lines)


def _parts(solution: Solution, lang: Lang) -> list[tuple[str, float]]:
    """What the answer earns in training, part by part.

    Without a right answer, correctness is not one of the parts, and how well a trace knows
    whether it is right cannot be told.
    """
    text, score, trace = words(lang), solution.score, solution.trace_score
    checked = bool(solution.gold)
    if trace is not None:
        worth = trace.weights
        parts = [(text.reward_structure, worth.structure * trace.structure, True)]
        parts.append((text.reward_correct, worth.correctness * trace.correctness, checked))
        parts.append((text.reward_confidence, worth.confidence * trace.confidence, checked))
    elif score is not None:
        parts = [(text.reward_format, FORMAT_WEIGHT * score.format, True)]
        parts.append((text.reward_executes, EXECUTES_WEIGHT * score.executes, True))
        parts.append((text.reward_correct, CORRECT_WEIGHT * score.correct, checked))
    else:
        parts = []
    return [(name, round(worth, 4)) for name, worth, known in parts if known]


def _reward(parts: list[tuple[str, float]], checked: bool, lang: Lang) -> str:
    """The reward as a sum."""
    text = words(lang)
    summed = " + ".join(f"{name} {localized(f'{worth:g}', lang)}" for name, worth in parts)
    total = localized(f"{sum(worth for _, worth in parts):g}", lang)
    line = f"{text.reward} **{total}** = {summed}"
    return line if checked else f"{line} {text.reward_unchecked}"


def _against_gold(solution: Solution, lang: Lang) -> str:
    text, score = words(lang), solution.score
    try:
        gold = read_number(solution.gold)
    except TooLarge:
        gold = None
    if gold is None:
        return str(text.unreadable_gold.format(gold=plain_line(solution.gold)))
    trace = solution.trace_score
    if trace.correctness if trace is not None else score is not None and score.correct:
        return str(text.right)
    final = solution.graph.final if solution.graph and trace is None else None
    if final is not None and final.is_const and score is not None and score.value == gold:
        return str(text.reward_asserted)
    return str(text.wrong.format(gold=show(gold, lang)))


def answer_line(solution: Solution, lang: Lang) -> str:
    """The answer in a few words, for a title."""
    text, execution = words(lang), solution.execution
    if execution is None or execution.answer is None:
        return str(text.no_answer)
    return f"{text.answer}: {show(execution.answer, lang)}"


def effort(solution: Solution, lang: Lang) -> str:
    """Which model answered, how long it took, how it ended, and whether its graph was edited."""
    text, attempt = words(lang), solution.attempt
    if attempt is None:
        return ""
    parts = [
        text.effort.format(
            model=plain_line(attempt.model.removeprefix("models/")),
            tokens=localized(str(attempt.tokens), lang),
            seconds=localized(f"{attempt.seconds:.2f}", lang),
        )
    ]
    if attempt.finish_reason in ("length", "cancelled"):
        parts.append(getattr(text, attempt.finish_reason))
    if attempt.graph is not None and solution.graph != attempt.graph:
        parts.append(text.edited)
    return " · ".join(parts)
