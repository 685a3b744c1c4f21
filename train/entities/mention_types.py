"""Learn seeds/mention_types.tsv: a log-linear model of the type of a stretch of words, from annotated notes.

    mention_types.py GOLD_DIR ANNOTATIONS_DIR FAST_TRACE ACCURATE_TRACE UNSEEN.txt OUT.tsv

The traces are of mention_trace.cc, over the same notes. UNSEEN lists the notes, a line each, whose annotation the
accurate model was not trained on: only they tell how far its kinds of words can be believed. First the features of
words and tables are fitted on the fast model's trace, then, on the accurate model's, the kinds beside their sum.
No name reaches the table: words are common nouns, verbs and adjectives that stand in several notes.
"""
from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from gold import fold, rows

TYPES = ("Capability Concept Date Event MarketSegment Metric Organization Person Place Product Quantity Resource "
         "Service Strategy Technology Work").split()
NOTES, L2, L2_KINDS, STEPS = 3, 1.0, 1.0, 120
GOLD_WEIGHT = 2.0  # the notes of the gold against those of our own readers


def things(gold: Path, own: Path) -> dict[str, list[tuple[set[str], str]]]:
    """Per note: folded names of a thing, and its type."""
    out: dict[str, list[tuple[set[str], str]]] = defaultdict(list)
    for row in rows(gold / "train_entities.jsonl"):
        for note in row["notes"]:
            out[note].append(({fold(row["name"]), *map(fold, row["aliases"])}, row["type"]))
    for file in sorted(own.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            kind, *cells = line.split("\t")
            if kind == "E" and file.stem not in GOLD_NOTES:
                aliases = cells[2].split(";") if len(cells) > 2 and cells[2] else []
                out[file.stem].append(({fold(cells[0]), *map(fold, aliases)}, cells[1]))
    return out


GOLD_NOTES: set[str] = set()


class Note:
    def __init__(self, row: dict, known: list[tuple[set[str], str]]):
        self.name, self.text, self.sentences = row["note"], f" {row['text']} ", row["sentences"]
        self.known = known
        found: dict[str, Counter[str]] = defaultdict(Counter)
        places: Counter[str] = Counter()
        for words, features, *_ in row["mentions"]:
            text = fold(words)
            places[text] += 1
            found[text].update(features)
        self.spans = sum(places.values())
        self.mentions = {text: {f: k / places[text] for f, k in one.items()} for text, one in found.items() if text}
        self.label = {}
        for names, kind in known:
            for name in names:
                if kind in TYPES and name in self.mentions:
                    self.label.setdefault(name, kind)

    def found(self, typed: dict[str, str]) -> tuple[int, int, int]:
        """Things that stand in the note, those shown, and those shown with their type."""
        there = shown = right = 0
        for names, kind in self.known:
            if not any(f" {name} " in self.text for name in names):
                continue
            there += 1
            got = {typed[name] for name in names if name in typed}
            shown += bool(got)
            right += kind in got
        return there, shown, right


class Model:
    """Weights of features by type; `base` marks a further matrix of scores, with one weight."""

    def __init__(self, names: list[str]):
        self.index = {f: i for i, f in enumerate(names)}
        self.w = np.zeros((len(names), len(TYPES)))
        self.scale = 1.0

    def matrix(self, data):
        r, c, v = [], [], []
        for i, features in enumerate(data):
            for f, value in features.items():
                if f in self.index:
                    r.append(i), c.append(self.index[f]), v.append(value)
        return np.array(r), np.array(c), np.array(v), len(data)

    def scores(self, m, base=None):
        r, c, v, n = m
        out = np.zeros((n, len(TYPES)))
        for t in range(len(TYPES)):
            out[:, t] = np.bincount(r, v * self.w[c, t], n)
        return out if base is None else out + self.scale * base

    def fit(self, data, labels, weights, l2, base=None):
        """Adam over all examples at once."""
        import torch
        r, c, v, n = self.matrix(data)
        shape = (n, len(self.index))
        x = torch.sparse_coo_tensor(np.stack([r, c]), v.astype(np.float32), shape).coalesce()
        xt = x.t().coalesce().to_sparse_csr()
        x = x.to_sparse_csr()
        y = torch.nn.functional.one_hot(torch.tensor(labels), len(TYPES)).float()
        count = torch.tensor(weights, dtype=torch.float32)[:, None]
        b = torch.tensor(base, dtype=torch.float32) if base is not None else None
        w = [torch.zeros(self.w.shape), torch.ones(1)]
        m, q = [torch.zeros_like(p) for p in w], [torch.zeros_like(p) for p in w]
        for step in range(1, STEPS + 1):
            s = x @ w[0]
            if b is not None:
                s = s + w[1] * b
            d = (torch.softmax(s, 1) - y) * count
            slopes = [xt @ d + l2 * w[0], (d * b).sum()[None] if b is not None else torch.zeros(1)]
            rate = 0.08 * min(1.0, 2 * (1 - step / STEPS) + 0.05)
            for k, g in enumerate(slopes):
                m[k] = 0.9 * m[k] + 0.1 * g
                q[k] = 0.999 * q[k] + 0.001 * g * g
                w[k] = w[k] - rate * (m[k] / (1 - 0.9**step)) / ((q[k] / (1 - 0.999**step)).sqrt() + 1e-8)
        self.w, self.scale = w[0].double().numpy(), float(w[1])


def examples(notes, kinds):
    data, labels, weights = [], [], []
    for note in notes:
        for text, kind in sorted(note.label.items()):
            data.append({f: v for f, v in note.mentions[text].items() if f.startswith("kind=") == kinds})
            labels.append(TYPES.index(kind))
            weights.append(GOLD_WEIGHT if note.name in GOLD_NOTES else 1.0)
    return data, labels, weights


def learn(notes, l2=L2) -> Model:
    seen: Counter[str] = Counter()
    for note in notes:
        seen.update({f for text in note.label for f in note.mentions[text] if not f.startswith("kind=")})
    model = Model(sorted(f for f, n in seen.items() if n >= NOTES))
    model.fit(*examples(notes, False), l2)
    return model


def learn_kinds(base: Model, notes) -> Model:
    plain, _, _ = examples(notes, False)
    data, labels, weights = examples(notes, True)
    model = Model(sorted({f for one in data for f in one}))
    model.fit(data, labels, weights, L2_KINDS, base.scores(base.matrix(plain)))
    return model


def typed(note, base: Model, kinds: Model | None = None) -> dict[str, str]:
    texts = list(note.mentions)
    s = base.scores(base.matrix([note.mentions[t] for t in texts]))
    if kinds is not None:
        s = kinds.scores(kinds.matrix([note.mentions[t] for t in texts]), s)
    return {t: TYPES[k] for t, k in zip(texts, s.argmax(1))}


def report(what: str, results) -> None:
    there, shown, right = (sum(one[k] for one in results) for k in range(3))
    if there:
        print(f"{what}: {there} things, shown {shown / there:.3f}, with type {right / there:.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "annotations", "fast", "accurate", "unseen", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    GOLD_NOTES.update(p.stem for p in (args.gold / "train").glob("*.md"))
    known = things(args.gold, args.annotations)
    fast = [Note(row, known[row["note"]]) for row in rows(args.fast) if known[row["note"]]]
    accurate = [Note(row, known[row["note"]]) for row in rows(args.accurate) if known[row["note"]]]
    unseen = set(args.unseen.read_text(encoding="utf-8").split())

    # Notes unseen by the accurate model are kept out of the words' fit too while the kinds are fitted beside it.
    base = learn([note for note in fast if note.name not in unseen])
    report("fast, notes kept out", [note.found(typed(note, base)) for note in fast if note.name in unseen])
    fresh = sorted((note for note in accurate if note.name in unseen), key=lambda note: note.name)
    report("accurate without kinds, notes kept out", [note.found(typed(note, base)) for note in fresh])
    results = []
    for k in range(2):
        kinds = learn_kinds(base, fresh[1 - k::2])
        results += [note.found(typed(note, base, kinds)) for note in fresh[k::2]]
    report("accurate, notes kept out", results)
    kinds = learn_kinds(base, fresh)
    base = learn(fast)
    with args.out.open("w", encoding="utf-8") as out:
        out.write("# What speaks for the type of a stretch of words, and how much. Trained by\n"
                  "# train/entities/mention_types.py; rows may be added. kind=: what the accurate model takes the\n"
                  "# head word for; beside it the sum of the others is scaled by beside-kinds.\n"
                  "feature\ttype\tweight\n" f"beside-kinds\t*\t{kinds.scale:.2f}\n")
        for model in (base, kinds):
            for name, row in zip(model.index, model.w):
                for kind, weight in zip(TYPES, row):
                    if abs(weight) >= 0.25:
                        out.write(f"{name}\t{kind}\t{weight:.2f}\n")


if __name__ == "__main__":
    main()
