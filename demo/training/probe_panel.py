"""A few groups sampled before GRPO, on the page: which of them would teach something."""

from __future__ import annotations

from typing import Any

import gradio as gr

from dagger_core.diagnostics import Lang
from dagger_core.numerals import localized
from demo.desk import Updates
from demo.training import follow as train_follow
from demo.training.buttons import small
from demo.training.probe import Probe
from demo.training.texts import train_words


class ProbePanel:
    """The components, in one language."""

    def __init__(self, lang: Lang, visible: bool) -> None:
        self._lang, text = lang, train_words(lang)
        self.ask = small(text.probe, "probe", 240, visible=visible)
        self.said = gr.Markdown(elem_id="probed", elem_classes="said")
        self.groups = gr.Dataframe(
            headers=[text.column_problem, text.column_rewards, text.column_signal],
            datatype=["str", "str", "str"],
            interactive=False,
            wrap=True,
            visible=False,
            show_label=False,
            column_widths=["55%", "30%", "15%"],
            elem_id="groups",
        )

    @property
    def shown(self) -> list[Any]:
        """What `show` and `refuse` update."""
        return [self.said, self.groups]

    def refuse(self, said: str) -> Updates:
        """Updates that say why nothing was sampled."""
        return {self.said: said, self.groups: gr.update(visible=False)}

    def show(self, found: Probe) -> Updates:
        """Updates that show what was sampled, groups without signal first."""
        text, lang = train_words(self._lang), self._lang
        groups = sorted(found.groups, key=lambda group: group.spread)
        said = text.probe_found.format(
            silent=localized(str(sum(group.spread == 0 for group in groups)), lang),
            groups=localized(str(len(groups)), lang),
            mean=localized(f"{sum(group.mean for group in groups) / len(groups):.2f}", lang),
        )
        said += " " + text.probe_minutes.format(
            time=train_follow.duration(60 * found.minutes, lang),
            steps=localized(f"{found.steps:,}", lang),
        )
        if found.most:
            most = train_follow.duration(60 * found.most, lang)
            said += " " + text.probe_most.format(time=most)
        rows = [
            [
                " ".join(group.question.split()),
                localized(" ".join(f"{reward:g}" for reward in group.rewards), lang),
                text.signal if group.spread else text.no_signal,
            ]
            for group in groups
        ]
        return {self.said: said, self.groups: gr.update(value=rows, visible=True)}
