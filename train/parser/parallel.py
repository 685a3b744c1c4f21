"""Training and labelling in several processes of one thread each.

On a busy machine the threads of one process wait for the slowest after every product; processes
wait for each other once a step. Weights, gradients and means lie in shared memory.
"""
import math
import mmap
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import nn


def in_processes(count: int, work: Callable[[int], None]) -> None:
    """work(0) here and work(1) .. work(count - 1) in forks of this process; an error in any is ours."""
    children = []
    for rank in range(1, count):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                work(rank)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        children.append(pid)
    work(0)
    failed = [pid for pid in children if os.waitpid(pid, 0)[1] != 0]
    if failed:
        raise RuntimeError("a process of this stage failed, see above")


def shared_zeros(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """A tensor that forks of this process have in common with it."""
    size = max(1, math.prod(shape))
    memory = mmap.mmap(-1, size * dtype.itemsize)
    return torch.frombuffer(memory, dtype=dtype, count=size).view(shape)


@dataclass
class Descent:
    """How the weights move: base rates by parameter, the mean's inertia, the largest gradient."""

    groups: list[dict]  # "params" (in any order), "base" rate, "weight_decay"
    betas: tuple[float, float]
    clip: float
    average: float = 0.0  # 0: no mean


def descend(
    model: nn.Module,
    descent: Descent,
    count: int,
    seed: int,
    batches: Callable[[int], Iterator],
    loss_of: Callable,
    rate: Callable[[int], float | None],
    after: Callable[[int, float, Callable], None],
) -> None:
    """Train `model` in `count` processes; at the end it has the weights' mean, if there is one.

    batches(epoch) gives the same batches in every process; a step takes the next `count` of them,
    one each. rate(step) is asked in the first process only: the factor of the base rates, or None
    to stop. after(step, loss, means) is called there too; means() is a context with the mean's weights.
    """
    parameters = [p for p in model.parameters() if p.requires_grad]
    flat, gradients, mean = _share(parameters, count)
    scalars = shared_zeros(1, 2 + 2 * count)[0]
    barrier = multiprocessing.get_context("fork").Barrier(count)
    bounds = [len(flat) * rank // count for rank in range(count + 1)]

    def work(rank: int) -> None:
        try:
            run(rank)
        except BaseException:
            barrier.abort()
            raise

    def run(rank: int) -> None:
        torch.manual_seed(seed * 64 + rank)
        shard = slice(bounds[rank], bounds[rank + 1])
        own, total = gradients[rank], torch.zeros(bounds[rank + 1] - bounds[rank])
        optimizer = _optimizer(parameters, descent, flat, total, shard)
        _give_gradients(parameters, own)
        model.train()
        for step, batch in enumerate(_turns(batches, rank, count)):
            if rank == 0:
                factor = rate(step)
                scalars[0] = -1.0 if factor is None else factor
            barrier.wait()
            factor = scalars[0].item()
            if factor < 0:
                break
            own.zero_()
            loss = loss_of(batch)
            if loss.requires_grad:
                loss.backward()
            scalars[2 + rank] = loss.item()
            barrier.wait()
            torch.sum(gradients[:, shard], 0, out=total)
            total /= count
            scalars[2 + count + rank] = total.square().sum().item()
            barrier.wait()
            norm = scalars[2 + count :].sum().sqrt().item()
            if norm > descent.clip:
                total *= descent.clip / norm
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * factor
            optimizer.step()
            if descent.average:
                keep = min(descent.average, (step + 1) / (step + 11))
                mean[shard].lerp_(flat[shard], 1 - keep)
            barrier.wait()
            if rank == 0:
                after(step + 1, scalars[2 : 2 + count].mean().item(), lambda: Lent(flat, mean))
                model.train()
                _give_gradients(parameters, own)

    in_processes(count, work)
    if descent.average:
        flat.copy_(mean)
    with torch.no_grad():
        for parameter in parameters:
            parameter.grad = None
            parameter.data = parameter.data.clone()


class Lent:
    """A context in which the flat weights are those of the mean."""

    def __init__(self, flat: torch.Tensor, mean: torch.Tensor):
        self._flat, self._mean = flat, mean

    def __enter__(self):
        self._kept = self._flat.clone()
        self._flat.copy_(self._mean)

    def __exit__(self, *_):
        self._flat.copy_(self._kept)


def _share(parameters: list[nn.Parameter], count: int):
    """All weights as one shared vector that the parameters look into, gradients by process, mean."""
    size = sum(p.numel() for p in parameters)
    flat = shared_zeros(size)
    at = 0
    for parameter in parameters:
        part = flat[at : at + parameter.numel()].view(parameter.shape)
        part.copy_(parameter.data)
        parameter.data = part
        at += parameter.numel()
    mean = shared_zeros(size)
    mean.copy_(flat)
    return flat, shared_zeros(count, size), mean


def _give_gradients(parameters: list[nn.Parameter], own: torch.Tensor) -> None:
    at = 0
    for parameter in parameters:
        parameter.grad = own[at : at + parameter.numel()].view(parameter.shape)
        at += parameter.numel()


def _optimizer(parameters, descent: Descent, flat, total, shard: slice) -> torch.optim.Optimizer:
    """AdamW over what of each parameter lies in the shard."""
    of = {id(p): k for k, group in enumerate(descent.groups) for p in group["params"]}
    parts: list[list[torch.Tensor]] = [[] for _ in descent.groups]
    at = 0
    for parameter in parameters:
        first, last = max(at, shard.start), min(at + parameter.numel(), shard.stop)
        if first < last:
            part = flat[first:last]
            part.grad = total[first - shard.start : last - shard.start]
            parts[of[id(parameter)]].append(part)
        at += parameter.numel()
    groups = [
        {"params": part, "base": group["base"], "weight_decay": group["weight_decay"]}
        for part, group in zip(parts, descent.groups)
        if part
    ]
    return torch.optim.AdamW(groups, betas=descent.betas, fused=True)


def _turns(batches: Callable[[int], Iterator], rank: int, count: int) -> Iterator:
    """This process' batch of each step, for ever; a last incomplete round of an epoch is left out."""
    epoch = 0
    while True:
        for number, batch in enumerate(list(batches(epoch))):
            if number % count == rank:
                held = batch
            if number % count == count - 1:
                yield held
        epoch += 1
