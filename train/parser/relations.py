"""Relations between words, and the types of what they head, learnt from annotated notes.

The terms of a sentence and its tree come from the program itself (train/relate/candidates.cc), so that what is learnt
fits what is asked for later; which of them are related, and what they are, comes from the annotation.
"""
import json
import math
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.nn.functional as F

from .mentions import TYPES
from .pair_heads import STEPS, PairHeads
from .pieces import teacher_batches

FARTHEST = 60  # words between two ends
ENDS = ("NOUN", "PROPN", "PRON", "NUM", "SYM", "VERB")
INNER = ("flat", "fixed", "goeswith", "compound", "compound:prt")
OPEN = {
    "Concept", "Strategy", "Capability", "Resource", "MarketSegment", "Event", "Metric", "Product", "Service",
    "Quantity", "Date",
}  # fmt: skip
CLOSE = 0.5  # Jaccard of two wordings of one open-class thing


@dataclass
class Relations:
    """The relations of an ontology, by number."""

    names: list[str]
    symmetric: set[str]

    @staticmethod
    def read(file: Path) -> "Relations":
        """From an ontology.tsv."""
        rows = [line.split("\t") for line in file.read_text(encoding="utf8").splitlines()[1:]]
        return Relations([row[0] for row in rows], {row[0] for row in rows if "symmetric" in row[4]})


@dataclass
class Related:
    """A sentence: its tree, the relations between its words, the types of what they head.

    `stated` and `unknown` hold (from, to, relation); where an annotation may mean another pair,
    the pair is unknown and teaches nothing.
    """

    forms: list[str]
    upos: list[str]
    deprel: list[str]
    head: list[int]
    stated: set[tuple[int, int, int]] = field(default_factory=set)
    unknown: set[tuple[int, int, int]] = field(default_factory=set)
    kinds: dict[int, int] = field(default_factory=dict)
    note: str = ""
    place: int = 0  # among the sentences of the note, headings counted


@dataclass
class Annotation:
    """What was annotated of one note, sentences squashed."""

    facts: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    names: list[tuple[set[str], str]] = field(default_factory=list)  # folded names of a thing, its type
    written: list[tuple[str, str]] = field(default_factory=list)  # names as written, literals too
    mentions: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))

    def typed_names(self) -> list[tuple[str, str]]:
        """Names as written with their types; numbers and dates of facts among them."""
        literals = [
            (fact["object"], fact["object_type"])
            for facts in self.facts.values()
            for fact in facts
            if fact["object_type"] in ("Quantity", "Date") and re.search(r"\d", fact["object"])
        ]
        return self.written + literals

    def add_names(self, names: list[str], type_: str) -> None:
        """The wordings of one thing."""
        if type_ in TYPES:
            self.names.append(({fold(n) for n in names}, type_))
            self.written += [(n, type_) for n in names]


def fold(name: str) -> str:
    """Lower case without determiner, possessive or punctuation, as facts are compared."""
    text = re.sub(r"'s\b", "", name.lower().replace("\u2019", "'"))
    text = re.sub(r"^(?:the|a|an|its|their|his|her)\s+", "", text)
    return re.sub(r"[^\w$%.]+", " ", text).strip(" .")


def squash(sentence: str) -> str:
    """What tells a sentence from others, however its spaces and marks were read."""
    return re.sub(r"\W+", "", sentence.lower())


def sentence_key(sentence: str) -> str:
    """Eight hexadecimal digits that stand for a sentence in train/annotations."""
    return f"{zlib.crc32(squash(sentence).encode()):08x}"


def candidate_words(upos: list[str], deprel: list[str]) -> list[int]:
    """Words that may be an end of a relation."""
    return [
        i
        for i, tag in enumerate(upos)
        if tag in ENDS and (deprel[i] not in INNER or (tag == "PROPN" and deprel[i] == "compound"))
    ]


def meeting(head: list[int], i: int, j: int) -> tuple[int, int, int]:
    """Where the ways from i and j to the root meet, and the steps to there."""
    up = {}
    at = i
    while at >= 0:
        up[at] = len(up)
        at = head[at]
    steps = 0
    at = j
    while at not in up:
        at = head[at]
        steps += 1
    return at, up[at], steps


def distance_class(distance: int) -> int:
    """0..23: up to 4 words each, then by half powers of two; the second half for going right."""
    near = abs(distance)
    near = near if near <= 4 else min(11, 5 + math.floor(2 * math.log2(near / 4)))
    return near + 12 if distance > 0 else near


def pair_columns(batch: list[Related], deprels: list[str]) -> torch.Tensor:
    """[pairs, 8]: sentence, from, to, meeting word, distance, deprels, way; in this order."""
    number = {name: k for k, name in enumerate(deprels)}
    rows = []
    for k, one in enumerate(batch):
        ends = candidate_words(one.upos, one.deprel)
        labels = [number.get(d, number.get(d.split(":")[0], 0)) for d in one.deprel]
        for i in ends:
            for j in ends:
                if i == j or abs(i - j) > FARTHEST:
                    continue
                middle, left, right = meeting(one.head, i, j)
                way = min(left, STEPS - 1) * STEPS + min(right, STEPS - 1)
                rows.append((k, i, j, middle, distance_class(j - i), labels[i], labels[j], way))
    return torch.tensor(rows, dtype=torch.long).reshape(-1, 8)


