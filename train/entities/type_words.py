"""Fit models/TIER_types.tct, the types of what a text names by vectors; print how often they are right.

    type_words.py MENTIONS.jsonl TRACE.jsonl VECTORS GOLD_DIR ANNOTATIONS_DIR [--folds 3] [--heavier NOTES.txt:W] [--out FILE]

MENTIONS is of mention_trace.cc, TRACE and VECTORS are of trace.cc (-v VECTORS), all with the one language model that the
file will belong to and over the same notes in the same order. A stretch of words is labelled where an annotated thing
of its note is called so; each of its places is an example of an equal share of 1. Folds are over the notes of the gold, the
measure is that of mention_types.py. --heavier: what the notes listed count, such as those that the language model was not
trained on: its vectors know too much of the others. Seeded.
"""
from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from gold import fold, rows
from mention_types import GOLD_NOTES, GOLD_WEIGHT, TYPES, report, things
from rank_words import Vectors
from torch import nn

from parser.pack import pack  # noqa: E402, rank_words has put it on the path

HIDDEN, NETWORKS, EPOCHS, BATCH, RATE, DECAY = 128, 3, 10, 256, 2e-3, 0.3
DROP_VECTORS, DROP_HIDDEN = 0.6, 0.3
LEAST = 3  # stretches of words in notes that a feature must hold for


@dataclass
class Place:
    text: str
    features: list[str]
    head: int  # rows of the vectors
    words: list[int]


@dataclass
class Note:
    name: str
    text: str
    places: list[Place]
    known: list[tuple[set[str], str]]
    label: dict[str, str]

    def found(self, typed: dict[str, str]) -> tuple[int, int, int]:
        """Things that stand in the note, those shown, and those shown with their type."""
        there = [(names, kind) for names, kind in self.known if any(f" {name} " in self.text for name in names)]
        got = [({typed[name] for name in names if name in typed}, kind) for names, kind in there]
        return len(there), sum(bool(shown) for shown, _ in got), sum(kind in shown for shown, kind in got)


def read_notes(file: Path, vectors: Vectors, known: dict[str, list[tuple[set[str], str]]]) -> list[Note]:
    notes = []
    for row in rows(file):
        name, places = row["note"], []
        for words, features, sentence, first, last, head in row["mentions"]:
            if text := fold(words):
                at = [vectors.row(name, sentence, token) for token in range(first, last)]
                places.append(Place(text, features, vectors.row(name, sentence, head), at))
        shown, label = {place.text for place in places}, {}
        for names, kind in known[name]:
            for one in sorted(names & shown):
                if kind in TYPES:
                    label.setdefault(one, kind)
        notes.append(Note(name, f" {row['text']} ", places, known[name], label))
    return notes


class Typing(nn.Module):
    """docs/formats/types.md; vectors have mean 0 and deviation 1 here."""

    def __init__(self, features: int, vectors: Vectors):
        super().__init__()
        width = vectors.rows.shape[1]
        self.vectors = vectors.rows
        self.features = nn.EmbeddingBag(features + 1, len(TYPES), mode="sum", padding_idx=features)
        nn.init.zeros_(self.features.weight)
        self.head, self.words = nn.Linear(width, HIDDEN), nn.Linear(width, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, len(TYPES), bias=False)
        nn.init.zeros_(self.out.weight)

    def forward(self, features, offsets, head, words, starts):
        mean = F.embedding_bag(words, self.vectors, starts, mode="mean")
        both = [F.dropout(x, DROP_VECTORS, self.training) for x in (self.vectors[head], mean)]
        hidden = F.dropout(torch.relu(self.head(both[0]) + self.words(both[1])), DROP_HIDDEN, self.training)
        return self.features(features, offsets) + self.out(hidden)


def batch_of(places: list[Place], index: dict[str, int]) -> list[torch.Tensor]:
    features, offsets, words, starts = [], [], [], []
    for place in places:
        offsets.append(len(features))
        features += [index[f] for f in place.features if f in index] or [len(index)]
        starts.append(len(words))
        words += place.words
    lists = (features, offsets, [place.head for place in places], words, starts)
    return [torch.tensor(x, dtype=torch.long) for x in lists]


