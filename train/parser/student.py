"""The fast model: summed embeddings, three bidirectional SRU layers, one head per task.

The recurrence is that of the SRU (Lei et al. 2018) without its cell-to-gate terms, the arcs are
biaffine (Dozat and Manning 2017). Parameter names are those of the packed file.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .features import PREFIXES, SHAPES, SUFFIXES
from .mentions import TYPES

EMBEDDING = 128
HIDDEN = 256
LAYERS = 3
ARC = 96
RELATION = 64
FARTHEST = 30  # distances beyond it share one bias
FORBIDDEN = -1e9
MENTION_SHARE = 0.3  # of the mentions' gradient that reaches the layers below


class Scan(torch.autograd.Function):
    """c[t] = f[t] * c[t-1] + u[t] over the first dimension."""

    @staticmethod
    def forward(ctx, forget, update):
        state = torch.empty_like(update)
        before = torch.zeros_like(update[0])
        for t in range(update.shape[0]):
            torch.addcmul(update[t], forget[t], before, out=state[t])
            before = state[t]
        ctx.save_for_backward(forget, state)
        return state

    @staticmethod
    def backward(ctx, grad):
        forget, state = ctx.saved_tensors
        grad_update = torch.empty_like(grad)
        grad_update[-1] = grad[-1]
        for t in range(grad.shape[0] - 2, -1, -1):
            torch.addcmul(grad[t], forget[t + 1], grad_update[t + 1], out=grad_update[t])
        grad_forget = torch.zeros_like(forget)
        grad_forget[1:] = grad_update[1:] * state[:-1]
        return grad_forget, grad_update


class BiSru(nn.Module):
    """One layer; the first half of the channels runs forwards, the second half backwards."""

    def __init__(self, width: int):
        super().__init__()
        self.ln = nn.LayerNorm(width)
        self.W = nn.Linear(width, 3 * width)
        self.width = width
        with torch.no_grad():
            self.W.bias[width : 2 * width] += 1.0  # start with a long memory

    def forward(self, x, mask):
        """x [time, batch, width], mask [time, batch, 1] of ones and zeros."""
        value, forget, gate = self.W(self.ln(x)).float().split(self.width, -1)
        forget = torch.sigmoid(forget)
        # A padded step adds nothing, so the backward half starts clean at a sentence's last word.
        update = (1 - forget) * value * mask
        state = self._turn(Scan.apply(self._turn(forget), self._turn(update)))
        return x + torch.sigmoid(gate) * state

    def _turn(self, x):
        half = self.width // 2
        return torch.cat([x[..., :half], x[..., half:].flip(0)], -1)


class Student(nn.Module):
    """Sizes: rows of the word table, classes per task (no mentions: 0). `drop`: dropout of the heads."""

    def __init__(self, word_rows: int, upos: int, xpos: int, lemma: int, deprel: int, mention: int, drop: float):
        super().__init__()
        self.drop = drop
        self.w = nn.Embedding(word_rows, EMBEDDING)
        self.pf = nn.Embedding(PREFIXES, EMBEDDING)
        self.sf = nn.Embedding(SUFFIXES, EMBEDDING)
        self.sh = nn.Embedding(SHAPES, EMBEDDING)
        for table in (self.w, self.pf, self.sf, self.sh):
            nn.init.normal_(table.weight, std=0.25)
        self.lne = nn.LayerNorm(EMBEDDING)
        self.bos = nn.Parameter(torch.zeros(EMBEDDING))
        self.eos = nn.Parameter(torch.zeros(EMBEDDING))
        self.conv = nn.Linear(3 * EMBEDDING, HIDDEN)
        self.L = nn.ModuleList(BiSru(HIDDEN) for _ in range(LAYERS))
        self.lno = nn.LayerNorm(HIDDEN)
        self.u = nn.Linear(HIDDEN, upos)
        self.x = nn.Linear(HIDDEN, xpos)
        self.l = nn.Linear(HIDDEN, lemma)
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.1)
        self.ad = nn.Linear(HIDDEN, ARC)
        self.ah = nn.Linear(HIDDEN, ARC)
        self.Wa = nn.Parameter(torch.empty(ARC, ARC))
        nn.init.orthogonal_(self.Wa)
        self.ba = nn.Parameter(torch.zeros(ARC))
        self.dist = nn.Embedding(64, 1)
        nn.init.zeros_(self.dist.weight)
        self.rd = nn.Linear(HIDDEN, RELATION)
        self.rh = nn.Linear(HIDDEN, RELATION)
        self.ro = nn.Linear(RELATION, deprel)
        self.mention = mention > 0
        if self.mention:
            self.m = nn.Linear(HIDDEN, mention)
            self.mo = nn.Linear(HIDDEN, mention)
            self.k = nn.Linear(HIDDEN, len(TYPES))

    def forward(self, rows, mask, keep_word=None):
        """Scores of rows [batch, words, 7]; mask [batch, words] is true at words.

        keep_word [batch, words] is 0 where the word's own rows are dropped in training.
        Returns a dict: upos, xpos, lemma, mention, outer, kind, arc [batch, words, words + 1], the relation halves.
        """
        x = self.encode(rows, mask, keep_word)
        with_root = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        mention = {}
        if self.mention:
            # Trees come first: mentions shape the common vectors only a little.
            less = x.detach() + MENTION_SHARE * (x - x.detach())
            mention = {"mention": self.m(less), "outer": self.mo(less), "kind": self.k(less)}
        return mention | {
            "upos": self.u(x),
            "xpos": self.x(x),
            "lemma": self.l(x),
            "arc": self._arcs(x, with_root, mask),
            "dependent": self.rd(x),
            "governor": self.rh(with_root),
        }

    def relation(self, scores, heads):
        """Scores of the labels, given the heads [batch, words]."""
        governor = scores["governor"]
        index = heads[:, :, None].expand(-1, -1, governor.shape[-1])
        both = F.relu(scores["dependent"] + governor.gather(1, index))
        return self.ro(self._dropped(both, 0.6))

    def _dropped(self, x, part=1.0):
        return F.dropout(x, self.drop * part, self.training)

    def encode(self, rows, mask, keep_word=None):
        """The vectors [batch, words, HIDDEN] that all heads read."""
        word = self.w(rows[..., :2]).sum(-2)
        if keep_word is not None:
            word = word * keep_word[..., None]
        e = word + self.pf(rows[..., 2]) + self.sf(rows[..., 3:6]).sum(-2) + self.sh(rows[..., 6])
        e = self._dropped(self.lne(e), 0.6) * mask[..., None]
        batch, words, _ = e.shape
        before = torch.cat([self.bos.expand(batch, 1, -1), e[:, :-1]], 1)
        after = torch.cat([e[:, 1:], torch.zeros_like(e[:, :1])], 1)
        last = torch.arange(words)[None] == (mask.sum(1) - 1)[:, None]
        after = after + last[..., None] * self.eos
        x = F.relu(self.conv(torch.cat([before, e, after], -1))).float().transpose(0, 1)
        steps = mask.t()[..., None].float()
        for layer in self.L:
            x = layer(self._dropped(x, 0.5), steps)
        return self._dropped(self.lno(x.transpose(0, 1)))

    def _arcs(self, x, with_root, mask):
        dependent = self._dropped(F.relu(self.ad(x)))
        head = self._dropped(F.relu(self.ah(with_root)))
        arc = (dependent @ self.Wa) @ head.transpose(1, 2) + (head @ self.ba)[:, None, :]
        arc = arc.float() / ARC**0.5
        batch, words, _ = x.shape
        i = torch.arange(1, words + 1)[:, None]
        j = torch.arange(words + 1)[None]
        distance = (j - i).clamp(-FARTHEST, FARTHEST) + FARTHEST + 1
        distance[:, 0] = 0
        arc = arc + self.dist(distance)[..., 0]
        allowed = torch.cat([torch.ones(batch, 1, dtype=torch.bool), mask], 1)
        return arc.masked_fill(~allowed[:, None, :] | (i == j)[None], FORBIDDEN)