def related_loss(heads: PairHeads, words, batch: list[Related], deprels: list[str]) -> torch.Tensor:
    """Cross entropy of all pairs, divided by twice the sentences, and of the kinds."""
    columns = pair_columns(batch, deprels)
    target = torch.zeros(len(columns), heads.relation.out_features)
    weight = torch.ones_like(target)
    place = {(k, i, j): row for row, (k, i, j) in enumerate(columns[:, :3].tolist())}
    for k, one in enumerate(batch):
        for values, marks, value in ((target, one.stated, 1.0), (weight, one.unknown - one.stated, 0.0)):
            for i, j, relation in marks:
                if (k, i, j) in place:
                    values[place[k, i, j], relation] = value
    logits = heads(words, columns)
    loss = (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight).sum() / (2 * len(batch))
    kinds = [(k, word, kind) for k, one in enumerate(batch) for word, kind in one.kinds.items()]
    if kinds:
        row, word, kind = torch.tensor(kinds).T
        loss = loss + F.cross_entropy(heads.kind(words)[row, word], kind)
    return loss


def read_annotations(gold: Path, own: Path) -> dict[str, Annotation]:
    """By note: the gold training notes, and those of train/annotations."""
    found: dict[str, Annotation] = defaultdict(Annotation)
    for file in sorted((gold / "train").glob("*.jsonl")):
        for fact in _lines(file):
            found[file.stem].facts[sentence_key(fact["sentence"])].append(fact)
    for row in _lines(gold / "train_entities.jsonl"):
        for note in row["notes"]:
            found[note].add_names([row["name"], *row["aliases"]], row["type"])
    for row in _lines(gold / "train_mentions.jsonl"):
        found[row["note"]].mentions[sentence_key(row["sentence"])].append(row)
    for file in sorted(own.glob("*.tsv")):
        _own_annotation(file, found[file.stem])
    return dict(found)


def _own_annotation(file: Path, into: Annotation) -> None:
    """docs: train/annotations/README.md."""
    for line in file.read_text(encoding="utf8").splitlines():
        kind, *rest = line.split("\t")
        if kind == "F":
            keys = ("subject", "subject_type", "relation", "object", "object_type")
            fact = dict(zip(keys, rest[1:6])) | {"begin": int(rest[9]), "end": int(rest[10])}
            into.facts[rest[0]].append(fact | {"tier": {"c": "core", "h": "hard"}[rest[8]]})
        elif kind == "M":
            into.mentions[rest[0]].append({"mention": rest[1], "nth": int(rest[2]), "refers_to": rest[3]})
        elif kind == "E":
            aliases = [a for a in rest[2].split(";") if a] if len(rest) > 2 else []
            into.add_names([rest[0], *aliases], rest[1])


def _lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf8").splitlines() if line.strip()]


