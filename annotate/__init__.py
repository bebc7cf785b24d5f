"""Annotation: the store of what people saved, its queue, its agreement, its files."""

from annotate.records import Question, Revision, RevisionConflict, Status, Suggestion
from annotate.store import Store
from annotate.writing import NewQuestion, NewRevision

__all__ = [
    "NewQuestion",
    "NewRevision",
    "Question",
    "Revision",
    "RevisionConflict",
    "Status",
    "Store",
    "Suggestion",
]
