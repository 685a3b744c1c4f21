"""Sentences as arrays, and batches of them as tensors, for the student."""
from dataclasses import dataclass

import numpy as np
import torch

from .conllu import Word
from .features import ROWS_PER_WORD, FeatureTable, normal_form
from .labels import IGNORE, TASKS, Labels

SOFT_TASKS = ("upos", "xpos", "deprel")  # no lemmas: the teacher cannot see capitals well enough


@dataclass
class Example:
    """One sentence. `keep` is the chance that a word's own rows are kept in a training step.

    `soft` holds the teacher's probabilities (float16): none, or "mention", or also the tasks of
    SOFT_TASKS and "arc" over the candidate heads 0..n. Where it is silent, `targets` hold.
    """

    rows: np.ndarray
    targets: np.ndarray
    keep: np.ndarray
    soft: dict[str, np.ndarray] | None = None


@dataclass
class Batch:
    """Examples padded with row 0, IGNORE and False."""

    rows: torch.Tensor
    mask: torch.Tensor
    targets: dict[str, torch.Tensor]
    keep: torch.Tensor
    soft: dict[str, torch.Tensor] | None


def example_of(words: list[Word], features: FeatureTable, labels: Labels, counts) -> Example:
    """A gold (or silver) sentence; rare words (by `counts` of normal forms) are dropped more."""
    seen = np.array([counts[normal_form(word.form)] for word in words], dtype=np.float32)
    rows = np.array([features.rows(word.form) for word in words], dtype=np.int64)
    return Example(rows, labels.targets(words), 1 - 0.5 / (0.5 + seen))


def collate(examples: list[Example], training: bool = True) -> Batch:
    """One padded batch; soft targets only if all examples have them."""
    count = len(examples)
    longest = max(len(example.rows) for example in examples)
    rows = torch.zeros(count, longest, ROWS_PER_WORD, dtype=torch.long)
    mask = torch.zeros(count, longest, dtype=torch.bool)
    keep = torch.ones(count, longest)
    targets = torch.full((len(TASKS), count, longest), IGNORE, dtype=torch.long)
    for k, example in enumerate(examples):
        size = len(example.rows)
        rows[k, :size] = torch.from_numpy(example.rows)
        mask[k, :size] = True
        keep[k, :size] = torch.from_numpy(example.keep)
        targets[:, k, :size] = torch.from_numpy(example.targets)
    if training:
        keep = (torch.rand_like(keep) < keep).float()
    soft = _soft(examples, longest) if all(e.soft for e in examples) else None
    return Batch(rows, mask, dict(zip(TASKS, targets)), keep, soft)


def _soft(examples: list[Example], longest: int) -> dict[str, torch.Tensor]:
    tensors = {}
    for task in examples[0].soft:
        classes = longest + 1 if task == "arc" else examples[0].soft[task].shape[1]
        tensor = torch.zeros(len(examples), longest, classes)
        for k, example in enumerate(examples):
            part = torch.from_numpy(example.soft[task])
            tensor[k, : part.shape[0], : part.shape[1]] = part
        tensors[task] = tensor
    return tensors
