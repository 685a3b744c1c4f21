"""Learn seeds/references.tsv and print antecedent accuracy by kind of mention, in folds over notes.

    references.py TRACE.jsonl ANNOTATED [ANNOTATED...] [--out seeds/references.tsv] [--l2 1.5] [--folds 5] [--shipped]

TRACE is the output of trace.cc over the annotated notes; ANNOTATED holds train_mentions.jsonl and
train_entities.jsonl, or is our own train/annotations. Every annotated mention counts, also
those that are not found in the text. Right is an answer that the note calls, in any of the names the program found it to have, what the mention
refers to, or by another annotated name of that entity; where that is no entity but a statement, words with a Jaccard
index of .5; where a mention refers to several things, one of them. A second figure takes the answer's canonical name
alone, a third takes a Jaccard index of .5 for names as well (coreference.py counts so). --shipped scores by the weights of --out instead of learning.
Deterministic: sums in fixed order, no randomness.
"""
from __future__ import annotations

import argparse
import re
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from gold import fold, jaccard, names_by_note, rows, squash

KINDS = {"its": "it", "itself": "it", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
         "him": "he", "his": "he", "himself": "he", "her": "she", "hers": "she", "herself": "she",
         "whom": "who", "whose": "who"}
SINGLE = {"it", "they", "he", "she", "who", "which", "that", "where", "this", "these", "those"}


def kind_of(mention: str) -> str:
    words = mention.lower().split()
    first = KINDS.get(words[0], words[0])
    if len(words) == 1 and first in SINGLE:
        return first
    if len(words) > 1 and first in ("the", "this", "these", "that", "those", "such"):
        return first + " X"
    return "other"


def accepted_by(forms_of_note: list[set[str]], meant: object, loose: bool = False):
    """A test of a name, or None where nothing is meant."""
    if not meant:
        return None
    names = meant if isinstance(meant, list) else [*re.split(r"; | and ", str(meant)), str(meant)]
    accepted, known = set(map(fold, names)), False
    for forms in forms_of_note:
        if forms & set(map(fold, names)):
            accepted |= forms
            known = True
    return lambda name: fold(name) in accepted or (
        (loose or not known) and any(jaccard(fold(name), one) >= 0.5 for one in accepted))


def sentence_key(sentence: str) -> str:
    return f"{zlib.crc32(squash(sentence).encode()):08x}"


