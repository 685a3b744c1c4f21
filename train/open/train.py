#!/usr/bin/env python3
"""Learn which open tuples a reader states.

    train.py CANDIDATES.jsonl... --gold TUPLES.jsonl --scorer score_carb.py -o open_weights.tsv

CANDIDATES are what `candidates` (train/open/candidates.cc) writes, one file a tier. A candidate's label is what it
earns against the sentence's annotated tuples, 0..1; the model is a logistic regression with an
L2 penalty that predicts it. Deterministic: no random numbers. Prints the log loss on sentences left out in turn.
"""
import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "relate"))
from train_judge import fit, folds_of, load_scorer, predict  # noqa: E402


def labels_of(group, gold, scorer):
    """The mean of precision and recall a candidate earns with the annotated tuple it is paired with, one to one, best pairs
    first; half of what its best pair would earn where that tuple is another candidate's."""
    def value(i, j):
        match = scorer.match(gold[i], group[j])
        return (match.precision + match.recall) / 2

    cells = {(i, j): value(i, j) for i in range(len(gold)) for j in range(len(group))}
    out, used = [None] * len(group), set()
    for (i, j), earned in sorted(cells.items(), key=lambda cell: (-cell[1], cell[0])):
        if earned > 0 and i not in used and out[j] is None:
            used.add(i)
            out[j] = earned
    best = [max((cells[i, j] for i in range(len(gold))), default=0.0) for j in range(len(group))]
    return [best[j] / 2 if one is None else one for j, one in enumerate(out)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("candidates", type=Path, nargs="+")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=12.0)
    parser.add_argument("--least", type=int, default=8)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    gold = scorer.read_predictions(args.gold)
    features, labels, sentences = [], [], []
    for file in args.candidates:
        groups = defaultdict(list)
        for line in file.open(encoding="utf-8"):
            row = json.loads(line)
            t = row["tuple"]
            one = scorer.Extraction(t["relation"], (t["subject"], *t["args"]))
            groups[scorer.sentence_key(t["sentence"])].append((one, row["f"]))
        for key, group in groups.items():
            features += [f for _, f in group]
            labels += labels_of([e for e, _ in group], gold.get(key, ()), scorer)
            sentences += [key] * len(group)
    labels = np.array(labels)
    fold, held = folds_of(sentences, args.folds), np.zeros(len(labels))
    for k in range(args.folds):
        inside = [f for f, n in zip(features, fold) if n != k]
        weights = fit(inside, labels[fold != k], args.strength, args.least)
        rows = np.flatnonzero(fold == k)
        held[rows] = predict([features[i] for i in rows], weights)
    loss = -np.mean(labels * np.log(held) + (1 - labels) * np.log(1 - held))
    print(f"{len(labels)} candidates, mean label {labels.mean():.3f}, held-out log loss {loss:.4f}")
    if args.output:
        weights = fit(features, labels, args.strength, args.least)
        with args.output.open("w", encoding="utf-8") as out:
            out.write("# How far each feature speaks for an open tuple, in 1/1000 logit. Learnt: see train/open.\n")
            out.write("feature\tweight\n")
            for name, w in sorted(weights.items()):
                if abs(w) >= 0.02:
                    out.write(f"{name}\t{round(1000 * w)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
