"""A mention tagger on the teacher's encoder, and its probabilities for other sentences."""
import random
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .batches import batch_plan
from .labels import IGNORE
from .mentions import IGNORED, TAGS, Tagged
from .minilm import POSITIONS, WIDTH, MiniLM
from .train_teacher import PieceBatch, piece_batch, piece_count
from .wordpiece import WordPieces


@dataclass
class MentionPlan:
    """Few epochs: the sources are small and noisy."""

    epochs: int = 3
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    batch_pieces: int = 1200
    seed: int = 1


class MentionTagger(nn.Module):
    """One linear layer over the first pieces of words."""

    def __init__(self, encoder: MiniLM):
        super().__init__()
        self.encoder = encoder
        self.tags = nn.Linear(WIDTH, len(TAGS))

    def forward(self, batch: PieceBatch):
        """Scores [batch, words, tags]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pieces = self.encoder(batch.pieces, batch.shapes, batch.piece_mask)
        words = pieces.float().gather(1, batch.first[:, :, None].expand(-1, -1, WIDTH))
        return self.tags(F.dropout(words, 0.2, self.training))


def train_mentions(
    model: MentionTagger, sentences: list[Tagged], pieces_of: WordPieces, plan: MentionPlan, log
) -> None:
    """Train in place; words tagged IGNORED teach nothing."""
    torch.manual_seed(plan.seed)
    shuffle = random.Random(plan.seed)
    number = {tag: i for i, tag in enumerate(TAGS)} | {IGNORED: IGNORE}
    forms = [[word for word, _ in s] for s in sentences]
    lengths = [piece_count(s, pieces_of) for s in forms]
    if max(lengths) > POSITIONS:
        raise ValueError("a sentence with mentions is too long for the encoder")
    optimizer = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "base": plan.encoder_rate},
            {"params": model.tags.parameters(), "base": plan.head_rate},
        ],
        weight_decay=0.01, fused=True,
    )  # fmt: skip
    steps = plan.epochs * sum(1 for _ in batch_plan(lengths, plan.batch_pieces))
    step, start = 0, time.time()
    model.train()
    for epoch in range(plan.epochs):
        total = 0.0
        for batch in batch_plan(lengths, plan.batch_pieces, shuffle):
            scores = model(piece_batch([forms[i] for i in batch], pieces_of))
            target = torch.full(scores.shape[:2], IGNORE)
            for k, i in enumerate(batch):
                target[k, : len(forms[i])] = torch.tensor([number[tag] for _, tag in sentences[i]])
            loss = F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=IGNORE)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min((step + 1) / 50, max(0.0, 1 - step / steps))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += loss.item()
        log(f"mentions: epoch {epoch + 1} {(time.time() - start) / 60:.1f} min loss {total / steps * plan.epochs:.3f}")


def tag_probabilities(
    model: MentionTagger, sentences: list[list[str]], pieces_of: WordPieces
) -> np.ndarray:
    """float16 [words of all sentences in order, tags]; zeros where a sentence is too long."""
    model.eval()
    sizes = [len(s) for s in sentences]
    start = np.concatenate([[0], np.cumsum(sizes)])
    found = np.zeros((start[-1], len(TAGS)), np.float16)
    lengths = [piece_count(s, pieces_of) for s in sentences]
    usable = [i for i, length in enumerate(lengths) if length <= POSITIONS]
    with torch.no_grad():
        for batch in batch_plan([lengths[i] for i in usable], 3000):
            chosen = [usable[k] for k in batch]
            scores = model(piece_batch([sentences[i] for i in chosen], pieces_of)).softmax(-1)
            for k, i in enumerate(chosen):
                found[start[i] : start[i + 1]] = scores[k, : sizes[i]].numpy()
    return found


def tags_of(probabilities: np.ndarray, sentences: list) -> list[list[str]]:
    """The best tag of each word, cut into the sentences' lengths."""
    best = [TAGS[i] for i in probabilities.argmax(-1)]
    found, at = [], 0
    for sentence in sentences:
        found.append(best[at : at + len(sentence)])
        at += len(sentence)
    return found
