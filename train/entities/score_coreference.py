#!/usr/bin/env python3
"""CoNLL F1 of chains in the Entity column: the mean of MUC, B-cubed and CEAF-e over a treebank.

    score_coreference.py GOLD.conllu SYSTEM.conllu

Mentions match by their exact words (pieces of one chain in the same sentence are separate mentions).
First without chains of one mention, as the CoNLL 2012 shared task counts, then with them; the share of
mentions found likewise; then all of it with mentions matched by their head word only (found in the
system's trees, for both). Documents are those of "# newdoc"; counts are summed over them.
"""
import re
import sys
from pathlib import Path

import numpy

PART = re.compile(r"\(([^\s()-]+)((?:-[^()]*)?)(\)?)|([^\s()-]+)\)")


def documents(path):
    """Per document a map of chain to mentions (sentence, first, last), and the heads of all words."""
    docs, chains, open_at, heads, sentence, words = [], None, {}, [], 0, 0
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc") or chains is None:
            chains, open_at, heads = {}, {}, {}
            docs.append((chains, heads))
        if not line:
            sentence += words > 0
            words = 0
        columns = line.split("\t")
        if len(columns) < 10 or not columns[0].isdigit():
            continue
        words = int(columns[0])
        heads[sentence, words] = int(columns[6]) if columns[6].isdigit() else 0
        for value in columns[9].split("|"):
            if not value.startswith("Entity="):
                continue
            for begin, _, closed, end in PART.findall(value[7:]):
                name = re.sub(r"\[\d+/\d+\]", "", begin or end)
                if begin:
                    open_at.setdefault(name, []).append((sentence, words))
                if closed or end:
                    place, first = open_at[name].pop()
                    chains.setdefault(name, set()).add((place, first, words))
    return docs


def by_head(mention, heads):
    place, first, last = mention
    tops = [i for i in range(first, last + 1) if not first <= heads.get((place, i), 0) <= last]
    return place, (tops or [last])[0]


def links(of, other):
    """MUC: links of `of` that `other` keeps."""
    where = {mention: i for i, chain in enumerate(other) for mention in chain}
    right = sum(len(c) - len({where.get(m, ("none", m)) for m in c}) for c in of)
    return right, sum(len(c) - 1 for c in of)


def cubed(of, other):
    where = {mention: chain for chain in other for mention in chain}
    return sum(len(c & where.get(m, set())) / len(c) for c in of for m in c), sum(map(len, of))


def best_matching(table):
    """Largest sum of a one-to-one choice of cells (Kuhn and Munkres, by shortest paths). O(n^3)."""
    if table.shape[0] > table.shape[1]:
        table = table.T
    n, m = table.shape
    u, v, owner = numpy.zeros(n + 1), numpy.zeros(m + 1), numpy.zeros(m + 1, int)
    for i in range(1, n + 1):
        owner[0], at = i, 0
        least, way, used = numpy.full(m + 1, numpy.inf), numpy.zeros(m + 1, int), numpy.zeros(m + 1, bool)
        while True:
            used[at] = True
            row = owner[at]
            cost = -table[row - 1] - u[row] - v[1:]
            better = ~used[1:] & (cost < least[1:])
            least[1:][better], way[1:][better] = cost[better], at
            free = numpy.where(used, numpy.inf, least)
            free[0] = numpy.inf
            to = int(free.argmin())
            delta = free[to]
            u[owner[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            at = to
            if owner[at] == 0:
                break
        while at:
            owner[at], at = owner[way[at]], way[at]
    return sum(table[owner[j] - 1, j - 1] for j in range(1, m + 1) if owner[j])


def f1(right_recall, gold, right_precision, system):
    recall, precision = right_recall / max(gold, 1), right_precision / max(system, 1)
    return 2 * recall * precision / max(recall + precision, 1e-9)


def score(pairs):
    muc, b3, ceaf, found = (numpy.zeros(4) for _ in range(4))
    for gold, system in pairs:
        muc += (*links(gold, system), *links(system, gold))
        b3 += (*cubed(gold, system), *cubed(system, gold))
        if gold and system:
            table = numpy.array([[2 * len(a & b) / (len(a) + len(b)) for b in system] for a in gold])
            best = best_matching(table[table.any(1)][:, table.any(0)])
            ceaf += (best, 0, best, 0)
        ceaf += (0, len(gold), 0, len(system))
        mine, yours = set().union(*gold), set().union(*system)
        found += (len(mine & yours), len(mine), len(mine & yours), len(yours))
    parts = [f1(*x) for x in (muc, b3, ceaf)]
    return [sum(parts) / 3, *parts, f1(*found), found[0] / max(found[1], 1), found[2] / max(found[3], 1)]


def main():
    gold, system = documents(sys.argv[1]), documents(sys.argv[2])
    print(f"{'':32}CoNLL   MUC    B3  CEAFe | mentions F1, recall, precision")
    for head in (False, True):
        for single in (False, True):
            pairs = []
            for (a, _), (b, heads) in zip(gold, system, strict=True):
                sides = []
                for chains in (a, b):
                    used, side = set(), []
                    for chain in chains.values():
                        chain = ({by_head(m, heads) for m in chain} if head else chain) - used
                        used |= chain
                        if len(chain) > (not single):
                            side.append(chain)
                    sides.append(side)
                pairs.append(sides)
            name = ("head word" if head else "exact words") + (", singletons too" if single else "")
            print(f"{name:32}" + " ".join(f"{100 * x:5.1f}" for x in score(pairs)))


if __name__ == "__main__":
    main()
