"""Fit models/TIER_references.tct, the ranking of references that reads word vectors; print how often it is right.

    rank_words.py TRACE.jsonl VECTORS ANNOTATED [ANNOTATED...] [--folds 5] [--out models/TIER_references.tct]

TRACE and VECTORS are what trace.cc writes over the annotated notes (-v VECTORS); ANNOTATED as for references.py,
whose measure is used: folds over notes, never over mentions. The file is fitted to all notes. It belongs to the
language model that TRACE was made with; another one's vectors need another file. Seeded; one thread more or less
changes the last digits.
"""
from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from gold import rows
from references import Data, examples, parts_of, report, usable, vocabulary
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from parser.pack import pack  # noqa: E402

FAR = -1e4


@dataclass
class Plan:
    hidden: int
    common: int
    epochs: int
    networks: int
    l2: float
    rate: float = 1.5e-3
    decay: float = 0.1
    drop: float = 0.3
    drop_vectors: float = 0.5
    batch: int = 48
    least: int = 12


class Vectors:
    """Rows of all words, with mean 0 and deviation 1; row 0 is of no word."""

    def __init__(self, trace: Path, file: Path):
        docs = rows(trace)
        self.model = docs[0]["model"]
        width = max(doc["width"] for doc in docs)
        raw = np.fromfile(file, dtype=np.dtype([("step", "<f4"), ("steps", "i1", (width,))]))
        values = raw["steps"].astype(np.float32) * raw["step"][:, None]
        self.mean, self.deviation = values.mean(0), values.std(0) + 1e-3
        self.rows = torch.tensor(np.concatenate([np.zeros((1, width)), (values - self.mean) / self.deviation]),
                                 dtype=torch.float32)
        self._first, at = {}, 1
        for doc in docs:
            for i, sentence in enumerate(doc["sentences"]):
                self._first[doc["note"], i] = at
                at += len(sentence["tokens"])
        if at != len(self.rows):
            raise SystemExit(f"{file} is not of {trace}")

    def row(self, note: str, sentence: int, token: int) -> int:
        return self._first[note, sentence] + token


@dataclass
class Batch:
    """Options of some mentions, those of one mention together."""

    features: torch.Tensor
    values: torch.Tensor
    offsets: torch.Tensor
    asked: torch.Tensor
    offered: torch.Tensor
    flags: torch.Tensor  # itself, words, same sentence
    kind: torch.Tensor
    group: torch.Tensor
    right: torch.Tensor
    size: int


def batch_of(some: list[dict], index: dict[str, int], kinds: dict[str, int], vectors: Vectors) -> Batch:
    features, values, offsets, asked, offered, flags, kind, group, right = ([] for _ in range(9))
    for g, one in enumerate(some):
        here = vectors.row(one["note"], *one["at"])
        for (entity, _, found, sentence, token), ok in zip(one["options"], one["right"]):
            offsets.append(len(features))
            for feature, value in found.items():
                if feature in index:
                    features.append(index[feature])
                    values.append(value)
            there = vectors.row(one["note"], sentence, token)
            asked.append(here)
            offered.append(there)
            flags.append([here == there, entity < 0, sentence == one["at"][0]])
            kind.append(kinds[one["asked"]])
            group.append(g)
            right.append(ok)
    whole = [torch.tensor(x, dtype=torch.long) for x in (features, offsets, asked, offered, kind, group)]
    return Batch(whole[0], torch.tensor(values, dtype=torch.float32), whole[1], whole[2], whole[3],
                 torch.tensor(flags, dtype=torch.float32), whole[4], whole[5], torch.tensor(right), len(some))


