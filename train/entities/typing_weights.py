"""Learn seeds/typing.tsv: a log-linear model of the type of a name, drawn towards an editor's weights.

    typing_weights.py TRACE.jsonl GOLD_DIR CROSS_TRACE.jsonl CROSS_LABELS.jsonl OUT.tsv

CROSS_LABELS holds, a line for each line of CROSS_TRACE, the [name, CrossNER type] pairs of that sentence
(crossner.py writes both). They count a tenth: another kind of text.
"""
from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

import numpy as np
from gold import fold, rows, types_by_note

TYPES = ("Capability Concept Event MarketSegment Metric Organization Person Place Product Resource Service "
         "Strategy Technology Work").split()
OURS = {"organisation": "Organization", "location": "Place", "politicalparty": "Organization", "person": "Person",
        "country": "Place", "politician": "Person", "writer": "Person", "musicalartist": "Person",
        "band": "Organization", "scientist": "Person", "book": "Work", "event": "Event", "election": "Event",
        "album": "Work", "university": "Organization", "algorithm": "Technology", "song": "Work",
        "product": "Product", "field": "Technology", "academicjournal": "Work", "researcher": "Person",
        "poem": "Work", "conference": "Event", "magazine": "Organization", "programlang": "Technology",
        "theory": "Concept", "task": "Technology", "discipline": "Technology"}
LIMIT = {"Person": 700, "Place": 350, "Organization": 700}  # else 250
CROSS_WEIGHT, L2, STEPS = 0.1, 6.0, 200


def shares(features: list[str]) -> dict[str, float]:
    """As guess_type() does: k of n mentions count min(1, k / sqrt(n))."""
    n = max(1, sum(f.startswith("words=") for f in features))
    return {f: min(1.0, k / n**0.5) for f, k in Counter(features).items()} | {"bias": 1.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("trace", "gold", "cross_trace", "cross_labels", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    typed = types_by_note(args.gold / "train_entities.jsonl")
    data = [(doc["note"], shares(features), TYPES.index(found), 1.0)
            for doc in rows(args.trace) for name, features in doc["names"]
            if (found := typed[doc["note"]].get(fold(name))) in TYPES]
    labels, cross = rows(args.cross_labels), []
    for doc in rows(args.cross_trace):
        known = {fold(name): OURS.get(label) for name, label in labels[int(doc["note"])]}
        cross += [("", shares(features), TYPES.index(known[fold(name)]), CROSS_WEIGHT)
                  for name, features in doc["names"] if known.get(fold(name))]
    random.Random(2).shuffle(cross)
    taken: Counter[int] = Counter()
    for row in cross:
        if taken[row[2]] < LIMIT.get(TYPES[row[2]], 250):
            taken[row[2]] += 1
            data.append(row)

    prior: dict[str, np.ndarray] = {}
    for line in (Path(__file__).parent / "typing_prior.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[1] in TYPES:
            prior.setdefault(cells[0], np.zeros(len(TYPES)))[TYPES.index(cells[1])] = float(cells[2])

    def learn(part: list) -> tuple[list[str], np.ndarray]:
        seen = Counter(f for row in part for f in row[1])
        names = sorted({f for f, count in seen.items() if count >= 4} | prior.keys())
        index = {f: i for i, f in enumerate(names)}
        start = np.array([prior.get(f, np.zeros(len(TYPES))) for f in names])
        x, y = np.zeros((len(part), len(names))), np.zeros((len(part), len(TYPES)))
        for r, (_, features, label, _) in enumerate(part):
            y[r, label] = 1
            for f, value in features.items():
                if f in index:
                    x[r, index[f]] = value
        count = np.array([row[3] for row in part])[:, None]
        w, m, v = start.copy(), np.zeros_like(start), np.zeros_like(start)
        for step in range(1, STEPS + 1):
            s = x @ w
            p = np.exp(s - s.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            g = x.T @ ((p - y) * count) + L2 * (w - start)
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            w -= 0.08 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        return names, w

    notes = sorted({row[0] for row in data if row[3] == 1})
    right = asked = 0
    for k in range(4):
        held = set(notes[k::4])
        names, w = learn([row for row in data if row[0] not in held])
        index = {f: i for i, f in enumerate(names)}
        for _, features, label, _ in (row for row in data if row[0] in held and row[3] == 1):
            score = sum((value * w[index[f]] for f, value in features.items() if f in index), np.zeros(len(TYPES)))
            asked += 1
            right += int(np.argmax(score)) == label
    print(f"type of a name on held-out notes: {right} of {asked} = {right / max(asked, 1):.3f}")
    names, w = learn(data)
    with args.out.open("w", encoding="utf-8") as out:
        out.write("# What speaks for the type of a name, and how much. Trained by train/entities/typing_weights.py,\n"
                  "# starting from the weights an editor chose; more rows may be added.\nfeature\ttype\tweight\n")
        for name, row in zip(names, w):
            for kind, weight in zip(TYPES, row):
                if abs(weight) >= 0.08:
                    out.write(f"{name}\t{kind}\t{weight:.2f}\n")


if __name__ == "__main__":
    main()
