"""What the accurate model reads relations and types of words off."""
import torch
import torch.nn.functional as F
from torch import nn

from .mentions import TYPES
from .minilm import WIDTH

CHANNELS = 256
DISTANCES = 24
STEPS = 5  # lengths of a way through the tree: 0, 1, 2, 3, more
NO_RELATION = -5.0  # bias of a relation's logit: most pairs have none


class PairHeads(nn.Module):
    """Scores relations between pairs of words: from, to, and the word where their ways meet."""

    def __init__(self, relations: int, deprels: int):
        super().__init__()
        self.source = nn.Linear(WIDTH, CHANNELS)
        self.target = nn.Linear(WIDTH, CHANNELS)
        self.between = nn.Linear(WIDTH, CHANNELS)
        self.source_factor = nn.Linear(WIDTH, CHANNELS)
        self.target_factor = nn.Linear(WIDTH, CHANNELS)
        self.distance = nn.Embedding(DISTANCES, CHANNELS)
        self.source_deprel = nn.Embedding(deprels, CHANNELS)
        self.target_deprel = nn.Embedding(deprels, CHANNELS)
        self.way = nn.Embedding(STEPS * STEPS, CHANNELS)
        for table in (self.distance, self.source_deprel, self.target_deprel, self.way):
            nn.init.normal_(table.weight, std=0.02)
        self.relation = nn.Linear(2 * CHANNELS, relations)
        nn.init.constant_(self.relation.bias, NO_RELATION)
        self.kind = nn.Linear(WIDTH, len(TYPES))

    def forward(self, words, pairs):
        """Logits [pairs, relations]; `pairs` are the columns of pair_columns()."""
        row, i, j, middle, distance, source, target, way = pairs.T
        hidden = self.source(words)[row, i] + self.target(words)[row, j] + self.between(words)[row, middle]
        hidden = hidden + self.distance(distance) + self.source_deprel(source)
        hidden = F.relu(hidden + self.target_deprel(target) + self.way(way))
        product = self.source_factor(words)[row, i] * self.target_factor(words)[row, j]
        hidden = torch.cat([hidden, product], -1)
        return self.relation(F.dropout(hidden, 0.3, self.training))