class Ranking(nn.Module):
    def __init__(self, weights: np.ndarray, kinds: int, vectors: Vectors, plan: Plan):
        super().__init__()
        self.vectors, self.plan = vectors.rows, plan
        width = self.vectors.shape[1]
        self.features = nn.EmbeddingBag(len(weights), 1, mode="sum")
        self.features.weight.data[:, 0] = torch.tensor(weights, dtype=torch.float32)
        self.asked = nn.Linear(width, plan.hidden + plan.common)
        self.offered = nn.Linear(width, plan.hidden + plan.common)
        for layer in (self.asked, self.offered):
            nn.init.normal_(layer.weight[plan.hidden :], std=0.02)
        self.flags = nn.Linear(3, plan.hidden, bias=False)
        self.kind = nn.Embedding(kinds, plan.hidden)
        self.out = nn.Linear(plan.hidden, 1, bias=False)
        nn.init.zeros_(self.out.weight)

    def forward(self, batch: Batch) -> torch.Tensor:
        plan = self.plan

        def views(layer: nn.Linear, words: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            some, place = torch.unique(words, return_inverse=True)
            view = layer(F.dropout(self.vectors[some], plan.drop_vectors, self.training))[place]
            return view[:, : plan.hidden], view[:, plan.hidden :]

        (a, common_a), (b, common_b) = views(self.asked, batch.asked), views(self.offered, batch.offered)
        hidden = torch.relu(a + b + self.flags(batch.flags) + self.kind(batch.kind))
        score = self.features(batch.features, batch.offsets, per_sample_weights=batch.values)[:, 0]
        score = score + (common_a * common_b).sum(1) / plan.common**0.5
        return score + self.out(F.dropout(hidden, plan.drop, self.training))[:, 0]


def log_sum(scores: torch.Tensor, group: torch.Tensor, size: int) -> torch.Tensor:
    most = torch.full((size,), -1e9).scatter_reduce(0, group, scores, "amax").detach()
    return most + torch.log(torch.zeros(size).index_add(0, group, torch.exp(scores - most[group])) + 1e-30)


def fit(train: list[dict], index: dict[str, int], weights: np.ndarray, kinds: dict[str, int],
        vectors: Vectors, plan: Plan, seed: int) -> Ranking:
    torch.manual_seed(seed)
    train = list(train)
    random.Random(seed).shuffle(train)
    model = Ranking(weights, len(kinds), vectors, plan)
    of_vectors = [p for name, p in model.named_parameters() if name != "features.weight"]
    rates = (plan.rate / 2, plan.rate)
    optimiser = torch.optim.AdamW([{"params": [model.features.weight], "weight_decay": 0.0},
                                   {"params": of_vectors, "weight_decay": plan.decay}])
    batches = [batch_of(train[i : i + plan.batch], index, kinds, vectors)
               for i in range(0, len(train), plan.batch)]
    for epoch in range(plan.epochs):
        for group, rate in zip(optimiser.param_groups, rates):
            group["lr"] = rate * (1 - epoch / plan.epochs)
        for i in torch.randperm(len(batches)).tolist():
            batch = batches[i]
            scores = model(batch)
            right = torch.where(batch.right, scores, torch.tensor(FAR))
            loss = (log_sum(scores, batch.group, batch.size) - log_sum(right, batch.group, batch.size)).mean()
            loss = loss + plan.l2 / 2 * model.features.weight.square().sum() / len(train)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return model.eval()


def fit_all(some: list[dict], kinds: dict[str, int], vectors: Vectors, plan: Plan):
    train = usable(some)
    index = vocabulary(train, plan.least)
    weights = Data(train, index).learn(plan.l2)
    return index, [fit(train, index, weights, kinds, vectors, plan, seed) for seed in range(plan.networks)]


def together(scores: torch.Tensor, options: list[list]) -> int:
    """The option whose name weighs most, as extract/entity/reference.cc takes it: mentions of one thing speak together."""
    shares: dict[str, float] = {}
    for option, score in zip(options, (scores.max() - scores).tolist()):
        shares[option[1]] = shares.get(option[1], 0.0) + (1 + score * 0.7 / 8) ** -8
    return max(range(len(options)), key=lambda i: shares[options[i][1]])


def answers(some: list[dict], index: dict[str, int], models: list[Ranking], kinds: dict[str, int],
            vectors: Vectors) -> list[bool]:
    out = []
    for one in some:
        if not one["options"]:
            out.append(one["fallback"])
            continue
        with torch.no_grad():
            batch = batch_of([one], index, kinds, vectors)
            one["choice"] = together(sum(model(batch) for model in models) / len(models), one["options"])
        out.append(one["right"][one["choice"]])
    return out


def write(file: Path, index: dict[str, int], models: list[Ranking], kinds: dict[str, int], vectors: Vectors) -> None:
    """The networks as one that is as wide as all: docs/formats/references.md."""
    n, plan = len(models), models[0].plan
    mean, deviation = torch.tensor(vectors.mean), torch.tensor(vectors.deviation)

    def layer(name: str, share: float) -> tuple[np.ndarray, np.ndarray]:
        parts = {True: [], False: []}
        for model in models:
            one = getattr(model, name)
            weight = one.weight.detach() / deviation
            bias = one.bias.detach() - weight @ mean
            for hidden, rows_ in ((True, slice(0, plan.hidden)), (False, slice(plan.hidden, None))):
                factor = 1.0 if hidden else share
                parts[hidden].append((weight[rows_] * factor, bias[rows_] * factor))
        both = parts[True] + parts[False]
        return torch.cat([w for w, _ in both]).numpy(), torch.cat([b for _, b in both]).numpy()

    tensors = {}
    for name, share in (("asked", plan.common**-0.5 / n), ("offered", 1.0)):
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = layer(name, share)
    for i, name in enumerate(("itself", "words", "same_sentence")):
        tensors[name] = torch.cat([model.flags.weight.detach()[:, i] for model in models]).numpy()
    tensors["kinds"] = torch.cat([model.kind.weight.detach() for model in models], 1).numpy()
    tensors["out"] = torch.cat([model.out.weight.detach()[0] for model in models]).numpy() / n
    weights = sum(model.features.weight.detach()[:, 0] for model in models).numpy() / n
    kept = [i for i in range(len(index)) if abs(weights[i]) >= 0.005]
    names = list(index)
    tensors["features"] = weights[kept]
    strings = {"features": [names[i] for i in kept], "kinds": list(kinds), "model": [vectors.model]}
    pack(file, file.stem, {}, {}, tensors, set(), strings, {"asked.weight", "offered.weight"}, "references")
    file.chmod(0o644)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trace", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="0: only fit")
    parser.add_argument("--only", type=int, help="how many of the folds are scored")
    parser.add_argument("--hidden", type=int, default=96)
    parser.add_argument("--common", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--networks", type=int, default=2)
    parser.add_argument("--l2", type=float, default=5.0)
    parser.add_argument("--errors", type=int, default=0, help="print every n-th wrong answer")
    args = parser.parse_args()
    torch.set_num_threads(2)
    plan = Plan(args.hidden, args.common, args.epochs, args.networks, args.l2)
    data, vectors = examples(args.trace, args.annotated), Vectors(args.trace, args.vectors)
    kinds = {kind: i for i, kind in enumerate(sorted({one["asked"] for one in data if one["options"]}))}
    some, right = [], []
    for part in parts_of(data, args.folds)[: args.only] if args.folds else []:
        index, models = fit_all([one for one in data if one["note"] not in part], kinds, vectors, plan)
        test = [one for one in data if one["note"] in part]
        some += test
        right += answers(test, index, models, kinds, vectors)
        print(f"{len(part)} notes kept out: {sum(right)} of {len(right)} so far", flush=True)
    if some:
        report(f"{args.folds} folds over {len({one['note'] for one in some})} notes", some, right)
        first = [(one, ok) for one, ok in zip(some, right) if one["first"]]
        report(f"of these {args.annotated[0].name}", [one for one, _ in first], [ok for _, ok in first])
    for one in [one for one, ok in zip(some, right) if not ok][:: args.errors or len(some) + 1]:
        print(one["kind"], one["mention"], one["meant"], "<-", one["options"][one["choice"]][1] if one["options"] else None,
              "OFFERED" if one["options"] and any(one["right"]) else "", one["sentence"][:140], sep=" | ")
    if args.out:
        index, models = fit_all(data, kinds, vectors, plan)
        write(args.out, index, models, kinds, vectors)


if __name__ == "__main__":
    main()
