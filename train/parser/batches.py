"""Sentences of like length together, padded, up to a budget of words per batch."""
import random
from collections.abc import Iterator, Sequence


def batch_plan(
    lengths: Sequence[int], budget: int, shuffle: random.Random | None = None
) -> Iterator[list[int]]:
    """Lists of indices whose padded size is within `budget` (a longer sentence comes alone).

    With `shuffle` the lengths are jittered and the batches come in random order.
    """
    order = list(range(len(lengths)))
    if shuffle:
        shuffle.shuffle(order)
        order.sort(key=lambda i: lengths[i] + 4 * shuffle.random())
    else:
        order.sort(key=lambda i: lengths[i])
    batches: list[list[int]] = []
    batch: list[int] = []
    longest = 0
    for i in order:
        if batch and max(longest, lengths[i]) * (len(batch) + 1) > budget:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, lengths[i])
    if batch:
        batches.append(batch)
    if shuffle:
        shuffle.shuffle(batches)
    yield from batches
