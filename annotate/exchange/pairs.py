"""Preference pairs for DPO: a model's suggestion against the graph a person accepted.

Columns as TRL's DPOTrainer takes them: prompt, chosen and rejected, each a list of messages.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from annotate.database import Database
from annotate.exchange.schemas import PUBLISHED, Row, check_example
from annotate.reading import example, in_pages, newest_id
from annotate.records import graph_of
from annotate.schema import QuestionRow, RevisionRow, SuggestionRow
from dagger_core.diagnostics import Sentence
from dagger_core.diff import same_graph


def pairs(database: Database, project: str | None = None) -> Iterator[tuple[str, Row]]:
    """Every accepted graph beside each suggestion for its question that means something else:
    the question, and the row.

    The chosen side is read back and executed to the answer, like a row of an export; pairs
    whose chosen side fails are left out. The rejected side is the model's text as it was, or
    the suggested graph where there is no text.
    """
    wanted = (
        sa.select(SuggestionRow, QuestionRow, RevisionRow)
        .join(QuestionRow, QuestionRow.id == SuggestionRow.question_id)
        .join(RevisionRow, RevisionRow.id == newest_id())
        .where(RevisionRow.status == "accepted")
    )
    for suggestion, question, revision in in_pages(database, wanted, SuggestionRow.id, project):
        row = _pair(suggestion, question, revision)
        if row is not None:
            yield question.text, row


def _pair(suggestion: SuggestionRow, question: QuestionRow, revision: RevisionRow) -> Row | None:
    checked = check_example(example(question, revision))
    suggested = graph_of(suggestion.graph)
    if isinstance(checked, Sentence) or checked.example.graph is None:
        return None
    if suggested is not None and same_graph(suggested, checked.example.graph):
        return None
    rejected = suggestion.text
    if not rejected and suggested is not None:
        rejected = PUBLISHED.write(suggested, question.text)
    if not rejected:
        return None
    return {
        "prompt": PUBLISHED.messages(question.text),
        "chosen": [{"role": "assistant", "content": checked.response}],
        "rejected": [{"role": "assistant", "content": rejected}],
    }
