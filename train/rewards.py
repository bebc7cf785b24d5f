"""Rewards in TRL's shape: lists in, lists out, over the pure functions of `dagger_core`.

What a completion is paid, by the recipe's format:

- dagger_json, dagger_chat: `dagger_core.score.score` of the text, strictly read.
- compact: what the graph that the text means would earn in the published format
  (`score_written`); a text that is not understood earns nothing.
- trace: the composite of `dagger_core.formats.trace`, with the recipe's weights.

Beside it a recipe may switch on (all are off as published), each with a curve of its own:

- distractors: F1 of the numbers marked as distractors, against a gold graph; where the problem
  has none, or no gold graph is known, see `distractor_f1`.
- grounding: `grounding`, the share of the answer's numbers that stand in the question.
- shaping: `shaping`, half for what can be read at all, all for the strict format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dagger_core.diff import distractor_flags
from dagger_core.formats import FORMATS, Format
from dagger_core.formats.trace import Weights, score_trace
from dagger_core.graph import Graph
from dagger_core.ground import ground
from dagger_core.parse import document, strict
from dagger_core.score import Score, score, score_written
from train.recipe import Recipe

Completions = Sequence[str | Sequence[Mapping[str, str]]]
Values = list[float | None]
Pay = Callable[[Sequence[str], Mapping[str, Any]], Values]


class Scored(Protocol):
    """What a completion earns."""

    @property
    def total(self) -> float:
        """The reward."""

    @property
    def parts(self) -> Mapping[str, float]:
        """Its parts by name, without weights."""


Judge = Callable[[str, str, Any], Scored]


def judge_of(recipe: Recipe) -> Judge:
    """What pays a text, given the question and the gold answer."""
    if recipe.format == "trace":
        weights = Weights(
            recipe.correctness_weight, recipe.structure_weight, recipe.confidence_weight
        )
        return lambda text, question, gold: score_trace(text, gold, weights)
    if recipe.format == "compact":
        return lambda text, question, gold: score_compact(text, question, gold)
    return lambda text, question, gold: score(text, gold)


def score_compact(text: str, question: str, gold: Any) -> Score:
    """The score of a compact text: of its graph, or nothing if it is not understood."""
    graph = FORMATS["compact"].read(text, question).graph
    return Score(False, False, False) if graph is None else score_written(graph, gold)


def distractor_f1(graph: Graph | None, gold: Graph | None) -> float | None:
    """F1 of the numbers marked as distractors; None without a gold graph.

    Numbers are told apart by value, equal ones by their order. Where neither graph marks any it
    is 1, without a graph 0.
    """
    if gold is None:
        return None
    if graph is None:
        return 0.0
    marked = {number for number, flag in distractor_flags(graph).items() if flag}
    wanted = {number for number, flag in distractor_flags(gold).items() if flag}
    if not marked and not wanted:
        return 1.0
    return 2 * len(marked & wanted) / (len(marked) + len(wanted))


def grounding(graph: Graph | None, question: str) -> float:
    """The share of the numbers the answer is made of that stand in the question.

    Constants that a problem uses without saying them (7 days, 100 percent) count as standing
    there. An answer that is itself a const and stands nowhere in the question earns nothing, nor
    does a graph without numbers or no graph.
    """
    final = None if graph is None else graph.final
    if graph is None or final is None:
        return 0.0
    found = ground(graph, question)
    numbers = {key for key in graph.live if graph[key].is_const}
    unknown = numbers.intersection(found.unknown)
    if not numbers or (final.is_const and final.id not in found.places):
        return 0.0
    return 1 - len(unknown) / len(numbers)


def shaping(text: str, question: str, form: Format) -> float:
    """½ for a text that can be read, 1 for one in the strict format."""
    parsed = form.read(text, question)
    if form.name.startswith("dagger_") and strict(text).graph is not None:
        return 1.0
    if parsed.graph is None:
        return 0.5 if form.partial(text, question) else 0.0
    return 0.5 if form.name.startswith("dagger_") else 1.0


@dataclass
class Batch:
    """The completions that were paid last.

    Args:
        paid: what each earned, by the name of the reward.
    """

    questions: Sequence[str] = ()
    golds: Sequence[Any] = ()
    texts: Sequence[str] = ()
    scores: Sequence[Scored] = ()
    paid: dict[str, Values] = field(default_factory=dict)


class Reward:
    """One reward function as TRL calls it.

    Args:
        name: its curve is `rewards/<name>/mean`.
        pay: from the texts and the dataset's columns, what each text earns.
    """

    def __init__(self, name: str, pay: Pay) -> None:
        self.__name__, self._pay = name, pay

    def __call__(self, prompts: Any, completions: Completions, **columns: Any) -> Values:
        """What each completion earns; `columns` are `question`, `solution` and maybe `graph`."""
        return self._pay([text_of(one) for one in completions], columns)


def text_of(completion: str | Sequence[Mapping[str, str]]) -> str:
    """A completion as text; of a conversation what was said last."""
    return completion if isinstance(completion, str) else completion[-1]["content"]


class Rewards:
    """The reward functions of a recipe for a GRPOTrainer, and their weights.

    Attributes:
        functions, weights: as the trainer takes them.
        latest: what was paid last.
    """

    def __init__(self, recipe: Recipe) -> None:
        self._judge, self._form = judge_of(recipe), FORMATS[recipe.format]
        self.latest = Batch()
        chosen = {
            "distractors": (recipe.distractor_reward, self._distractors),
            "grounding": (recipe.grounding_reward, self._grounding),
            "shaping": (recipe.shaping_reward, self._shaping),
        }
        extra = {name: pair for name, pair in chosen.items() if pair[0]}
        self.functions: list[Reward] = [Reward("score", self._score)]
        self.functions += [
            Reward(name, self._kept(name, function)) for name, (_, function) in extra.items()
        ]
        self.weights = [1.0, *(weight for weight, _ in extra.values())]

    def total(self, index: int) -> float:
        """What one completion of the latest batch earned in all."""
        latest = self.latest
        extra = (latest.paid[function.__name__][index] or 0.0 for function in self.functions[1:])
        weighted = (w * value for w, value in zip(self.weights[1:], extra, strict=True))
        return latest.scores[index].total + sum(weighted)

    def parts(self, index: int) -> dict[str, float | None]:
        """The same by parts, without weights."""
        extra = {name: values[index] for name, values in self.latest.paid.items()}
        return {**self.latest.scores[index].parts, **extra}

    def _kept(self, name: str, pay: Pay) -> Pay:
        def paid(texts: Sequence[str], columns: Mapping[str, Any]) -> Values:
            values = self.latest.paid[name] = pay(texts, columns)
            return values

        return paid

    def _score(self, texts: Sequence[str], columns: Mapping[str, Any]) -> Values:
        questions, golds = columns["question"], columns["solution"]
        scores = [self._judge(*each) for each in zip(texts, questions, golds, strict=True)]
        self.latest = Batch(questions, golds, texts, scores)
        log: Callable[[str, float], None] | None = columns.get("log_metric")
        if log is not None and scores:
            for name in scores[0].parts:
                log(f"parts/{name}", sum(one.parts[name] for one in scores) / len(scores))
        return [one.total for one in scores]

    def _distractors(self, texts: Sequence[str], columns: Mapping[str, Any]) -> Values:
        golds = [None if not text else document(text).graph for text in columns["graph"]]
        read = self._read(texts, columns)
        return [distractor_f1(*pair) for pair in zip(read, golds, strict=True)]

    def _grounding(self, texts: Sequence[str], columns: Mapping[str, Any]) -> Values:
        pairs = zip(self._read(texts, columns), columns["question"], strict=True)
        return [grounding(graph, question) for graph, question in pairs]

    def _shaping(self, texts: Sequence[str], columns: Mapping[str, Any]) -> Values:
        pairs = zip(texts, columns["question"], strict=True)
        return [shaping(text, question, self._form) for text, question in pairs]

    def _read(self, texts: Sequence[str], columns: Mapping[str, Any]) -> list[Graph | None]:
        pairs = zip(texts, columns["question"], strict=True)
        return [self._form.read(text, question).graph for text, question in pairs]
