"""Muon for the matrices of a model, AdamW for its embeddings and norms, as one optimizer.

Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/) as torch has it, with the
update scaled to the size of AdamW's, so that both take the same learning rate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch


class MuonWithAdamW(torch.optim.Optimizer):  # type: ignore[misc]
    """One optimizer of two: Muon for weight matrices, AdamW for all else.

    Args:
        model: its trainable parameters are taken; matrices of its decoder layers go to Muon.
        lr: learning rate of both.
        weight_decay: of matrices and embeddings; norms have none.
        beta2: second beta of AdamW.
    """

    def __init__(
        self, model: torch.nn.Module, lr: float, weight_decay: float, beta2: float
    ) -> None:
        embeddings = {
            id(module.weight)
            for module in model.modules()
            if isinstance(module, torch.nn.Embedding)
        }
        trained = [value for value in model.parameters() if value.requires_grad]
        matrices = [p for p in trained if p.ndim == 2 and id(p) not in embeddings]
        tables = [p for p in trained if id(p) in embeddings]
        norms = [p for p in trained if p.ndim != 2]
        adam: list[dict[str, Any]] = [
            {"params": tables},
            {"params": norms, "weight_decay": 0.0},
        ]
        groups = [group for group in adam if group["params"]]
        self._parts: list[torch.optim.Optimizer] = [
            torch.optim.Muon(
                matrices, lr=lr, weight_decay=weight_decay, adjust_lr_fn="match_rms_adamw"
            )
        ]
        if groups:  # a LoRA adapter has matrices only
            betas = (0.9, beta2)
            self._parts.append(
                torch.optim.AdamW(groups, lr, betas, weight_decay=weight_decay, fused=True)
            )
        super().__init__([group for part in self._parts for group in part.param_groups], {})
        # The parts and this optimizer share their groups, so a schedule reaches both.
        self.param_groups = [group for part in self._parts for group in part.param_groups]

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """One step of both."""
        loss = closure() if closure is not None else None
        for part in self._parts:
            part.step()
        return loss

    def state_dict(self) -> dict[str, Any]:
        """The states of both parts, in order."""
        return {"parts": [part.state_dict() for part in self._parts]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes up the states of both parts."""
        for part, state in zip(self._parts, state_dict["parts"], strict=True):
            part.load_state_dict(state)
        self.param_groups = [group for part in self._parts for group in part.param_groups]