def annotated(folder: Path) -> tuple[list[dict], dict[str, list[set[str]]]]:
    """Mentions with the keys of their sentences, and the names of each entity by note."""
    if (folder / "train_mentions.jsonl").exists():
        mentions = rows(folder / "train_mentions.jsonl")
        for row in mentions:
            row["key"] = sentence_key(row["sentence"])
        return mentions, names_by_note(folder / "train_entities.jsonl")
    mentions, entities = [], defaultdict(list)
    for file in sorted(folder.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            kind, *cells = line.split("\t")
            if kind == "M":
                mentions.append({"note": file.stem, "key": cells[0], "mention": cells[1], "nth": int(cells[2]),
                                 "refers_to": cells[3] if len(cells) > 3 else ""})
            elif kind == "E":
                aliases = [alias for alias in cells[2].split(";") if alias] if len(cells) > 2 else []
                entities[file.stem].append({fold(cells[0]), *map(fold, aliases)})
    return mentions, entities


def parts_of(some: list[dict], folds: int) -> list[set[str]]:
    """Folds of notes; versions of one note ("name.837f032") stay together."""
    names = sorted({one["note"].split(".")[0] for one in some})
    chosen = [set(names[k::folds]) for k in range(folds)]
    return [{one["note"] for one in some if one["note"].split(".")[0] in part} for part in chosen]


def examples(trace: Path, folders: list[Path]) -> list[dict]:
    docs = {doc["note"]: doc for doc in rows(trace)}
    places = {name: {sentence_key(s["text"]): i for i, s in reversed(list(enumerate(doc["sentences"])))}
              for name, doc in docs.items()}
    out = []
    for folder in folders:
        mentions, entities = annotated(folder)
        for row in mentions:
            one = {"note": row["note"], "kind": kind_of(row["mention"]), "options": [], "fallback": False, "near": [False], "exact": [False], "choice": 0,
                   "first": folder == folders[0], "mention": row["mention"], "meant": row["refers_to"],
                   "sentence": ""}
            out.append(one)
            doc = docs.get(row["note"])
            if doc is None:
                continue
            place = places[row["note"]].get(row["key"], -1)
            if place < 0:
                continue
            sentence, words = doc["sentences"][place], row["mention"].lower().strip()
            one["sentence"] = sentence["text"]
            found = [m.start() for m in
                     re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", sentence["text"].lower())]
            if len(found) <= row["nth"]:
                continue
            begin = len(sentence["text"][: found[row["nth"]]].encode()) + sentence["begin"]
            end = begin + len(words.encode())
            inside = [i for i, token in enumerate(sentence["tokens"]) if begin <= token[1] < end]
            test = accepted_by(entities[row["note"]], row["refers_to"])
            right = test or (lambda name: name == "" or squash(name) in squash(words))
            loosely = accepted_by(entities[row["note"]], row["refers_to"], True) or right

            def names(option: list) -> list[str]:
                return [option[1]] + (doc["entities"][option[0]][1] if option[0] >= 0 else [])

            by_token = defaultdict(list)
            if one["kind"] != "other":
                for reference in doc["references"]:
                    if reference["s"] == place and reference["t"] in inside:
                        by_token[reference["t"]].append(reference)
            if by_token:
                if len(words.split()) > 1:  # a phrase, not a pronoun inside it
                    phrases = [t for t in by_token if by_token[t][0]["k"].endswith(" X")]
                    token = phrases[0] if phrases else max(by_token)
                else:
                    token = max(by_token)
                one["at"], one["asked"] = (place, token), by_token[token][0]["k"]
                one["options"] = by_token[token][0]["o"]
                one["exact"] = [right(option[1]) for option in one["options"]]
                one["right"] = [any(map(right, names(option))) for option in one["options"]]
                one["near"] = [any(map(loosely, names(option))) for option in one["options"]]
            else:
                here = [m for m in doc["mentions"] if m[0] == place and m[3] in inside]
                one["fallback"] = right(here[-1][4] if here else "")
                one["exact"], one["near"] = [one["fallback"]], [loosely(here[-1][4] if here else "")]
    return out


class Data:
    """Options of many mentions as one sparse matrix."""

    def __init__(self, some: list[dict], index: dict[str, int]):
        self.starts, r, c, v, good = [], [], [], [], []
        n = 0
        for one in some:
            self.starts.append(n)
            for option, right in zip(one["options"], one["right"]):
                for f, value in option[2].items():
                    if f in index:
                        r.append(n)
                        c.append(index[f])
                        v.append(value)
                good.append(right)
                n += 1
        self.n, self.size = n, len(index)
        self.r, self.c, self.v = np.array(r), np.array(c), np.array(v, float)
        self.good = np.array(good, bool)
        self.starts = np.array(self.starts)
        self.group = np.repeat(np.arange(len(some)), np.diff([*self.starts, n]))

    def scores(self, w):
        return np.bincount(self.r, self.v * w[self.c], self.n)

    def softmax(self, s):
        p = np.exp(s - np.maximum.reduceat(s, self.starts)[self.group])
        return p / np.add.reduceat(p, self.starts)[self.group]

    def learn(self, l2: float, steps: int = 160):
        w, first, second = (np.zeros(self.size) for _ in range(3))
        for step in range(1, steps + 1):
            s = self.scores(w)
            p, q = self.softmax(s), self.softmax(np.where(self.good, s, -1e9))
            gradient = np.bincount(self.c, self.v * (p - q)[self.r], self.size) + l2 * w
            first = 0.9 * first + 0.1 * gradient
            second = 0.999 * second + 0.001 * gradient**2
            w = w - 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        return w


def usable(some: list[dict]) -> list[dict]:
    return [one for one in some if one["options"] and any(one["right"])]


def vocabulary(some: list[dict], least: int) -> dict[str, int]:
    notes = defaultdict(set)
    seen = Counter()
    for one in some:
        for f in {f for option in one["options"] for f in option[2]}:
            seen[f] += 1
            notes[f].add(one["note"])
    return {f: i for i, f in enumerate(sorted(f for f in seen if seen[f] >= least and len(notes[f]) >= 3))}


def whole(weights: np.ndarray) -> np.ndarray:
    return np.round(weights * 100)


def answers(some: list[dict], index: dict[str, int], weights: np.ndarray) -> list[bool]:
    out = []
    for one in some:
        if not one["options"]:
            out.append(one["fallback"])
            continue
        sums = [sum(weights[index[f]] * v for f, v in option[2].items() if f in index) for option in one["options"]]
        one["choice"] = int(np.argmax(sums))
        out.append(one["right"][one["choice"]])
    return out


def report(title: str, some: list[dict], right: list[bool]) -> None:
    kinds = Counter(one["kind"] for one in some)
    hits = Counter(one["kind"] for one, ok in zip(some, right) if ok)
    offered = Counter(one["kind"] for one in some if (any(one["right"]) if one["options"] else one["fallback"]))
    print(f"{title}: {sum(right)} of {len(some)} = {sum(right) / max(len(some), 1):.3f}; "
          f"on offer {sum(offered.values()) / max(len(some), 1):.3f}; by canonical names alone: "
          f"{sum(one['exact'][one['choice']] for one in some) / max(len(some), 1):.3f}; words shared by half would do: "
          f"{sum(one['near'][one['choice']] for one in some) / max(len(some), 1):.3f}")
    for kind, n in kinds.most_common():
        print(f"  {kind:8} {hits[kind]:5} of {n:5} = {hits[kind] / n:.3f}; on offer {offered[kind] / n:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trace", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--l2", type=float, default=1.5)
    parser.add_argument("--least", type=int, default=12, help="how many mentions a feature must hold for")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--errors", type=int, default=0, help="print every n-th wrong answer")
    args = parser.parse_args()
    data = examples(args.trace, args.gold)
    if args.shipped:
        table = dict(line.split("\t") for line in args.out.read_text().splitlines()[1:] if "\t" in line)
        table.pop("feature", None)
        index = {f: i for i, f in enumerate(table)}
        report("shipped weights", data, answers(data, index, np.array([float(x) for x in table.values()])))
        return
    held = set(sorted({one["note"] for one in data if one["first"]})[::5])

    def score(kept: set[str]) -> tuple[list[dict], list[bool]]:
        train = usable([one for one in data if one["note"] not in kept])
        index = vocabulary(train, args.least)
        test = [one for one in data if one["note"] in kept]
        return test, answers(test, index, whole(Data(train, index).learn(args.l2)))

    report(f"{len(held)} notes kept out (every fifth of {args.gold[0].name})", *score(held))
    notes = sorted({one["note"] for one in data})
    some, right = [], []
    for part in parts_of(data, args.folds):
        a, b = score(part)
        some += a
        right += b
    report(f"{args.folds} folds over {len(notes)} notes", some, right)
    if args.errors:
        wrong = [one for one, ok in zip(some, right) if not ok]
        for one in wrong[:: args.errors]:
            print(one["kind"], one["mention"], one["meant"],
                  "<-", one["options"][one["choice"]][1] if one["options"] else None,
                  "OFFERED" if one["options"] and any(one["right"]) else "", one["sentence"][:140], sep=" | ")
    if args.out:
        train = usable(data)
        index = vocabulary(train, args.least)
        weights = whole(Data(train, index).learn(args.l2))
        with args.out.open("w", encoding="utf-8") as out:
            out.write("# What speaks for an antecedent in hundredths, see extract/entity/reference.h. Learned by\n"
                      "# train/entities/references.py; an editor may add rows or change weights.\nfeature\tweight\n")
            for name, weight in zip(index, weights):
                if abs(weight) >= 2:
                    out.write(f"{name}\t{int(weight)}\n")


if __name__ == "__main__":
    main()