def related_sentences(terms: Path, annotations: dict[str, Annotation], relations: Relations) -> list[Related]:
    """The sentences of `terms` (lines of candidates.cc) of annotated notes, headings left out."""
    found = []
    places: dict[str, int] = defaultdict(int)
    with terms.open(encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["note"] in annotations and not row["heading"]:
                one = _related(row, annotations[row["note"]], relations)
                one.place = places[row["note"]]
                found.append(one)
            places[row["note"]] += 1
    return found


def _related(row: dict, annotation: Annotation, relations: Relations) -> Related:
    forms, upos, deprel, head, *_ = map(list, zip(*row["tokens"]))
    one = Related(forms, upos, deprel, head, note=row["note"])
    key = sentence_key(row["sentence"])
    referred = _referred(row, annotation.mentions.get(key, []))
    terms = [(t[0], {fold(t[4])} | referred.get(t[0], set())) for t in row["terms"] if 0 <= t[0] < len(forms)]
    for names, kind in annotation.names:
        for word, own in terms:
            if own & names:
                one.kinds.setdefault(word, TYPES.index(kind))
    for fact in annotation.facts.get(key, []):
        _mark(one, row["sentence"], fact, terms, annotation, relations)
    return one


def relation_scores(model, sentences: list[Related], pieces_of, deprels: list[str]) -> dict:
    """Precision, recall and F1 of stated pairs at the best threshold, and the share of right kinds."""
    ranked, right_kinds, kinds = [], 0, 0
    wanted = sum(len(s.stated) for s in sentences)
    for one, found, kind in find_relations(model, sentences, pieces_of, deprels):
        ranked += [(p, mark in one.stated) for *mark, p in found for mark in [tuple(mark)] if mark not in one.unknown]
        right_kinds += sum(kind[word] == k for word, k in one.kinds.items())
        kinds += len(one.kinds)
    ranked.sort(reverse=True)
    best, right = (0.0, 0.0, 0.0, 0.0), 0
    for given, (p, good) in enumerate(ranked, 1):
        right += good
        f1 = 2 * right / (given + wanted)
        if f1 > best[0]:
            best = (f1, right / given, right / wanted, p)
    names = ("pair F1", "P", "R", "at")
    return {name: round(value, 3) for name, value in zip(names, best)} | {"kinds": round(right_kinds / max(1, kinds), 3)}


def find_relations(model, sentences: list[Related], pieces_of, deprels: list[str], least: float = 0.03):
    """(sentence, [(from, to, relation, probability)], best kind by word) of each sentence that fits."""
    for indices, scores in teacher_batches(model, [s.forms for s in sentences], pieces_of, 3000):
        batch = [sentences[i] for i in indices]
        columns = pair_columns(batch, deprels)
        with torch.no_grad():
            probability = torch.sigmoid(model.pairs(scores["words"], columns))
            kinds = model.pairs.kind(scores["words"]).argmax(-1).tolist()
        found: list[list] = [[] for _ in batch]
        for row, relation in (probability >= least).nonzero().tolist():
            k, i, j = columns[row, :3].tolist()
            found[k].append((i, j, relation, probability[row, relation].item()))
        yield from zip(batch, found, kinds)


def relation_lines(model, sentences: list[Related], pieces_of, deprels: list[str], names: list[str]):
    """JSON lines of what the model finds, for `candidates --pairs`."""
    for one, found, _ in find_relations(model, sentences, pieces_of, deprels):
        rows = [(i, j, names[relation], round(p, 6)) for i, j, relation, p in found]
        yield json.dumps({"note": one.note, "sentence": one.place, "relations": rows}) + "\n"


def _referred(row: dict, mentions: list[dict]) -> dict[int, set[str]]:
    """What pronouns and definite phrases stand for, by the word that heads them."""
    found: dict[int, set[str]] = defaultdict(set)
    forms = [t[0] for t in row["tokens"]]
    heads = {t[0] for t in row["terms"]}
    for mention in mentions:
        words = re.findall(r"\w+(?:'\w+)?|[^\w\s]", mention["mention"])
        places = [i for i in range(len(forms)) if forms[i : i + len(words)] == words]
        if len(places) > mention["nth"]:
            first = places[mention["nth"]]
            inside = [i for i in range(first, first + len(words)) if i in heads]
            if inside:
                refers = mention["refers_to"] or ""
                refers = refers if isinstance(refers, list) else refers.split("; ")
                found[inside[-1]] |= {fold(n) for n in refers} - {""}
    return found


def _alike(own: set[str], names: set[str], kind: str) -> float:
    """2 for a common name, the Jaccard of the closest two if the type is open, else 0."""
    if own & names:
        return 2.0
    if kind not in OPEN:
        return 0.0
    best = 0.0
    for a in own:
        for b in names:
            x, y = set(a.split()), set(b.split())
            best = max(best, len(x & y) / max(1, len(x | y)))
    return best if best >= CLOSE else 0.0


def _mark(one: Related, sentence: str, fact: dict, terms, annotation: Annotation, relations: Relations) -> None:
    """The pair that fits a fact best is stated, others that fit are unknown."""
    if fact["relation"] not in relations.names:
        return
    relation = relations.names.index(fact["relation"])
    ends = []
    for side in ("subject", "object"):
        names = {fold(fact[side])}
        for known, _ in annotation.names:
            if fold(fact[side]) in known:
                names |= known
        fits = {}
        for word, own in terms:
            fits[word] = max(fits.get(word, 0.0), _alike(own, names, fact[f"{side}_type"]))
        ends.append({word: fit for word, fit in fits.items() if fit > 0})
        for word, fit in ends[-1].items():
            if fit == max(ends[-1].values()) and fact[f"{side}_type"] in TYPES:
                one.kinds.setdefault(word, TYPES.index(fact[f"{side}_type"]))
    evidence = fact["evidence"] if "evidence" in fact else sentence[fact["begin"] : fact["end"]]
    quoted = set(re.findall(r"\w+|[^\w\s]", evidence))
    ranked = [
        (
            min(a, 1.5) + min(b, 1.5) + 0.4 * (one.forms[j] in quoted) + 0.2 * (one.forms[i] in quoted) - 0.01 * abs(i - j),
            i,
            j,
        )
        for i, a in ends[0].items()
        for j, b in ends[1].items()
        if i != j
    ]
    best = max(ranked, default=(0.0,))[0]
    both = (False, True) if fact["relation"] in relations.symmetric else (False,)
    for rank, i, j in ranked:
        for turned in both:
            mark = (j, i, relation) if turned else (i, j, relation)
            (one.stated if rank >= best - 1e-9 else one.unknown).add(mark)
