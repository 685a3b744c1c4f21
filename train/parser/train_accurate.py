"""Training of the accurate model: trees and mentions at once, each only where it is known."""
import random
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .batches import batch_plan
from .conllu import Word
from .labels import IGNORE, TASKS, Labels
from .mentions import MENTION_HEADS
from .minilm import POSITIONS
from .parallel import Descent, descend
from .relations import Related, related_loss
from .score import score
from .teacher import Teacher
from .pieces import PieceBatch, piece_batch, piece_count, teacher_analyse
from .wordpiece import MASK, WordPieces

WEIGHT = {"upos": 1.0, "xpos": 0.5, "lemma": 0.5, "arc": 1.0, "deprel": 1.0, "mention": 1.0, "outer": 0.3}
PAIRS_WEIGHT = 1.0


@dataclass
class Joint:
    """One sentence; a task whose targets are missing or IGNORE is not learnt from it.

    `targets` are classes by task and word in the order of TASKS, `mentions` those of MENTION_HEADS,
    `soft` a model's probabilities (upos, xpos, deprel, arc), which go before `targets`, `related`
    the relations between its words.
    """

    forms: list[str]
    targets: np.ndarray | None = None
    mentions: np.ndarray | None = None
    soft: dict[str, np.ndarray] | None = None
    related: Related | None = None


@dataclass
class JointPlan:
    """A run ends after `epochs`, or after `minutes` if the machine is slow.

    The rate rises for `rise` of the run and falls to zero from `flat` of it on. Layers below the
    top learn `layer_decay` times slower each. `mask` of the words are hidden in training, the
    weights kept are a running mean over about 1 / (1 - average) steps. A step takes one batch of
    `batch_pieces` per process.
    """

    epochs: float
    minutes: float
    encoder_rate: float = 2.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.02
    mask: float = 0.08
    rise: float = 0.05
    flat: float = 0.3
    average: float = 0.998
    batch_pieces: int = 600
    eval_sentences: int = 600
    eval_steps: int = 250
    seed: int = 1


def joint_examples(
    trees: list[list[Word]], mentions: list[np.ndarray | None], labels: Labels
) -> list[Joint]:
    """Gold sentences, with the classes of their mentions where there are any."""
    return [
        Joint([w.form for w in words], labels.targets(words), classes)
        for words, classes in zip(trees, mentions, strict=True)
    ]


def train_joint(
    model: Teacher,
    examples: list[Joint],
    dev: list[list[Word]],
    pieces_of: WordPieces,
    labels: Labels,
    plan: JointPlan,
    processes: int,
    log,
    also=None,
) -> None:
    """Train in place; log(text) takes a line, also(model) is called where dev is scored."""
    lengths = [piece_count(e.forms, pieces_of) for e in examples]
    kinds = [
        [i for i, e in enumerate(examples) if (e.soft is not None) == soft and lengths[i] <= POSITIONS]
        for soft in (False, True)
    ]
    per_epoch = len(_epoch(kinds, lengths, plan.batch_pieces, None)) // processes
    steps = int(plan.epochs * per_epoch)
    log(f"joint: {[len(kind) for kind in kinds]} sentences, {per_epoch} steps an epoch, {steps} steps")
    start, total = time.time(), 0.0
    sample = dev[: plan.eval_sentences]

    def loss_of(chosen: list[int]) -> torch.Tensor:
        batch = [examples[i] for i in chosen]
        pieces = piece_batch([e.forms for e in batch], pieces_of)
        return joint_loss(model, pieces, batch, hide_words(pieces, plan.mask), labels.deprel)

    def rate(step: int) -> float | None:
        progress = max(step / steps, (time.time() - start) / 60 / plan.minutes)
        return None if progress >= 1 else rate_at(progress, plan)

    def after(step: int, loss: float, means) -> None:
        nonlocal total
        total += loss
        if step % plan.eval_steps:
            return
        minutes = (time.time() - start) / 60
        with means():
            found = teacher_analyse(model, [[w.form for w in s] for s in sample], pieces_of, labels)
            extra = f" {also(model)}" if also else ""
        log(
            f"joint: epoch {step / per_epoch:.1f} step {step} {minutes:.1f} min "
            f"loss {total / plan.eval_steps:.3f} dev{len(sample)} {score(sample, found)}{extra}"
        )
        total = 0.0

    descend(
        model,
        Descent(parameter_groups(model, plan), (0.9, 0.98), 1.0, plan.average),
        processes,
        plan.seed,
        lambda epoch: _epoch(kinds, lengths, plan.batch_pieces, random.Random(f"{plan.seed} {epoch}")),
        loss_of,
        rate,
        after,
    )
    log(f"joint: {(time.time() - start) / 60:.1f} min")


