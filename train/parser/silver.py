"""The teacher's soft analyses of free text, as one file of float16 probabilities."""
from pathlib import Path

import numpy as np
import torch

from .examples import SOFT_TASKS, Example
from .features import FeatureTable, normal_form
from .labels import IGNORE, TASKS
from .teacher import Teacher
from .train_teacher import teacher_batches
from .tree import decode
from .wordpiece import WordPieces

BATCH_PIECES = 3000


def label(model: Teacher, sentences: list[list[str]], pieces_of: WordPieces, log) -> dict[str, np.ndarray]:
    """Arrays over all words in order; "arc" is ragged, n * (n + 1) numbers per sentence.

    The label's probabilities are those at the decoded head. A sentence too long for the encoder
    has zeros, which are no targets at all.
    """
    sizes = np.array([len(s) for s in sentences])
    word_at = np.concatenate([[0], np.cumsum(sizes)])
    arc_at = np.concatenate([[0], np.cumsum(sizes * (sizes + 1))])
    arrays: dict[str, np.ndarray] = {
        "arc": np.zeros(arc_at[-1], np.float16),
        "head": np.zeros(word_at[-1], np.int16),
    }
    done = 0
    for indices, scores in teacher_batches(model, sentences, pieces_of, BATCH_PIECES):
        arcs = scores["arc"].float()
        heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
        for k, i in enumerate(indices):
            size = sizes[i]
            heads[k, :size] = torch.from_numpy(decode(arcs[k, :size, : size + 1].numpy()))
        with torch.no_grad():
            scores["deprel"] = model.relation(scores, heads)
        soft = {task: scores[task].float().softmax(-1).numpy() for task in (*SOFT_TASKS, "arc")}
        for k, i in enumerate(indices):
            size, words = sizes[i], slice(word_at[i], word_at[i + 1])
            for task in SOFT_TASKS:
                if task not in arrays:
                    arrays[task] = np.zeros((word_at[-1], soft[task].shape[-1]), np.float16)
                arrays[task][words] = soft[task][k, :size]
            arrays["arc"][arc_at[i] : arc_at[i + 1]] = soft["arc"][k, :size, : size + 1].ravel()
            arrays["head"][words] = heads[k, :size].numpy()
        if (done + len(indices)) // 10000 > done // 10000:
            log(f"label: {done + len(indices)} of {len(sentences)} sentences")
        done += len(indices)
    return arrays


def silver_examples(
    sentences: list[list[str]], file: Path, features: FeatureTable, counts
) -> list[Example]:
    """Examples for the student from label()'s arrays (np.savez); `counts` is updated with them."""
    arrays = dict(np.load(file))
    for sentence in sentences:
        counts.update(map(normal_form, sentence))
    examples = []
    at = arc_at = 0
    for sentence in sentences:
        size = len(sentence)
        words = slice(at, at + size)
        targets = np.full((len(TASKS), size), IGNORE)
        targets[TASKS.index("head")] = arrays["head"][words]
        soft = {task: arrays[task][words] for task in SOFT_TASKS}
        arc = arrays["arc"][arc_at : arc_at + size * (size + 1)]
        soft["arc"] = arc.reshape(size, size + 1)
        rows = np.array([features.rows(form) for form in sentence], dtype=np.int64)
        seen = np.array([counts[normal_form(form)] for form in sentence], dtype=np.float32)
        examples.append(Example(rows, targets, 1 - 0.5 / (0.5 + seen), soft))
        at, arc_at = words.stop, arc_at + size * (size + 1)
    return examples
