"""MiniLM-L6 (Wang et al. 2020), the encoder of the teacher, with word shapes at its input."""
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

WIDTH = 384
HEADS = 12
PIECES = 30522
POSITIONS = 512
SHAPES = 8
EPSILON = 1e-12


class EncoderLayer(nn.Module):
    """A BERT layer: attention, then the feed-forward block, each with LayerNorm after."""

    def __init__(self, drop: float):
        super().__init__()
        self.drop = drop
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x, mask):
        batch, pieces, _ = x.shape
        qkv = self.qkv(x).view(batch, pieces, 3, HEADS, WIDTH // HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        drop = self.drop if self.training else 0.0
        a = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=drop)
        a = self.out(a.transpose(1, 2).reshape(batch, pieces, WIDTH))
        x = self.norm1(x + F.dropout(a, self.drop, self.training))
        f = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(f, self.drop, self.training))


class MiniLM(nn.Module):
    """The encoder; a shape row per piece tells the uncased model about capitals."""

    def __init__(self, layers: int = 6, drop: float = 0.1):
        super().__init__()
        self.drop = drop
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(EncoderLayer(drop) for _ in range(layers))

    def forward(self, pieces, shapes, mask):
        """Vectors [batch, pieces, 384]; mask is true at real pieces."""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        x = F.dropout(self.norm(x), self.drop, self.training)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x


def load_weights(file: Path) -> dict[str, torch.Tensor]:
    """The base weights as float32, names without "bert."."""
    return {name.removeprefix("bert."): value.float() for name, value in load_file(file).items()}


def base_encoder(file: Path) -> MiniLM:
    """MiniLM with the published weights (the constant token type is added to the positions)."""
    weights = load_weights(file)
    model = MiniLM()
    state = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "shapes.weight": model.shapes.weight.data,
    }
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for i in range(len(model.layers)):
            old = f"encoder.layer.{i}."
            new = f"layers.{i}."
            parts = [weights[f"{old}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
            state[f"{new}qkv.{kind}"] = torch.cat(parts)
            state[f"{new}out.{kind}"] = weights[f"{old}attention.output.dense.{kind}"]
            state[f"{new}norm1.{kind}"] = weights[f"{old}attention.output.LayerNorm.{kind}"]
            state[f"{new}up.{kind}"] = weights[f"{old}intermediate.dense.{kind}"]
            state[f"{new}down.{kind}"] = weights[f"{old}output.dense.{kind}"]
            state[f"{new}norm2.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
    model.load_state_dict(state)
    return model


def shape_class(word: str) -> int:
    """1 small letters, 2 capitals, 3 one capital, 4 title, 5 with a digit, 6 letters, 7 other."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if word[:1].isupper():
        return 4
    if any(char.isdigit() for char in word):
        return 5
    return 6 if any(char.isalpha() for char in word) else 7
