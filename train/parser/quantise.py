"""What the engine's integers do to a model: int8 weights and embeddings, 7-bit activations."""
import torch
from torch import nn

ZERO = 64  # of the activations, 0..127
STEPS = 63
WEIGHT_STEPS = 127


class Rounded(torch.autograd.Function):
    """Rounding whose gradient is that of the identity, so that a model can be trained with it."""

    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, grad):
        return grad


def rounded_rows(x: torch.Tensor, steps: int) -> torch.Tensor:
    """Each row of the last dimension rounded to -steps..steps times its own scale."""
    scale = x.detach().abs().amax(-1, keepdim=True).clamp(min=1e-12) / steps
    return Rounded.apply(x / scale) * scale


class RoundedLinear(nn.Linear):
    """A linear layer as the engine computes it."""

    def forward(self, x):
        """Products of rounded numbers, bias and result in floating point."""
        weight = rounded_rows(self.weight, WEIGHT_STEPS)
        return nn.functional.linear(rounded_rows(x, STEPS), weight, self.bias)


class RoundedEmbedding(nn.Embedding):
    """A table of int8 rows with a scale each."""

    def forward(self, rows):
        """The rows asked for, rounded."""
        return rounded_rows(super().forward(rows), WEIGHT_STEPS)


def round_model(model: nn.Module) -> nn.Module:
    """Make all linear layers and embeddings of `model` compute with rounded numbers, in place."""
    for module in model.modules():
        if type(module) is nn.Linear:
            module.__class__ = RoundedLinear
        elif type(module) is nn.Embedding:
            module.__class__ = RoundedEmbedding
    return model
