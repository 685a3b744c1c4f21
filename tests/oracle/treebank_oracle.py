#!/usr/bin/env python3
"""Second opinion on `eval --conllu`: random treebanks, scored here by sets and by brute force.

  treebank_oracle.py --tool "build/tercet" [--cases 300] [--seed 1] [GOLD SYSTEM]

Written from the description of the CoNLL 2018 shared task (Zeman et al. 2018, section 5), another
way than the program: tokens and sentences as sets of spans, words in tokens of several by recursion
over common subsequences, head and children by the pairs themselves. With two files, those are
compared instead of random ones. Exit 0: all numbers agree; 1: differences, listed.
"""
import argparse
import functools
import json
import random
import shlex
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

CONTENT = set("nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse nmod "
              "appos nummod acl amod conj fixed flat compound list parataxis orphan goeswith reparandum "
              "root dep".split())
FUNCTION = set("aux cop mark det clf case cc".split())
FEATURES = set("PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree "
               "VerbForm Mood Tense Aspect Voice Evident Polarity Person Polite".split())

LETTERS = "abcdefghijklmnopqrstuvwxyz\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef"


class Word:
    def __init__(self, columns, span, several):
        _, self.form, self.lemma, self.upos, self.xpos, feats, head, deprel, _, _ = columns
        self.span, self.several, self.head, self.parent = span, several, int(head), None
        self.feats = tuple(sorted(f for f in feats.split("|") if f.split("=")[0] in FEATURES))
        self.label = deprel.split(":")[0]
        self.children = []


def read(path):
    tokens, sentences, words, at = [], [], [], 0
    for block in Path(path).read_text(encoding="utf-8").strip("\n").split("\n\n"):
        begin, sentence, last = at, [], 0
        for line in block.split("\n"):
            columns = line.split("\t")
            if line.startswith("#") or "." in columns[0]:
                continue
            token = "".join(c for c in columns[1] if unicodedata.category(c) != "Zs")
            visible = len(token)
            if "-" in columns[0]:
                last = int(columns[0].split("-")[1])
                tokens.append((at, at + visible))
                at += visible
                continue
            several = int(columns[0]) <= last
            if not several:
                columns[1] = token
                tokens.append((at, at + visible))
                at += visible
            sentence.append(Word(columns, tokens[-1], several))
        for word in sentence:
            if word.head:
                word.parent = sentence[word.head - 1]
                if word.label in FUNCTION:
                    word.parent.children.append(word)
        sentences.append((begin, at))
        words += sentence
    return tokens, sentences, words


def common(gold, system):
    """Pairs of a longest common subsequence of the forms; of two the one that skips gold first."""
    sys.setrecursionlimit(10000)

    @functools.lru_cache(None)
    def size(g, s):
        if g == len(gold) or s == len(system):
            return 0
        if gold[g].form.lower() == system[s].form.lower():
            return 1 + size(g + 1, s + 1)
        return max(size(g + 1, s), size(g, s + 1))

    g = s = 0
    while g < len(gold) and s < len(system):
        if gold[g].form.lower() == system[s].form.lower():
            yield gold[g], system[s]
            g, s = g + 1, s + 1
        elif size(g + 1, s) == size(g, s):
            g += 1
        else:
            s += 1


def align(gold, system):
    """Join overlapping tokens of several words to regions; align inside these by form, outside by place."""
    regions = []
    for begin, end in sorted({w.span for w in gold + system if w.several}):
        if regions and begin < regions[-1][1]:
            regions[-1][1] = max(end, regions[-1][1])
        else:
            regions.append([begin, end])
    pairs = []
    for begin, end in regions:
        inside = [[w for w in side if begin <= w.span[0] and w.span[1] <= end] for side in (gold, system)]
        pairs += common(*inside)
    place = {w.span: w for w in system if not w.several}

    def free(word):
        return not word.several and not any(b < word.span[1] and word.span[0] < e for b, e in regions)
    pairs += [(w, place[w.span]) for w in gold if free(w) and w.span in place and free(place[w.span])]
    return pairs


