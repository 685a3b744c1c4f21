"""The teacher: MiniLM with the same tasks as the student, biaffine arcs and labels."""
import torch
import torch.nn.functional as F
from torch import nn

from .mentions import MENTION_HEADS
from .minilm import WIDTH, MiniLM
from .pair_heads import PairHeads
from .student import FORBIDDEN

ARC = 192
RELATION = 96


class Teacher(nn.Module):
    """Works on pieces; a word is the vector of its first piece."""

    def __init__(self, encoder: MiniLM, upos: int, xpos: int, lemma: int, deprel: int, tags: int = 0, pairs: int = 0):
        super().__init__()
        self.encoder = encoder
        self.upos = nn.Linear(WIDTH, upos)
        self.xpos = nn.Linear(WIDTH, xpos)
        self.lemma = nn.Linear(WIDTH, lemma)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc_dependent = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc_weight = nn.Parameter(torch.empty(ARC, ARC))
        nn.init.orthogonal_(self.arc_weight)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.dependent = nn.Linear(WIDTH, RELATION)
        self.governor = nn.Linear(WIDTH, RELATION)
        self.relation_weight = nn.Parameter(torch.randn(RELATION + 1, deprel, RELATION + 1) * 0.02)
        if tags:
            self.mention = nn.Linear(WIDTH, tags)
            self.outer = nn.Linear(WIDTH, tags)
        if pairs:
            self.pairs = PairHeads(pairs, deprel)

    def forward(self, batch, autocast: bool = True):
        """Scores like the student's; `batch` is a PieceBatch. Encoder in bfloat16 if `autocast`."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
            pieces = self.encoder(batch.pieces, batch.shapes, batch.piece_mask)
        words = pieces.float().gather(1, batch.first[:, :, None].expand(-1, -1, WIDTH))
        words = F.dropout(words, 0.2, self.training)
        with_root = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        tags = {name: getattr(self, name)(words) for name in MENTION_HEADS if hasattr(self, name)}
        if hasattr(self, "pairs"):
            tags["kind"] = self.pairs.kind(words)
        return tags | {
            "words": words,
            "upos": self.upos(words),
            "xpos": self.xpos(words),
            "lemma": self.lemma(words),
            "arc": self._arcs(words, with_root, batch.mask),
            "dependent": self._reduced(self.dependent, words),
            "governor": self._reduced(self.governor, with_root),
        }

    def relation(self, scores, heads):
        """Scores of the labels, given the heads [batch, words]."""
        governor = scores["governor"]
        governor = governor.gather(1, heads[:, :, None].expand(-1, -1, RELATION))
        one = torch.ones_like(governor[..., :1])
        dependent = torch.cat([scores["dependent"], one], -1)
        governor = torch.cat([governor, one], -1)
        size, labels, _ = self.relation_weight.shape
        half = (dependent @ self.relation_weight.reshape(size, -1)).unflatten(-1, (labels, size))
        return (half @ governor[..., None])[..., 0]

    def _reduced(self, layer, x):
        return F.dropout(F.relu(layer(x)), 0.33, self.training)

    def _arcs(self, words, with_root, mask):
        dependent = self._reduced(self.arc_dependent, words)
        head = self._reduced(self.arc_head, with_root)
        arc = (dependent @ self.arc_weight) @ head.transpose(1, 2)
        arc = (arc + (head @ self.arc_bias)[:, None, :]) / ARC**0.5
        allowed = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
        itself = torch.eye(mask.shape[1] + 1, dtype=torch.bool)[1:]
        return arc.masked_fill(~allowed[:, None, :] | itself[None], FORBIDDEN)