def _epoch(
    kinds: list[list[int]], lengths: list[int], budget: int, shuffle: random.Random | None
) -> list[list[int]]:
    """Batches of indices, gold and soft never mixed, in one random order."""
    plans = [
        [kind[k] for k in batch]
        for kind in kinds
        for batch in batch_plan([lengths[i] for i in kind], budget, shuffle)
    ]
    if shuffle:
        shuffle.shuffle(plans)
    return plans


def rate_at(progress: float, plan: JointPlan) -> float:
    """Up, flat, then linearly to zero."""
    falling = (1 - progress) / (1 - plan.flat) if progress > plan.flat else 1.0
    return min(progress / plan.rise + 0.01, falling)


def parameter_groups(model: Teacher, plan: JointPlan) -> list[dict]:
    """Heads and shapes learn at the head rate, the encoder slower the lower the layer."""
    groups: dict[tuple[float, float], list] = {}
    depth = len(model.encoder.layers)
    for name, value in model.named_parameters():
        if not name.startswith("encoder.") or ".shapes." in name:
            rate = plan.head_rate
        else:
            part = name.split(".")
            layer = int(part[2]) if part[1] == "layers" else -1
            rate = plan.encoder_rate * plan.layer_decay ** (depth - 1 - layer)
        decay = plan.weight_decay if value.dim() > 1 else 0.0
        groups.setdefault((rate, decay), []).append(value)
    return [
        {"params": values, "base": rate, "weight_decay": decay} for (rate, decay), values in groups.items()
    ]


def hide_words(batch: PieceBatch, part: float) -> torch.Tensor:
    """Replace all pieces of some words by [MASK], in place; [batch, words], true where hidden."""
    hidden = (torch.rand(batch.first.shape) < part) & batch.mask
    if part > 0:
        starts = torch.zeros_like(batch.pieces)
        starts.scatter_(1, batch.first, batch.mask.long())
        # [CLS] stands before the first word and [SEP] behind the last: both are put back.
        word = starts.cumsum(1)
        last = batch.piece_mask.sum(1, keepdim=True) - 1
        inside = batch.piece_mask & (word > 0) & (torch.arange(word.shape[1])[None] != last)
        hide = hidden.gather(1, (word - 1).clamp(min=0)) & inside
        batch.pieces[hide] = MASK
    return hidden


def joint_loss(
    model: Teacher,
    batch: PieceBatch,
    examples: list[Joint],
    hidden: torch.Tensor,
    deprels: list[str] = (),
) -> torch.Tensor:
    """The weighted sum of the tasks' mean cross entropies over the words that have a target."""
    scores = model(batch)
    names = TASKS + tuple(name for name in MENTION_HEADS if name in scores)
    target = torch.full((len(names), *batch.mask.shape), IGNORE)
    for k, example in enumerate(examples):
        size = len(example.forms)
        if example.targets is not None:
            target[: len(TASKS), k, :size] = torch.from_numpy(example.targets)
        if example.mentions is not None and len(names) > len(TASKS):
            target[len(TASKS) :, k, :size] = torch.from_numpy(example.mentions)
    target = dict(zip(names, target))
    target["lemma"] = target["lemma"].masked_fill(hidden, IGNORE)  # nobody can know it
    scores["deprel"] = model.relation(scores, target["head"].clamp(min=0))
    target["arc"] = target["head"]
    soft = _soft(examples, batch.mask.shape[1]) if examples[0].soft is not None else {}
    words = batch.mask.sum()
    loss = torch.zeros(())
    for task, weight in WEIGHT.items():
        if task in soft:
            part = -(soft[task] * F.log_softmax(scores[task], -1)).sum() / words
        elif task not in scores or (target[task] == IGNORE).all():
            continue
        else:
            part = F.cross_entropy(
                scores[task].flatten(0, 1), target[task].flatten(), ignore_index=IGNORE
            )
        loss = loss + weight * part
    rows = [k for k, example in enumerate(examples) if example.related]
    if rows:
        related = [examples[k].related for k in rows]
        loss = loss + PAIRS_WEIGHT * related_loss(model.pairs, scores["words"][rows], related, deprels)
    return loss


def _soft(examples: list[Joint], longest: int) -> dict[str, torch.Tensor]:
    tensors = {}
    for task in examples[0].soft:
        classes = longest + 1 if task == "arc" else examples[0].soft[task].shape[1]
        tensor = torch.zeros(len(examples), longest, classes)
        for k, example in enumerate(examples):
            part = torch.from_numpy(example.soft[task])
            tensor[k, : part.shape[0], : part.shape[1]] = part
        tensors[task] = tensor
    return tensors
