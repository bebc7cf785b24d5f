"""The optimizer of two: who goes where, shared groups, and taking up a state."""

from __future__ import annotations

from copy import deepcopy

import torch

from train.optimizer import MuonWithAdamW


def model() -> torch.nn.Module:
    torch.manual_seed(1)
    layers = [torch.nn.Embedding(8, 4), torch.nn.Linear(4, 4), torch.nn.LayerNorm(4)]
    return torch.nn.Sequential(*layers)


def steps(net: torch.nn.Module, optimizer: MuonWithAdamW, count: int) -> float:
    for _ in range(count):
        loss = (net(torch.arange(8)) - 1.0).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def test_every_parameter_moves_and_the_loss_falls() -> None:
    net = model()
    before = [value.detach().clone() for value in net.parameters()]
    optimizer = MuonWithAdamW(net, lr=0.05, weight_decay=0.0, beta2=0.98)
    first = steps(net, optimizer, 1)
    assert steps(net, optimizer, 40) < first / 2
    assert all(not torch.equal(a, b) for a, b in zip(before, net.parameters(), strict=True))


def test_a_schedule_reaches_both_parts() -> None:
    net = model()
    optimizer = MuonWithAdamW(net, lr=0.05, weight_decay=0.0, beta2=0.98)
    torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.0)
    before = [value.detach().clone() for value in net.parameters()]
    steps(net, optimizer, 1)
    assert all(torch.equal(a, b) for a, b in zip(before, net.parameters(), strict=True))


def test_state_is_taken_up() -> None:
    one, two = model(), model()
    first = MuonWithAdamW(one, lr=0.05, weight_decay=0.1, beta2=0.98)
    steps(one, first, 5)
    two.load_state_dict(one.state_dict())
    second = MuonWithAdamW(two, lr=0.01, weight_decay=0.1, beta2=0.98)
    second.load_state_dict(deepcopy(first.state_dict()))
    steps(one, first, 3)
    steps(two, second, 3)
    assert all(
        torch.allclose(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True)
    )
