"""Training of the fast model on gold trees and, if there are any, on the teacher's soft trees."""
import random
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .batches import batch_plan
from .conllu import Word
from .examples import Batch, Example, collate, example_of
from .features import FeatureTable
from .labels import IGNORE, Labels
from .mentions import TAGS
from .predict import words_from_scores
from .score import score
from .student import Student

WEIGHT = {"upos": 0.5, "xpos": 0.5, "lemma": 0.5, "arc": 1.0, "deprel": 1.0, "mention": 0.5}


@dataclass
class StudentPlan:
    """A run ends after `steps`, or after `minutes` if the machine is slow; the rate follows both."""

    steps: int
    minutes: float
    rate: float = 2e-3
    drop: float = 0.25
    batch_words: int = 2000
    eval_sentences: int = 500
    eval_steps: int = 500
    seed: int = 1


def student_loss(model: Student, batch: Batch) -> torch.Tensor:
    """The weighted sum of the tasks' mean cross entropies; products in bfloat16 (a third faster)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(batch.rows, batch.mask, batch.keep)
        scores["deprel"] = model.relation(scores, batch.targets["head"].clamp(min=0))
    scores = {task: value.float() for task, value in scores.items()}
    target = batch.targets | {"arc": batch.targets["head"]}
    words = batch.mask.sum()
    loss = torch.zeros(())
    for task, weight in WEIGHT.items():
        if task not in scores:
            continue
        if batch.soft and task in batch.soft:
            part = -(batch.soft[task] * F.log_softmax(scores[task], -1)).sum() / words
        elif (target[task] == IGNORE).all():
            continue
        else:
            part = F.cross_entropy(
                scores[task].flatten(0, 1), target[task].flatten(), ignore_index=IGNORE
            )
        loss = loss + weight * part
    return loss


def analyse(
    model: Student, features: FeatureTable, labels: Labels, sentences: list[list[str]]
) -> list[list[Word]]:
    """Sentences of given words, analysed; the model is left in evaluation mode."""
    model.eval()
    found: list[list[Word]] = [[] for _ in sentences]
    examples = [example_of([Word(f) for f in s], features, labels, AnyCount()) for s in sentences]
    with torch.no_grad():
        for indices in batch_plan([len(s) for s in sentences], 4000):
            batch = collate([examples[i] for i in indices], training=False)
            scores = model(batch.rows, batch.mask)
            forms = [sentences[i] for i in indices]
            for i, words in zip(indices, words_from_scores(forms, scores, model.relation, labels)):
                found[i] = words
    return found


def find_tags(model: Student, features: FeatureTable, sentences: list[list[str]]) -> list[list[str]]:
    """The mention tags of sentences of given words, each word's best."""
    model.eval()
    found: list[list[str]] = [[] for _ in sentences]
    no_labels = Labels([], [], [], [])
    examples = [example_of([Word(f) for f in s], features, no_labels, AnyCount()) for s in sentences]
    with torch.no_grad():
        for indices in batch_plan([len(s) for s in sentences], 4000):
            batch = collate([examples[i] for i in indices], training=False)
            best = model(batch.rows, batch.mask)["mention"].argmax(-1).tolist()
            for i, tags in zip(indices, best):
                found[i] = [TAGS[tag] for tag in tags[: len(sentences[i])]]
    return found


def train_student(
    model: Student,
    gold: list[Example],
    silver: list[Example],
    dev: list[list[Word]],
    features: FeatureTable,
    labels: Labels,
    plan: StudentPlan,
    log,
) -> None:
    """Train in place; log(text) takes a line."""
    torch.manual_seed(plan.seed)
    shuffle = random.Random(plan.seed)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.rate, betas=(0.9, 0.95), weight_decay=0.01, fused=True
    )
    sample = dev[: plan.eval_sentences]
    start, step, epoch, total = time.time(), 0, 0, 0.0
    model.train()
    while True:
        epoch += 1
        for batch in epoch_batches(gold, silver, plan.batch_words, shuffle):
            minutes = (time.time() - start) / 60
            progress = max(step / plan.steps, minutes / plan.minutes)
            if progress >= 1:
                log(f"student: {step} steps, {epoch} epochs, {minutes:.1f} min")
                return
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * rate_at(step, progress)
            optimizer.zero_grad(set_to_none=True)
            loss = student_loss(model, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            step += 1
            total += loss.item()
            if step % plan.eval_steps == 0:
                found = analyse(model, features, labels, [[w.form for w in s] for s in sample])
                model.train()
                log(
                    f"student: epoch {epoch} step {step} {minutes:.1f} min "
                    f"loss {total / plan.eval_steps:.3f} dev{len(sample)} {score(sample, found)}"
                )
                total = 0.0


def epoch_batches(gold: list[Example], silver: list[Example], budget: int, shuffle: random.Random):
    """Batches of gold and of silver (never mixed), in one random order."""
    plans = []
    for examples in filter(None, (gold, silver)):
        lengths = [len(example.rows) for example in examples]
        plans += [(examples, batch) for batch in batch_plan(lengths, budget, shuffle)]
    shuffle.shuffle(plans)
    for examples, batch in plans:
        yield collate([examples[i] for i in batch])


def rate_at(step: int, progress: float) -> float:
    """100 steps up, flat to 30 % of the run, then linearly down to a hundredth."""
    falling = 1.0 if progress < 0.3 else max(0.01, (1 - progress) / 0.7)
    return min(1.0, (step + 1) / 100) * falling


class AnyCount:
    """Counts for analysis, where nothing is dropped and the count does not matter."""

    def __getitem__(self, _):
        return 1
