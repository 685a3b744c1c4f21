"""Training of the fast model on gold trees and, if there are any, on the teacher's soft trees."""
import random
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from .batches import batch_plan
from .conllu import Word
from .examples import Batch, Example, collate, example_of
from .features import FeatureTable
from .labels import IGNORE, Labels
from .mentions import MENTION_HEADS, TAGS, Tagged
from .parallel import Descent, descend
from .predict import words_from_scores
from .score import score
from .student import Student

WEIGHT = {"upos": 0.5, "xpos": 0.5, "lemma": 0.5, "arc": 1.0, "deprel": 1.0, "mention": 0.5, "outer": 0.25,
          "kind": 0.25}  # fmt: skip


@dataclass
class StudentPlan:
    """A run ends after `steps`, or after `minutes` if the machine is slow; the rate follows both.

    A step takes one batch of `batch_words` per process; what is kept is a running mean of the
    weights over about 1 / (1 - average) steps.
    """

    steps: int
    minutes: float
    rate: float = 2e-3
    drop: float = 0.25
    batch_words: int = 1000
    average: float = 0.998
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


def find_mentions(model: Student, features: FeatureTable, sentences: list[list[str]]) -> list[Tagged]:
    """The mentions of sentences of given words, each word's best tags."""
    model.eval()
    found = [Tagged(forms, [], []) for forms in sentences]
    no_labels = Labels([], [], [], [])
    examples = [example_of([Word(f) for f in s], features, no_labels, AnyCount()) for s in sentences]
    with torch.no_grad():
        for indices in batch_plan([len(s) for s in sentences], 4000):
            batch = collate([examples[i] for i in indices], training=False)
            scores = model(batch.rows, batch.mask)
            best = [scores[name].argmax(-1).tolist() for name in MENTION_HEADS]
            for k, i in enumerate(indices):
                size = len(sentences[i])
                found[i].mention, found[i].outer = ([TAGS[t] for t in tags[k][:size]] for tags in best)
    return found


def train_student(
    model: Student,
    gold: list[Example],
    silver: list[Example],
    dev: list[list[Word]],
    features: FeatureTable,
    labels: Labels,
    plan: StudentPlan,
    processes: int,
    log,
    also=None,
) -> None:
    """Train in place; log(text) takes a line, also(model) is called where dev is scored."""
    sample = dev[: plan.eval_sentences]
    sources = [examples for examples in (gold, silver) if examples]
    per_epoch = len(_epoch(sources, plan.batch_words, None)) // processes
    log(f"student: {per_epoch} steps an epoch")
    start, total = time.time(), 0.0

    def rate(step: int) -> float | None:
        progress = max(step / plan.steps, (time.time() - start) / 60 / plan.minutes)
        return None if progress >= 1 else rate_at(step, progress)

    def after(step: int, loss: float, means) -> None:
        nonlocal total
        total += loss
        if step % plan.eval_steps:
            return
        minutes = (time.time() - start) / 60
        with means():
            found = analyse(model, features, labels, [[w.form for w in s] for s in sample])
            extra = f" {also(model)}" if also else ""
        log(
            f"student: epoch {step / per_epoch:.1f} step {step} {minutes:.1f} min "
            f"loss {total / plan.eval_steps:.3f} dev{len(sample)} {score(sample, found)}{extra}"
        )
        total = 0.0

    groups = [{"params": list(model.parameters()), "base": plan.rate, "weight_decay": 0.01}]
    descend(
        model,
        Descent(groups, (0.9, 0.95), 2.0, plan.average),
        processes,
        plan.seed,
        lambda epoch: _epoch(sources, plan.batch_words, random.Random(f"{plan.seed} {epoch}")),
        lambda chosen: student_loss(model, collate([sources[chosen[0]][i] for i in chosen[1]])),
        rate,
        after,
    )
    log(f"student: {(time.time() - start) / 60:.1f} min")


def _epoch(
    sources: list[list[Example]], budget: int, shuffle: random.Random | None
) -> list[tuple[int, list[int]]]:
    """Batches of a source's number and its examples' (sources never mixed), in one random order."""
    plans = []
    for source, examples in enumerate(sources):
        lengths = [len(example.rows) for example in examples]
        plans += [(source, batch) for batch in batch_plan(lengths, budget, shuffle)]
    if shuffle:
        shuffle.shuffle(plans)
    return plans


def rate_at(step: int, progress: float) -> float:
    """100 steps up, flat to 30 % of the run, then linearly down to a hundredth."""
    falling = 1.0 if progress < 0.3 else max(0.01, (1 - progress) / 0.7)
    return min(1.0, (step + 1) / 100) * falling


class AnyCount:
    """Counts for analysis, where nothing is dropped and the count does not matter."""

    def __getitem__(self, _):
        return 1
