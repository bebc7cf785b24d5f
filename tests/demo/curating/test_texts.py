"""The words of the Annotate page: none is lost among those of the other pages."""

from __future__ import annotations

from demo.curating.exchange_texts import EXCHANGE
from demo.curating.team_texts import TEAM
from demo.curating.texts import ANNOTATING
from demo.texts import words


def test_every_word_is_the_one_that_the_page_says() -> None:
    for place, lang in enumerate(("en", "bn")):
        said = words(lang)  # type: ignore[arg-type]
        for table in (EXCHANGE, TEAM, ANNOTATING):
            for name, both in table.items():
                assert getattr(said, name) == both[place], name