def fit(notes: list[Note], vectors: Vectors, heavier: dict[str, float]) -> tuple[dict[str, int], list[Typing]]:
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    places, labels, weights = [], [], []
    for note in notes:
        share = Counter(place.text for place in note.places)
        weight = (GOLD_WEIGHT if note.name in GOLD_NOTES else 1.0) * heavier.get(note.name, 1.0)
        for place in note.places:
            if place.text not in note.label:
                continue
            for feature in place.features:
                seen[feature].add((note.name, place.text))
            places.append(place)
            labels.append(TYPES.index(note.label[place.text]))
            weights.append(weight / share[place.text])
    index = {f: i for i, f in enumerate(sorted(f for f, where in seen.items() if len(where) >= LEAST))}
    target, weight = torch.tensor(labels), torch.tensor(weights)
    models, steps = [], EPOCHS * (len(places) // BATCH + 1)
    for seed in range(1, NETWORKS + 1):
        torch.manual_seed(seed)
        model, step = Typing(len(index), vectors), 0
        optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
        for _ in range(EPOCHS):
            for chosen in torch.randperm(len(places)).split(BATCH):
                scores = model(*batch_of([places[i] for i in chosen.tolist()], index))
                loss = (F.cross_entropy(scores, target[chosen], reduction="none") * weight[chosen]).mean()
                for group in optimiser.param_groups:
                    group["lr"] = RATE * (1 - step / steps)
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                step += 1
        models.append(model.eval())
    return index, models


def typed(note: Note, index: dict[str, int], models: list[Typing]) -> dict[str, str]:
    with torch.no_grad():
        scores = sum(model(*batch_of(note.places, index)) for model in models).numpy()
    sums: dict[str, np.ndarray] = {}
    for place, score in zip(note.places, scores):
        sums[place.text] = sums.get(place.text, 0) + score
    return {text: TYPES[int(score.argmax())] for text, score in sums.items()}


def write(file: Path, index: dict[str, int], models: list[Typing], vectors: Vectors) -> None:
    """The networks as one that is as wide as all, for vectors as they come."""
    mean, deviation = torch.tensor(vectors.mean), torch.tensor(vectors.deviation)
    tensors = {}
    for name in ("head", "words"):
        layers = [getattr(model, name) for model in models]
        weight = torch.cat([layer.weight.detach() / deviation for layer in layers])
        bias = torch.cat([torch.zeros(HIDDEN) if layer.bias is None else layer.bias.detach() for layer in layers])
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = weight.numpy(), (bias - weight @ mean).numpy()
    tensors["out"] = torch.cat([model.out.weight.detach() for model in models], 1).numpy() / len(models)
    weights = sum(model.features.weight.detach()[:-1] for model in models).numpy() / len(models)
    kept = [i for i in range(len(index)) if np.abs(weights[i]).max() >= 0.02]
    names = list(index)
    tensors["features.weight"] = weights[kept]
    strings = {"features": [names[i] for i in kept], "types": list(TYPES), "model": [vectors.model]}
    pack(file, file.stem, {}, {}, tensors, {"features.weight"}, strings, {"head.weight", "words.weight"}, "types")
    file.chmod(0o644)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("mentions", "trace", "vectors", "gold", "annotations"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--folds", type=int, default=0, help="0: only fit")
    parser.add_argument("--heavier", help="NOTES.txt:W, notes that count W times")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    GOLD_NOTES.update(p.stem for p in (args.gold / "train").glob("*.md"))
    vectors = Vectors(args.trace, args.vectors)
    notes = read_notes(args.mentions, vectors, things(args.gold, args.annotations))
    heavier = {}
    if args.heavier:
        file, _, weight = args.heavier.rpartition(":")
        heavier = dict.fromkeys(Path(file).read_text(encoding="utf-8").split(), float(weight))
    gold, results = sorted(note.name for note in notes if note.name in GOLD_NOTES), []
    for k in range(args.folds):
        kept = set(gold[k :: args.folds])
        model = fit([note for note in notes if note.name not in kept], vectors, heavier)
        results += [note.found(typed(note, *model)) for note in notes if note.name in kept]
    report(f"{args.folds} folds over {len(gold)} notes", results)
    if args.out:
        write(args.out, *fit(notes, vectors, heavier), vectors)


if __name__ == "__main__":
    main()
