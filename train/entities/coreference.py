"""Learn seeds/coreference.tsv: a log-linear choice among the antecedents that the resolver offers.

    coreference.py TRACE.jsonl GOLD_DIR OUT.tsv [--l2 6] [--folds 5] [--all]

TRACE is the output of trace.cc over the notes of GOLD_DIR/train; GOLD_DIR holds train_mentions.jsonl and
train_entities.jsonl. Where nothing on offer is right, "none" is; definite phrases nobody annotated count as
"none" with a quarter of the weight. A fixed fifth of the notes (every fifth by name) is never learned from, unless
--all is given: on them the accuracy over all annotated mentions is printed, also those that the resolver does not see or
that mean a whole statement. Deterministic: no randomness but the order of the notes (sorted).
"""
from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np
from gold import fold, jaccard, names_by_note, rows, squash


def held_out(notes: list[str]) -> set[str]:
    return set(sorted(notes)[::5])


def examples(trace: Path, gold: Path) -> tuple[list[tuple[str, dict, list[int], float]], Counter]:
    """(note, anaphor, options that are right, weight), and how many mentions of each note were annotated."""
    docs = {doc["note"]: doc for doc in rows(trace)}
    entities = names_by_note(gold / "train_entities.jsonl")
    out, matched, annotated, count = [], set(), set(), Counter()
    for row in rows(gold / "train_mentions.jsonl"):
        note = row["note"]
        if note not in docs:
            continue
        annotated.add(note)
        count[note] += 1
        doc = docs[note]
        places = [i for i, s in enumerate(doc["sentences"]) if squash(s["text"]) == squash(row["sentence"])]
        if not places:
            continue
        sentence = doc["sentences"][places[0]]
        words = row["mention"].lower().strip()
        found = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", sentence["text"].lower())]
        if len(found) <= row["nth"]:
            continue
        begin = len(sentence["text"][: found[row["nth"]]].encode()) + sentence["begin"]
        end = begin + len(words.encode())
        here = [a for a in doc["anaphors"]
                if a["s"] == places[0] and begin <= sentence["tokens"][a["t"]][1] < end]
        if not here:
            continue
        anaphor = here[-1]
        matched.add((note, anaphor["s"], anaphor["t"]))
        meant = row["refers_to"] or []
        names = meant if isinstance(meant, list) else [*re.split(r"; | and ", meant), meant]
        accepted = set(map(fold, names))
        for forms in entities[note]:
            if forms & set(map(fold, names)):
                accepted |= forms
        right = [j for j, (entity, name, _) in enumerate(anaphor["o"])
                 if entity >= 0 and any(fold(name) == a or jaccard(a, fold(name)) >= 0.5 for a in accepted)]
        right = right or [j for j, option in enumerate(anaphor["o"]) if option[0] < 0]
        if right:
            out.append((note, anaphor, right, 1.0))
    for note in sorted(annotated):
        for anaphor in docs[note]["anaphors"]:
            if anaphor["k"].startswith("the ") and len(anaphor["o"]) > 1 \
                    and (note, anaphor["s"], anaphor["t"]) not in matched:
                out.append((note, anaphor, [j for j, o in enumerate(anaphor["o"]) if o[0] < 0], 0.25))
    return out, count


def learn(data: list, size: int, l2: float, steps: int = 200) -> np.ndarray:
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        gradient = l2 * weights
        for _, features, right, weight, *_ in data:
            score = features @ weights
            p = np.exp(score - score.max())
            p /= p.sum()
            q = np.zeros_like(p)
            q[right] = p[right]
            gradient += weight * (features.T @ (p - q / q.sum()))
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trace", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--l2", type=float, default=6)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="learn from every note")
    args = parser.parse_args()
    raw, count = examples(args.trace, args.gold)
    seen = Counter(f for _, anaphor, _, _ in raw for option in anaphor["o"] for f in option[2])
    names = sorted(f for f, count in seen.items() if count >= 15)
    index = {f: i for i, f in enumerate(names)}
    data = []
    for note, anaphor, right, weight in raw:
        features = np.zeros((len(anaphor["o"]), len(names)))
        for j, option in enumerate(anaphor["o"]):
            for f, value in option[2].items():
                if f in index:
                    features[j, index[f]] = value
        kind = "unannotated" if weight < 1 else anaphor["k"].split()[0]
        named = {j for j in right if anaphor["o"][j][0] >= 0}
        data.append((note, features, right, weight, kind, named))
    held = held_out(list(count))
    if not args.all:
        weights = learn([row for row in data if row[0] not in held], len(names), args.l2)
        here = [row for row in data if row[0] in held and row[3] == 1]
        hits = sum(int(np.argmax(row[1] @ weights)) in row[5] for row in here)
        total = sum(count[note] for note in held)
        print(f"antecedents found in {len(held)} notes never learned from: {hits} of {total} annotated mentions = "
              f"{hits / total:.3f}; {hits} of {sum(bool(row[5]) for row in here)} that were on offer")
        for kinds in (("it", "they", "he", "she"), ("the", "these")):
            some = [row for row in here if row[4] in kinds]
            good = sum(int(np.argmax(row[1] @ weights)) in row[5] for row in some)
            print(f"  {' '.join(kinds)}: {good} of {len(some)} = {good / max(len(some), 1):.3f}")
        data = [row for row in data if row[0] not in held]
    notes = sorted({row[0] for row in data})
    asked, right = Counter(), Counter()
    for fold_number in range(args.folds):
        fold_notes = set(notes[fold_number :: args.folds])
        weights = learn([row for row in data if row[0] not in fold_notes], len(names), args.l2, 100)
        for note, features, good, _, kind, _ in data:
            if note in fold_notes:
                asked[kind] += 1
                right[kind] += int(np.argmax(features @ weights)) in good
    for kind in sorted(asked):
        print(f"{kind}: {right[kind]} of {asked[kind]} = {right[kind] / asked[kind]:.3f} (held-out notes)")
    weights = learn(data, len(names), args.l2)
    with args.out.open("w", encoding="utf-8") as out:
        out.write('# What speaks for an antecedent, and how much. "it role=s" holds for the pronoun it alone.\n'
                  "# Trained by train/entities/coreference.py; an editor may add rows or change weights.\n"
                  "feature\tweight\n")
        for name, weight in zip(names, weights):
            if abs(weight) >= 0.02:
                out.write(f"{name}\t{weight:.2f}\n")


if __name__ == "__main__":
    main()
