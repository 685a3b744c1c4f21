"""The teacher's soft analyses of other sentences, in memory or as one file of float16 probabilities."""
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from .examples import SOFT_TASKS, Example
from .features import FeatureTable, normal_form
from .labels import IGNORE, TASKS
from .mentions import MENTION_HEADS
from .parallel import in_processes, shared_zeros
from .teacher import Teacher
from .pieces import teacher_batches
from .tree import decode
from .wordpiece import WordPieces

BATCH_PIECES = 3000
SMALL, CAPITALS = 0.06, 0.02  # parts of the free sentences the student sees in one case only

_DTYPES = {"float16": torch.float16, "int16": torch.int16}
Soft = dict[str, np.ndarray]  # float16 probabilities by task; int16 "head"


def soft_sentences(
    model: Teacher, sentences: list[list[str]], pieces_of: WordPieces
) -> Iterator[tuple[int, Soft]]:
    """Index and probabilities of each sentence that fits the encoder, in any order.

    "arc" is over the candidate heads 0..n, "head" is the decoded one and "deprel" the
    probabilities of the labels at it.
    """
    for indices, scores in teacher_batches(model, sentences, pieces_of, BATCH_PIECES):
        arcs = scores["arc"].float()
        heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
        for k, i in enumerate(indices):
            size = len(sentences[i])
            heads[k, :size] = torch.from_numpy(decode(arcs[k, :size, : size + 1].numpy()))
        with torch.no_grad():
            scores["deprel"] = model.relation(scores, heads)
        tasks = SOFT_TASKS + tuple(name for name in MENTION_HEADS if name in scores)
        soft = {task: scores[task].float().softmax(-1).half().numpy() for task in (*tasks, "arc")}
        for k, i in enumerate(indices):
            size = len(sentences[i])
            found = {task: soft[task][k, :size].copy() for task in tasks}
            found["arc"] = soft["arc"][k, :size, : size + 1].copy()
            found["head"] = heads[k, :size].numpy().astype(np.int16)
            yield i, found


def label(
    model: Teacher, sentences: list[list[str]], pieces_of: WordPieces, processes: int, log
) -> Soft:
    """Arrays over all words in order; "arc" is ragged, n * (n + 1) numbers per sentence.

    A sentence too long for the encoder has zeros, which are no targets at all.
    """
    sizes = np.array([len(s) for s in sentences])
    word_at = np.concatenate([[0], np.cumsum(sizes)])
    arc_at = np.concatenate([[0], np.cumsum(sizes * (sizes + 1))])
    _, sample = next(soft_sentences(model, sentences[:1], pieces_of))
    arrays = {
        task: shared_zeros(word_at[-1], *values.shape[1:], dtype=_DTYPES[values.dtype.name]).numpy()
        for task, values in sample.items()
        if task != "arc"
    }
    arrays["arc"] = shared_zeros(arc_at[-1], dtype=torch.float16).numpy()

    def work(rank: int) -> None:
        mine = range(rank, len(sentences), processes)
        found = soft_sentences(model, [sentences[i] for i in mine], pieces_of)
        for done, (k, soft) in enumerate(found, start=1):
            i = mine[k]
            for task, values in soft.items():
                if task == "arc":
                    arrays["arc"][arc_at[i] : arc_at[i + 1]] = values.ravel()
                else:
                    arrays[task][word_at[i] : word_at[i + 1]] = values
            if rank == 0 and done % 2000 == 0:
                log(f"label: {done * processes} of {len(sentences)} sentences")

    in_processes(processes, work)
    return arrays


def silver_examples(
    sentences: list[list[str]], file: Path, features: FeatureTable, counts, seed: int
) -> list[Example]:
    """Examples for the student from label()'s arrays (np.savez); `counts` is updated with them."""
    arrays = {name: values for name, values in np.load(file).items() if not name.startswith("gold_")}
    tasks = SOFT_TASKS + tuple(name for name in MENTION_HEADS if name in arrays)
    random_ = random.Random(seed)
    for sentence in sentences:
        counts.update(map(normal_form, sentence))
    examples = []
    at = arc_at = 0
    for sentence in sentences:
        size = len(sentence)
        words = slice(at, at + size)
        targets = np.full((len(TASKS), size), IGNORE)
        targets[TASKS.index("head")] = arrays["head"][words]
        soft = {task: arrays[task][words] for task in tasks}
        arc = arrays["arc"][arc_at : arc_at + size * (size + 1)]
        soft["arc"] = arc.reshape(size, size + 1)
        seen = np.array([counts[normal_form(form)] for form in sentence], dtype=np.float32)
        rows = np.array([features.rows(f) for f in _in_some_case(sentence, random_)], dtype=np.int64)
        examples.append(Example(rows, targets, 1 - 0.5 / (0.5 + seen), soft))
        at, arc_at = words.stop, arc_at + size * (size + 1)
    return examples


def _in_some_case(forms: list[str], random_: random.Random) -> list[str]:
    draw = random_.random()
    if draw < SMALL:
        return [form.lower() for form in forms]
    return [form.upper() for form in forms] if draw < SMALL + CAPITALS else forms
