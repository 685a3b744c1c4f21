"""Sentences as pieces for the encoder, and what a teacher makes of them."""
from dataclasses import dataclass

import torch

from .batches import batch_plan
from .conllu import Word
from .labels import Labels
from .minilm import POSITIONS, shape_class
from .predict import words_from_scores
from .teacher import Teacher
from .wordpiece import CLS, SEP, WordPieces

@dataclass
class PieceBatch:
    """Padded pieces; `first` is the place of each word's first piece."""

    pieces: torch.Tensor
    shapes: torch.Tensor
    piece_mask: torch.Tensor
    first: torch.Tensor
    mask: torch.Tensor


def piece_batch(sentences: list[list[str]], pieces_of: WordPieces) -> PieceBatch:
    """[CLS] words [SEP] per sentence."""
    rows, shapes, firsts = [], [], []
    for words in sentences:
        row, shape, first = [CLS], [0], []
        for word in words:
            ids = pieces_of(word)
            first.append(len(row))
            row += ids
            shape += [shape_class(word)] * len(ids)
        rows.append(row + [SEP])
        shapes.append(shape + [0])
        firsts.append(first)
    pieces, mask = _padded(rows)
    first, words = _padded(firsts)
    return PieceBatch(pieces, _padded(shapes)[0], mask, first, words)


def _padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, rows))
    values = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for k, row in enumerate(rows):
        values[k, : len(row)] = torch.tensor(row)
        mask[k, : len(row)] = True
    return values, mask


def piece_count(words: list[str], pieces_of: WordPieces) -> int:
    """Pieces of a sentence, [CLS] and [SEP] counted."""
    return 2 + sum(len(pieces_of(word)) for word in words)


def teacher_batches(model: Teacher, sentences: list[list[str]], pieces_of: WordPieces, budget: int):
    """(indices, scores) for all sentences that fit the encoder; evaluation mode, no gradients."""
    model.eval()
    lengths = [piece_count(s, pieces_of) for s in sentences]
    usable = [i for i, length in enumerate(lengths) if length <= POSITIONS]
    with torch.no_grad():
        for batch in batch_plan([lengths[i] for i in usable], budget):
            chosen = [usable[k] for k in batch]
            yield chosen, model(piece_batch([sentences[i] for i in chosen], pieces_of))


def teacher_analyse(
    model: Teacher, sentences: list[list[str]], pieces_of: WordPieces, labels: Labels
) -> list[list[Word]]:
    """Sentences of given words, analysed (too long ones as nothing but forms)."""
    found = [[Word(form) for form in s] for s in sentences]
    for indices, scores in teacher_batches(model, sentences, pieces_of, 3000):
        forms = [sentences[i] for i in indices]
        with torch.no_grad():
            words = words_from_scores(forms, scores, model.relation, labels)
        for i, analysed in zip(indices, words):
            found[i] = analysed
    return found
