"""The plots of the Results page in Bangla: words and digits."""

from __future__ import annotations

import json

from demo.results.plots import plot
from demo.results.reports import Reports


def test_a_plot_has_the_digits_of_its_language(found: Reports) -> None:
    heads = [entry.head for entry in found.entries()[0]]
    english, bangla = (plot("distractors", heads, lang) for lang in ("en", "bn"))
    assert english is not None
    assert bangla is not None
    specs = [json.loads(made.plot) for made in (english, bangla)]
    groups = [{value["group"] for value in spec["data"]["values"]} for spec in specs]
    assert groups == [{"0", "1"}, {"০", "১"}]
    options = [spec["usermeta"]["embedOptions"] for spec in specs]
    assert "formatLocale" not in options[0]
    assert "".join(options[1]["formatLocale"]["numerals"]) == "০১২৩৪৫৬৭৮৯"