def scores(gold_path, system_path):
    gold, system = read(gold_path), read(system_path)
    pairs = align(gold[2], system[2])
    to_gold = {id(s): g for g, s in pairs}
    out = {name: (len(gold[i]), len(system[i]), len(set(gold[i]) & set(system[i])), None)
           for i, name in enumerate(("Tokens", "Sentences"))}
    out["Words"] = (len(gold[2]), len(system[2]), len(pairs), None)

    def head(g, s):
        if g.parent is None or s.parent is None:
            return g.parent is s.parent
        return to_gold.get(id(s.parent)) is g.parent

    def children(g, s):
        return len(g.children) == len(s.children) and all(
            to_gold.get(id(b)) is a and (a.label, a.upos, a.feats) == (b.label, b.upos, b.feats)
            for a, b in zip(g.children, s.children))

    def arc(g, s):
        return head(g, s) and g.label == s.label

    def lemma(g, s):
        return g.lemma in ("_", s.lemma)
    measures = {
        "UPOS": lambda g, s: g.upos == s.upos, "XPOS": lambda g, s: g.xpos == s.xpos,
        "UFeats": lambda g, s: g.feats == s.feats,
        "AllTags": lambda g, s: (g.upos, g.xpos, g.feats) == (s.upos, s.xpos, s.feats),
        "Lemmas": lemma, "UAS": head, "LAS": arc, "CLAS": arc,
        "MLAS": lambda g, s: arc(g, s) and (g.upos, g.feats) == (s.upos, s.feats) and children(g, s),
        "BLEX": lambda g, s: arc(g, s) and lemma(g, s)}
    for name, good in measures.items():
        counts = (lambda w: w.label in CONTENT) if name in ("CLAS", "MLAS", "BLEX") else (lambda w: True)
        mine = [(g, s) for g, s in pairs if counts(g)]
        out[name] = (sum(map(counts, gold[2])), sum(map(counts, system[2])),
                     sum(good(g, s) for g, s in mine), len(mine))
    return out


def invent(rng, text, path):
    """A random analysis of `text`: tokens, ranges, sentences, tags and a tree."""
    lines, i = [], 0
    while i < len(text):
        forms, ranges = [], []  # of a sentence
        for _ in range(rng.randint(1, 9)):
            token = text[i:i + rng.randint(1, 4)]
            if not token:
                break
            i += len(token)
            if len(token) > 1 and rng.random() < .3:
                cut = rng.randint(1, len(token) - 1)
                parts = [token[:cut], token[cut:].upper()] + ([chr(0x4E00 + len(lines))] if rng.random() < .2 else [])
                ranges.append((len(forms) + 1, len(forms) + len(parts), token))
                forms += parts
            else:
                forms.append(token if rng.random() < .9 else token[:1] + "\u00a0" + token[1:])
        order = rng.sample(range(len(forms)), len(forms))
        head = {order[0]: 0}
        for n, word in enumerate(order[1:], 1):
            head[word] = rng.choice(order[:n]) + 1
        starts = {first: (last, token) for first, last, token in ranges}
        for n, form in enumerate(forms, 1):
            if n in starts:
                lines.append(f"{n}-{starts[n][0]}\t{starts[n][1]}" + "\t_" * 8)
            label = "root" if head[n - 1] == 0 else rng.choice("nsubj obj case det:x mark nmod:poss punct".split())
            lines.append("\t".join([str(n), form, rng.choice("ab_"), rng.choice("XY"), rng.choice("PQ"), rng.choice(
                ["_", "Number=Sing", "Foo=1|Case=Nom", "Case=Nom|Number=Sing"]), str(head[n - 1]), label, "_", "_"]))
        lines.append("")
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tool", required=True)
    options.add_argument("--cases", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("files", nargs="*")
    options = options.parse_args()
    bad = 0

    def compare(gold, system):
        nonlocal bad
        said = subprocess.run([*shlex.split(options.tool), "eval", "--conllu", "--json", gold, system],
                              capture_output=True, text=True, check=True)
        for name, want in scores(gold, system).items():
            have = json.loads(said.stdout)[name]
            have = (have["gold"], have["system"], have["correct"], have.get("aligned"))
            if have != want:
                bad += 1
                print(f"{name}: {have}, not {want}")
    if options.files:
        compare(*options.files)
    else:
        rng = random.Random(options.seed)
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(options.cases):
                # Letters are told apart, so that equal forms are equal places.
                text = "".join(rng.sample(LETTERS, rng.randint(1, len(LETTERS))))
                files = [f"{folder}/gold", f"{folder}/system"]
                for file in files:
                    invent(rng, text, file)
                compare(*files)
    print("differences:", bad)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
