#!/usr/bin/env python3
"""Where sentences end: logistic regression over the features of extract/language/boundaries.cc.

  train.py GAPS ../shared/corpora -o extract/language/boundary_weights.cc

GAPS is the program built from gaps.cc. Learns from the train sets of UD_English-EWT and the free part
of UD_English-GUM as running text; a tenth of the paragraphs is held out first, for a figure. Seeded; one thread.
"""
import argparse
import random
import subprocess
from pathlib import Path

import numpy
import torch

RECORD = "\x1e"


def paragraphs(path):
    """Running text, a paragraph a line, with a mark where a sentence ends inside it."""
    out, last, fresh, first = [""], 0, False, True
    space = False
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if line.startswith(("# newdoc", "# newpar")):
            fresh = True
        elif not line:
            first = True
            last = 0
        elif line[0] != "#":
            columns = line.split("\t")
            if "." in columns[0]:
                continue
            if "-" in columns[0]:
                last = int(columns[0].split("-")[1])
            elif int(columns[0]) <= last:
                continue
            if fresh:
                out.append("")
            elif out[-1]:
                out[-1] += (" " if space else "") + (RECORD if first else "")
            fresh = first = False
            out[-1] += columns[1]
            space = "SpaceAfter=No" not in columns[9]
    return [one for one in out if one]


def read_gaps(program, lines):
    """Labels and a matrix of features, a row a place."""
    raw = subprocess.run([program], input=("\n".join(lines) + "\n").encode(), capture_output=True, check=True).stdout
    values = numpy.frombuffer(raw, dtype="<u4")
    width = int(values[1]) + 2
    rows = values.reshape(-1, width)
    return rows[:, 0].astype(numpy.float32), rows[:, 2:]


def encode(rows, vocabulary):
    """Numbers of the features; the last is for all that are not known."""
    places = numpy.searchsorted(vocabulary, rows)
    places[places == len(vocabulary)] = 0
    return numpy.where(vocabulary[places] == rows, places, len(vocabulary))


def fit(labels, codes, size, epochs, drop, seed):
    torch.manual_seed(seed)
    weights = torch.zeros(size + 1, requires_grad=True)
    labels, codes = torch.tensor(labels), torch.tensor(codes)
    optimizer = torch.optim.Adagrad([weights], lr=.15)
    for _ in range(epochs):
        order = torch.randperm(len(labels))
        for batch in order.split(512):
            optimizer.zero_grad()
            chosen = weights[codes[batch]]
            keep = (torch.rand(chosen.shape) >= drop).float() / (1 - drop)
            logits = (chosen * keep).sum(1)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels[batch], reduction="sum")
            loss.backward()
            weights.grad[size] = 0
            optimizer.step()
    return weights.detach().numpy()


def f1(labels, logits, shift):
    found = logits > shift
    right = (found & (labels > 0)).sum()
    return 2 * right / max(1, found.sum() + labels.sum())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("corpora")
    options.add_argument("-o", "--output", required=True)
    options.add_argument("--weights", type=int, default=28000, help="how many are kept")
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    torch.set_num_threads(1)
    lines = [line for name in ("ud-ewt", "gum-free")
             for line in paragraphs(f"{options.corpora}/{name}/train.conllu")]
    random.Random(options.seed).shuffle(lines)
    labels, rows = read_gaps(options.program, lines)
    held = len(read_gaps(options.program, lines[:len(lines) // 10])[0])
    known, counts = numpy.unique(rows, return_counts=True)

    def learn(train):
        """The features that matter in a first fit, and their weights in a second one among themselves."""
        often = counts >= 3
        vocabulary = known[often]
        first = fit(labels[train], encode(rows[train], vocabulary), len(vocabulary), 6, .4, options.seed)
        worth = numpy.abs(first[:-1]) * numpy.sqrt(counts[often])
        vocabulary = vocabulary[numpy.sort(numpy.argsort(-worth, kind="stable")[:options.weights])]
        weights = fit(labels[train], encode(rows[train], vocabulary), len(vocabulary), 12, .5, options.seed)
        return vocabulary, numpy.rint(weights * 16).astype(int)

    vocabulary, weights = learn(slice(held, None))
    weights[-1] = 0
    found = weights[encode(rows[:held], vocabulary)].sum(1)
    print(f"{len(labels)} places, {int(labels.sum())} ends; a tenth held out: F1 {f1(labels[:held], found, 0):.4f}")
    vocabulary, weights = learn(slice(None))
    table = [f"{{{feature}u, {step}}}" for feature, step in zip(vocabulary, weights) if step]
    print(f"{len(table)} weights kept")
    body = ",\n    ".join(", ".join(table[i:i + 6]) for i in range(0, len(table), 6))
    Path(options.output).write_text(f'''// Made by train/boundaries/train.py from UD_English-EWT and UD_English-GUM (free genres), train sets.
// Edit the features or the data and train again, not this table.
#include "extract/language/boundary_weights.h"

namespace tercet {{
namespace {{

// clang-format off: a table
constexpr BoundaryWeight kWeights[] = {{
    {body}}};
// clang-format on

}}  // namespace

const std::span<const BoundaryWeight> kBoundaryWeights = kWeights;

}}  // namespace tercet
''', encoding="utf-8")


if __name__ == "__main__":
    main()
