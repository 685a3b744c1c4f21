"""Fine-tuning of the teacher on gold trees, and its analyses of other sentences."""
import random
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .batches import batch_plan
from .conllu import Word
from .labels import IGNORE, TASKS, Labels
from .minilm import POSITIONS, shape_class
from .predict import words_from_scores
from .score import score
from .teacher import Teacher
from .wordpiece import CLS, SEP, WordPieces

WEIGHT = {"upos": 1.0, "xpos": 0.5, "lemma": 0.5, "arc": 1.0, "deprel": 1.0}


@dataclass
class TeacherPlan:
    """A run ends after `epochs`, or after `minutes` if the machine is slow."""

    epochs: float
    minutes: float
    encoder_rate: float = 3e-4
    head_rate: float = 2e-3
    batch_pieces: int = 1200
    eval_sentences: int = 600
    eval_steps: int = 250
    seed: int = 1


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


def train_teacher(
    model: Teacher,
    gold: list[list[Word]],
    dev: list[list[Word]],
    pieces_of: WordPieces,
    labels: Labels,
    plan: TeacherPlan,
    log,
) -> None:
    """Train in place; log(text) takes a line."""
    torch.manual_seed(plan.seed)
    shuffle = random.Random(plan.seed)
    forms = [[w.form for w in s] for s in gold]
    lengths = [piece_count(s, pieces_of) for s in forms]
    usable = [i for i, length in enumerate(lengths) if length <= POSITIONS]
    targets = [torch.from_numpy(labels.targets(s)) for s in gold]
    new = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "shapes" in n]
    base = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    optimizer = torch.optim.AdamW(
        [{"params": base, "base": plan.encoder_rate}, {"params": new, "base": plan.head_rate}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )
    per_epoch = sum(1 for _ in batch_plan([lengths[i] for i in usable], plan.batch_pieces))
    steps = int(plan.epochs * per_epoch)
    log(f"teacher: {len(usable)} sentences, {per_epoch} batches an epoch, {steps} steps")
    start, step, total = time.time(), 0, 0.0
    model.train()
    while True:
        for batch in batch_plan([lengths[i] for i in usable], plan.batch_pieces, shuffle):
            chosen = [usable[k] for k in batch]
            minutes = (time.time() - start) / 60
            progress = max(step / steps, minutes / plan.minutes)
            if progress >= 1:
                log(f"teacher: {step} steps, {minutes:.1f} min")
                return
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * rate_at(progress)
            optimizer.zero_grad(set_to_none=True)
            loss = teacher_loss(
                model, piece_batch([forms[i] for i in chosen], pieces_of), [targets[i] for i in chosen]
            )
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += loss.item()
            if step % plan.eval_steps == 0:
                sample = dev[: plan.eval_sentences]
                found = teacher_analyse(model, [[w.form for w in s] for s in sample], pieces_of, labels)
                model.train()
                log(
                    f"teacher: step {step} {minutes:.1f} min loss {total / plan.eval_steps:.3f} "
                    f"dev{len(sample)} {score(sample, found)}"
                )
                total = 0.0


def rate_at(progress: float) -> float:
    """Up for 6 % of the run, then linearly to zero."""
    return min(progress / 0.06 + 0.01, (1 - progress) / 0.94)


def teacher_loss(model: Teacher, batch: PieceBatch, targets: list[torch.Tensor]) -> torch.Tensor:
    """The weighted sum of the tasks' mean cross entropies."""
    scores = model(batch)
    target = torch.full((len(TASKS), *batch.mask.shape), IGNORE)
    for k, classes in enumerate(targets):
        target[:, k, : classes.shape[1]] = classes
    target = dict(zip(TASKS, target))
    scores["deprel"] = model.relation(scores, target["head"].clamp(min=0))
    target["arc"] = target["head"]
    return sum(
        weight * F.cross_entropy(scores[task].flatten(0, 1), target[task].flatten(), ignore_index=IGNORE)
        for task, weight in WEIGHT.items()
    )


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
