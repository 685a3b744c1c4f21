"""Which words get a row of their own, and the first values of these rows."""
from collections import Counter
from collections.abc import Iterable

import torch

from .features import normal_form

DEVIATION = 0.35  # of the first word rows; the other tables start at 0.25


def choose_words(counts: Counter[str], size: int) -> list[str]:
    """The `size` most frequent normal forms (ties by name)."""
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [word for word, _ in pairs[:size]]


def count_words(sentences: Iterable[list[str]], times: int = 1) -> Counter[str]:
    """Counts of normal forms, each sentence `times` times."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for word in sentence:
            counts[normal_form(word)] += times
    return counts


def principal_rows(words: list[str], pieces_of, vectors: torch.Tensor, width: int) -> torch.Tensor:
    """Rows [words, width]: means of the words' subword vectors, reduced by PCA.

    pieces_of(word) gives subword ids; vectors [ids, 384] are the encoder's. The axes are those of
    the whole vocabulary, without the first 1,000 rows (reserved and single characters).
    """
    centred = vectors.float() - vectors.float().mean(0)
    axes, _, _ = torch.linalg.svd(centred[1000:].T @ centred[1000:])
    reduced = centred @ axes[:, :width]
    rows = torch.stack([reduced[pieces_of(word)].mean(0) for word in words])
    return rows / reduced.std() * DEVIATION
