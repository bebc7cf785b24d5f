"""What is asked of a model, before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate import Store
from dagger_core.diagnostics import EditError
from dagger_core.generate.catalog import Catalog
from demo import answering
from demo.services import Services
from demo.solution import Solution

ROOT = Path(__file__).parents[2]
DEFAULTS = tuple(answering.default(name) for name in answering.SETTINGS)


@pytest.fixture
def app(tmp_path: Path) -> Services:
    """The shipped model and the published ones."""
    return Services(Store.open(tmp_path / "s.sqlite3"), Catalog.from_environment(ROOT, {}))


@pytest.mark.parametrize("question", ["হ্যালো, কেমন আছো?", "How are you?", "A4 paper?"])
def test_a_question_without_a_number_is_not_put_to_a_model_that_needs_one(
    app: Services, question: str
) -> None:
    mini, published = app.catalog.choices()[:2]
    with pytest.raises(EditError, match="no number"):
        answering.answer(app, Solution(question), mini.key, DEFAULTS)
    # Models that write numbers themselves may know an answer.
    assert answering.answer(app, Solution(question), published.key, DEFAULTS)
    assert answering.answer(app, Solution("12 + 5?"), mini.key, DEFAULTS)
