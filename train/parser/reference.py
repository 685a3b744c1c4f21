"""Numbers of a packed model on given sentences, to compare another engine with."""
import json
from pathlib import Path

import numpy as np
import torch

from .conllu import Word
from .examples import collate, example_of
from .stages import load_packed
from .train_student import AnyCount, analyse, find_mentions


def write_reference(model_file: Path, sentences: list[list[str]], out: Path) -> None:
    """One JSON object per sentence: rows, tags, tree, and per word the best score of each task.

    `heads` are 1-based, 0 is the root; `arc_max` is the score of the best head before the tree is
    enforced, `greedy` that head; `encoder` holds the first 8 channels before the heads.
    """
    model, features, labels = load_packed(model_file)
    lines = []
    for forms in sentences:
        words = analyse(model, features, labels, [forms])[0]
        example = example_of([Word(form) for form in forms], features, labels, AnyCount())
        batch = collate([example], training=False)
        with torch.no_grad():
            scores = model(batch.rows, batch.mask)
            encoder = model.encode(batch.rows, batch.mask)[0]
            heads = torch.tensor([[word.head for word in words]])
            relation = model.relation(scores, heads)[0]
        best = {task: rounded(scores[task][0].max(-1).values) for task in ("upos", "xpos", "lemma", "arc")}
        tags = find_mentions(model, features, [forms])[0].mention if model.mention else []
        lines.append(
            json.dumps(
                {
                    "tokens": forms,
                    "rows": example.rows.tolist(),
                    "upos": [word.upos for word in words],
                    "xpos": [word.xpos for word in words],
                    "lemma": [word.lemma for word in words],
                    "heads": [word.head for word in words],
                    "greedy": scores["arc"][0].argmax(-1).tolist(),
                    "deprel": [word.deprel for word in words],
                    "mention": tags,
                    "arc_max": best["arc"],
                    "upos_max": best["upos"],
                    "xpos_max": best["xpos"],
                    "lemma_max": best["lemma"],
                    "deprel_max": rounded(relation.max(-1).values),
                    "encoder": [rounded(row) for row in encoder[:, :8]],
                },
                ensure_ascii=False,
            )
        )
    out.write_text("\n".join(lines) + "\n", encoding="utf8")


def rounded(values: torch.Tensor) -> list[float]:
    """Floats with six decimals."""
    return np.round(values.double().numpy(), 6).tolist()
