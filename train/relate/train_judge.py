#!/usr/bin/env python3
"""Learn the weights by which the relation layer judges its claims.

    train_judge.py CANDIDATES.jsonl... --gold DIR --annotations DIR --scorer score_facts.py --ontology FILE --entities FILE -o relation_weights.tsv

CANDIDATES are the lines that `candidates` (train/relate/candidates.cc) writes: a sentence with every claim the ontology
lets pass and the names of the features that speak for or against it. A claim is right if a gold fact of the note matches
it softly. The model is a logistic regression over binary features with an L2 penalty; weights go out in 1/1000 logit.
Before the final fit the notes are left out in turn, so that the printed figures are of notes the weights have not seen.
Deterministic: one thread, float64, no random numbers but the fixed assignment of notes to folds.
"""
from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np


# Of extract/relate/relate.cc: kLeastSecond, and kLeastHedged and kLeastDenied as parts of kLeastAsserted.
SECOND = 0.35
HEDGED, DENIED = 0.6, 0.6


def load_scorer(path: Path):
    spec = importlib.util.spec_from_file_location("score_facts", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_facts"] = module
    spec.loader.exec_module(module)
    return module


class Data:
    """Candidates of all notes with their labels."""

    def __init__(self, args, scorer):
        self.rows, self.labels, self.notes, self.tiers, self.own = [], [], [], [], []
        self.features = []
        self.gold = {}  # of the notes that figures are printed of
        self.judges = {}
        known = {}
        ontology = scorer.Ontology.load(args.ontology)
        entities = [row for file in args.entities for row in scorer.read_jsonl(file)]
        for tier, line in ((tier, line) for tier, file in enumerate(args.candidates) for line in file.open(encoding="utf-8")):
            sentence = json.loads(line)
            note = sentence["note"]
            self.tiers += [tier] * len(sentence["candidates"])
            own = not (args.gold / f"{note}.jsonl").exists()
            self.own += [own] * len(sentence["candidates"])
            if note not in self.judges:
                if own:
                    rows, names = own_annotation(args.annotations / f"{note}.tsv")
                    known[note] = [scorer.Fact.from_json(row) for row in rows]
                else:
                    rows, names = scorer.read_jsonl(args.gold / f"{note}.jsonl"), entities
                    known[note] = self.gold[note] = [scorer.Fact.from_json(row) for row in rows]
                self.judges[note] = scorer.Judge(ontology, scorer.Names(names, note))
            judge = self.judges[note]
            for candidate in sentence["candidates"]:
                fact = scorer.Fact.from_json(candidate["fact"])
                right = any(judge.matches("soft", g, fact) for g in known[note])
                self.rows.append((sentence["sentence"], candidate["fact"], fact))
                self.features.append(candidate["f"] + own_marks(candidate["f"]) * own)
                self.labels.append(right)
                self.notes.append(note)
        self.labels = np.array(self.labels, dtype=np.float64)
        self.own = np.array(self.own)


def own_marks(names):
    """Of a claim from train/annotations: other readers state other shares of the claims of a relation."""
    relation = next((name for name in names if name.startswith(("rel=", "alone:rel="))), "")
    return ["own", "own:" + relation]


def own_annotation(file: Path):
    """Facts and entities of train/annotations."""
    facts, entities = [], []
    for line in file.read_text(encoding="utf-8").splitlines():
        kind, *rest = line.split("\t")
        if kind == "F":
            keys = ("subject", "subject_type", "relation", "object", "object_type")
            facts.append(dict(zip(keys, rest[1:6])))
        elif kind == "E":
            aliases = rest[2].split(";") if len(rest) > 2 else []
            entities.append({"name": rest[0], "type": rest[1], "aliases": aliases, "notes": [file.stem]})
    return facts, entities


class Rows:
    """A binary matrix by rows: which columns are one."""

    def __init__(self, features, index):
        columns = [[index[name] for name in names if name in index] for names in features]
        self.lengths = np.array([len(row) for row in columns])
        self.columns = np.array([c for row in columns for c in row], dtype=np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.width = len(index)

    def times(self, w):
        return np.where(self.lengths > 0, np.add.reduceat(np.append(w[self.columns], 0.0), self.starts), 0.0)

    def transposed_times(self, r):
        return np.bincount(self.columns, weights=np.repeat(r, self.lengths), minlength=self.width)


def minimise(objective, w, steps=300, memory=10, tolerance=1e-5):
    """L-BFGS with backtracking (Nocedal and Wright 2006, algorithm 7.4). `objective` gives value and gradient."""
    value, gradient = objective(w)
    moves, changes = [], []
    for _ in range(steps):
        q, alphas = gradient.copy(), []
        for s, y in zip(reversed(moves), reversed(changes)):
            alphas.append(s @ q / (y @ s))
            q -= alphas[-1] * y
        if moves:
            q *= (moves[-1] @ changes[-1]) / (changes[-1] @ changes[-1])
        else:
            q /= max(1.0, np.linalg.norm(q))
        for s, y, alpha in zip(moves, changes, reversed(alphas)):
            q += s * (alpha - (y @ q) / (y @ s))
        slope, size = gradient @ q, 1.0
        while True:
            w_new = w - size * q
            value_new, gradient_new = objective(w_new)
            if value_new <= value - 1e-4 * size * slope or size < 1e-8:
                break
            size *= 0.5
        s, y = w_new - w, gradient_new - gradient
        done = value - value_new <= tolerance
        w, value, gradient = w_new, value_new, gradient_new
        if done:
            break
        if y @ s > 1e-10:
            moves, changes = (moves + [s])[-memory:], (changes + [y])[-memory:]
    return w


def penalties(index, strength):
    """Specific features are shrunk more: what one verb did in one note says little."""
    out = np.full(len(index), strength)
    for name, j in index.items():
        if name.startswith(("bias", "rel=", "alone>=", "pair>=", "alone:rel=")) or name == "alone":
            out[j] = strength * 0.1
    return out


def fit(features, labels, strength, least):
    counts = Counter(name for names in features for name in names)
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}
    x, penalty = Rows(features, index), penalties(index, strength)

    def objective(w):
        z = x.times(w)
        loss = np.sum(np.logaddexp(0.0, z) - labels * z) + 0.5 * np.sum(penalty * w * w)
        return loss, x.transposed_times(1 / (1 + np.exp(-z)) - labels) + penalty * w

    w = minimise(objective, np.zeros(len(index)))
    return {name: float(w[j]) for name, j in index.items()}


def predict(features, weights):
    z = np.array([sum(weights.get(name, 0.0) for name in names) for names in features])
    return 1 / (1 + np.exp(-z))


def folds_of(notes, count):
    order = {note: i % count for i, note in enumerate(sorted(set(notes)))}
    return np.array([order[note] for note in notes])


def evaluate(data, probabilities, threshold, scorer, cap=2, tier=0):
    """The scorer's figures when claims above the threshold are kept, as find_facts keeps them."""
    chosen = defaultdict(list)
    best = {}
    for (sentence, _, fact), note, p, mine in zip(data.rows, data.notes, probabilities, data.tiers):
        if mine != tier or note not in data.gold:
            continue
        part = DENIED if fact.polarity == "negative" else 1.0 if fact.modality == "asserted" else HEDGED
        if p < threshold * part:
            continue
        key = (note, sentence, fact.relation, fact.subject, fact.object)
        if key not in best or p > best[key][0]:
            best[key] = (p, fact)
    pairs = defaultdict(list)
    for (note, sentence, _, subject, object_), (p, fact) in best.items():
        pairs[note, sentence, subject, object_].append((p, fact))
    for (note, *_), claims in pairs.items():
        claims.sort(key=lambda c: (-c[0], c[1]))
        chosen[note] += [fact for k, (p, fact) in enumerate(claims[:cap]) if k == 0 or p >= SECOND]
    total = scorer.Score("total")
    for note, gold in data.gold.items():
        total.counts.update(scorer.score_note(note, gold, chosen[note], data.judges[note], "strict").counts)
    return total.metrics(), sum(map(len, chosen.values()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("candidates", type=Path, nargs="+", help="one file a tier: one set of weights serves all")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, help="of further notes, to learn from only (train/annotations)")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--ontology", type=Path, required=True)
    parser.add_argument("--entities", type=Path, nargs="+", required=True)
    parser.add_argument("--strength", type=float, default=20.0, help="of the L2 penalty")
    parser.add_argument("--smallest", type=int, default=30, help="weights up to this, in 1/1000 logit, are left out")
    parser.add_argument("--least", type=int, default=3, help="features seen less often are left out")
    parser.add_argument("--folds", type=int, default=11)
    parser.add_argument("--cap", type=int, default=2)
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    data = Data(args, scorer)
    print(f"{len(data.rows)} candidates, {int(data.labels.sum())} right, {len(data.gold)} notes")
    if args.folds > 1:
        fold = folds_of(data.notes, args.folds)
        held = np.zeros(len(data.rows))
        for k in range(args.folds):
            held_out = (fold == k) & ~data.own
            inside = [f for f, out in zip(data.features, held_out) if not out]
            weights = fit(inside, data.labels[~held_out], args.strength, args.least)
            outside = np.flatnonzero(held_out)
            held[outside] = predict([data.features[i] for i in outside], weights)
        eps = 1e-9
        losses = data.labels * np.log(held + eps) + (1 - data.labels) * np.log(1 - held + eps)
        print("held-out log loss %.4f" % -np.mean(losses[~data.own]))
        for tier, threshold in ((t, x) for t in range(len(args.candidates)) for x in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)):
            m, count = evaluate(data, held, threshold, scorer, args.cap, tier)
            print(f"  {args.candidates[tier].stem} at %.2f: %5d facts, core soft R %.3f P %.3f F1 %.3f, all soft R %.3f P %.3f F1 %.3f raw %.3f" % (
                threshold, count, m["core.soft.recall"], m["core.soft.precision"], m["core.soft.f1"], m["all.soft.recall"],
                m["all.soft.precision"], m["all.soft.f1"], m["all.soft.precision_raw"]))
    if args.output:
        weights = fit(data.features, data.labels, args.strength, args.least)
        with args.output.open("w", encoding="utf-8", newline="\n") as out:
            out.write("feature\tweight\n")
            for name, weight in sorted(weights.items()):
                milli = round(weight * 1000)
                # The program reads no own notes.
                told = abs(milli) > args.smallest or name.startswith("rel=")
                if told and not name.startswith("own") and "\t" not in name:
                    out.write(f"{name}\t{milli}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
